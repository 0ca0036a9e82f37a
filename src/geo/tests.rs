use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn at(latitude: f64, longitude: f64) -> Point {
    Point::new(latitude, longitude).unwrap()
}

fn outline(geometry: Value) -> Outline {
    geometry.try_into().unwrap()
}

/// Two squares side by side, the left one with a hole.
fn two_squares() -> Outline {
    outline(json!({ "type": "MultiPolygon", "coordinates": [
        [
            [[19.9, 50.0], [20.0, 50.0], [20.0, 50.1], [19.9, 50.1], [19.9, 50.0]],
            [[19.94, 50.04], [19.94, 50.06], [19.96, 50.06], [19.96, 50.04], [19.94, 50.04]],
        ],
        [[[20.1, 50.0, 210.5], [20.2, 50.0], [20.2, 50.1], [20.1, 50.1], [20.1, 50.0, 210.5]]],
    ] }))
}

#[test]
fn a_point_is_on_the_earth() {
    for (latitude, longitude) in
        [(90.1, 0.0), (0.0, -180.1), (f64::NAN, 0.0), (0.0, f64::INFINITY), (7_423_456.0, 20.0)]
    {
        assert_eq!(Point::new(latitude, longitude), None, "{latitude} {longitude}");
    }
    assert!(Point::new(-90.0, 180.0).is_some());
}

#[test]
fn an_area_has_holes_and_may_lie_in_several_parts() {
    let squares = two_squares();
    for (point, inside) in [
        (at(50.02, 19.92), true),
        (at(50.05, 19.95), false),
        (at(50.05, 20.05), false),
        (at(50.05, 20.15), true),
        (at(50.05, 20.25), false),
        (at(49.99, 19.95), false),
    ] {
        assert_eq!(squares.contains(point), inside, "{point:?}");
    }
    let bounds = BoundingBox { south: 50.0, west: 19.9, north: 50.1, east: 20.2 };
    assert_eq!(squares.bounds(), bounds);
}

#[test]
fn the_border_is_the_nearest_part_of_any_ring() {
    let squares = two_squares();
    for (point, degrees) in [
        (at(50.105, 19.95), 0.005),
        (at(50.05, 19.95), 0.01 * 50.05_f64.to_radians().cos()),
        (at(50.03, 20.15), 0.03),
        (at(50.0, 19.9), 0.0),
    ] {
        let wanted = degrees * METRES_PER_DEGREE;
        let metres = squares.metres_to_border(point);
        assert!((metres - wanted).abs() < 0.01, "{point:?}: {metres}, not {wanted}");
    }
}

#[test]
fn an_outline_is_written_as_it_was_read() {
    let square = json!({ "type": "Polygon", "coordinates": [[[1.5, 2.5], [3.5, 2.5], [3.5, 4.5], [1.5, 2.5]]] });
    assert_eq!(Value::from(outline(square.clone())), square);
    let squares = two_squares();
    assert_eq!(outline(squares.clone().into()), squares);
}

#[test]
fn a_broken_geometry_is_refused_with_the_reason() {
    let ring = |points: Value| json!({ "type": "Polygon", "coordinates": [points] });
    let many: Vec<[f64; 2]> = (0..=10_000).map(|_| [0.0, 0.0]).collect();
    let table = [
        (json!(null), "the geometry has no type"),
        (
            json!({ "type": "Point", "coordinates": [1, 2] }),
            "a Point is no area: use Polygon or MultiPolygon",
        ),
        (json!({ "type": "Polygon" }), "null stands where a list of rings must be"),
        (json!({ "type": "MultiPolygon", "coordinates": [] }), "the geometry has no points"),
        (
            json!({ "type": "MultiPolygon", "coordinates": [1] }),
            "1 stands where a list of rings must be",
        ),
        (ring(json!("x")), "\"x\" stands where a list of points must be"),
        (ring(json!([[1, 2]])), "a ring has 1 points; at least 4"),
        (ring(json!([[1, 2], [2, 2], [2, 3], [1, 3]])), "a ring does not end where it begins"),
        (ring(json!([[1, "2"]])), "[1,\"2\"] is not [longitude, latitude]"),
        (
            ring(json!([[7_423_456.5, 5_548_000.5]])),
            "[7423456.5, 5548000.5] is not [longitude, latitude] in degrees: convert the file to WGS 84 (EPSG:4326)",
        ),
        (ring(json!(many)), "the geometry has 10001 points; simplify it to 10000"),
    ];
    for (geometry, reason) in table {
        assert_eq!(Outline::try_from(geometry), Err(reason.to_owned()));
    }
}

/// The distance on the sphere.
fn haversine(a: Point, b: Point) -> f64 {
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let cos = |point: Point| point.latitude().to_radians().cos();
    let h = half(a.latitude(), b.latitude()) + cos(a) * cos(b) * half(a.longitude(), b.longitude());
    2.0 * h.sqrt().asin() * METRES_PER_DEGREE.to_degrees()
}

fn near_krakow() -> impl Strategy<Value = Point> {
    (49.8..50.3_f64, 19.6..20.3_f64).prop_map(|(latitude, longitude)| at(latitude, longitude))
}

proptest! {
    #[test]
    fn a_distance_is_right_to_a_thousandth(a in near_krakow(), b in near_krakow()) {
        let (flat, round) = (a.metres_to(b), haversine(a, b));
        prop_assert!((flat - round).abs() <= round / 1_000.0 + 0.001, "{} {}", flat, round);
    }

    #[test]
    fn whatever_is_within_a_circle_is_in_its_box(
        center in near_krakow(), other in near_krakow(), more in 0.0..1_000.0_f64,
    ) {
        let metres = center.metres_to(other) + more;
        prop_assert!(BoundingBox::around(center, metres).contains(other));
    }

    #[test]
    fn any_json_is_read_or_refused(text in any::<String>(), number in any::<f64>()) {
        for value in [json!(text), json!([number]), json!({ "type": text, "coordinates": number })] {
            prop_assert!(Outline::try_from(value).is_err());
        }
    }
}
