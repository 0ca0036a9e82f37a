//! Letters to somebody who is forgotten: none that wait, none to come, no address.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set,
};
use uuid::Uuid;

use crate::{
    db::Tx,
    error::Result,
    notifications::{
        entity::{subscription, subscription::Column},
        links,
    },
    outbox::{self, Recipient},
    reports::{self, ReportId},
    secrets::Secrets,
    vault,
};

/// Forgets those who filed reports: the letters about these reports to them, all letters to this address,
/// and with `everywhere` all to the addresses that were asked for them. Gives of how many subscriptions.
pub async fn forget_people(
    tx: &Tx,
    reports: &[ReportId],
    email: Option<&str>,
    everywhere: bool,
) -> Result<u64> {
    let secrets = Secrets::open(tx).await?;
    let mut who: Vec<String> = email.map(|email| links::who(&secrets, email)).into_iter().collect();
    let mut count = 0;
    for some in reports.chunks(BATCH) {
        let contacts = subscription::Entity::find()
            .filter(Column::ReportId.is_in(some.iter().copied()))
            .filter(Column::Email.is_null())
            .all(tx)
            .await?;
        if everywhere {
            who.extend(contacts.into_iter().map(|contact| contact.who));
        } else {
            count += contacts.len() as u64;
            forget_all(tx, contacts).await?;
        }
    }
    for some in who.chunks(BATCH) {
        let known = Column::Who.is_in(some.iter().map(String::as_str));
        let all = subscription::Entity::find().filter(known).all(tx).await?;
        count += all.len() as u64;
        forget_all(tx, all).await?;
    }
    Ok(count)
}

/// Reports whose way ended before an instant and which somebody still follows by e-mail.
pub async fn outdated_followers(
    db: &impl ConnectionTrait,
    end: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<ReportId>> {
    Ok(subscription::Entity::find()
        .filter(Column::Email.is_not_null())
        .filter(Column::ReportId.in_subquery(reports::ended_before(end)))
        .select_only()
        .column(Column::ReportId)
        .distinct()
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

/// Ends all letters about reports, and forgets who they went to; gives of how many subscriptions.
pub async fn forget_followers(tx: &Tx, reports: &[ReportId]) -> Result<u64> {
    let which = Column::ReportId.is_in(reports.iter().copied());
    let all = subscription::Entity::find().filter(which).all(tx).await?;
    let count = all.len() as u64;
    forget_all(tx, all).await?;
    Ok(count)
}

/// People and things that are named in one query.
const BATCH: usize = 500;

async fn forget_all(tx: &Tx, subscriptions: Vec<subscription::Model>) -> Result<()> {
    let ids: Vec<Uuid> = subscriptions.iter().map(|one| one.id).collect();
    for one in subscriptions {
        let row = subscription::ActiveModel {
            id: Set(one.id),
            // Nobody is known by it again, and each is another one.
            who: Set(format!("erased:{}", one.id)),
            email: Set(None),
            ended_at: Set(Some(one.ended_at.unwrap_or_else(|| tx.now()))),
            forget_at: Set(None),
            ..Default::default()
        };
        row.update(tx).await?;
    }
    vault::forget(tx, &ids).await?;
    let to: Vec<Recipient> = ids.into_iter().map(Recipient::Subscription).collect();
    outbox::forget_to(tx, &to).await?;
    Ok(())
}
