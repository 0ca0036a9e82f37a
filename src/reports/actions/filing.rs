//! Filing a report, and looking before it for one that is there already.

use sea_orm::EntityTrait;

use crate::{
    actor::Actor,
    clock::local_day,
    db::Tx,
    error::{Error, Problem, ProblemCode, Result},
    events::{Event, Kind, Subject},
    ids,
    once::{self, Claim},
    questions::Answers,
    reports::{
        actions::{contacts, history, numbers, places, read},
        desk::Desk,
        entity::{
            Category, FileReportInput, Report, ReportId, RoutingQuestion, Stage, Step, report,
        },
        routing, rules,
    },
    texts,
    words::Lang,
};

/// Files a report; the same request again gives the same report. Errors: `Forbidden`, `Invalid` per
/// field (`Conflict` for a key of a signed-in caller that was used with another content).
pub async fn file(
    tx: &Tx,
    desk: &Desk,
    actor: &Actor,
    lang: Lang,
    input: FileReportInput,
) -> Result<Report> {
    if !rules::may_file(actor) {
        return Err(Error::Forbidden);
    }
    let register = desk.register(tx).await?;
    let category = register.category(&input.category);
    let problems = rules::filing_problems(&input, category, actor);
    let (true, Some(category)) = (problems.is_empty(), category) else {
        return Err(Error::Invalid(problems));
    };
    let id = ReportId(ids::new(tx.now()));
    match once::claim(tx, actor, &input.idempotency_key, &content(&input), id.0).await? {
        Claim::Fresh => file_new(tx, desk, actor, lang, id, category, input).await,
        Claim::Repeated(known) => read::by_key(tx, ReportId(known)).await,
        Claim::Other => {
            Err(Problem::at("idempotencyKey", ProblemCode::Conflict, "key-of-other").into())
        }
    }
}

async fn file_new(
    tx: &Tx,
    desk: &Desk,
    actor: &Actor,
    lang: Lang,
    id: ReportId,
    category: &Category,
    input: FileReportInput,
) -> Result<Report> {
    let photos = desk.photos(&input.photos, "photos", tx.now())?;
    let report = new_report(tx, desk, actor, id, category, &input).await?;
    report::Entity::insert(report::ActiveModel::from(report.clone()))
        .exec_without_returning(tx)
        .await?;
    if let Some(contact) = input.contact {
        contacts::keep_contact(tx, &desk.vault, id, contact, lang).await?;
    }
    history::add_photos(tx, id, 0, photos).await?;
    let said = history::Said { note: input.note, ..history::Said::default() };
    history::add(tx, actor, &report, Step::File, said).await?;
    tx.emit(actor, Event { kind: Kind::Filed, subject: Subject::Report, ids: vec![id.0] });
    Ok(report)
}

async fn new_report(
    tx: &Tx,
    desk: &Desk,
    actor: &Actor,
    id: ReportId,
    category: &Category,
    input: &FileReportInput,
) -> Result<Report> {
    let now = tx.now();
    let place = places::find(desk, "location", input.location.as_ref())?;
    let asked = RoutingQuestion {
        category: category.code.clone(),
        district: place.district,
        land_manager: place.land_manager.clone(),
    };
    let routing = routing::decide(tx, &desk.routing, category, asked, now).await?;
    let series = rules::series(category.kind, now);
    let (seq, last) = numbers::next(tx, &series).await?;
    Ok(Report {
        id,
        seq,
        number: rules::number(&series, last),
        external_id: None,
        kind: category.kind,
        category: category.code.clone(),
        category_group: category.group().to_owned(),
        channel: input.channel,
        description: texts::tidied(&input.description),
        public_description: None,
        answers: Answers(input.answers.clone()),
        latitude: place.latitude,
        longitude: place.longitude,
        address: place.address,
        district: place.district,
        land_manager: place.land_manager,
        stage: Stage::Received,
        outcome: None,
        outcome_at: None,
        reason: None,
        received_at: now,
        received_on: local_day(now),
        resolved_on: None,
        expected_by: rules::due_on(now, Some(category)),
        closed_at: None,
        paused_at: None,
        wakes_at: None,
        unit: None,
        duplicate_of: None,
        sensitive: false,
        public: false,
        supports: 0,
        sent_back: 0,
        reopened: 0,
        account: match actor {
            Actor::Resident(name) => Some(name.clone()),
            _ => None,
        },
        taken_by: match actor {
            Actor::Staff(staff) => Some(staff.name.clone()),
            _ => None,
        },
        routing,
        revision: 1,
        updated_at: now,
    })
}

/// What makes one report the same as another: everything but the key.
fn content(input: &FileReportInput) -> String {
    let bare = FileReportInput { idempotency_key: String::new(), ..input.clone() };
    format!("{bare:?}")
}
