//! Reports without the people in them: the case and what is counted of it stay.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Set, sea_query::Expr,
};

use crate::{
    actor::Actor,
    db::Tx,
    error::{Error, Result},
    events::{Event, Kind, Subject},
    personal,
    reports::entity::{Report, ReportId, claim, feedback, report, supporter, timeline},
    words::Lang,
};

/// Reports that are read or told of at once.
const BATCH: u64 = 500;

/// A report by its number, whoever asks: for those who may do with it what they may not see. Errors:
/// `NotFound`.
pub async fn by_bare_number(db: &impl ConnectionTrait, number: &str) -> Result<Report> {
    let found = report::Entity::find().filter(report::Column::Number.eq(number)).one(db).await?;
    found.ok_or(Error::NotFound)
}

/// The reports of an account, by id and number.
pub async fn of_owner(db: &impl ConnectionTrait, account: &str) -> Result<Vec<(ReportId, String)>> {
    Ok(report::Entity::find()
        .filter(report::Column::Account.eq(account))
        .order_by_asc(report::Column::Number)
        .select_only()
        .columns([report::Column::Id, report::Column::Number])
        .into_tuple()
        .all(db)
        .await?)
}

/// The numbers of reports.
pub async fn numbers_of(
    db: &impl ConnectionTrait,
    ids: &[ReportId],
) -> Result<Vec<(ReportId, String)>> {
    Ok(report::Entity::find()
        .filter(report::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(report::Column::Number)
        .select_only()
        .columns([report::Column::Id, report::Column::Number])
        .into_tuple()
        .all(db)
        .await?)
}

/// Takes reports out of an account, and forgets which others it supports or follows; how many support
/// those stays.
pub async fn leave_account(tx: &Tx, account: &str) -> Result<()> {
    report::Entity::update_many()
        .col_expr(report::Column::Account, Expr::value(None::<String>))
        .filter(report::Column::Account.eq(account))
        .exec(tx)
        .await?;
    let claims = claim::Column::Account.eq(account);
    claim::Entity::delete_many().filter(claims).exec(tx).await?;
    let supports = supporter::Column::Account.eq(account);
    supporter::Entity::delete_many().filter(supports).exec(tx).await?;
    Ok(())
}

/// Tells the spine that people were taken out of reports.
pub fn tell_erased(tx: &Tx, actor: &Actor, reports: &[ReportId]) {
    for some in reports.chunks(BATCH as usize) {
        let ids = some.iter().map(|report| report.0).collect();
        tx.emit(actor, Event { kind: Kind::Erased, subject: Subject::Report, ids });
    }
}

/// Puts a note in the place of whatever looks like personal data in what people wrote in a report and
/// about it.
pub async fn mask_texts(tx: &Tx, id: ReportId) -> Result<()> {
    let masked = |text: &str| personal::masked(text, Lang::Pl);
    let some = |text: &Option<String>| text.as_deref().map(masked);
    let report = report::Entity::find_by_id(id).one(tx).await?.ok_or(Error::NotFound)?;
    let mut answers = report.answers.clone();
    answers
        .0
        .iter_mut()
        .flat_map(|answer| &mut answer.values)
        .for_each(|value| *value = masked(value));
    let mut row = report.clone().into_active_model();
    row.description = Set(masked(&report.description));
    row.public_description = Set(some(&report.public_description));
    row.reason = Set(some(&report.reason));
    row.answers = Set(answers);
    row.update(tx).await?;
    for past in timeline::Entity::find().filter(timeline::Column::ReportId.eq(id)).all(tx).await? {
        let mut row = past.clone().into_active_model();
        (row.text, row.note) = (Set(some(&past.text)), Set(some(&past.note)));
        row.update(tx).await?;
    }
    for said in feedback::Entity::find().filter(feedback::Column::ReportId.eq(id)).all(tx).await? {
        let mut row = said.clone().into_active_model();
        row.text = Set(some(&said.text));
        row.update(tx).await?;
    }
    Ok(())
}
