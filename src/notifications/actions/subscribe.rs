//! Who is written to: asked for, confirmed, ended.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    accounts::{self, AccountId},
    actor::Actor,
    db::Tx,
    error::{Error, Problem, ProblemCode, Result},
    ids,
    notifications::{
        Links,
        actions::addresses,
        entity::{FollowReportByEmailInput, Subscription, subscription, subscription::Column},
        links,
        rules::{self, ASKS_HOURS, ASKS_MAX, CONFIRM_DAYS},
    },
    outbox::{self, Letter, Recipient, Template, Variables},
    reports::{self, Contact, Desk, ReportId},
    texts,
    vault::{self, Vault},
    words::{self, Lang},
};

/// Addresses that are forgotten in one write.
const FORGET_BATCH: u64 = 200;

/// What came of a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// Letters come from now on.
    Now,
    /// It was confirmed before, and nothing has changed.
    Before,
    /// It is too late, or no more letters are wanted; nothing has changed.
    TooLate,
}

/// Lets somebody hear by e-mail what becomes of a public report, once the address is confirmed. Nothing
/// tells whether the address is known. Errors: `Invalid` for no address, `NotFound`.
pub async fn follow_by_email(
    tx: &Tx,
    desk: &Desk,
    links: &Links,
    actor: &Actor,
    lang: Lang,
    input: FollowReportByEmailInput,
) -> Result<()> {
    let email = input.email.trim();
    if !texts::is_email(email) {
        return Err(Problem::at("email", ProblemCode::Invalid, "not-an-email").into());
    }
    let (report, _) = reports::by_number(tx, desk, actor, &input.number, None).await?;
    if !report.public {
        return Err(Error::NotFound);
    }
    let wanted = Subscription {
        email: Some(email.to_owned()),
        ..wish(tx, report.id, links.who(email), words::tag(lang).to_owned())
    };
    let again = match of_address(tx, report.id, &wanted.who).await? {
        Some(known) if !rules::asks_again(&known, tx.now()) => return Ok(()),
        Some(known) => Some(known.id),
        None => None,
    };
    if is_asked_often(tx, &wanted.who).await? {
        return Ok(());
    }
    let wanted = Subscription { id: again.unwrap_or(wanted.id), ..wanted };
    let wanted = addresses::sealed(tx, &desk.vault, wanted).await?;
    match again {
        Some(_) => drop(wanted.clone().into_active_model().reset_all().update(tx).await?),
        None => drop(add(tx, &wanted).await?),
    }
    ask(tx, &wanted, Template::ConfirmFollow).await
}

/// Asks the person who filed a report whether the address is theirs.
pub async fn ask_contact(
    tx: &Tx,
    links: &Links,
    report: ReportId,
    contact: Contact,
    event: i64,
) -> Result<()> {
    let Some(email) = contact.email else { return Ok(()) };
    let who = links.who(&email);
    if is_asked_often(tx, &who).await? {
        return Ok(());
    }
    let wanted = Subscription { event_id: Some(event), ..wish(tx, report, who, contact.lang) };
    if add(tx, &wanted).await? {
        ask(tx, &wanted, Template::ConfirmContact).await?;
    }
    Ok(())
}

/// Forgets the addresses of a contact that was put right, but the one that it has now.
pub async fn forget_contact(tx: &Tx, report: ReportId, but: Option<&str>) -> Result<()> {
    let mut old = subscription::Entity::delete_many()
        .filter(Column::ReportId.eq(report))
        .filter(Column::EventId.is_not_null());
    if let Some(who) = but {
        old = old.filter(Column::Who.ne(who));
    }
    old.exec(tx).await?;
    Ok(())
}

/// Lets whoever filed a report that was joined to another hear of that one too.
pub async fn pass_on(tx: &Tx, vault: &Vault, joined: ReportId, original: ReportId) -> Result<()> {
    let contact = reports::contact(tx, vault, joined).await?.and_then(|contact| contact.email);
    let Some(email) = contact else { return Ok(()) };
    for known in told(tx, joined).await?.into_iter().filter(rules::is_contact) {
        let again = Subscription {
            email: Some(email.clone()),
            confirmed_at: known.confirmed_at,
            forget_at: None,
            ..wish(tx, original, known.who, known.lang)
        };
        add(tx, &addresses::sealed(tx, vault, again).await?).await?;
    }
    Ok(())
}

/// Confirms an address by the last part of a link; once. Errors: `NotFound` for a link that was never
/// given out.
pub async fn confirm(tx: &Tx, links: &Links, link: &str) -> Result<Confirmed> {
    let (id, token) = links::parts(link).ok_or(Error::NotFound)?;
    let known = find(tx, id).await?.ok_or(Error::NotFound)?;
    if !links.confirms(&known, token) {
        return Err(Error::NotFound);
    }
    if known.ended_at.is_some() || known.forget_at.is_some_and(|end| end <= tx.now()) {
        return Ok(Confirmed::TooLate);
    }
    if known.confirmed_at.is_some() {
        return Ok(Confirmed::Before);
    }
    let confirmed = Subscription { confirmed_at: Some(tx.now()), forget_at: None, ..known };
    confirmed.clone().into_active_model().reset_all().update(tx).await?;
    if let Some(event) = confirmed.event_id {
        tell(tx, &confirmed, None, Template::ReportReceived, event, 1).await?;
    }
    Ok(Confirmed::Now)
}

/// Ends letters by the last part of a link, and forgets the address; harmless when repeated. Errors:
/// `NotFound` for a link that was never given out.
pub async fn end(tx: &Tx, links: &Links, link: &str) -> Result<()> {
    let (id, token) = links::parts(link).ok_or(Error::NotFound)?;
    if !links.ends(id, token) {
        return Err(Error::NotFound);
    }
    let known = find(tx, id).await?.ok_or(Error::NotFound)?;
    if known.ended_at.is_none() {
        let ended =
            Subscription { ended_at: Some(tx.now()), email: None, forget_at: None, ..known };
        ended.into_active_model().reset_all().update(tx).await?;
        vault::forget(tx, &[id]).await?;
    }
    Ok(())
}

/// Ends all letters about reports to the owner of an account by the last part of a link. Errors:
/// `NotFound` for a link that was never given out.
pub async fn end_all(tx: &Tx, links: &Links, link: &str) -> Result<()> {
    let (id, token) = links::parts(link).ok_or(Error::NotFound)?;
    if !links.ends_all(id, token) {
        return Err(Error::NotFound);
    }
    accounts::end_letters(tx, AccountId(id)).await
}

/// Whether an address was not confirmed in time.
pub async fn anything_unconfirmed(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool> {
    let late = subscription::Entity::find().filter(Column::ForgetAt.lte(now));
    Ok(late.one(db).await?.is_some())
}

/// Forgets some of the addresses that were not confirmed in time; gives how many it were.
pub async fn forget_unconfirmed(tx: &Tx) -> Result<u64> {
    let late = subscription::Entity::find().filter(Column::ForgetAt.lte(tx.now()));
    let late = late.limit(FORGET_BATCH).select_only().column(Column::Id);
    let late: Vec<Uuid> = late.into_tuple().all(tx).await?;
    vault::forget(tx, &late).await?;
    let gone = subscription::Entity::delete_many().filter(Column::Id.is_in(late));
    Ok(gone.exec(tx).await?.rows_affected)
}

/// Those who have confirmed that they want to hear of a report.
pub async fn told(db: &impl ConnectionTrait, report: ReportId) -> Result<Vec<Subscription>> {
    Ok(subscription::Entity::find()
        .filter(Column::ReportId.eq(report))
        .filter(Column::ConfirmedAt.is_not_null())
        .filter(Column::EndedAt.is_null())
        .all(db)
        .await?)
}

/// How the persons who filed reports are written to about them.
pub async fn contacts_of(
    db: &impl ConnectionTrait,
    reports: &[ReportId],
) -> Result<Vec<Subscription>> {
    Ok(subscription::Entity::find()
        .filter(Column::ReportId.is_in(reports.iter().copied()))
        // Only what was asked for by the filing itself; whoever follows is somebody else.
        .filter(Column::EventId.is_not_null())
        .all(db)
        .await?)
}

/// A subscription by its id.
pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Subscription>> {
    Ok(subscription::Entity::find_by_id(id).one(db).await?)
}

/// Puts the letter on its way that tells somebody of an entry of the report's history; once. The owner
/// of an account reads it in the language of the account.
pub async fn tell(
    tx: &Tx,
    subscription: &Subscription,
    language: Option<Lang>,
    template: Template,
    event: i64,
    position: i32,
) -> Result<()> {
    let report = subscription.report_id.0;
    let person = rules::person(rules::is_contact(subscription), &subscription.who);
    let dedup = format!("report:{report}:{position}:{person}");
    send(tx, subscription, language, template, Some(event), dedup).await
}

async fn ask(tx: &Tx, subscription: &Subscription, template: Template) -> Result<()> {
    let asked = subscription.asked_at.timestamp_micros();
    let dedup = format!("confirm:{}:{asked}", subscription.id);
    send(tx, subscription, None, template, subscription.event_id, dedup).await
}

async fn send(
    tx: &Tx,
    subscription: &Subscription,
    language: Option<Lang>,
    template: Template,
    event: Option<i64>,
    dedup: String,
) -> Result<()> {
    let letter = Letter {
        to: Recipient::Subscription(subscription.id),
        language: language.unwrap_or_else(|| words::negotiate(Some(&subscription.lang))),
        template,
        variables: Variables::default(),
        dedup,
        expires_at: None,
        event,
        subject: Some(subscription.report_id.0),
    };
    outbox::mail(tx, letter).await.map(|_| ())
}

fn wish(tx: &Tx, report: ReportId, who: String, lang: String) -> Subscription {
    Subscription {
        id: ids::new(tx.now()),
        report_id: report,
        who,
        email: None,
        lang,
        event_id: None,
        asked_at: tx.now(),
        confirmed_at: None,
        ended_at: None,
        forget_at: Some(tx.now() + TimeDelta::days(CONFIRM_DAYS)),
        sealed: true,
    }
}

/// Keeps a subscription; `false` when the address has one for this report.
async fn add(tx: &Tx, wanted: &Subscription) -> Result<bool> {
    let row = subscription::ActiveModel::from(wanted.clone());
    let once = OnConflict::columns([Column::ReportId, Column::Who]).do_nothing().to_owned();
    let added =
        subscription::Entity::insert(row).on_conflict(once).exec_without_returning(tx).await?;
    Ok(added > 0)
}

async fn of_address(
    db: &impl ConnectionTrait,
    report: ReportId,
    who: &str,
) -> Result<Option<Subscription>> {
    let known = subscription::Entity::find()
        .filter(Column::ReportId.eq(report))
        .filter(Column::Who.eq(who));
    Ok(known.one(db).await?)
}

async fn is_asked_often(tx: &Tx, who: &str) -> Result<bool> {
    let unanswered = subscription::Entity::find()
        .filter(Column::Who.eq(who))
        .filter(Column::AskedAt.gt(tx.now() - TimeDelta::hours(ASKS_HOURS)))
        .filter(Column::ConfirmedAt.is_null());
    Ok(unanswered.count(tx).await? >= ASKS_MAX)
}
