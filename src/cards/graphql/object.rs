//! A card and its versions in the API.

use std::sync::{Arc, OnceLock};

use async_graphql::{ComplexObject, Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    cards::{
        actions::{self, Listed},
        entity::{
            Area, Card, CardContent, CardVersion, Channel, Deadline, Document, Fee, LegalBasis,
            Question, State,
        },
        life_events::{self, LifeEvent},
        rules,
    },
    clock::local_day,
    error::Result,
    forms::FormObject,
    graphql::{ContextExt, Nullable},
    ids::{self, NodeKind},
    permissions::Permission,
    scalars::Date,
    units::{Place, SourceRef, UnitObject},
    words::{self, Lang},
};

/// A card as one reader sees it.
#[derive(Clone)]
pub struct CardObject {
    listed: Arc<Listed>,
    lang: Lang,
    /// The content in the reader's language, where it is translated; made when first asked for.
    translated: OnceLock<Option<Box<CardContent>>>,
}

impl CardObject {
    /// A card with the version that is shown, in a language.
    pub fn new(listed: impl Into<Arc<Listed>>, lang: Lang) -> Self {
        Self { listed: listed.into(), lang, translated: OnceLock::new() }
    }

    /// The key of the card.
    pub fn key(&self) -> Uuid {
        self.card().id.0
    }

    fn card(&self) -> &Card {
        &self.listed.card
    }

    fn shown(&self) -> &CardVersion {
        &self.listed.version
    }

    fn read(&self) -> &CardContent {
        let content = &self.shown().content;
        let translate = || content.translated(self.lang).map(Box::new);
        self.translated.get_or_init(translate).as_deref().unwrap_or(content)
    }

    fn may_read_drafts(&self, ctx: &Context<'_>) -> bool {
        ctx.actor().may(Permission::ReadDrafts, &self.card().unit)
    }
}

/// A form that belongs to a card.
#[derive(SimpleObject)]
pub struct CardForm {
    /// Its name in addresses, made of the title.
    slug: String,
    /// Its title.
    title: String,
    /// Where it is.
    url: String,
}

/// What one has to know to settle a matter with the city: steps, documents, fees, deadline,
/// places, appeal. Texts come in the reader's language where they are translated, else in Polish.
#[Object(name = "ServiceCard")]
impl CardObject {
    /// Opaque global id.
    pub async fn id(&self) -> ID {
        ids::global(NodeKind::ServiceCard, self.card().id.0).into()
    }

    /// The name in addresses; never changes.
    fn slug(&self) -> &str {
        &self.card().slug
    }

    /// The office's own symbol, such as `SA-10`.
    fn symbol(&self) -> Option<&str> {
        self.read().symbol.as_deref()
    }

    /// Title.
    fn title(&self) -> &str {
        &self.read().title
    }

    /// One to three sentences: what the matter is.
    fn summary(&self) -> &str {
        &self.read().summary
    }

    /// The unit that handles the matter.
    async fn unit(&self, ctx: &Context<'_>) -> Nullable<UnitObject> {
        ctx.unit(&self.read().unit).await
    }

    /// Who it is for.
    fn audience(&self) -> &[String] {
        &self.read().audience
    }

    /// Who may file, conditions, exceptions.
    fn criteria(&self) -> Option<&str> {
        self.read().criteria.as_deref()
    }

    /// What to do, in order.
    fn steps(&self) -> Vec<Step> {
        self.read().steps.iter().map(|text| Step { text: text.clone() }).collect()
    }

    /// Documents to bring.
    fn documents(&self) -> &[Document] {
        &self.read().documents
    }

    /// Fees that are valid on a day.
    fn fees(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today in Krakow when nothing is said.")] on: Option<Date>,
    ) -> Vec<Fee> {
        let day = on.unwrap_or_else(|| Date(local_day(ctx.now())));
        self.read().fees.iter().filter(|fee| fee.is_valid_on(day)).cloned().collect()
    }

    /// Whether the matter is free of charge.
    fn free(&self) -> bool {
        self.read().free
    }

    /// How long the office takes.
    fn deadline(&self) -> Option<&Deadline> {
        self.read().deadline.as_ref()
    }

    /// What one gets.
    fn outcome(&self) -> Option<&str> {
        self.read().outcome.as_deref()
    }

    /// How to appeal.
    fn appeal(&self) -> Option<&str> {
        self.read().appeal.as_deref()
    }

    /// Anything else worth reading.
    fn notes(&self) -> Option<&str> {
        self.read().notes.as_deref()
    }

    /// Questions that callers ask, with answers.
    fn questions(&self) -> &[Question] {
        &self.read().questions
    }

    /// Where to go.
    fn places(&self) -> &[Place] {
        &self.read().places
    }

    /// Ways to file and to collect.
    fn channels(&self) -> &[Channel] {
        &self.read().channels
    }

    /// Acts on which the matter rests.
    fn legal_basis(&self) -> &[LegalBasis] {
        &self.read().legal_basis
    }

    /// The area of the city's services that the card belongs to.
    fn area(&self) -> Option<Area> {
        self.read().area
    }

    /// The area in the reader's language.
    fn area_label(&self, ctx: &Context<'_>) -> Option<String> {
        Some(self.read().area?.label(ctx.lang()))
    }

    /// Life events that the card belongs to.
    fn life_events(&self, ctx: &Context<'_>) -> Vec<LifeEvent> {
        life_events::labelled(self.read().life_events.iter().map(String::as_str), ctx.lang())
    }

    /// Words that residents use.
    fn keywords(&self) -> &[String] {
        &self.read().keywords
    }

    /// Related cards that are published.
    async fn related(&self, ctx: &Context<'_>) -> Result<Vec<CardObject>> {
        ctx.cards(&self.read().related).await
    }

    /// Forms to print or to fill in.
    fn forms(&self) -> Vec<CardForm> {
        let forms = self.read().documents.iter().filter_map(|document| document.form.clone());
        forms
            .map(|form| CardForm {
                slug: rules::slug_of(&form.title),
                title: form.title,
                url: form.url,
            })
            .collect()
    }

    /// Electronic forms with which the matter can be filed here.
    async fn online_forms(&self, ctx: &Context<'_>) -> Result<Vec<FormObject>> {
        Box::pin(ctx.forms_of(&self.card().slug)).await
    }

    /// Pages on which the facts were checked.
    fn sources(&self) -> &[SourceRef] {
        &self.read().sources
    }

    /// What could not be checked; confirm it on the hotline 12 616 55 55.
    fn unverified(&self) -> &[String] {
        &self.read().unverified
    }

    /// When an editor must look at the card again.
    fn review_due_on(&self) -> Option<Date> {
        self.read().review_due
    }

    /// The languages in which the card can be read, as BCP 47 tags.
    fn languages(&self) -> Vec<&str> {
        let content = &self.shown().content;
        let translated = [("en", content.en.is_some()), ("uk", content.uk.is_some())];
        let translated = translated.into_iter().filter(|(_, there)| *there).map(|(tag, _)| tag);
        std::iter::once("pl").chain(translated).collect()
    }

    /// When the version that is shown last changed.
    fn updated_at(&self) -> DateTime<Utc> {
        self.shown().updated_at
    }

    /// For those who may read drafts: counts every change of the card; give it as
    /// `expectedVersion` of a mutation. For others: the number of the version that is shown.
    fn version(&self, ctx: &Context<'_>) -> i32 {
        if self.may_read_drafts(ctx) { self.card().revision } else { self.shown().number }
    }

    /// The state of the version that is shown: PUBLISHED for every reader without staff rights.
    fn state(&self) -> State {
        self.shown().state
    }

    /// The state in the reader's language.
    fn state_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "card-state", &self.shown().state)
    }

    /// The version at work; null when there is none, and for those who may not read drafts.
    async fn draft(&self, ctx: &Context<'_>) -> Nullable<VersionObject> {
        if !self.may_read_drafts(ctx) {
            return None;
        }
        // In a box, as the versions: every field of a card would carry what only editors read.
        let found = Box::pin(actions::find(ctx.db(), ctx.actor(), self.card().id)).await;
        found.map(|found| found.working.map(VersionObject)).transpose()
    }

    /// The history, newest first, at most 100; null for those who may not read drafts.
    async fn versions(&self, ctx: &Context<'_>) -> Nullable<Vec<VersionObject>> {
        if !self.may_read_drafts(ctx) {
            return None;
        }
        let versions = Box::pin(actions::versions(ctx.db(), ctx.actor(), self.card())).await;
        Some(versions.map(|versions| versions.into_iter().map(VersionObject).collect()))
    }
}

/// A step of a matter.
#[derive(SimpleObject)]
#[graphql(name = "ServiceCardStep")]
pub struct Step {
    /// What to do.
    text: String,
}

/// A version of a card in the API.
pub struct VersionObject(CardVersion);

/// A version of a card, for those who work on it.
#[Object(name = "ServiceCardVersion")]
impl VersionObject {
    /// Counts the versions of the card, from 1.
    fn number(&self) -> i32 {
        self.0.number
    }

    /// The state.
    fn state(&self) -> State {
        self.0.state
    }

    /// The state in the reader's language.
    fn state_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "card-state", &self.0.state)
    }

    /// What the version says, in all its languages.
    fn content(&self) -> &CardContent {
        &self.0.content
    }

    /// The handle of the person who wrote it; `builtin` or `import` for what was loaded.
    fn author(&self) -> &str {
        &self.0.author
    }

    /// The handle of the person who approved it.
    fn approver(&self) -> Option<&str> {
        self.0.approver.as_deref()
    }

    /// Why it was written, or the last word about it.
    fn change_note(&self) -> Option<&str> {
        self.0.change_note.as_deref()
    }

    /// The day on which it goes live by itself.
    fn valid_from(&self) -> Option<Date> {
        self.0.publish_on.map(Date)
    }

    /// When it went live.
    fn published_at(&self) -> Option<DateTime<Utc>> {
        self.0.published_at
    }

    /// When it last changed.
    fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Parts without which it cannot be published, by the names of the fields.
    fn missing_parts(&self) -> Vec<&str> {
        rules::missing_parts(&self.0.content)
    }
}

#[ComplexObject]
impl Fee {
    /// The currency of the amount, ISO 4217.
    fn currency(&self) -> &str {
        "PLN"
    }
}

#[ComplexObject]
impl Channel {
    /// The way in the reader's language.
    fn kind_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "channel", &self.kind)
    }

    /// Whether the matter can be filed this way, in the reader's language.
    fn submit_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "possible", &self.submit)
    }

    /// Whether the result can be collected this way, in the reader's language.
    fn collect_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "possible", &self.collect)
    }
}
