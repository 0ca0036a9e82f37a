//! A version of a form in the API.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::{
    forms::{
        actions::Listed,
        entity::{
            Clause, Condition, Field, FieldClass, FieldKind, FieldReader, FormContent, FormVersion,
            Prefill, Retention, State, Step,
        },
        rules, schema,
    },
    graphql::{ContextExt, UserError},
    permissions::Permission,
    scalars::Date,
    units::SourceRef,
    words::{self, Lang},
};

/// A version as one reader sees it.
#[derive(Clone)]
pub struct FormVersionObject {
    listed: Arc<Listed>,
    lang: Lang,
}

impl FormVersionObject {
    /// A version in a language.
    pub fn new(listed: impl Into<Arc<Listed>>, lang: Lang) -> Self {
        Self { listed: listed.into(), lang }
    }

    fn version(&self) -> &FormVersion {
        &self.listed.version
    }

    fn content(&self) -> &FormContent {
        &self.version().content
    }

    /// The version, for those who may read drafts.
    fn for_editors(&self, ctx: &Context<'_>) -> Option<&FormVersion> {
        let may = ctx.actor().may(Permission::ReadDrafts, &self.listed.form.unit);
        may.then(|| self.version())
    }
}

/// A version of a form. Once published it is never changed, so what was filled in stays readable as it
/// was seen.
#[Object(name = "FormVersion")]
impl FormVersionObject {
    /// The form's name in addresses.
    fn slug(&self) -> &str {
        &self.listed.form.slug
    }

    /// Counts the versions of the form, from 1. Answers are given to a version by its number.
    fn number(&self) -> i32 {
        self.version().number
    }

    /// The state.
    fn state(&self) -> State {
        self.version().state
    }

    /// Title.
    fn title(&self) -> &str {
        self.content().title.read(self.lang)
    }

    /// The steps, in their order.
    fn steps(&self) -> Vec<StepObject> {
        let steps = 0..self.content().steps.len();
        steps
            .map(|at| StepObject { listed: Arc::clone(&self.listed), at, lang: self.lang })
            .collect()
    }

    /// What a person is told about the personal data.
    fn clause(&self) -> Option<ClauseObject> {
        self.content().clause.as_ref().map(|clause| ClauseObject::of(clause, self.lang))
    }

    /// For how long what is filled in is kept after the matter is closed.
    fn retention(&self) -> Retention {
        self.content().retention
    }

    /// The time in the reader's language.
    fn retention_label(&self) -> String {
        words::label_of(self.lang, "retention", &self.content().retention)
    }

    /// The answers as JSON Schema, draft 2020-12: what the service accepts fits it. It cannot say check
    /// digits, days that follow today, and the size of all answers together.
    fn json_schema(&self) -> Value {
        let Listed { form, version } = &*self.listed;
        schema::json_schema(&form.slug, version.number, &version.content, self.lang)
    }

    /// How to lay the form out, as a user-interface schema of JSON Forms: a `Categorization` of steps,
    /// with the rules by which fields are shown.
    fn ui_schema(&self) -> Value {
        schema::ui_schema(self.content(), self.lang)
    }

    /// Pages on which the facts were checked.
    fn sources(&self) -> &[SourceRef] {
        &self.content().sources
    }

    /// What could not be checked; confirm it on the hotline 12 616 55 55.
    fn unverified(&self) -> &[String] {
        &self.content().unverified
    }

    /// When an editor must look at the form again.
    fn review_due_on(&self) -> Option<Date> {
        self.content().review_due
    }

    /// When it went live.
    fn published_at(&self) -> Option<DateTime<Utc>> {
        self.version().published_at
    }

    /// What the version says, in all its languages.
    #[graphql(visible = "crate::graphql::staff")]
    async fn content_in_all_languages(&self) -> &FormContent {
        self.content()
    }

    /// What it lacks to be published, each at its path in the content.
    #[graphql(visible = "crate::graphql::staff")]
    async fn gaps(&self) -> Vec<UserError> {
        let gaps = rules::gaps(self.content()).into_iter();
        gaps.map(|gap| UserError::of(gap, self.lang)).collect()
    }

    /// The handle of the person who wrote it; `builtin` or `import` for what was loaded. Null for those
    /// who may not read drafts.
    #[graphql(visible = "crate::graphql::staff")]
    async fn author(&self, ctx: &Context<'_>) -> Option<&str> {
        self.for_editors(ctx).map(|version| version.author.as_str())
    }

    /// The handle of the person who published it; as `author`.
    #[graphql(visible = "crate::graphql::staff")]
    async fn approver(&self, ctx: &Context<'_>) -> Option<&str> {
        self.for_editors(ctx)?.approver.as_deref()
    }

    /// Why it was written, or the last word about it; as `author`.
    #[graphql(visible = "crate::graphql::staff")]
    async fn change_note(&self, ctx: &Context<'_>) -> Option<&str> {
        self.for_editors(ctx)?.change_note.as_deref()
    }
}

/// A clause in the API.
#[derive(SimpleObject)]
#[graphql(name = "FormClause")]
pub struct ClauseObject {
    /// The version of the clause: what a person has seen is kept by it.
    version: String,
    /// Why the data may be processed: the article of the law.
    basis: String,
    /// The clause.
    text: String,
}

impl ClauseObject {
    fn of(clause: &Clause, lang: Lang) -> Self {
        Self {
            version: clause.version.clone(),
            basis: clause.basis.clone(),
            text: clause.text.read(lang).to_owned(),
        }
    }
}

/// A step in the API.
pub struct StepObject {
    listed: Arc<Listed>,
    at: usize,
    lang: Lang,
}

impl StepObject {
    fn step(&self) -> &Step {
        &self.listed.version.content.steps[self.at]
    }
}

/// A step of a form: fields that are filled in together.
#[Object(name = "FormStep")]
impl StepObject {
    /// Tells the step from the others.
    fn code(&self) -> &str {
        &self.step().code
    }

    /// Title.
    fn title(&self) -> &str {
        self.step().title.read(self.lang)
    }

    /// What to know before filling in.
    fn help(&self) -> Option<&str> {
        self.step().help.as_ref().map(|help| help.read(self.lang))
    }

    /// The step is left out where this holds.
    fn skip_if(&self) -> Option<&Condition> {
        self.step().skip_if.as_ref()
    }

    /// The fields, in their order.
    fn fields(&self) -> Vec<FieldObject> {
        let fields = 0..self.step().fields.len();
        let field = |at| FieldObject {
            listed: Arc::clone(&self.listed),
            at: (self.at, at),
            lang: self.lang,
        };
        fields.map(field).collect()
    }
}

/// A field in the API.
pub struct FieldObject {
    listed: Arc<Listed>,
    at: (usize, usize),
    lang: Lang,
}

impl FieldObject {
    fn field(&self) -> &Field {
        &self.listed.version.content.steps[self.at.0].fields[self.at.1]
    }
}

/// A field of a form: what is asked, and what an answer must be.
#[Object(name = "FormField")]
impl FieldObject {
    /// The key under which an answer is given.
    fn code(&self) -> &str {
        &self.field().code
    }

    /// What an answer must be.
    fn kind(&self) -> FieldKind {
        self.field().kind
    }

    /// What is asked.
    fn label(&self) -> &str {
        self.field().label.read(self.lang)
    }

    /// How to answer.
    fn help(&self) -> Option<&str> {
        self.field().help.as_ref().map(|help| help.read(self.lang))
    }

    /// An answer as it could be.
    fn example(&self) -> Option<&str> {
        self.field().example.as_deref()
    }

    /// Whether there must be an answer wherever the field is shown.
    fn required(&self) -> bool {
        self.field().required
    }

    /// There must be an answer where this holds.
    fn required_if(&self) -> Option<&Condition> {
        self.field().required_if.as_ref()
    }

    /// The field is shown only where this holds; hidden, it takes no answer.
    fn show_if(&self) -> Option<&Condition> {
        self.field().show_if.as_ref()
    }

    /// Whether the answer is worked out from others, and none is taken.
    fn computed(&self) -> bool {
        self.field().computed.is_some()
    }

    /// What can be chosen; empty unless the kind is CHOICE or CHOICES.
    fn choices(&self) -> Vec<FormChoice> {
        let choices = self.field().choices.iter();
        choices
            .map(|choice| FormChoice {
                key: choice.key.clone(),
                name: choice.name.read(self.lang).to_owned(),
            })
            .collect()
    }

    /// Where a first value can come from, for somebody who is signed in.
    fn prefill(&self) -> Option<Prefill> {
        self.field().prefill
    }

    /// How much care the data needs.
    fn class(&self) -> FieldClass {
        self.field().class
    }

    /// Who may see the answer beside the person and the officers of the unit.
    fn seen_by(&self) -> &[FieldReader] {
        &self.field().seen_by
    }
}

/// A value that can be chosen.
#[derive(SimpleObject)]
pub struct FormChoice {
    /// The key that an answer gives.
    key: String,
    /// What people read.
    name: String,
}
