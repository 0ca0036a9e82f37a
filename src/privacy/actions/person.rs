//! Who may have whom forgotten.

use uuid::Uuid;

use crate::{
    accounts::AccountId,
    actor::Actor,
    db::Tx,
    error::{Error, Problem, ProblemCode, Result, refuse},
    events::Subject,
    ids::{self, NodeKind},
    permissions::{NO_UNIT, Permission},
    privacy::{
        actions::erase::{self, erase_account},
        entity::{ErasePersonInput, Erasure},
    },
    reports::{self, Desk, Report},
};

/// Forgets the person who filed a report, or the one behind an account; gives the numbers of the reports
/// that it was about. Errors: `Unauthenticated`, `Forbidden`, `NotFound`, `Invalid` when not one of both
/// is named, and for staff.
pub async fn erase_person(
    tx: &Tx,
    desk: &Desk,
    actor: &Actor,
    input: ErasePersonInput,
) -> Result<Vec<String>> {
    let everywhere = actor.may(Permission::ErasePersons, NO_UNIT);
    let how = Erasure { reason: input.reason, mask_texts: input.mask_texts, everywhere };
    match (input.number, input.account) {
        (Some(number), None) => {
            let token = input.tracking_token.as_deref();
            of_report(tx, desk, actor, &number, token, how).await
        }
        (None, Some(account)) => {
            actor.must(Permission::ErasePersons, NO_UNIT)?;
            let key = ids::parse_global_as(NodeKind::Account, &account).ok_or(Error::NotFound)?;
            erase_account(tx, actor, AccountId(key), how).await
        }
        _ => {
            let problem = Problem::at("number", ProblemCode::Required, "report-or-account");
            refuse(vec![problem]).map(|()| Vec::new())
        }
    }
}

/// Whoever holds the secret token of a report has the own contact of it forgotten; the data-protection
/// officer the person with everything else that is known.
async fn of_report(
    tx: &Tx,
    desk: &Desk,
    actor: &Actor,
    number: &str,
    token: Option<&str>,
    how: Erasure,
) -> Result<Vec<String>> {
    if !actor.may(Permission::ErasePersons, NO_UNIT) {
        let Some(token) = token else { return Err(actor.refused()) };
        let report = reports::by_bare_number(tx, number).await?;
        if !desk.is_holder(report.id, token) {
            return Err(Error::NotFound);
        }
        return forget_report(tx, actor, report, how).await;
    }
    let report = reports::by_bare_number(tx, number).await?;
    match report.account.as_deref().and_then(|account| Uuid::parse_str(account).ok()) {
        Some(account) => erase_account(tx, actor, AccountId(account), how).await,
        None => forget_report(tx, actor, report, how).await,
    }
}

async fn forget_report(
    tx: &Tx,
    actor: &Actor,
    report: Report,
    how: Erasure,
) -> Result<Vec<String>> {
    let id = report.id;
    let numbers = erase::forget(tx, actor, vec![(id, report.number)], None, how).await?;
    erase::record(tx, actor, Subject::Report, id.0, how.reason);
    Ok(numbers)
}
