//! How the parts of a report are seen: assignments, history, photos, kin, the routing trace.

use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, Utc};

use crate::{
    graphql::{ContextExt, Nullable, photo_url},
    reports::{
        entity::{
            Assignment, AssignmentStage, Outcome, Photo, RelationKind, ReportKind, Stage, Step,
            TimelineEntry,
        },
        graphql::{Reading, ReportObject, outcome_label},
        rules::{self, Readers},
    },
    scalars::Date,
    units::UnitObject,
    words,
};

/// An assignment in the API.
pub struct AssignmentObject {
    assignment: Assignment,
    notes: bool,
    kind: ReportKind,
}

impl AssignmentObject {
    /// An assignment of a report of this kind, and whether the reader sees what staff noted.
    pub fn new(assignment: Assignment, notes: bool, kind: ReportKind) -> Self {
        Self { assignment, notes, kind }
    }
}

/// A unit that was given a report, and what it answered.
#[Object(name = "ReportAssignment")]
impl AssignmentObject {
    /// The unit.
    async fn unit(&self, ctx: &Context<'_>) -> Nullable<UnitObject> {
        ctx.unit(&self.assignment.unit).await
    }

    /// Where the unit stands with it.
    fn stage(&self) -> AssignmentStage {
        self.assignment.stage
    }

    /// Where the unit stands with it, in the reader's language.
    fn stage_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "assignment-stage", &self.assignment.stage)
    }

    /// What became of it, as the unit says.
    fn outcome(&self) -> Option<Outcome> {
        self.assignment.outcome
    }

    /// What became of it, in the reader's language.
    fn outcome_label(&self, ctx: &Context<'_>) -> Option<String> {
        self.assignment.outcome.map(|outcome| outcome_label(ctx.lang(), self.kind, outcome))
    }

    /// The answer that everybody reads.
    fn public_answer(&self) -> Option<&str> {
        self.assignment.public_answer.as_deref()
    }

    /// What staff reads beside; staff only.
    fn internal_answer(&self) -> Option<&str> {
        self.assignment.internal_answer.as_deref().filter(|_| self.notes)
    }

    /// Why, or who can help instead; of what was sent back, why.
    fn reason(&self) -> Option<&str> {
        self.assignment.reason.as_deref()
    }

    /// The day on which it is looked at again.
    fn review_on(&self) -> Option<Date> {
        self.assignment.review_on.map(Date)
    }

    /// Of what was sent back, the code of the unit whose matter it is; staff only.
    fn suggested_unit(&self) -> Option<&str> {
        self.assignment.suggested_unit.as_deref().filter(|_| self.notes)
    }

    /// Handle of the person who has taken it; staff only.
    fn assignee(&self) -> Option<&str> {
        self.assignment.assignee.as_deref().filter(|_| self.notes)
    }

    /// When the unit was given it.
    fn sent_at(&self) -> DateTime<Utc> {
        self.assignment.sent_at
    }

    /// The day by which the unit is to answer.
    fn due_on(&self) -> Date {
        Date(self.assignment.due_on)
    }

    /// When the unit answered.
    fn answered_at(&self) -> Option<DateTime<Utc>> {
        self.assignment.answered_at
    }

    /// The part of its time at which it was last brought up, in percent: 0, 50, 80 or 100; staff only.
    fn escalation(&self) -> Option<i32> {
        self.notes.then_some(self.assignment.escalation)
    }

    /// How often the report had been opened again when it was given: earlier rounds are history.
    fn round(&self) -> i32 {
        self.assignment.round
    }
}

/// An entry of the history in the API.
pub struct TimelineObject {
    entry: TimelineEntry,
    reading: Reading,
    kind: ReportKind,
}

impl TimelineObject {
    /// An entry of a report of this kind, and what the reader may see.
    pub fn new(entry: TimelineEntry, reading: Reading, kind: ReportKind) -> Self {
        Self { entry, reading, kind }
    }
}

/// A step in the life of a report. Nothing is ever taken out of the history.
#[Object(name = "ReportTimelineEntry")]
impl TimelineObject {
    /// When.
    fn at(&self) -> DateTime<Utc> {
        self.entry.at
    }

    /// What was done.
    fn step(&self) -> Step {
        self.entry.step
    }

    /// What was done, in the reader's language.
    fn step_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "report-step", &self.entry.step)
    }

    /// Where the report stood after it.
    fn stage(&self) -> Stage {
        self.entry.stage
    }

    /// Where the report stood after it, in the reader's language.
    fn stage_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "report-stage", &self.entry.stage)
    }

    /// What had become of it by then.
    fn outcome(&self) -> Option<Outcome> {
        self.entry.outcome
    }

    /// What had become of it by then, in the reader's language.
    fn outcome_label(&self, ctx: &Context<'_>) -> Option<String> {
        self.entry.outcome.map(|outcome| outcome_label(ctx.lang(), self.kind, outcome))
    }

    /// Codes of the units that the step is about, separated by commas.
    fn units(&self) -> Option<&str> {
        self.entry.unit.as_deref()
    }

    /// What was said: answers to everybody; questions and what the person who filed it said only to
    /// that person and staff.
    fn text(&self) -> Option<&str> {
        let seen = self.reading.whole || rules::readers(self.entry.step) == Readers::Everybody;
        self.entry.text.as_deref().filter(|_| seen)
    }

    /// What was noted; staff only.
    fn note(&self) -> Option<&str> {
        self.entry.note.as_deref().filter(|_| self.reading.notes)
    }

    /// Who did it, by handle; `resident`, `anyone` or `system` for others; staff only.
    fn actor(&self) -> Option<&str> {
        self.reading.notes.then_some(self.entry.actor.as_str())
    }
}

/// A photo in the API.
pub struct PhotoObject(pub Photo);

/// A photo of a report, without what was hidden in its file.
#[Object(name = "ReportPhoto")]
impl PhotoObject {
    /// Its place, from 1.
    fn position(&self) -> i32 {
        self.0.position
    }

    /// Path of the photo, at most 2,560 pixels long; it holds for ever.
    fn url(&self) -> String {
        photo_url(&self.0.file)
    }

    /// Path of the small picture, at most 480 pixels long.
    fn thumbnail_url(&self) -> String {
        photo_url(&self.0.thumbnail)
    }

    /// Width in pixels.
    fn width(&self) -> i32 {
        self.0.width
    }

    /// Height in pixels.
    fn height(&self) -> i32 {
        self.0.height
    }

    /// Whether only staff and the person who filed it may see it.
    fn hidden(&self) -> bool {
        self.0.hidden
    }
}

/// An idea that another has to do with.
#[derive(SimpleObject)]
#[graphql(name = "RelatedIdea")]
pub struct RelationObject {
    /// What it has to do with it.
    kind: RelationKind,
    /// The other idea.
    report: ReportObject,
}

impl RelationObject {
    /// A relation to an idea.
    pub fn new(kind: RelationKind, report: ReportObject) -> Self {
        Self { kind, report }
    }
}
