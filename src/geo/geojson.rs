//! Outlines as geometries of GeoJSON (RFC 7946): `Polygon` and `MultiPolygon`.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value as GraphValue};
use serde_json::{Value, json};

use crate::geo::{Outline, Point};

/// Corners of one outline.
const POINTS_MAX: usize = 10_000;
/// Points of the smallest ring: three corners, and the first of them again.
const RING_POINTS_MIN: usize = 4;

/// A geometry of GeoJSON, a `Polygon` or a `MultiPolygon`: `{ "type", "coordinates" }` with longitude
/// before latitude, in WGS 84.
#[Scalar(name = "GeoJSON", specified_by_url = "https://www.rfc-editor.org/rfc/rfc7946")]
impl ScalarType for Outline {
    fn parse(value: GraphValue) -> InputValueResult<Self> {
        let json = value.into_json().map_err(InputValueError::custom)?;
        Self::try_from(json).map_err(InputValueError::custom)
    }

    fn to_value(&self) -> GraphValue {
        GraphValue::from_json(self.clone().into()).unwrap_or_default()
    }
}

impl From<Outline> for Value {
    fn from(outline: Outline) -> Self {
        let ring = |ring: &Vec<Point>| -> Value {
            ring.iter().map(|point| json!([point.longitude(), point.latitude()])).collect()
        };
        let polygon = |rings: &Vec<Vec<Point>>| -> Value { rings.iter().map(ring).collect() };
        match &outline.polygons[..] {
            [only] => json!({ "type": "Polygon", "coordinates": polygon(only) }),
            several => {
                let several: Value = several.iter().map(polygon).collect();
                json!({ "type": "MultiPolygon", "coordinates": several })
            }
        }
    }
}

impl TryFrom<Value> for Outline {
    type Error = String;

    fn try_from(geometry: Value) -> Result<Self, String> {
        let coordinates = &geometry["coordinates"];
        let polygons = match geometry["type"].as_str() {
            Some("Polygon") => vec![polygon(coordinates)?],
            Some("MultiPolygon") => {
                entries(coordinates, "polygons")?.iter().map(polygon).collect::<Result<_, _>>()?
            }
            Some(other) => {
                return Err(format!("a {other} is no area: use Polygon or MultiPolygon"));
            }
            None => return Err("the geometry has no type".to_owned()),
        };
        let outline = Self { polygons };
        match outline.points().count() {
            0 => Err("the geometry has no points".to_owned()),
            count if count > POINTS_MAX => {
                Err(format!("the geometry has {count} points; simplify it to {POINTS_MAX}"))
            }
            _ => Ok(outline),
        }
    }
}

fn polygon(rings: &Value) -> Result<Vec<Vec<Point>>, String> {
    entries(rings, "rings")?.iter().map(ring).collect()
}

fn ring(points: &Value) -> Result<Vec<Point>, String> {
    let points: Vec<Point> =
        entries(points, "points")?.iter().map(point).collect::<Result<_, _>>()?;
    if points.len() < RING_POINTS_MIN {
        return Err(format!("a ring has {} points; at least {RING_POINTS_MIN}", points.len()));
    }
    if points.first() != points.last() {
        return Err("a ring does not end where it begins".to_owned());
    }
    Ok(points)
}

fn point(position: &Value) -> Result<Point, String> {
    // There may be a height behind the two.
    let number = |at: usize| position.get(at).and_then(Value::as_f64);
    let (Some(longitude), Some(latitude)) = (number(0), number(1)) else {
        return Err(format!("{} is not [longitude, latitude]", short(position)));
    };
    Point::new(latitude, longitude).ok_or_else(|| {
        format!(
            "[{longitude}, {latitude}] is not [longitude, latitude] in degrees: \
             convert the file to WGS 84 (EPSG:4326)"
        )
    })
}

fn entries<'a>(value: &'a Value, what: &str) -> Result<&'a Vec<Value>, String> {
    let entries = value.as_array();
    entries.ok_or_else(|| format!("{} stands where a list of {what} must be", short(value)))
}

/// Characters of a strange value that an error shows.
const SHOWN_CHARS_MAX: usize = 40;

fn short(value: &Value) -> String {
    value.to_string().chars().take(SHOWN_CHARS_MAX).collect()
}
