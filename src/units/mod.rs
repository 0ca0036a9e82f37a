//! Units: departments of the City Office, municipal units, city companies and outside bodies,
//! with phones, hours and places; and the districts of the city.

mod actions;
mod entity;
mod graphql;
mod rules;

pub use actions::{all, by_ids, import, import_districts, known_codes};
pub use entity::{District, Place, SourceRef, Unit, UnitContent, UnitId, UnitKind, unit};
pub use graphql::{UnitLoader, UnitObject, UnitQueries};
pub use rules::problems;
