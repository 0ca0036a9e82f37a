//! Who acts. Every action takes an `&Actor`.

use async_graphql::Enum;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// The one on whose behalf something is read or done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody without an account.
    Anyone,
    /// A signed-in resident, by the id of the account.
    Resident(String),
    /// A signed-in member of staff.
    Staff(Staff),
    /// An application of others with a key of its own.
    Client(Client),
    /// Kontakt itself: imports, jobs, followers.
    System,
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// The account's handle, which the history of cards shows.
    pub name: String,
    /// What the person does.
    pub role: Role,
    /// The code of the unit the person works in; officers and coordinators act for it only.
    pub unit: Option<String>,
}

/// An application of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its name in histories, such as `open311:spacer`.
    pub handle: String,
    /// What it may do beside reading what is public.
    pub scopes: Vec<Scope>,
}

/// What an application may be allowed to do. What everybody may read needs no scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// File reports.
    FileReports,
    /// See reports that are not public, without notes and without who filed them.
    ReadReports,
    /// See how well the search answers.
    ReadStatistics,
    /// Log calls of the hotline, as telephone systems do.
    LogCalls,
}

/// The words for scopes.
const SCOPES: &[(&str, Scope)] = &[
    ("reports:file", Scope::FileReports),
    ("reports:read", Scope::ReadReports),
    ("statistics:read", Scope::ReadStatistics),
    ("calls:log", Scope::LogCalls),
];

impl Scope {
    /// The scope of a word, such as `reports:file`.
    pub fn of_word(word: &str) -> Option<Self> {
        SCOPES.iter().find(|(known, _)| *known == word).map(|(_, scope)| *scope)
    }

    /// All words, in the order of the manual.
    pub fn words() -> impl Iterator<Item = &'static str> {
        SCOPES.iter().map(|(word, _)| *word)
    }
}

/// Whose accounts there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "kebab-case")]
pub enum AccountKind {
    /// Somebody who lives in the city or has to do with it.
    Resident,
    /// Somebody who works for the city.
    Staff,
}

/// Roles of staff, after table f.6 of the domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Enum, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "StaffRole")]
pub enum Role {
    /// Answers the hotline.
    Consultant,
    /// Handles matters of one unit.
    Officer,
    /// Leads the officers of one unit.
    Coordinator,
    /// Writes cards and articles.
    Editor,
    /// Approves and publishes what others wrote.
    Publisher,
    /// Reads statistics.
    Analyst,
    /// Data-protection officer.
    Dpo,
    /// Runs the installation.
    Admin,
}

impl Actor {
    /// The handle that is written into histories; never a resident's name.
    pub fn handle(&self) -> &str {
        match self {
            Self::Anyone => "anyone",
            Self::Resident(_) => "resident",
            Self::Staff(staff) => &staff.name,
            Self::Client(client) => &client.handle,
            Self::System => "system",
        }
    }
}

/// Roles by their words, and whether a unit belongs to them.
const ROLES: &[(&str, Role, bool)] = &[
    ("consultant", Role::Consultant, false),
    ("officer", Role::Officer, true),
    ("coordinator", Role::Coordinator, true),
    ("editor", Role::Editor, false),
    ("publisher", Role::Publisher, false),
    ("analyst", Role::Analyst, false),
    ("dpo", Role::Dpo, false),
    ("admin", Role::Admin, false),
];

impl Role {
    /// The role of a word, and whether a unit belongs to it.
    pub fn of_word(word: &str) -> Option<(Self, bool)> {
        let (_, role, has_unit) = ROLES.iter().find(|(known, ..)| *known == word)?;
        Some((*role, *has_unit))
    }

    /// Role and unit of a text such as `editor` or `officer:ZDMK`.
    pub fn parse(text: &str) -> Option<(Self, Option<String>)> {
        let (word, unit) = match text.split_once(':') {
            Some((word, unit)) => (word, Some(unit.to_owned()).filter(|unit| !unit.is_empty())),
            None => (text, None),
        };
        let (role, has_unit) = Self::of_word(word)?;
        (has_unit == unit.is_some()).then_some((role, unit))
    }
}
