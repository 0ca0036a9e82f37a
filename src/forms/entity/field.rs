//! A field: what is asked, and what an answer must be.

use async_graphql::{Enum, InputObject, SimpleObject};
use serde::{Deserialize, Serialize};

use crate::forms::entity::{Answers, Condition, Wording};

/// A field of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(name = "FormFieldContent", input_name = "FormFieldInput")]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Tells the field from all others of the form: small letters, digits and hyphens.
    pub code: String,
    /// What an answer must be.
    pub kind: FieldKind,
    /// What is asked, at most 200 characters.
    pub label: Wording,
    /// How to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Wording>,
    /// An answer as it could be; it must be a right one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// Whether there must be an answer wherever the field is shown.
    #[graphql(default)]
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// There must be an answer where this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_if: Option<Condition>,
    /// The field is shown only where this holds; hidden, it takes no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<Condition>,
    /// What can be chosen, of CHOICE and CHOICES only.
    #[graphql(default)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// The least number, of NUMBER only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The greatest number, of NUMBER only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// Digits behind the point, of NUMBER only: 0 to 3; 0 when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimals: Option<i32>,
    /// Characters at most, of TEXT and LONG_TEXT only; 200 and 4,000 when nothing is said, 10,000 at
    /// most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chars_max: Option<i32>,
    /// Entries at most, of CHOICES and FILE only; all choices and 1 file when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entries_max: Option<i32>,
    /// The first day, of DATE only: a day, `today`, or `today` with days such as `today-30`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest: Option<String>,
    /// The last day, of DATE only, as `earliest`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<String>,
    /// The field is not filled in, but worked out from fields above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<Computation>,
    /// Where a first value can come from, for somebody who is signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefill: Option<Prefill>,
    /// How much care the data needs.
    #[graphql(default)]
    #[serde(default, skip_serializing_if = "FieldClass::is_ordinary")]
    pub class: FieldClass,
    /// Who may see the answer beside the person and the officers of the unit.
    #[graphql(default)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen_by: Vec<FieldReader>,
}

impl Field {
    /// Whether the field is shown, in a step that is not left out.
    pub fn is_shown(&self, answers: &Answers) -> bool {
        self.show_if.as_ref().is_none_or(|show| show.holds(answers))
    }

    /// Whether there must be an answer, where the field is shown.
    pub fn is_needed(&self, answers: &Answers) -> bool {
        self.required || self.required_if.as_ref().is_some_and(|need| need.holds(answers))
    }
}

/// What an answer must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[graphql(name = "FormFieldKind")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FieldKind {
    /// One line of text.
    Text,
    /// Several lines of text.
    LongText,
    /// A number.
    Number,
    /// Złoty and grosze as text, such as `12.50`.
    Money,
    /// A day as `YYYY-MM-DD`.
    Date,
    /// The key of one choice.
    Choice,
    /// A list of keys of choices.
    Choices,
    /// An e-mail address.
    Email,
    /// A telephone number, 7 to 15 digits.
    Phone,
    /// A PESEL, by its check digit.
    Pesel,
    /// A NIP, by its check digit.
    Nip,
    /// A REGON of 9 or 14 digits, by its check digits.
    Regon,
    /// An address in Poland: `street`, `building`, `flat`, `postalCode`, `city`.
    Address,
    /// The number of a district of Krakow, 1 to 18.
    District,
    /// A list of keys of files that were uploaded.
    File,
    /// `true` or `false`; nobody has to consent.
    Consent,
    /// `true`, or no answer.
    Declaration,
}

impl FieldKind {
    /// Every kind.
    pub const ALL: [Self; 17] = [
        Self::Text,
        Self::LongText,
        Self::Number,
        Self::Money,
        Self::Date,
        Self::Choice,
        Self::Choices,
        Self::Email,
        Self::Phone,
        Self::Pesel,
        Self::Nip,
        Self::Regon,
        Self::Address,
        Self::District,
        Self::File,
        Self::Consent,
        Self::Declaration,
    ];
}

/// A value that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject)]
#[graphql(name = "FormChoiceContent", input_name = "FormChoiceInput")]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The key that an answer gives.
    pub key: String,
    /// What people read.
    pub name: Wording,
}

/// How a field is worked out. Exactly one of its shapes is given.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SimpleObject, InputObject,
)]
#[graphql(name = "FormComputation", input_name = "FormComputationInput")]
#[serde(deny_unknown_fields)]
pub struct Computation {
    /// The sum of these fields, which are all NUMBER or all MONEY, as the field itself; what is not
    /// filled in counts nothing.
    #[graphql(default)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sum: Vec<String>,
    /// The days from the first of these two fields of DATE to the second; the field is a NUMBER.
    #[graphql(default)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days_between: Vec<String>,
    /// The answer of this field, which is of the same kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
}

/// Where a first value can come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[graphql(name = "FormPrefill")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Prefill {
    /// The name of the account, into TEXT.
    AccountName,
    /// The e-mail address of the account, into EMAIL.
    AccountEmail,
}

/// How much care the data of a field needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[graphql(name = "FormFieldClass")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FieldClass {
    /// Nothing that tells who somebody is.
    #[default]
    Ordinary,
    /// Tells who somebody is.
    Identifying,
    /// Health, beliefs, origin and the like: article 9 of the GDPR. A free text may hold such data.
    Special,
    /// Convictions and offences: article 10 of the GDPR.
    Criminal,
}

impl FieldClass {
    /// Whether it needs no more care than any.
    pub fn is_ordinary(&self) -> bool {
        *self == Self::Ordinary
    }
}

/// Who may see an answer beside the person who gave it and the officers of the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[graphql(name = "FormFieldReader")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FieldReader {
    /// Consultants of the hotline.
    Consultant,
    /// Analysts, without who somebody is.
    Analyst,
    /// Everybody, once the answer is published.
    Public,
}
