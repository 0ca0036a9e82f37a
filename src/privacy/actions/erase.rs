//! A person is forgotten: contacts, keys, letters, the account. The cases stay, and what is counted of them.

use sea_orm::ActiveEnum;
use uuid::Uuid;

use crate::{
    accounts::{self, AccountId},
    actor::Actor,
    audit::{Act, Record},
    db::Tx,
    error::Result,
    events::Subject,
    notifications,
    privacy::{
        actions::log,
        entity::{Erasure, ErasureReason},
    },
    reports::{self, ReportId},
};

/// The class of a person in the log of deletions.
const PERSON: &str = "person";

/// Forgets the person behind a resident's account, in one write: contacts of the reports with their keys,
/// letters and what the addresses follow, sessions and links, name and address. The reports stay, without
/// an account. Gives their numbers; none when it was done before. Errors: `NotFound`, `Invalid` for staff.
///
/// Whether the actor may is for the caller to know: the person itself may, and whoever
/// [`erase_person`](super::erase_person) lets.
pub async fn erase_account(
    tx: &Tx,
    actor: &Actor,
    account: AccountId,
    how: Erasure,
) -> Result<Vec<String>> {
    let Some(was) = accounts::erase(tx, actor, account).await? else { return Ok(Vec::new()) };
    let name = account.0.to_string();
    let own = reports::of_owner(tx, &name).await?;
    reports::leave_account(tx, &name).await?;
    let email = was.email.as_deref();
    let numbers = forget(tx, actor, own, email, how).await?;
    record(tx, actor, Subject::Account, account.0, how.reason);
    Ok(numbers)
}

/// Forgets who filed reports that are in no account any more, or never were.
pub(super) async fn forget(
    tx: &Tx,
    actor: &Actor,
    own: Vec<(ReportId, String)>,
    email: Option<&str>,
    how: Erasure,
) -> Result<Vec<String>> {
    let (ids, numbers): (Vec<ReportId>, Vec<String>) = own.into_iter().unzip();
    notifications::forget_people(tx, &ids, email, how.everywhere).await?;
    for some in ids.chunks(BATCH) {
        reports::forget_contacts(tx, some).await?;
    }
    if how.mask_texts {
        for id in &ids {
            reports::mask_texts(tx, *id).await?;
        }
    }
    reports::tell_erased(tx, actor, &ids);
    log::note(tx, actor, PERSON, 1, how.reason, numbers.clone()).await?;
    Ok(numbers)
}

/// Reports that are named in one query.
const BATCH: usize = 500;

/// Writes into the audit that a person was forgotten.
pub(super) fn record(tx: &Tx, actor: &Actor, kind: Subject, id: Uuid, why: ErasureReason) {
    tx.record(Record::of(actor, Act::PersonErased).on(kind, id).detail(why.to_value()));
}
