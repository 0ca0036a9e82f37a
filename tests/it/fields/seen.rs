//! Every field is asked for at every place by everybody, and held against the table.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    schema::Schema,
    table::{PLACES, Place, READERS, Row, TABLE, Who},
    world::World,
};
use crate::harness::service;

/// The type of which a place, or a row, speaks.
fn type_of(name: &str) -> &str {
    name.split(' ').next().unwrap()
}

/// The row of a field: that of the place, else that of the type, else that of the family of types.
fn row(place: &str, field: &str) -> Option<&'static Row> {
    let has = |(.., fields): &Row| fields.split_whitespace().any(|one| one == field);
    let of = |name: &str| TABLE.iter().find(|row| row.0 == name && has(row));
    let family = |(name, ..): &&Row| name.strip_prefix('*').is_some_and(|end| place.ends_with(end));
    of(place)
        .or_else(|| of(type_of(place)))
        .or_else(|| TABLE.iter().filter(family).find(|row| has(row)))
}

#[tokio::test]
async fn every_field_of_every_object_has_one_row_and_every_row_a_field() {
    let schema = Schema::read(&service().await).await;
    let mut wrong = Vec::new();
    let mut known = BTreeSet::new();
    for of in schema.types() {
        for field in schema.fields(of) {
            known.insert((of, field.name.as_str()));
            if row(of, &field.name).is_none() {
                wrong.push(format!("{of}.{} has no row", field.name));
            }
        }
    }
    let mut listed = BTreeSet::new();
    for (name, _, fields) in TABLE {
        for field in fields.split_whitespace() {
            if !listed.insert((name, field)) {
                wrong.push(format!("{name}.{field} has two rows"));
            }
            let there = match name.strip_prefix('*') {
                Some(end) => known.iter().any(|(of, one)| of.ends_with(end) && *one == field),
                None => known.contains(&(type_of(name), field)),
            };
            if !there {
                wrong.push(format!("the row of {name}.{field} is of no field"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// What is asked for at a place, and which types that covers.
fn selections(schema: &Schema) -> (Vec<(&'static Place, String)>, BTreeSet<String>) {
    let elsewhere: BTreeSet<&str> = PLACES.iter().map(|place| type_of(place.of)).collect();
    let mut seen = BTreeSet::new();
    let mut selected = Vec::new();
    for place in PLACES {
        selected.push((place, schema.selection(type_of(place.of), &elsewhere, &mut seen)));
    }
    (selected, seen)
}

#[tokio::test]
async fn every_type_is_looked_at_somewhere() {
    let schema = Schema::read(&service().await).await;
    let (_, seen) = selections(&schema);
    let is_done_or_own = |of: &str| {
        let mut rows = schema.fields(of).iter().filter_map(|field| row(of, &field.name));
        rows.all(|(_, who, _)| matches!(who, Who::Doer | Who::Own))
    };
    let unseen: Vec<_> =
        schema.types().filter(|of| !seen.contains(*of) && !is_done_or_own(of)).collect();
    assert_eq!(unseen, Vec::<&str>::new());
}

/// The object at a path, such as `report/timeline/step=NOTE`.
fn at<'a>(data: &'a Value, path: &str) -> &'a Value {
    path.split('/').fold(data, |value, step| match (step.split_once('='), value) {
        (Some((field, wanted)), Value::Array(entries)) => {
            let is = |entry: &&Value| match &entry[field] {
                Value::String(text) => text == wanted,
                Value::Bool(is) => wanted.parse() == Ok(*is),
                _ => false,
            };
            entries.iter().find(is).unwrap_or(&Value::Null)
        }
        (None, Value::Array(entries)) => {
            step.parse().ok().and_then(|place: usize| entries.get(place)).unwrap_or(&Value::Null)
        }
        _ => &value[step],
    })
}

/// What every reader sees at a place.
type Seen = BTreeMap<&'static str, Value>;

async fn ask(world: &World, place: &Place, selection: &str, wrong: &mut Vec<String>) -> Seen {
    let marks = world.marks();
    // Searches of places before are counted by now.
    world.service.app.search_log.flush().await;
    let mut seen = Seen::new();
    for reader in READERS {
        let query = world.query(reader, &place.query.replace("FIELDS", selection));
        let answer = world.client(reader).ask(&query).await;
        for (mark, readers) in &marks {
            if answer.text.contains(mark) && !readers.contains(reader) && !query.contains(mark) {
                wrong.push(format!("{reader} reads {mark:?} in {}", place.query));
            }
        }
        seen.insert(reader, at(&answer.json()["data"], place.path).clone());
    }
    seen
}

fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// Holds what is seen at a place against the rows; gives those fields whose row was put to the proof.
fn hold(place: &Place, schema: &Schema, seen: &Seen, wrong: &mut Vec<String>) -> Vec<String> {
    let mut found = Vec::new();
    for (reader, object) in seen {
        if object.is_null() == place.readers.contains(reader) {
            let what = if object.is_null() { "nothing" } else { "something" };
            wrong.push(format!("{reader} finds {what} at {} of {}", place.path, place.of));
        } else if !object.is_null() {
            found.push(*reader);
        }
    }
    let proven = schema.fields(type_of(place.of)).iter().filter_map(|field| {
        let (_, who, _) = row(place.of, &field.name)?;
        let name = field.name.as_str();
        let value = |reader: &str| &seen[reader][name];
        let (readers, whole) = match who {
            Who::Only(readers) => (*readers, false),
            Who::Whole(readers) => (*readers, true),
            Who::Parent => (READERS, true),
            Who::Own | Who::Doer => return None,
        };
        let sees = |reader: &str| {
            readers.contains(&reader) && (*who == Who::Parent || !place.strangers.contains(&reader))
        };
        let first = found.iter().find(|reader| sees(reader));
        let reference = first.map_or(Value::Null, |reader| value(reader).clone());
        for reader in &found {
            let seen = value(reader);
            let right = match sees(reader) {
                true => *seen == reference,
                false if whole => *seen != reference || is_nothing(&reference),
                false => is_nothing(seen),
            };
            if !right {
                let place = format!("{}.{name} at {}", place.of, place.path);
                wrong.push(format!("{place}: {reader} sees {seen}, of {reference}"));
            }
        }
        (!is_nothing(&reference)).then(|| name.to_owned())
    });
    proven.collect()
}

#[tokio::test]
async fn every_reader_sees_of_every_field_what_the_table_says() {
    let world = World::new().await;
    let schema = Schema::read(&world.service).await;
    let (selected, _) = selections(&schema);
    let mut wrong = Vec::new();
    let mut proven = BTreeSet::new();
    for (place, selection) in selected {
        let seen = ask(&world, place, &selection, &mut wrong).await;
        for field in hold(place, &schema, &seen, &mut wrong) {
            proven.insert((place.of, field));
        }
    }
    // What is kept from some must have been there to be kept.
    for (name, who, fields) in TABLE {
        let kept = matches!(who, Who::Only(readers) | Who::Whole(readers) if !readers.is_empty());
        for field in fields.split_whitespace().filter(|_| kept) {
            let is_proven =
                proven.iter().any(|(of, one)| one == field && (of == name || type_of(of) == *name));
            if !is_proven {
                wrong.push(format!("{name}.{field} is empty wherever it is looked at"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[tokio::test]
async fn the_answer_to_a_step_shows_no_more_than_a_query() {
    let world = World::new().await;
    let query = world.query(
        "anyone",
        "mutation($token: String!) { answerExternal(input: { token: $token, text: \"Już.\" }) {
            externalAssignment { token report { description } }
            report { description publicDescription contact { name } answers { values }
                feedback { text } photos { url hidden } assignments { reason internalAnswer }
                timeline { text note actor } personalData { text } } errors { code } } }",
    );
    let variables = serde_json::json!({ "token": world.name("BODY") });
    let answer = world.client("anyone").ask_with(&query, variables).await;
    assert_eq!(answer.refusals("answerExternal"), Vec::<String>::new());
    for (mark, readers) in world.marks() {
        assert!(readers.contains(&"anyone") || !answer.text.contains(&mark), "{mark}");
    }
}
