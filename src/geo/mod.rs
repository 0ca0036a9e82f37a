//! Places on the map, in WGS 84: points, distances, boxes and outlines.
//!
//! A city is small, so the earth is flat here: over 50 km a distance is wrong by less than one part in
//! a thousand.

mod geojson;
mod outline;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use outline::Outline;

/// Metres of one degree of latitude, on a sphere of the mean radius of the earth.
const METRES_PER_DEGREE: f64 = 111_195.08;

/// A place on the map.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    latitude: f64,
    longitude: f64,
}

impl Point {
    /// The point at a latitude of -90 to 90 and a longitude of -180 to 180 degrees; `None` for
    /// anything else.
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let is_on_earth =
            (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        is_on_earth.then_some(Self { latitude, longitude })
    }

    /// Degrees to the north.
    pub fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees to the east.
    pub fn longitude(self) -> f64 {
        self.longitude
    }

    /// How far another point is, in metres.
    pub fn metres_to(self, other: Self) -> f64 {
        let middle = f64::midpoint(self.latitude, other.latitude);
        let (east, north) = other.seen_from(self, middle);
        east.hypot(north)
    }

    /// Metres to the east and to the north of another point, where the earth is as wide as at a
    /// latitude.
    fn seen_from(self, origin: Self, latitude: f64) -> (f64, f64) {
        let width = METRES_PER_DEGREE * latitude.to_radians().cos();
        let east = (self.longitude - origin.longitude) * width;
        (east, (self.latitude - origin.latitude) * METRES_PER_DEGREE)
    }
}

/// A part of the map between two latitudes and two longitudes, the borders included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoundingBox {
    /// The least latitude, in degrees.
    pub south: f64,
    /// The least longitude, in degrees.
    pub west: f64,
    /// The greatest latitude, in degrees.
    pub north: f64,
    /// The greatest longitude, in degrees.
    pub east: f64,
}

impl BoundingBox {
    /// The smallest box around a circle, a hair larger, so that nothing within so many metres by
    /// `Point::metres_to` falls out of it.
    pub fn around(center: Point, metres: f64) -> Self {
        let up = metres / METRES_PER_DEGREE * 1.001;
        // The circle is widest, in degrees, on its side that is nearer to a pole.
        let farthest = (center.latitude.abs() + up).min(89.9);
        let aside = up / farthest.to_radians().cos();
        Self {
            south: center.latitude - up,
            west: center.longitude - aside,
            north: center.latitude + up,
            east: center.longitude + aside,
        }
    }

    /// Whether a point lies in it.
    pub fn contains(&self, point: Point) -> bool {
        (self.south..=self.north).contains(&point.latitude)
            && (self.west..=self.east).contains(&point.longitude)
    }
}
