//! What a version of a form says. The same in files, in the database and in the API.

use async_graphql::{Enum, InputObject, SimpleObject};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::{
    forms::entity::{Answers, Condition, Field},
    scalars::Date,
    units::SourceRef,
    words::Lang,
};

/// A form as an editor writes it: steps with fields, and what holds for all of them.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, SimpleObject, InputObject, FromJsonQueryResult,
)]
#[graphql(input_name = "FormContentInput")]
#[serde(deny_unknown_fields)]
pub struct FormContent {
    /// Title, at most 200 characters.
    pub title: Wording,
    /// One to three sentences: what the form is for.
    pub summary: Wording,
    /// The code of the unit that gets what is filled in.
    pub unit: String,
    /// The series in which submissions are numbered.
    pub series: Series,
    /// Words that residents use, in Polish.
    #[graphql(default)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Slugs of the cards that tell of the matter; they link to the form.
    #[graphql(default)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<String>,
    /// What to do instead of filling in, where every minute counts; shown before the first step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop: Option<Wording>,
    /// Whether the law wants a signature below what is filled in.
    #[graphql(default)]
    #[serde(default)]
    pub signature: bool,
    /// For how long what is filled in is kept.
    pub retention: Retention,
    /// What a person is told about the personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Clause>,
    /// Pages on which the facts were checked.
    #[graphql(default)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceRef>,
    /// What could not be checked, in Polish.
    #[graphql(default)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unverified: Vec<String>,
    /// When an editor must look at the form again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_due: Option<Date>,
    /// The steps, in their order; 1 to 20.
    pub steps: Vec<Step>,
}

impl FormContent {
    /// All fields, in their order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.steps.iter().flat_map(|step| &step.fields)
    }
}

/// A step: fields that are filled in together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(name = "FormStepContent", input_name = "FormStepInput")]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Tells the step from the others: small letters, digits and hyphens.
    pub code: String,
    /// Title.
    pub title: Wording,
    /// What to know before filling in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Wording>,
    /// The step and all of its fields are left out where this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip_if: Option<Condition>,
    /// The fields, in their order.
    pub fields: Vec<Field>,
}

impl Step {
    /// Whether the step is left out.
    pub fn is_skipped(&self, answers: &Answers) -> bool {
        self.skip_if.as_ref().is_some_and(|skip| skip.holds(answers))
    }
}

/// A text in the three languages.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject,
)]
#[graphql(name = "Wording", input_name = "WordingInput")]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// In Polish.
    pub pl: String,
    /// In English; needed to publish.
    #[graphql(default)]
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
    /// In Ukrainian; needed to publish.
    #[graphql(default)]
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub uk: String,
}

impl Wording {
    /// The text as a reader of a language sees it; in Polish where it is not translated.
    pub fn read(&self, lang: Lang) -> &str {
        let text = match lang {
            Lang::Pl => &self.pl,
            Lang::En => &self.en,
            Lang::Uk => &self.uk,
        };
        if text.is_empty() { &self.pl } else { text }
    }
}

/// What a person is told about the personal data of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(name = "PrivacyClause", input_name = "PrivacyClauseInput")]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// The version of the clause, such as `2026-11`; another text has another version.
    pub version: String,
    /// Why the data may be processed: the article of the law.
    pub basis: String,
    /// The clause.
    pub text: Wording,
}

/// Series of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[graphql(name = "FormSeries")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Series {
    /// Questions to a department.
    Idz,
    /// Requests for public information.
    Wip,
    /// Reports to the municipal guard.
    Sm,
    /// Checks of signs.
    Szy,
    /// All other forms.
    F,
}

/// For how long what is filled in is kept after the matter is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[graphql(name = "FormRetention")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Retention {
    /// Three months.
    #[serde(rename = "MONTHS_3")]
    #[graphql(name = "MONTHS_3")]
    Months3,
    /// Two years.
    #[serde(rename = "YEARS_2")]
    #[graphql(name = "YEARS_2")]
    Years2,
    /// Five years.
    #[serde(rename = "YEARS_5")]
    #[graphql(name = "YEARS_5")]
    Years5,
    /// Ten years.
    #[serde(rename = "YEARS_10")]
    #[graphql(name = "YEARS_10")]
    Years10,
    /// For ever, in the state's archive.
    Permanent,
}
