//! What holders put right in their reports: how to reach them at once, what they wrote through staff.

use crate::{
    actor::Actor,
    db::Tx,
    error::{Problem, ProblemCode, Result, refuse},
    events::{Event, Kind, Subject},
    reports::{
        actions::{
            case::Case,
            contacts,
            history::{self, Said},
            read,
        },
        desk::Desk,
        entity::{CorrectContactInput, Report, RequestCorrectionInput, Step},
        rules,
    },
    words::{Lang, Message},
};

/// Puts another contact in the place of the one of a report. Errors: `NotFound` for whom it is not,
/// `Invalid` per field.
pub async fn correct_contact(
    tx: &Tx,
    desk: &Desk,
    actor: &Actor,
    lang: Lang,
    input: CorrectContactInput,
) -> Result<Report> {
    let report = read::held(tx, desk, actor, &input.report).await?;
    refuse(rules::contact_problems(&input.contact))?;
    contacts::replace_contact(tx, &desk.vault, report.id, input.contact, lang).await?;
    let ids = vec![report.id.0];
    tx.emit(actor, Event { kind: Kind::Corrected, subject: Subject::Report, ids });
    Ok(report)
}

/// Tells staff what is wrong in what was written: a note that the history keeps. Errors: `NotFound`,
/// `Invalid`, `NotAllowed` when it was asked for too often.
pub async fn request_correction(
    tx: &Tx,
    desk: &Desk,
    actor: &Actor,
    input: RequestCorrectionInput,
) -> Result<Report> {
    let report = read::held(tx, desk, actor, &input.report).await?;
    refuse(rules::needed("text", &input.text, rules::TEXT_CHARS_MAX))?;
    let past = history::timelines(tx, &[report.id]).await?.remove(&report.id).unwrap_or_default();
    // Only holders write notes under a handle that no staff has.
    let handles = [Actor::Anyone.handle(), actor.handle()];
    let asked = past
        .iter()
        .filter(|one| one.step == Step::Note && handles.contains(&one.actor.as_str()))
        .count();
    if asked >= rules::CORRECTIONS_MAX {
        let message = Message::new("too-many-corrections").with("max", rules::CORRECTIONS_MAX);
        return Err(Problem::at("text", ProblemCode::NotAllowed, message).into());
    }
    let said = Said { note: Some(input.text), ..Said::default() };
    Case::of(tx, report).await?.write(tx, actor, Step::Note, said).await
}
