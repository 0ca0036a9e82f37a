//! The documented shapes of GeoReport as tables, and what holds a document in both formats against
//! them: every field that there must be, none that is not documented, the same in both.

use chrono::DateTime;
use quick_xml::{Reader, escape::unescape, events::Event};
use serde_json::Value;

/// The name of a document in XML, and what it is.
pub type Shape = (&'static str, Kind);

/// What a part of a document must be.
#[derive(Clone, Copy)]
pub enum Kind {
    Text,
    Flag,
    Number,
    /// Date and time with a zone.
    Instant,
    OneOf(&'static [&'static str]),
    /// Entries by their name in XML.
    List(&'static str, &'static Kind),
    /// Fields: the name, whether it must not be empty, what it is.
    Fields(&'static [(&'static str, bool, Kind)]),
}

/// An element of XML.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// The only child of a name.
    pub fn child(&self, name: &str) -> &Element {
        let found: Vec<_> = self.children.iter().filter(|child| child.name == name).collect();
        assert_eq!(found.len(), 1, "{name} in {self:#?}");
        found[0]
    }
}

/// The root of an XML document.
pub fn element(text: &str) -> Element {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    let named = |name: &str| Element { name: name.to_owned(), ..Element::default() };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(named(start.name().as_ref())),
            Event::Empty(start) => {
                open.last_mut().unwrap().children.push(named(start.name().as_ref()));
            }
            Event::Text(text) => {
                open.last_mut().unwrap().text += &text;
            }
            Event::GeneralRef(name) => {
                let entity = format!("&{};", &*name);
                open.last_mut().unwrap().text += &unescape(&entity).unwrap();
            }
            Event::End(_) => {
                let closed = open.pop().unwrap();
                open.last_mut().unwrap().children.push(closed);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "not all is closed: {text}");
    let mut whole = open.pop().unwrap();
    assert_eq!(whole.children.len(), 1, "not one root: {text}");
    whole.children.pop().unwrap()
}

/// Fails unless both formats are of the kind and say the same.
pub fn check(path: &str, kind: Kind, xml: &Element, json: &Value) {
    match kind {
        Kind::Fields(fields) => {
            let known: Vec<&str> = fields.iter().map(|(name, ..)| *name).collect();
            let in_xml: Vec<&str> = xml.children.iter().map(|child| &*child.name).collect();
            let in_json: Vec<&String> = json.as_object().unwrap().keys().collect();
            assert_eq!(in_xml, known, "{path}");
            assert_eq!(in_json.len(), known.len(), "{path}: {in_json:?}");
            for (name, filled, kind) in fields {
                let (xml, json) = (xml.child(name), &json[*name]);
                let path = format!("{path}/{name}");
                let empty = json.is_null() || json.as_array().is_some_and(Vec::is_empty);
                assert!(!(empty && *filled), "{path} is empty");
                if json.is_null() {
                    assert!(xml.text.is_empty() && xml.children.is_empty(), "{path}");
                } else {
                    check(&path, *kind, xml, json);
                }
            }
        }
        Kind::List(entry, kind) => {
            let entries = json.as_array().unwrap_or_else(|| panic!("{path} is no list: {json}"));
            assert_eq!(xml.children.len(), entries.len(), "{path}");
            for (xml, json) in xml.children.iter().zip(entries) {
                assert_eq!(xml.name, entry, "{path}");
                check(&format!("{path}/{entry}"), *kind, xml, json);
            }
        }
        _ => {
            let written = match json {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            assert_eq!(xml.text, written, "{path}");
            assert!(is(kind, json), "{path}: {json}");
        }
    }
}

fn is(kind: Kind, json: &Value) -> bool {
    let text = json.as_str();
    match kind {
        Kind::Flag => json.is_boolean(),
        Kind::Number => json.is_number(),
        Kind::Instant => text.is_some_and(|text| DateTime::parse_from_rfc3339(text).is_ok()),
        Kind::OneOf(known) => text.is_some_and(|text| known.contains(&text)),
        _ => text.is_some_and(|text| !text.is_empty()),
    }
}
