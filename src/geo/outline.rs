//! The outline of an area.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::geo::{BoundingBox, Point};

/// The outline of an area: one polygon or several, each with or without holes. In files, in the
/// database and in the API it is a geometry of GeoJSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(try_from = "Value", into = "Value")]
pub struct Outline {
    /// Of each polygon the rings: the outer one, then its holes. The first point of a ring stands
    /// at its end again.
    pub(super) polygons: Vec<Vec<Vec<Point>>>,
}

impl Outline {
    /// Whether a point lies inside. Of areas that share a border, a point on it lies in one.
    pub fn contains(&self, point: Point) -> bool {
        // A line from the point to the east crosses the border an odd number of times.
        self.edges().filter(|(a, b)| crosses_east_of(point, *a, *b)).count() % 2 == 1
    }

    /// How far the nearest part of the border is, in metres, from inside as from outside.
    pub fn metres_to_border(&self, point: Point) -> f64 {
        let metres = self.edges().map(|(a, b)| metres_to_edge(point, a, b));
        metres.fold(f64::INFINITY, f64::min)
    }

    /// The smallest box around it.
    pub fn bounds(&self) -> BoundingBox {
        let nothing = BoundingBox {
            south: f64::INFINITY,
            west: f64::INFINITY,
            north: f64::NEG_INFINITY,
            east: f64::NEG_INFINITY,
        };
        self.points().fold(nothing, |bounds, point| BoundingBox {
            south: bounds.south.min(point.latitude()),
            west: bounds.west.min(point.longitude()),
            north: bounds.north.max(point.latitude()),
            east: bounds.east.max(point.longitude()),
        })
    }

    /// Every corner, the first of each ring twice.
    pub fn points(&self) -> impl Iterator<Item = Point> {
        self.polygons.iter().flatten().flatten().copied()
    }

    /// Every piece of the border.
    pub fn edges(&self) -> impl Iterator<Item = (Point, Point)> {
        let rings = self.polygons.iter().flatten();
        rings.flat_map(|ring| ring.windows(2).map(|pair| (pair[0], pair[1])))
    }
}

fn crosses_east_of(point: Point, a: Point, b: Point) -> bool {
    // One end counts and the other does not, so that a corner is crossed once.
    if (a.latitude() > point.latitude()) == (b.latitude() > point.latitude()) {
        return false;
    }
    // From south to north, whichever way the area goes: neighbours must come to the same result.
    let (a, b) = if a.latitude() < b.latitude() { (a, b) } else { (b, a) };
    let share = (point.latitude() - a.latitude()) / (b.latitude() - a.latitude());
    point.longitude() < a.longitude() + share * (b.longitude() - a.longitude())
}

fn metres_to_edge(point: Point, a: Point, b: Point) -> f64 {
    let (ax, ay) = a.seen_from(point, point.latitude());
    let (bx, by) = b.seen_from(point, point.latitude());
    let (dx, dy) = (bx - ax, by - ay);
    let square = dx * dx + dy * dy;
    let share = if square > 0.0 { (-(ax * dx + ay * dy) / square).clamp(0.0, 1.0) } else { 0.0 };
    (ax + share * dx).hypot(ay + share * dy)
}
