//! Outlines of the districts: the coarse ones that ship, and those that an operator brings.

use std::{collections::BTreeMap, fs, path::Path, time::Duration};

use kontakt::{
    content::{self, Kind},
    db::facts,
    imported::Imported::{Unchanged, Updated},
};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Files, fates, head};
use crate::harness::{Answer, Service, empty_service, service};

/// The outlines that ship.
fn shipped() -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/districts.geojson");
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// The outlines that ship, but the first two districts have changed places.
fn exchanged() -> Value {
    let mut outlines = shipped();
    outlines["features"][0]["properties"] = json!({ "number": 2 });
    outlines["features"][1]["properties"] = json!({ "roman": "I" });
    outlines["features"][2]["properties"] = json!({ "name": "prądnik czerwony" });
    outlines
}

fn files(outlines: &Value) -> Files {
    Files::new().with("city.geojson", outlines.to_string())
}

async fn ask(service: &Service, latitude: f64, longitude: f64) -> Answer {
    let query = "query($latitude: Float!, $longitude: Float!) {
        districtAt(latitude: $latitude, longitude: $longitude) {
            district { roman } inside metres } }";
    let point = json!({ "latitude": latitude, "longitude": longitude });
    service.anyone().ask_with(query, point).await
}

/// The district of a point as the city writes it; nothing outside the city.
async fn district(service: &Service, latitude: f64, longitude: f64) -> Option<String> {
    let found = ask(service, latitude, longitude).await.data("/districtAt");
    found["district"]["roman"].as_str().map(str::to_owned)
}

/// Waits until this node says that the Main Square lies in a district.
async fn wait_for(service: &Service, roman: &str) {
    let known = async {
        while district(service, 50.0619, 19.9369).await.as_deref() != Some(roman) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), known)
        .await
        .expect("the outlines are the old ones");
}

#[tokio::test]
async fn well_known_places_lie_in_their_districts() {
    let service = service().await;
    for (place, latitude, longitude, wanted) in [
        ("Rynek Główny", 50.0619, 19.9369, Some("I")),
        ("Kazimierz, plac Nowy", 50.0517, 19.9446, Some("I")),
        ("rondo Mogilskie", 50.0657, 19.9590, Some("II")),
        ("Rakowice", 50.0850, 19.9640, Some("III")),
        ("Azory", 50.0880, 19.9130, Some("IV")),
        ("miasteczko AGH", 50.0690, 19.9070, Some("V")),
        ("Bronowice", 50.0820, 19.8890, Some("VI")),
        ("Wola Justowska", 50.0640, 19.8720, Some("VII")),
        ("Ruczaj", 50.0216, 19.9003, Some("VIII")),
        ("Tyniec", 50.0180, 19.8050, Some("VIII")),
        ("Łagiewniki", 50.0180, 19.9390, Some("IX")),
        ("Swoszowice", 49.9890, 19.9350, Some("X")),
        ("Wola Duchacka", 50.0180, 19.9620, Some("XI")),
        ("Bieżanów", 50.0150, 20.0290, Some("XII")),
        ("Bonarka", 50.0286, 19.9498, Some("XIII")),
        ("ogród Lema", 50.0690, 20.0150, Some("XIV")),
        ("Mistrzejowice", 50.0970, 20.0110, Some("XV")),
        ("Bieńczyce", 50.0840, 20.0230, Some("XVI")),
        ("Grębałów", 50.1000, 20.0600, Some("XVII")),
        ("plac Centralny", 50.0722, 20.0374, Some("XVIII")),
        ("Wieliczka", 49.9870, 20.0640, None),
        ("Skawina", 49.9750, 19.8280, None),
        ("lotnisko w Balicach", 50.0777, 19.7848, None),
    ] {
        assert_eq!(district(&service, latitude, longitude).await.as_deref(), wanted, "{place}");
    }
}

#[tokio::test]
async fn a_place_a_little_outside_belongs_to_the_nearest_district() {
    let service = service().await;
    let found = async |latitude, longitude| {
        let found = ask(&service, latitude, longitude).await.data("/districtAt");
        let metres = found["metres"].as_f64().unwrap();
        (found["district"]["roman"].clone(), found["inside"] == true, metres)
    };
    let (roman, inside, metres) = found(50.0619, 19.9369).await;
    assert_eq!((roman, inside, metres), (json!("I"), true, 0.0));
    // South of Opatkowice, where the outline ends at 49.968.
    let (roman, inside, metres) = found(49.9650, 19.9250).await;
    assert_eq!((roman, inside), (json!("X"), false));
    assert!((300.0..340.0).contains(&metres), "{metres}");
    let (roman, inside, metres) = found(49.9600, 19.9250).await;
    assert_eq!((roman, inside), (json!(null), false));
    assert!((850.0..900.0).contains(&metres), "{metres}");
}

#[tokio::test]
async fn a_point_that_is_not_on_the_earth_is_refused_and_without_outlines_nobody_knows() {
    let service = empty_service().await;
    assert_eq!(ask(&service, 90.5, 19.9).await.error_code(), "BAD_USER_INPUT");
    assert_eq!(ask(&service, 50.0619, 19.9369).await.data("/districtAt"), json!(null));
}

/// Of each piece of a border, in whole thousandths of a degree: who has it on the left.
fn edges(outlines: &Value) -> BTreeMap<[i64; 4], i64> {
    let mut edges = BTreeMap::new();
    for feature in outlines["features"].as_array().unwrap() {
        let number = feature["properties"]["number"].as_i64().unwrap();
        let ring = feature["geometry"]["coordinates"][0].as_array().unwrap().clone();
        let whole = |at: &Value| (at.as_f64().unwrap() * 1_000.0).round() as i64;
        for pair in ring.windows(2) {
            let edge = [&pair[0][0], &pair[0][1], &pair[1][0], &pair[1][1]].map(whole);
            assert_eq!(edges.insert(edge, number), None, "{edge:?} is twice on the same side");
        }
    }
    edges
}

#[test]
fn the_outlines_that_ship_cover_one_area_without_holes_and_say_that_they_are_coarse() {
    let outlines = shipped();
    assert!(outlines["note"].as_str().unwrap().contains("not the city's data"));
    let features = outlines["features"].as_array().unwrap();
    assert!(features.iter().all(|feature| feature["properties"]["coarse"] == true));
    let edges = edges(&outlines);
    let reverse = |[a, b, c, d]: [i64; 4]| [c, d, a, b];
    // Whatever has no neighbour is the border of the city, and that is one ring.
    let border: BTreeMap<[i64; 2], [i64; 2]> = edges
        .keys()
        .filter(|edge| !edges.contains_key(&reverse(**edge)))
        .map(|[a, b, c, d]| ([*a, *b], [*c, *d]))
        .collect();
    let (first, mut at) = border.iter().next().unwrap();
    let mut length = 1;
    while at != first {
        at = &border[at];
        length += 1;
    }
    assert_eq!(length, border.len());
}

#[tokio::test]
async fn the_outlines_of_the_city_stand_over_the_coarse_ones_for_good() {
    let service = service().await;
    let coarse = async || {
        let districts = "{ districts { outline { coarse geometry } } }";
        let districts = service.anyone().ask(districts).await.data("/districts");
        let districts = districts.as_array().unwrap().clone();
        assert_eq!(districts[0]["outline"]["geometry"]["type"], "Polygon");
        districts.iter().filter(|one| one["outline"]["coarse"] == true).count()
    };
    assert_eq!(coarse().await, 18);
    let city = files(&exchanged());
    assert_eq!(city.import(&service, Kind::Districts).await, fates([(Updated, 18)]));
    wait_for(&service, "II").await;
    assert_eq!(coarse().await, 0);
    assert_eq!(city.import(&service, Kind::Districts).await, fates([(Unchanged, 18)]));
    // A newer binary comes.
    let before = head(&service).await;
    let age = async |tx: &_| Ok(facts::set(tx, "builtin-content", "older").await?);
    service.db().write(age).await.unwrap();
    content::load_builtin(service.db()).await.unwrap();
    assert_eq!(head(&service).await, before);
    assert_eq!(
        files(&shipped()).import(&service, Kind::Districts).await,
        fates([(Updated, 2), (Unchanged, 16)])
    );
    wait_for(&service, "I").await;
}

#[tokio::test]
async fn the_outlines_of_the_city_go_with_an_export_and_the_coarse_ones_do_not() {
    let service = service().await;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("districts.geojson");
    content::export(service.db(), folder.path()).await.unwrap();
    assert!(!file.exists());
    let city = files(&exchanged());
    assert_eq!(city.import(&service, Kind::Districts).await, fates([(Updated, 18)]));
    assert!(content::export(service.db(), folder.path()).await.unwrap().strangers.is_empty());
    let written = fs::read_to_string(&file).unwrap();

    let other = crate::harness::service().await;
    let import = async || {
        content::import(other.db(), Kind::Districts, std::slice::from_ref(&file)).await.unwrap()
    };
    assert_eq!(import().await, fates([(Updated, 18)]));
    assert_eq!(import().await, fates([(Unchanged, 18)]));
    wait_for(&other, "II").await;
    let again = TempDir::new().unwrap();
    content::export(other.db(), again.path()).await.unwrap();
    assert_eq!(fs::read_to_string(again.path().join("districts.geojson")).unwrap(), written);

    // Where they were not written, an import would take those of another export.
    let coarse = crate::harness::service().await;
    let exported = content::export(coarse.db(), folder.path()).await.unwrap();
    assert_eq!(exported.strangers, [file]);
}

#[tokio::test]
async fn broken_outlines_are_refused_as_a_whole_with_the_reason() {
    let service = service().await;
    let before = head(&service).await;
    let changed = |path: &str, value: Value| {
        let mut outlines = shipped();
        *outlines.pointer_mut(path).unwrap() = value;
        outlines.to_string()
    };
    let first_point = "/features/4/geometry/coordinates/0/1";
    for (text, reason) in [
        ("{\n\"type\": }".to_owned(), "2: expected value (column 9)"),
        (json!({ "type": "Feature" }).to_string(), "1: this is no FeatureCollection of GeoJSON"),
        (changed("/features", json!([])), "1: district I (Stare Miasto) is missing"),
        (
            changed("/features/4/properties/number", json!(19)),
            "1: feature 5: no district has its number, roman or name: one of these properties is \
             needed, as in content/districts.toml",
        ),
        (
            changed("/features/4/properties/number", json!(1)),
            "1: feature 5: district 1 is there twice",
        ),
        (
            changed("/features/4/geometry/type", json!("LineString")),
            "1: feature 5: a LineString is no area: use Polygon or MultiPolygon",
        ),
        (
            changed(first_point, json!([50.06, 19.93])),
            "1: feature 5: a part of it is more than 50 km from Krakow: are longitude and latitude \
             exchanged?",
        ),
        (
            changed(first_point, json!([7_423_456.5, 5_548_000.5])),
            "1: feature 5: [7423456.5, 5548000.5] is not [longitude, latitude] in degrees: convert \
             the file to WGS 84 (EPSG:4326)",
        ),
    ] {
        let broken = Files::new().with("city.geojson", text);
        let refusal = broken.try_import(&service, Kind::Districts).await.unwrap_err();
        assert_eq!(refusal.lines().next(), Some(&*format!("city.geojson:{reason}")));
        assert!(refusal.ends_with("\nnothing was imported"), "{refusal}");
    }
    assert_eq!(head(&service).await, before);
}
