//! One tree for both formats: XML as GeoReport has it, JSON after the Spark convention, where a list
//! is an array without the name of its entries.

use std::io;

use chrono::{DateTime, SecondsFormat, Utc};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};
use serde::{Serialize, Serializer, ser::SerializeMap};

/// A format, as the end of the address names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `.xml`
    Xml,
    /// `.json`
    Json,
}

impl Format {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Xml, Self::Json];

    /// The end of the address, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Xml => "xml",
            Self::Json => "json",
        }
    }

    /// The type of the content, without the charset.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Xml => "text/xml",
            Self::Json => "application/json",
        }
    }

    /// A document in this format. JSON has no name for the whole.
    pub fn write(self, name: &str, node: &Node) -> io::Result<Vec<u8>> {
        match self {
            Self::Json => Ok(serde_json::to_vec(node)?),
            Self::Xml => {
                let mut writer = Writer::new(Vec::new());
                let declaration = BytesDecl::new("1.0", Some("utf-8"), None);
                writer.write_event(Event::Decl(declaration))?;
                element(&mut writer, name, node)?;
                Ok(writer.into_inner())
            }
        }
    }
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Nothing is known.
    Empty,
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// Entries, and the name of each in XML.
    List(&'static str, Vec<Node>),
    /// Fields in their order.
    Fields(Vec<(&'static str, Node)>),
}

fn element(writer: &mut Writer<Vec<u8>>, name: &str, node: &Node) -> io::Result<()> {
    if *node == Node::Empty {
        return writer.write_event(Event::Empty(BytesStart::new(name)));
    }
    writer.write_event(Event::Start(BytesStart::new(name)))?;
    match node {
        Node::Empty => {}
        Node::Text(text) => writer.write_event(Event::Text(BytesText::new(&allowed(text))))?,
        Node::Whole(number) => plain(writer, &number.to_string())?,
        Node::Number(number) => plain(writer, &number.to_string())?,
        Node::Flag(flag) => plain(writer, &flag.to_string())?,
        Node::List(entry, nodes) => {
            for node in nodes {
                element(writer, entry, node)?;
            }
        }
        Node::Fields(fields) => {
            for (name, node) in fields {
                element(writer, name, node)?;
            }
        }
    }
    writer.write_event(Event::End(BytesEnd::new(name)))
}

fn plain(writer: &mut Writer<Vec<u8>>, text: &str) -> io::Result<()> {
    writer.write_event(Event::Text(BytesText::new(text)))
}

/// XML has no way to write most control characters, and reads a bare carriage return as a line feed.
fn allowed(text: &str) -> String {
    let is_allowed = |c: char| {
        matches!(c, '\t' | '\n' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}')
            || c >= '\u{10000}'
    };
    text.replace(|c| !is_allowed(c), "\u{fffd}")
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::List(_, nodes) => serializer.collect_seq(nodes),
            Self::Fields(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, node) in fields {
                    map.serialize_entry(name, node)?;
                }
                map.end()
            }
        }
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Node {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<f64> for Node {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Node {
    fn from(number: i32) -> Self {
        Self::Whole(number.into())
    }
}

impl From<DateTime<Utc>> for Node {
    fn from(instant: DateTime<Utc>) -> Self {
        Self::Text(instant.to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

impl<T: Into<Node>> From<Option<T>> for Node {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: Format, node: &Node) -> String {
        String::from_utf8(format.write("all", node).unwrap()).unwrap()
    }

    #[test]
    fn a_tree_is_written_in_both_formats() {
        let entry = Node::Fields(vec![
            ("text", "a < b & \"c\"\nd\u{1}\r".into()),
            ("number", 50.5.into()),
            ("whole", 3.into()),
            ("flag", true.into()),
            ("none", Node::Empty),
        ]);
        let list = Node::List("one", vec![entry]);
        assert_eq!(
            written(Format::Xml, &list),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><all><one>\
             <text>a &lt; b &amp; &quot;c&quot;\nd\u{fffd}\u{fffd}</text><number>50.5</number>\
             <whole>3</whole><flag>true</flag><none/></one></all>"
        );
        assert_eq!(
            written(Format::Json, &list),
            "[{\"text\":\"a < b & \\\"c\\\"\\nd\\u0001\\r\",\"number\":50.5,\"whole\":3,\
             \"flag\":true,\"none\":null}]"
        );
    }
}
