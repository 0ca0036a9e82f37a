//! How a report is seen.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};

use crate::{
    actor::Actor,
    audit::LookReason,
    calendar,
    error::{Error, Result},
    graphql::{ContextExt, Nullable},
    ids::{self, NodeKind},
    notifications::{self, DeliveryObject},
    personal::{self, PersonalDataKind},
    questions::Answer,
    reports::{
        actions,
        desk::Register,
        entity::{
            AssignmentStage, Channel, Feedback, FeedbackReason, Outcome, Report, ReportKind, Stage,
        },
        graphql::{
            AssignmentObject, CategoryObject, ExternalObject, PhotoObject, Reading, RelationObject,
            TimelineObject, Together, objects,
        },
        routing::RoutingTraceObject,
        rules,
    },
    scalars::Date,
    units::District,
    words,
};

/// A report in the API.
///
/// What only some fields need is read in boxes: async-graphql makes room for the largest field of an
/// object as often as any field of it is asked for, a thousand times in a page of reports.
#[derive(Clone)]
pub struct ReportObject {
    report: Arc<Report>,
    together: Arc<Together>,
    holder: bool,
}

impl ReportObject {
    /// A report, what is read together with it, and whether it is the caller's own.
    pub fn new(report: Arc<Report>, together: Arc<Together>, holder: bool) -> Self {
        Self { report, together, holder }
    }

    /// The key of the row.
    pub fn key(&self) -> uuid::Uuid {
        self.report.id.0
    }

    async fn reading(&self, ctx: &Context<'_>) -> Result<Reading> {
        self.together.reading(ctx, self.report.id, self.holder).await
    }
}

/// Where a report is about.
#[derive(SimpleObject)]
pub struct ReportLocation {
    /// Degrees north (WGS 84).
    latitude: Option<f64>,
    /// Degrees east (WGS 84).
    longitude: Option<f64>,
    /// The place in words.
    address: Option<String>,
    /// Who manages the land, as far as known.
    land_manager: Option<String>,
}

/// How to reach the person who filed a report.
#[derive(SimpleObject)]
pub struct ReportContact {
    /// Name.
    name: Option<String>,
    /// E-mail address.
    email: Option<String>,
    /// Telephone number.
    phone: Option<String>,
    /// The language in which the person is written to.
    language: String,
}

/// Something in a text that looks like personal data.
#[derive(SimpleObject)]
pub struct PersonalDataFound {
    /// What it looks like.
    kind: PersonalDataKind,
    /// What it looks like, in the reader's language.
    kind_label: String,
    /// The very words.
    text: String,
}

/// What its author said of the answer.
#[derive(SimpleObject)]
pub struct ReportFeedback {
    /// Whether the person was content.
    satisfied: bool,
    /// Why not.
    reasons: Vec<FeedbackReason>,
    /// In the person's words.
    text: Option<String>,
    /// Whether staff may write to the person about it.
    allows_contact: bool,
    /// When it was said.
    at: DateTime<Utc>,
}

/// A problem or an idea of a resident. It is public from its verification on, unless it is sensitive;
/// before that its holder and staff see it.
#[Object(name = "Report")]
impl ReportObject {
    /// Opaque global id.
    pub async fn id(&self) -> ID {
        ids::global(NodeKind::Report, self.report.id.0).into()
    }

    /// The public number, such as `KCK-2026-004571` for a problem or `POM-2026-000123` for an idea.
    fn number(&self) -> &str {
        &self.report.number
    }

    /// Whether something is broken or could be better.
    fn kind(&self) -> ReportKind {
        self.report.kind
    }

    /// The kind in the reader's language.
    fn kind_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "report-kind", &self.report.kind)
    }

    /// Category and place, in the reader's language; never the words of the person who filed it.
    async fn title(&self, ctx: &Context<'_>) -> Result<String> {
        self.title_in(ctx).await
    }

    /// What is the matter. Everybody else than staff and the person who filed it reads it without what
    /// looks like personal data. Empty where the time was over for which it is kept.
    async fn description(&self, ctx: &Context<'_>) -> Result<&str> {
        let shown = self.report.public_description.as_ref();
        Ok(match shown {
            Some(shown) if !self.reading(ctx).await?.whole => shown,
            _ => &self.report.description,
        })
    }

    /// What everybody reads, where that is not what was written; staff only.
    async fn public_description(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        let whole = self.reading(ctx).await?.whole;
        Ok(self.report.public_description.as_deref().filter(|_| whole))
    }

    /// What in the description looks like personal data; for staff and the person who filed it.
    async fn personal_data(&self, ctx: &Context<'_>) -> Result<Vec<PersonalDataFound>> {
        let whole = self.reading(ctx).await?.whole;
        Ok(if whole { found_in(ctx, &self.report.description) } else { Vec::new() })
    }

    /// The category.
    async fn category(&self, ctx: &Context<'_>) -> Nullable<CategoryObject> {
        let register = ctx.caller().app.desk.register(ctx.db()).await;
        let found = |all: Arc<Register>| all.stored_category(&self.report.category).cloned();
        register.map(|all| found(all).map(CategoryObject)).transpose()
    }

    /// Answers to the questions of the category; for staff and the person who filed it.
    async fn answers(&self, ctx: &Context<'_>) -> Result<&[Answer]> {
        let whole = self.reading(ctx).await?.whole;
        Ok(if whole { &self.report.answers.0 } else { &[] })
    }

    /// The way on which it came.
    fn channel(&self) -> Channel {
        self.report.channel
    }

    /// The way on which it came, in the reader's language.
    fn channel_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "report-channel", &self.report.channel)
    }

    /// The district in which its point lies.
    async fn district(&self, ctx: &Context<'_>) -> Nullable<District> {
        let number = self.report.district?;
        let register = ctx.caller().app.desk.register(ctx.db()).await;
        register.map(|all| all.district(number).cloned()).transpose()
    }

    /// Where it is about; null when it is for the whole city.
    fn location(&self) -> Option<ReportLocation> {
        let report = &self.report;
        let location = ReportLocation {
            latitude: report.latitude,
            longitude: report.longitude,
            address: report.address.clone(),
            land_manager: report.land_manager.clone(),
        };
        (report.latitude.is_some() || report.address.is_some()).then_some(location)
    }

    /// Photos in their order; hidden ones only for staff and the person who filed it.
    async fn photos(&self, ctx: &Context<'_>) -> Result<Vec<PhotoObject>> {
        let photos = self.together.photos(ctx, self.report.id).await?;
        // Most photos are not hidden, and then nobody need know who reads.
        let all = photos.iter().all(|photo| !photo.hidden) || self.reading(ctx).await?.whole;
        Ok(photos.iter().filter(|photo| all || !photo.hidden).cloned().map(PhotoObject).collect())
    }

    /// Where it stands.
    fn stage(&self) -> Stage {
        self.report.stage
    }

    /// Where it stands, in the reader's language.
    fn stage_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "report-stage", &self.report.stage)
    }

    /// What became of it, as far as the units have said.
    fn outcome(&self) -> Option<Outcome> {
        self.report.outcome
    }

    /// What became of it, in the reader's language and the city's words.
    fn outcome_label(&self, ctx: &Context<'_>) -> Option<String> {
        let outcome = self.report.outcome?;
        Some(outcome_label(ctx.lang(), self.report.kind, outcome))
    }

    /// When the outcome was set.
    fn outcome_at(&self) -> Option<DateTime<Utc>> {
        self.report.outcome_at
    }

    /// Why, or who can help instead, as the outcome demands.
    fn reason(&self) -> Option<&str> {
        self.report.reason.as_deref()
    }

    /// When it was filed.
    fn received_at(&self) -> DateTime<Utc> {
        self.report.received_at
    }

    /// The day by which an answer is expected: a proposal of this project, not a promise of the city.
    fn expected_by(&self) -> Date {
        Date(self.report.expected_by)
    }

    /// How much of the time until then has passed, in percent; over 100 when it is late. Null when no
    /// answer is owed any more, or its author is asked.
    fn time_passed(&self, ctx: &Context<'_>) -> Option<i32> {
        let report = &self.report;
        let owed =
            report.paused_at.is_none() && !report.stage.is_end() && report.stage != Stage::Answered;
        let none = chrono::Duration::zero();
        let passed =
            calendar::share_passed(report.received_at, report.expected_by, none, ctx.now());
        owed.then(|| i32::try_from(passed).unwrap_or(i32::MAX))
    }

    /// The day on which it was solved or carried out.
    fn resolved_on(&self) -> Option<Date> {
        self.report.resolved_on.map(Date)
    }

    /// When the person who filed it was told of the answer.
    fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.report.closed_at
    }

    /// The day until which its author may open it again; null while it is not closed.
    fn reopens_until(&self) -> Option<Date> {
        rules::reopens_until(self.report.closed_at).map(Date)
    }

    /// The units that were given it, with their answers, first to last. What was sent back is shown to
    /// staff only.
    async fn assignments(&self, ctx: &Context<'_>) -> Result<Vec<AssignmentObject>> {
        let all = self.together.assignments(ctx, self.report.id).await?;
        let notes = match ctx.actor() {
            Actor::Anyone | Actor::Resident(_) => false,
            _ => self.reading(ctx).await?.notes,
        };
        let seen = all.iter().filter(|one| notes || one.stage != AssignmentStage::SentBack);
        Ok(seen.map(|one| AssignmentObject::new(one.clone(), notes, self.report.kind)).collect())
    }

    /// To which bodies outside the city it was sent, first to last; staff only.
    #[graphql(visible = "crate::graphql::staff")]
    async fn external_assignments(&self, ctx: &Context<'_>) -> Result<Vec<ExternalObject>> {
        if !self.reading(ctx).await?.notes {
            return Ok(Vec::new());
        }
        let all = self.together.external(ctx, self.report.id).await?;
        Ok(all.iter().map(|one| ExternalObject::new(one.clone(), self.clone())).collect())
    }

    /// Its history, first to last. Words between the city and the person who filed it are shown to
    /// these two only, notes to staff only.
    async fn timeline(&self, ctx: &Context<'_>) -> Result<Vec<TimelineObject>> {
        let all = self.together.timeline(ctx, self.report.id).await?;
        let staff = !matches!(ctx.actor(), Actor::Anyone | Actor::Resident(_));
        let reading = match staff {
            true => self.reading(ctx).await?,
            false => Reading { notes: false, whole: self.holder },
        };
        let seen = all.iter().filter(|entry| reading.notes || rules::is_public_step(entry.step));
        Ok(seen
            .map(|entry| TimelineObject::new(entry.clone(), reading, self.report.kind))
            .collect())
    }

    /// How many residents support it.
    fn supports(&self) -> i32 {
        self.report.supports
    }

    /// Whether the signed-in resident supports it.
    async fn supported_by_me(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.mine(ctx).await?.0)
    }

    /// Whether the signed-in resident follows it.
    async fn followed_by_me(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.mine(ctx).await?.1)
    }

    /// How often it was opened again.
    fn times_reopened(&self) -> i32 {
        self.report.reopened
    }

    /// How often units have sent it back; staff only.
    #[graphql(visible = "crate::graphql::staff")]
    async fn times_sent_back(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        Ok(self.reading(ctx).await?.notes.then_some(self.report.sent_back))
    }

    /// The report that it was joined to, which goes on for both.
    async fn duplicate_of(&self, ctx: &Context<'_>) -> Nullable<ReportObject> {
        let original = self.report.duplicate_of?;
        let found = Box::pin(actions::by_ids(ctx.db(), ctx.actor(), &[original.0])).await;
        found.map(|found| objects(found, false).pop()).transpose()
    }

    /// Ideas that it has to do with, at most 100.
    async fn related_ideas(&self, ctx: &Context<'_>) -> Result<Vec<RelationObject>> {
        let found = Box::pin(actions::related(ctx.db(), ctx.actor(), self.report.id)).await?;
        let (kinds, reports): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        let reports = objects(reports, false);
        Ok(kinds
            .into_iter()
            .zip(reports)
            .map(|(kind, report)| RelationObject::new(kind, report))
            .collect())
    }

    /// Whether not everybody may see it; staff only.
    #[graphql(visible = "crate::graphql::staff")]
    async fn sensitive(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        Ok(self.reading(ctx).await?.notes.then_some(self.report.sensitive))
    }

    /// How to reach the person who filed it; for that person, consultants, and the units that have it.
    /// That staff have looked, and why, is kept in the audit.
    async fn contact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Why you look; staff must say, else it is BAD_USER_INPUT.")]
        reason: Option<LookReason>,
    ) -> Nullable<ReportContact> {
        self.seen_contact(ctx, reason).await.transpose()
    }

    /// Letters and calls of other services about it, first to last, at most 200; for consultants, and
    /// the units that have it.
    #[graphql(visible = "crate::graphql::staff")]
    async fn deliveries(&self, ctx: &Context<'_>) -> Result<Vec<DeliveryObject>> {
        let reads = matches!(ctx.actor(), Actor::Staff(_)) && self.reading(ctx).await?.whole;
        match reads {
            true => notifications::deliveries(ctx, self.key()).await,
            false => Ok(Vec::new()),
        }
    }

    /// Handle of the member of staff who took it down; staff only.
    #[graphql(visible = "crate::graphql::staff")]
    async fn taken_by(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        let notes = self.reading(ctx).await?.notes;
        Ok(self.report.taken_by.as_deref().filter(|_| notes))
    }

    /// Which units were proposed for it, and why; staff only.
    #[graphql(visible = "crate::graphql::staff")]
    async fn routing_trace(&self, ctx: &Context<'_>) -> Result<Option<RoutingTraceObject>> {
        let notes = self.reading(ctx).await?.notes;
        Ok(notes.then(|| RoutingTraceObject(self.report.routing.clone())))
    }

    /// What its author said of the answers, first to last; staff only, and the person.
    async fn feedback(&self, ctx: &Context<'_>) -> Result<Vec<ReportFeedback>> {
        if !self.reading(ctx).await?.whole {
            return Ok(Vec::new());
        }
        let all = Box::pin(actions::feedback_of(ctx.db(), self.report.id)).await?;
        let seen = |one: Feedback| ReportFeedback {
            satisfied: one.satisfied,
            reasons: one.reasons.0,
            text: one.text,
            allows_contact: one.allows_contact,
            at: one.at,
        };
        Ok(all.into_iter().map(seen).collect())
    }

    /// Counts its changes; give it as `expectedVersion` of a mutation.
    fn version(&self) -> i32 {
        self.report.revision
    }

    /// When it last changed.
    fn updated_at(&self) -> DateTime<Utc> {
        self.report.updated_at
    }
}

impl ReportObject {
    /// Category and place, in the reader's language.
    pub async fn title_in(&self, ctx: &Context<'_>) -> Result<String> {
        let register = ctx.caller().app.desk.register(ctx.db()).await?;
        let category = register.category(&self.report.category);
        let name = category.map(|known| known.name_in(ctx.lang()));
        let name = name.unwrap_or(&self.report.category);
        Ok(match &self.report.address {
            Some(address) => format!("{name}, {address}"),
            None => name.to_owned(),
        })
    }

    async fn mine(&self, ctx: &Context<'_>) -> Result<(bool, bool)> {
        let Actor::Resident(name) = ctx.actor() else { return Ok((false, false)) };
        let found = Box::pin(actions::of_account(ctx.db(), self.report.id, name)).await?;
        Ok(found.unwrap_or_default())
    }

    async fn seen_contact(
        &self,
        ctx: &Context<'_>,
        reason: Option<LookReason>,
    ) -> Result<Option<ReportContact>> {
        if !self.reading(ctx).await?.whole {
            return Ok(None);
        }
        let vault = &ctx.caller().app.desk.vault;
        let contact = match (ctx.actor(), reason) {
            (Actor::Staff(_), None) => return Err(Error::BadRequest("look-reason".into())),
            (actor @ Actor::Staff(_), Some(reason)) => {
                let look = async |tx: &_| {
                    actions::look_at_contact(tx, vault, actor, self.report.id, reason).await
                };
                ctx.write(look).await?
            }
            _ => Box::pin(actions::contact(ctx.db(), vault, self.report.id)).await?,
        };
        Ok(contact.map(|contact| ReportContact {
            name: contact.name,
            email: contact.email,
            phone: contact.phone,
            language: contact.lang,
        }))
    }
}

/// What in a text looks like personal data, in the reader's language.
pub fn found_in(ctx: &Context<'_>, text: &str) -> Vec<PersonalDataFound> {
    let found = |found: personal::Found| PersonalDataFound {
        kind: found.kind,
        kind_label: words::label_of(ctx.lang(), "personal-data", &found.kind),
        text: text[found.start..found.end].to_owned(),
    };
    personal::find(text).into_iter().map(found).collect()
}

/// The city's words for an outcome, which differ by kind.
pub fn outcome_label(lang: words::Lang, kind: ReportKind, outcome: Outcome) -> String {
    let family = match kind {
        ReportKind::Problem => "report-outcome",
        ReportKind::Idea => "idea-outcome",
    };
    words::label_of(lang, family, &outcome)
}
