//! Where a report is about: the point, the words for it, and the district.

use crate::{
    error::{Error, Problem, ProblemCode, Result},
    geo::Point,
    reports::{desk::Desk, entity::LocationInput},
    texts,
    units::DistrictPlace,
    words::Message,
};

/// A place as it is kept with a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// In words.
    pub address: Option<String>,
    /// The number of the district in which the point lies.
    pub district: Option<i32>,
    /// Who manages the land, as far as known.
    pub land_manager: Option<String>,
}

/// The place that is meant. A point a little outside the city is taken with the nearest district.
/// Errors: `Invalid` for a point outside the city.
pub fn find(desk: &Desk, path: &str, location: Option<&LocationInput>) -> Result<Place> {
    let Some(location) = location else { return Ok(Place::default()) };
    let words =
        |text: &Option<String>| text.as_deref().map(texts::tidied).filter(|text| !text.is_empty());
    let mut place = Place {
        latitude: location.latitude,
        longitude: location.longitude,
        address: words(&location.address),
        district: None,
        land_manager: words(&location.land_manager),
    };
    let point = location.latitude.zip(location.longitude);
    if let Some(point) = point.and_then(|(north, east)| Point::new(north, east)) {
        place.district = match desk.districts.find(point) {
            DistrictPlace::Inside(number) | DistrictPlace::Near { number, .. } => Some(number),
            DistrictPlace::Outside { metres } => return Err(outside(path, metres)),
            DistrictPlace::Unknown => None,
        };
    }
    Ok(place)
}

fn outside(path: &str, metres: f64) -> Error {
    let message = Message::new("outside-city").with("metres", metres.round() as i64);
    Problem::at(path, ProblemCode::Invalid, message).into()
}
