//! What can be told of a report that is imported.

use sea_orm::{EnumIter, Iterable};
use serde::{Deserialize, Serialize};

use crate::words;

/// A field of the import format. The names are those of the open data where both have it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The id that it has where it comes from; without it the number is the id.
    Id,
    /// The public number; without it the next one of its series is drawn.
    Number,
    /// `PROBLEM` or `IDEA`; must be the kind of the category.
    Kind,
    /// The code of the category. Needed.
    Category,
    /// The way on which it came; `PHONE` without it.
    Channel,
    /// What the resident told.
    Description,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// The place in words.
    Address,
    /// The number of the district; without it the one in which the point lies.
    District,
    /// The stage; without it what the outcome and the closing day tell.
    Stage,
    /// The outcome.
    Outcome,
    /// Why, or who can help instead, as the outcome demands.
    Reason,
    /// The day on which an outcome that is not final is looked at again.
    ReviewOn,
    /// What the units answered.
    PublicAnswer,
    /// When it came in. Needed.
    ReceivedAt,
    /// The day by which an answer was promised; without it the category tells.
    ExpectedBy,
    /// The codes of the units that were given it, with `;` between; the category's without it.
    Units,
    /// When the units had answered.
    AnsweredOn,
    /// When it was done as was asked.
    ResolvedOn,
    /// When its author was told.
    ClosedOn,
    /// How many residents support it.
    Supports,
    /// `true` when it must not be public.
    Sensitive,
}

impl Field {
    /// The name in files.
    pub fn name(self) -> String {
        words::code(&self)
    }

    /// The field of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::iter().find(|field| field.name() == name)
    }
}

/// A row before it is understood: a text for each field; an empty one is none.
#[derive(Clone, Debug)]
pub struct Raw(Vec<String>);

impl Raw {
    /// A row that tells nothing.
    pub fn empty() -> Self {
        Self(vec![String::new(); Field::iter().count()])
    }

    /// The text of a field, without blanks around; none when it is empty.
    pub fn get(&self, field: Field) -> Option<&str> {
        Some(self.0[field as usize].trim()).filter(|text| !text.is_empty())
    }

    /// The fields that are told.
    pub fn told(&self) -> Vec<Field> {
        Field::iter().filter(|field| self.get(*field).is_some()).collect()
    }

    /// Tells a field.
    pub fn set(&mut self, field: Field, text: String) {
        self.0[field as usize] = text;
    }
}
