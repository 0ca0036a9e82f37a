//! A form in the API.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    cards::CardObject,
    error::Result,
    forms::{
        actions::{self, Listed},
        entity::{Form, FormContent, Series, State},
        graphql::version::FormVersionObject,
    },
    graphql::{ContextExt, Nullable},
    ids::{self, NodeKind},
    permissions::Permission,
    units::UnitObject,
    words::{self, Lang},
};

/// A form as one reader sees it.
#[derive(Clone)]
pub struct FormObject {
    listed: Arc<Listed>,
    lang: Lang,
}

impl FormObject {
    /// A form with the version that is shown, in a language.
    pub fn new(listed: impl Into<Arc<Listed>>, lang: Lang) -> Self {
        Self { listed: listed.into(), lang }
    }

    /// The key of the form.
    pub fn key(&self) -> Uuid {
        self.form().id.0
    }

    fn form(&self) -> &Form {
        &self.listed.form
    }

    fn content(&self) -> &FormContent {
        &self.listed.version.content
    }

    fn may_read_drafts(&self, ctx: &Context<'_>) -> bool {
        ctx.actor().may(Permission::ReadDrafts, &self.form().unit)
    }
}

/// An electronic form: what a person is asked, in steps. Texts come in the reader's language where they
/// are translated, else in Polish.
#[Object(name = "Form")]
impl FormObject {
    /// Opaque global id.
    pub async fn id(&self) -> ID {
        ids::global(NodeKind::Form, self.form().id.0).into()
    }

    /// The name in addresses; never changes.
    fn slug(&self) -> &str {
        &self.form().slug
    }

    /// Title.
    fn title(&self) -> &str {
        self.content().title.read(self.lang)
    }

    /// One to three sentences: what the form is for.
    fn summary(&self) -> &str {
        self.content().summary.read(self.lang)
    }

    /// The unit that gets what is filled in.
    async fn unit(&self, ctx: &Context<'_>) -> Nullable<UnitObject> {
        ctx.unit(&self.content().unit).await
    }

    /// The series in which submissions are numbered.
    fn series(&self) -> Series {
        self.content().series
    }

    /// What to do instead of filling in, where every minute counts: show it before the first step.
    fn stop(&self) -> Option<&str> {
        self.content().stop.as_ref().map(|stop| stop.read(self.lang))
    }

    /// Whether the law wants a signature below what is filled in.
    fn signature(&self) -> bool {
        self.content().signature
    }

    /// The published cards that tell of the matter.
    async fn cards(&self, ctx: &Context<'_>) -> Result<Vec<CardObject>> {
        ctx.cards(&self.content().cards).await
    }

    /// The version that is shown: the live one for every reader without staff rights.
    fn current(&self) -> FormVersionObject {
        FormVersionObject::new(Arc::clone(&self.listed), self.lang)
    }

    /// The state of the version that is shown: PUBLISHED for every reader without staff rights.
    fn state(&self) -> State {
        self.listed.version.state
    }

    /// The state in the reader's language.
    fn state_label(&self) -> String {
        words::label_of(self.lang, "card-state", &self.listed.version.state)
    }

    /// When the version that is shown last changed.
    fn updated_at(&self) -> DateTime<Utc> {
        self.listed.version.updated_at
    }

    /// For those who may read drafts: counts every change of the form; give it as `expectedVersion` of
    /// a mutation. For others: the number of the version that is shown.
    fn version(&self, ctx: &Context<'_>) -> i32 {
        if self.may_read_drafts(ctx) { self.form().revision } else { self.listed.version.number }
    }

    /// The version that is being written; null when there is none, and for those who may not read
    /// drafts.
    #[graphql(visible = "crate::graphql::staff")]
    async fn draft(&self, ctx: &Context<'_>) -> Nullable<FormVersionObject> {
        if !self.may_read_drafts(ctx) {
            return None;
        }
        let found = Box::pin(actions::find(ctx.db(), ctx.actor(), &self.form().slug)).await;
        let draft = found.map(|found| {
            let (form, draft) = (found.form, found.draft);
            draft.map(|version| FormVersionObject::new(Listed { form, version }, self.lang))
        });
        draft.transpose()
    }

    /// The history, newest first, at most 100; null for those who may not read drafts.
    #[graphql(visible = "crate::graphql::staff")]
    async fn versions(&self, ctx: &Context<'_>) -> Nullable<Vec<FormVersionObject>> {
        if !self.may_read_drafts(ctx) {
            return None;
        }
        let versions = Box::pin(actions::versions(ctx.db(), ctx.actor(), self.form())).await;
        let seen = |version| {
            FormVersionObject::new(Listed { form: self.form().clone(), version }, self.lang)
        };
        Some(versions.map(|versions| versions.into_iter().map(seen).collect()))
    }
}
