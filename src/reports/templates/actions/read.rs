//! Finding templates, and filling them in for a report.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use crate::{
    actor::Actor,
    error::{Error, Result},
    page::{Page, PageRequest},
    permissions::{NO_UNIT, Permission, Reach},
    reports::{
        actions::categories,
        entity::{Report, assignment, report},
        templates::{
            entity::{AnswerTemplate, AnswerTemplateId, Filled, TemplateFilter, answer_template},
            rules::{self, Known},
        },
    },
    units,
};

/// The cursor's name of the list of templates.
const LIST: &str = "answer-templates";
/// Whoever answers residents, or writes what they are answered with.
const READERS: &[Permission] =
    &[Permission::TriageReports, Permission::HandleReports, Permission::DirectReports];

/// A page of templates in their order: of those for the actor's unit and for all, and of those that fit
/// a report, with their texts filled in for it. Errors: `Forbidden`; `NotFound` for a report that the
/// actor does not handle.
pub async fn list(
    db: &impl ConnectionTrait,
    actor: &Actor,
    filter: &TemplateFilter,
    page: &PageRequest,
) -> Result<Page<Filled>> {
    actor.must_some(READERS)?;
    let size = page.size()?;
    let after = page.after_key(LIST)?;
    let subject = match &filter.report {
        Some(number) => Some(Subject::read(db, actor, number).await?),
        None => None,
    };
    let key = |template: &AnswerTemplate| format!("{:06}", template.position);
    let is_wanted = |template: &AnswerTemplate| {
        subject.as_ref().is_none_or(|subject| rules::fits(&template.content, &subject.report))
            && after.as_ref().is_none_or(|after| key(template) > *after)
    };
    let mut query = seen_by(actor);
    if let Some(outcome) = filter.outcome {
        query = query.filter(answer_template::Column::Outcome.eq(outcome));
    }
    let rows = query.order_by_asc(answer_template::Column::Position).all(db).await?;
    let filled = rows.into_iter().filter(is_wanted).take(size + 1).map(|template| {
        let text = subject.as_ref().map(|subject| subject.fill(&template.content.text));
        Filled { template, text }
    });
    Ok(Page::cut(filled.collect(), size, LIST, |filled| key(&filled.template)))
}

/// The templates for the actor's own unit and those for all.
fn seen_by(actor: &Actor) -> Select<answer_template::Entity> {
    let mut units = vec![NO_UNIT.to_owned()];
    for permission in READERS {
        match actor.reach(*permission) {
            Reach::Everything => return there(),
            Reach::Unit(own) => units.push(own.to_owned()),
            Reach::Nothing => {}
        }
    }
    there().filter(answer_template::Column::Unit.is_in(units))
}

/// A report that is to be answered, with the names that its templates need.
struct Subject {
    report: Report,
    category: String,
    unit: String,
}

impl Subject {
    /// The report with a number, if the actor may answer it.
    async fn read(db: &impl ConnectionTrait, actor: &Actor, number: &str) -> Result<Self> {
        let found =
            report::Entity::find().filter(report::Column::Number.eq(number)).one(db).await?;
        let report = found.ok_or(Error::NotFound)?;
        let assigned: Vec<String> = assignment::Entity::find()
            .select_only()
            .column(assignment::Column::Unit)
            .filter(assignment::Column::ReportId.eq(report.id))
            .order_by_asc(assignment::Column::SentAt)
            .into_tuple()
            .all(db)
            .await?;
        let own = assigned.iter().find(|unit| actor.may(Permission::HandleReports, unit));
        if own.is_none() && actor.reach(Permission::TriageReports) == Reach::Nothing {
            return Err(Error::NotFound);
        }
        let code = own.or(report.unit.as_ref()).cloned();
        let units = units::by_codes(db, code.as_slice()).await?;
        let unit = units.first().map(|unit| unit.content.name.clone());
        let category = categories(db).await?.into_iter().find(|one| one.code == report.category);
        let category = category.map_or_else(|| report.category.clone(), |found| found.name);
        Ok(Self { unit: unit.or(code).unwrap_or_default(), category, report })
    }

    fn fill(&self, text: &str) -> String {
        rules::fill(text, &self.report, &self.category, &self.unit)
    }
}

/// The templates with these ids that the actor may see, in no order.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<Vec<AnswerTemplate>> {
    if !actor.may_some(READERS) {
        return Ok(Vec::new());
    }
    let ids = ids.iter().copied().map(AnswerTemplateId);
    Ok(seen_by(actor).filter(answer_template::Column::Id.is_in(ids)).all(db).await?)
}

/// All templates in their order: for export.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<AnswerTemplate>> {
    Ok(there().order_by_asc(answer_template::Column::Position).all(db).await?)
}

pub(super) fn there() -> Select<answer_template::Entity> {
    answer_template::Entity::find().filter(answer_template::Column::Deleted.eq(false))
}

/// What a template may name: two queries.
pub async fn known(db: &impl ConnectionTrait) -> Result<Known> {
    Ok(Known { categories: categories(db).await?, units: units::known_codes(db).await? })
}
