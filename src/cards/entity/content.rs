//! The content of a version. The same structs are the front matter of `content/cards/*.md`, the
//! JSON in the database and the values of the API, so that no layer has a copy of its own.

use async_graphql::{Enum, InputObject, SimpleObject};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::{
    cards::entity::Area,
    scalars::{Amount, Date},
    units::{Place, SourceRef},
    words::Lang,
};

/// Everything that a card says, in Polish, with its translations.
#[derive(
    Clone,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    FromJsonQueryResult,
    SimpleObject,
    InputObject,
)]
#[graphql(name = "ServiceCardContent", input_name = "ServiceCardContentInput")]
#[serde(default, deny_unknown_fields)]
pub struct CardContent {
    /// Title, at most 200 characters.
    pub title: String,
    /// The office's own symbol, such as `SA-10`.
    pub symbol: Option<String>,
    /// The code of the unit that handles the matter.
    pub unit: String,
    /// The area of the city's services.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// Who it is for, one short line each.
    #[graphql(default)]
    pub audience: Vec<String>,
    /// Codes of life events.
    #[graphql(default)]
    pub life_events: Vec<String>,
    /// Words that residents use.
    #[graphql(default)]
    pub keywords: Vec<String>,
    /// How long the office takes.
    pub deadline: Option<Deadline>,
    /// Said explicitly when there are no fees.
    #[graphql(default)]
    pub free: bool,
    /// Slugs of related cards.
    #[graphql(default)]
    pub related: Vec<String>,
    /// When an editor must look at the card again.
    pub review_due: Option<Date>,
    /// What could not be checked.
    #[graphql(default)]
    pub unverified: Vec<String>,
    /// Documents to bring.
    #[graphql(default)]
    pub documents: Vec<Document>,
    /// Fees, each with the days on which it is valid.
    #[graphql(default)]
    pub fees: Vec<Fee>,
    /// Where to go.
    #[graphql(default)]
    pub places: Vec<Place>,
    /// Ways to file and to collect.
    #[graphql(default)]
    pub channels: Vec<Channel>,
    /// Legal basis.
    #[graphql(default)]
    pub legal_basis: Vec<LegalBasis>,
    /// Pages on which the facts were checked.
    #[graphql(default)]
    pub sources: Vec<SourceRef>,
    /// One to three sentences: what the matter is.
    #[graphql(default)]
    pub summary: String,
    /// Who may file, conditions, exceptions.
    pub criteria: Option<String>,
    /// What to do, in order.
    #[graphql(default)]
    pub steps: Vec<String>,
    /// What one gets.
    pub outcome: Option<String>,
    /// How to appeal.
    pub appeal: Option<String>,
    /// Anything else worth reading.
    pub notes: Option<String>,
    /// Questions and answers.
    #[graphql(default)]
    pub questions: Vec<Question>,
    /// The English text; what it leaves out is shown in Polish.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<Translation>,
    /// The Ukrainian text; what it leaves out is shown in Polish.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uk: Option<Translation>,
}

/// How long the office takes.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject,
)]
#[graphql(input_name = "DeadlineInput")]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// An ISO 8601 duration, such as `P30D`; null where the time varies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iso: Option<String>,
    /// The same in words.
    pub text: String,
}

/// A document to bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(input_name = "DocumentInput")]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// What it is.
    pub name: String,
    /// In which case it is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Who brings it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whom: Option<String>,
    /// The form to fill in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<FormLink>,
}

/// A form to print or to fill in elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(input_name = "FormLinkInput")]
#[serde(deny_unknown_fields)]
pub struct FormLink {
    /// Its title.
    pub title: String,
    /// Where it is.
    pub url: String,
}

/// A fee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(complex, input_name = "FeeInput")]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// What is paid for.
    pub label: String,
    /// The amount; null where it depends on something that the condition tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// When it applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// The first day on which it is valid; null: not known or always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// The last day on which it is valid; null: until further notice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
}

impl Fee {
    /// Whether the fee is valid on a day.
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// A way to file a matter or to collect its result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(complex, input_name = "ChannelInput")]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// The way: at a counter, online, by letter and so on.
    pub kind: ChannelKind,
    /// Whether the matter can be filed this way.
    pub submit: Possible,
    /// Whether the result can be collected this way.
    pub collect: Possible,
    /// The address of the form, page or app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What to do there, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guidance: Option<String>,
}

/// Ways to reach the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChannelKind {
    /// At a counter.
    InPerson,
    /// On a web page or in an app.
    Online,
    /// By letter.
    Post,
    /// By e-Doręczenia, the state's registered electronic delivery.
    EDelivery,
    /// By e-mail.
    Email,
    /// By telephone.
    Phone,
}

/// Whether something can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Possible {
    /// It can.
    Yes,
    /// It cannot.
    No,
    /// In some cases, as the guidance tells.
    Partial,
}

/// An act on which the matter rests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(input_name = "LegalBasisInput")]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// The act.
    pub title: String,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<String>,
    /// Where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A question that callers ask, with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(input_name = "QuestionInput")]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
}

/// The text of a card in another language. Lists match the Polish ones entry by entry.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject,
)]
#[graphql(name = "ServiceCardTranslation", input_name = "ServiceCardTranslationInput")]
#[serde(default, deny_unknown_fields)]
pub struct Translation {
    /// Title.
    pub title: Option<String>,
    /// Who it is for.
    #[graphql(default)]
    pub audience: Vec<String>,
    /// Words that people use.
    #[graphql(default)]
    pub keywords: Vec<String>,
    /// How long the office takes, in words.
    pub deadline: Option<String>,
    /// Documents: all of the Polish ones in the same order, or none.
    #[graphql(default)]
    pub documents: Vec<DocumentText>,
    /// Fees: all of the Polish ones in the same order, or none.
    #[graphql(default)]
    pub fees: Vec<FeeText>,
    /// Channels: all of the Polish ones in the same order, or none.
    #[graphql(default)]
    pub channels: Vec<ChannelText>,
    /// What the matter is.
    pub summary: Option<String>,
    /// Who may file.
    pub criteria: Option<String>,
    /// What to do, in order.
    #[graphql(default)]
    pub steps: Vec<String>,
    /// What one gets.
    pub outcome: Option<String>,
    /// How to appeal.
    pub appeal: Option<String>,
    /// Anything else worth reading.
    pub notes: Option<String>,
    /// Questions and answers.
    #[graphql(default)]
    pub questions: Vec<Question>,
}

/// A document in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(input_name = "DocumentTextInput")]
#[serde(deny_unknown_fields)]
pub struct DocumentText {
    /// What it is.
    pub name: String,
    /// In which case it is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Who brings it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whom: Option<String>,
}

/// A fee in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(input_name = "FeeTextInput")]
#[serde(deny_unknown_fields)]
pub struct FeeText {
    /// What is paid for.
    pub label: String,
    /// When it applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
}

/// A channel in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(input_name = "ChannelTextInput")]
#[serde(deny_unknown_fields)]
pub struct ChannelText {
    /// What to do there, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guidance: Option<String>,
}

impl CardContent {
    /// The translation into a language, if there is one.
    pub fn translation(&self, lang: Lang) -> Option<&Translation> {
        match lang {
            Lang::Pl => None,
            Lang::En => self.en.as_ref(),
            Lang::Uk => self.uk.as_ref(),
        }
    }

    /// The title as a reader of a language sees it.
    pub fn title_in(&self, lang: Lang) -> &str {
        let translated = self.translation(lang).and_then(|text| text.title.as_ref());
        translated.unwrap_or(&self.title)
    }

    /// The content as a reader of a language sees it, with Polish where a text is missing;
    /// `None` when there is no translation.
    pub fn translated(&self, lang: Lang) -> Option<Self> {
        let text = self.translation(lang)?.clone();
        let mut read = Self { en: None, uk: None, ..self.clone() };
        replace(&mut read.title, text.title);
        replace(&mut read.summary, text.summary);
        replace_list(&mut read.audience, text.audience);
        replace_list(&mut read.keywords, text.keywords);
        replace_list(&mut read.steps, text.steps);
        replace_list(&mut read.questions, text.questions);
        read.criteria = text.criteria.or(read.criteria);
        read.outcome = text.outcome.or(read.outcome);
        read.appeal = text.appeal.or(read.appeal);
        read.notes = text.notes.or(read.notes);
        if let (Some(deadline), Some(words)) = (&mut read.deadline, text.deadline) {
            deadline.text = words;
        }
        for (document, text) in read.documents.iter_mut().zip(text.documents) {
            (document.name, document.when, document.whom) = (text.name, text.when, text.whom);
        }
        for (fee, text) in read.fees.iter_mut().zip(text.fees) {
            (fee.label, fee.condition) = (text.label, text.condition);
        }
        for (channel, text) in read.channels.iter_mut().zip(text.channels) {
            channel.guidance = text.guidance;
        }
        Some(read)
    }
}

fn replace(polish: &mut String, translated: Option<String>) {
    if let Some(text) = translated {
        *polish = text;
    }
}

fn replace_list<T>(polish: &mut Vec<T>, translated: Vec<T>) {
    if !translated.is_empty() {
        *polish = translated;
    }
}
