//! `districts.geojson`: the outlines of all districts, read and checked as a whole.

use serde_json::{Value, json};

use crate::{
    content::{ContentError, Fault, errors::json_reason, records::Text},
    geo::{Outline, Point},
    units::District,
};

/// The Main Square, from which no district is farther than this.
const MIDDLE: (f64, f64) = (50.0617, 19.9373);
const FROM_MIDDLE_METRES_MAX: f64 = 50_000.0;

/// Reads one FeatureCollection or several; together they hold each district once.
pub fn read_outlines(texts: &[Text], districts: &[District]) -> Result<Vec<(i32, Outline)>, Fault> {
    let mut errors = Vec::new();
    let mut outlines: Vec<(i32, Outline)> = Vec::new();
    for (_, file, text) in texts {
        let mut tell = |line, reason: String| errors.push(ContentError::new(file, line, reason));
        let features = match features(text) {
            Ok(features) => features,
            Err((line, reason)) => {
                tell(line, reason);
                continue;
            }
        };
        for (place, feature) in (1..).zip(&features) {
            match read_feature(feature, districts) {
                Err(reason) => tell(1, format!("feature {place}: {reason}")),
                Ok((number, _)) if outlines.iter().any(|(known, _)| *known == number) => {
                    tell(1, format!("feature {place}: district {number} is there twice"));
                }
                Ok(outline) => outlines.push(outline),
            }
        }
    }
    if errors.is_empty() {
        let file = texts.first().map_or("", |(_, file, _)| file);
        errors
            .extend(missing(&outlines, districts).map(|reason| ContentError::new(file, 1, reason)));
    }
    outlines.sort_by_key(|(number, _)| *number);
    if errors.is_empty() { Ok(outlines) } else { Err(Fault::Content(errors)) }
}

/// Writes outlines as the file that is read, a district on a line.
pub fn write_outlines(outlines: &[(i32, Outline)], districts: &[District]) -> String {
    let feature = |(number, outline): &(i32, Outline)| {
        let known = districts.iter().find(|district| district.number == *number);
        let (roman, name) = known.map_or(("", ""), |known| (&known.roman, &known.name));
        let properties = json!({ "number": number, "roman": roman, "name": name });
        json!({ "type": "Feature", "properties": properties, "geometry": outline }).to_string()
    };
    let features: Vec<String> = outlines.iter().map(feature).collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", features.join(",\n"))
}

fn missing(outlines: &[(i32, Outline)], districts: &[District]) -> impl Iterator<Item = String> {
    let is_there =
        |district: &&District| outlines.iter().any(|(number, _)| *number == district.number);
    let missing = districts.iter().filter(move |district| !is_there(district));
    missing.map(|district| format!("district {} ({}) is missing", district.roman, district.name))
}

/// The features of a file; a refusal comes with its line.
fn features(text: &str) -> Result<Vec<Value>, (usize, String)> {
    let mut collection: Value =
        serde_json::from_str(text).map_err(|error| (error.line(), json_reason(error)))?;
    match collection["features"].take() {
        Value::Array(features) if collection["type"] == "FeatureCollection" => Ok(features),
        _ => Err((1, "this is no FeatureCollection of GeoJSON".to_owned())),
    }
}

fn read_feature(feature: &Value, districts: &[District]) -> Result<(i32, Outline), String> {
    let number = district(&feature["properties"], districts)?;
    let outline = Outline::try_from(feature["geometry"].clone())?;
    let middle = Point::new(MIDDLE.0, MIDDLE.1);
    let is_far = |point: Point| middle.is_none_or(|m| m.metres_to(point) > FROM_MIDDLE_METRES_MAX);
    if outline.points().any(is_far) {
        return Err(
            "a part of it is more than 50 km from Krakow: are longitude and latitude exchanged?"
                .to_owned(),
        );
    }
    Ok((number, outline))
}

/// Which district a feature is of: by `number`, else by `roman`, else by `name`.
fn district(properties: &Value, districts: &[District]) -> Result<i32, String> {
    let text = |key: &str| properties[key].as_str().map(str::trim).unwrap_or_default();
    let number = properties["number"].as_i64().or_else(|| text("number").parse().ok());
    let is_it = |district: &&District| match number {
        Some(number) => i64::from(district.number) == number,
        None if !text("roman").is_empty() => district.roman == text("roman"),
        None => district.name.to_lowercase() == text("name").to_lowercase(),
    };
    let found = districts.iter().find(is_it).map(|district| district.number);
    found.ok_or_else(|| {
        "no district has its number, roman or name: one of these properties is needed, \
         as in content/districts.toml"
            .to_owned()
    })
}
