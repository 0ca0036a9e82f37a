//! The areas of the city's services, as the portal groups its cards.

use async_graphql::Enum;
use serde::{Deserialize, Serialize};

use crate::words::{self, Lang};

/// An area of the city's services.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Area {
    /// Identity cards, registered residence, PESEL, elections.
    Identity,
    /// Vehicles and driving licences.
    Vehicles,
    /// Births, marriages, deaths, names.
    CivilRegistry,
    /// Paid parking and the clean transport zone.
    Parking,
    /// The civic budget.
    CivicBudget,
    /// Social help and family benefits.
    SocialHelp,
    /// Work and unemployment.
    Work,
    /// Taxes and fees.
    Taxes,
    /// Waste.
    Waste,
    /// Business.
    Business,
    /// Greenery, air, animals.
    Environment,
    /// Building, land, roads, housing.
    Building,
    /// Nurseries, kindergartens, schools.
    Education,
    /// The city and its office.
    City,
}

impl Area {
    /// The code, such as `CIVIL_REGISTRY`.
    pub fn code(self) -> String {
        words::code(&self)
    }

    /// The name in a language.
    pub fn label(self, lang: Lang) -> String {
        words::label_of(lang, "area", &self)
    }
}
