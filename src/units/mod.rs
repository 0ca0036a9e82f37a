//! Units: departments of the City Office, municipal units, city companies and outside bodies,
//! with phones, hours and places; and the districts of the city, with where they are on the map.

mod actions;
mod entity;
mod graphql;
mod map;
mod rules;

pub use actions::{
    all, by_codes, by_ids, districts, import, import_districts, import_outlines, known_codes,
    outlines,
};
pub use entity::{District, Place, SourceRef, Unit, UnitContent, UnitId, UnitKind, unit};
pub use graphql::{UnitLoader, UnitObject, UnitQueries};
pub use map::{DistrictPlace, Districts};
pub use rules::problems;
