//! Deliveries are written down, taken by a sender, and noted.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType, OnConflict},
};
use uuid::Uuid;

use crate::{
    db::Tx,
    error::Result,
    events::Entry,
    ids,
    outbox::{
        Letter,
        entity::{
            Delivery, DeliveryKind, DeliveryState, Recipient, Variables, delivery, delivery::Column,
        },
        rules::{LEASE_SECONDS, UNREACHABLE, Verdict},
    },
    words::{self, Lang},
};

/// Days that a delivery is kept, whatever became of it.
pub const KEPT_DAYS: i64 = 400;
/// Deliveries that are written down by one statement.
const INSERT_BATCH: usize = 200;
/// Deliveries that are forgotten in one write.
const FORGET_BATCH: u64 = 500;
/// Deliveries of one thing that are shown.
const SHOWN_MAX: u64 = 200;

/// Puts a call of a webhook on its way that tells of an entry of the spine; once.
pub async fn call(tx: &Tx, name: &str, entry: &Entry) -> Result<bool> {
    let row = Delivery {
        kind: DeliveryKind::Webhook,
        event_id: Some(entry.id()),
        subject_id: entry.ids().first().copied().filter(|_| entry.ids().len() == 1),
        ..fresh(tx, Recipient::Webhook(name.to_owned()), format!("webhook:{}:{name}", entry.id()))
    };
    Ok(add(tx, &[row]).await? > 0)
}

/// Puts a letter on its way, in the same write as what it tells of; `false` when it is known already.
pub async fn mail(tx: &Tx, letter: Letter) -> Result<bool> {
    Ok(mail_all(tx, vec![letter]).await? > 0)
}

/// Puts letters on their way together; gives how many were not known already.
pub async fn mail_all(tx: &Tx, letters: Vec<Letter>) -> Result<u64> {
    let mut added = 0;
    let rows: Vec<_> = letters.into_iter().map(|letter| waiting(tx, letter)).collect();
    for rows in rows.chunks(INSERT_BATCH) {
        added += add(tx, rows).await?;
    }
    Ok(added)
}

fn waiting(tx: &Tx, letter: Letter) -> Delivery {
    Delivery {
        event_id: letter.event,
        subject_id: letter.subject,
        template: Some(letter.template),
        lang: words::tag(letter.language).to_owned(),
        variables: letter.variables,
        expires_at: letter.expires_at,
        ..fresh(tx, letter.to, letter.dedup)
    }
}

/// A delivery that waits for its first try.
fn fresh(tx: &Tx, to: Recipient, dedup: String) -> Delivery {
    Delivery {
        id: ids::new(tx.now()),
        kind: DeliveryKind::Mail,
        event_id: None,
        subject_id: None,
        recipient: to.to_string(),
        template: None,
        lang: words::tag(Lang::Pl).to_owned(),
        variables: Variables::default(),
        state: DeliveryState::Queued,
        attempts: 0,
        next_at: Some(tx.now()),
        expires_at: None,
        last_error: None,
        dedup,
        created_at: tx.now(),
        updated_at: tx.now(),
    }
}

async fn add(tx: &Tx, rows: &[Delivery]) -> Result<u64> {
    let rows = rows.iter().cloned().map(delivery::ActiveModel::from);
    let once = OnConflict::column(Column::Dedup).do_nothing().to_owned();
    let added = delivery::Entity::insert_many(rows).on_conflict(once);
    Ok(added.exec_without_returning(tx).await?)
}

/// Whether something is to be sent now.
pub async fn anything_due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool> {
    let due = delivery::Entity::find().filter(Column::NextAt.lte(now));
    let found = due.select_only().column(Column::Id).into_tuple::<Uuid>().one(db).await?;
    Ok(found.is_some())
}

/// Takes what is due, oldest first, so that no other sender does; for as long as a lease.
pub async fn take(tx: &Tx, limit: u64) -> Result<Vec<Delivery>> {
    let mut due = delivery::Entity::find()
        .filter(Column::NextAt.lte(tx.now()))
        .order_by_asc(Column::NextAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(tx)
        .await?;
    let until = tx.now() + TimeDelta::seconds(LEASE_SECONDS);
    delivery::Entity::update_many()
        .col_expr(Column::NextAt, Expr::value(until))
        .col_expr(Column::Attempts, Expr::cust("attempts + 1"))
        .filter(Column::Id.is_in(due.iter().map(|taken| taken.id)))
        .exec(tx)
        .await?;
    due.iter_mut().for_each(|taken| taken.attempts += 1);
    Ok(due)
}

/// Notes what became of a try, unless another sender has it by now.
pub async fn note(tx: &Tx, delivery: &Delivery, verdict: Verdict) -> Result<()> {
    let mut update = delivery::Entity::update_many()
        .col_expr(Column::State, Expr::value(sea_orm::ActiveEnum::to_value(&verdict.state)))
        .col_expr(Column::NextAt, Expr::value(verdict.next_at))
        .col_expr(Column::LastError, Expr::value(verdict.error))
        .col_expr(Column::UpdatedAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(delivery.id))
        .filter(Column::Attempts.eq(delivery.attempts));
    if verdict.next_at.is_none() && is_address(delivery) {
        let none = serde_json::to_value(Variables::default()).unwrap_or_default();
        update = update
            .col_expr(Column::Recipient, Expr::value(Recipient::Forgotten.to_string()))
            .col_expr(Column::Variables, Expr::value(none));
    }
    update.exec(tx).await?;
    Ok(())
}

fn is_address(delivery: &Delivery) -> bool {
    matches!(delivery.recipient.parse(), Ok(Recipient::Address(_)))
}

/// Lets what only waits for the mail server be tried now, because that is back.
pub async fn bring_forward(tx: &Tx) -> Result<u64> {
    let waiting = Condition::all()
        .add(Column::Kind.eq(DeliveryKind::Mail))
        .add(Column::State.eq(DeliveryState::Failed))
        .add(Column::LastError.eq(UNREACHABLE))
        .add(Column::NextAt.gt(tx.now()));
    again(tx, waiting).await
}

/// Lets what was given up be tried once more, but for letters whose address is forgotten.
pub async fn retry_dead(tx: &Tx) -> Result<u64> {
    let dead = Condition::all()
        .add(Column::State.eq(DeliveryState::Dead))
        .add(Column::Recipient.ne(Recipient::Forgotten.to_string()));
    again(tx, dead).await
}

async fn again(tx: &Tx, which: Condition) -> Result<u64> {
    let state = sea_orm::ActiveEnum::to_value(&DeliveryState::Failed);
    let written = delivery::Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::NextAt, Expr::value(tx.now()))
        .filter(which)
        .exec(tx)
        .await?;
    Ok(written.rows_affected)
}

/// Forgets everything that is or was on its way to these; gives how much.
pub async fn forget_to(tx: &Tx, to: &[Recipient]) -> Result<u64> {
    let gone = Column::Recipient.is_in(to.iter().map(Recipient::to_string));
    Ok(delivery::Entity::delete_many().filter(gone).exec(tx).await?.rows_affected)
}

/// Whether something was written down so long ago that it is forgotten.
pub async fn anything_old(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool> {
    Ok(!old(db, now).await?.is_empty())
}

/// Forgets some of what was written down long ago, whatever became of it; gives how much.
pub async fn forget_old(tx: &Tx) -> Result<u64> {
    let old = old(tx, tx.now()).await?;
    let forget = delivery::Entity::delete_many().filter(Column::Id.is_in(old));
    Ok(forget.exec(tx).await?.rows_affected)
}

/// The oldest of what is to be forgotten. Ids follow time, so that nothing else is looked at.
async fn old(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Uuid>> {
    let end = ids::foretold(now - TimeDelta::days(KEPT_DAYS), 0);
    Ok(delivery::Entity::find()
        .filter(Column::Id.lt(end))
        .order_by_asc(Column::Id)
        .limit(FORGET_BATCH)
        .select_only()
        .column(Column::Id)
        .into_tuple()
        .all(db)
        .await?)
}

/// The deliveries about a thing, first to last.
pub async fn of_subject(db: &impl ConnectionTrait, subject: Uuid) -> Result<Vec<Delivery>> {
    Ok(delivery::Entity::find()
        .filter(Column::SubjectId.eq(subject))
        .order_by_asc(Column::Id)
        .limit(SHOWN_MAX)
        .all(db)
        .await?)
}

/// The letters to these recipients, as a delivery names them, newest first.
pub async fn sent_to(
    db: &impl ConnectionTrait,
    recipients: &[String],
    max: u64,
) -> Result<Vec<Delivery>> {
    Ok(delivery::Entity::find()
        .filter(Column::Recipient.is_in(recipients))
        .order_by_desc(Column::Id)
        .limit(max)
        .all(db)
        .await?)
}

/// How many deliveries wait, fail, and were given up; and the error of the newest of the latter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not tried yet.
    pub queued: u64,
    /// Tried in vain, and tried again.
    pub failed: u64,
    /// Given up.
    pub dead: u64,
    /// Why the newest of those that failed or were given up was not sent.
    pub last_error: Option<String>,
}

/// Counts deliveries, for `kontakt doctor`.
pub async fn counts(db: &impl ConnectionTrait) -> Result<Counts> {
    let rows = delivery::Entity::find()
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "count")
        .group_by(Column::State)
        .into_tuple::<(DeliveryState, i64)>()
        .all(db)
        .await?;
    let of = |state| {
        let found = rows.iter().find(|(known, _)| *known == state);
        found.and_then(|(_, count)| u64::try_from(*count).ok()).unwrap_or_default()
    };
    let newest = delivery::Entity::find()
        .filter(Column::State.is_in([DeliveryState::Failed, DeliveryState::Dead]))
        .order_by_desc(Column::UpdatedAt)
        .one(db)
        .await?;
    Ok(Counts {
        queued: of(DeliveryState::Queued),
        failed: of(DeliveryState::Failed),
        dead: of(DeliveryState::Dead),
        last_error: newest.and_then(|newest| newest.last_error),
    })
}
