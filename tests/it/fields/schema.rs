//! The types of the API and their fields, as introspection shows them to staff.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::harness::Service;

/// Fields that must be given something, and what.
const ARGUMENTS: &[(&str, &str, &str)] = &[("Report", "contact", "(reason: CALL)")];

/// The object types but for the roots.
pub struct Schema(BTreeMap<String, Vec<Field>>);

/// A field, and the type of what it holds.
pub struct Field {
    pub name: String,
    of: String,
    kind: String,
}

impl Schema {
    pub async fn read(service: &Service) -> Self {
        let query = "{ __schema { types { name kind fields { name type {
            name kind ofType { name kind ofType { name kind ofType { name kind } } } } } } } }";
        let types = service.staff("admin").ask(query).await.data("/__schema/types");
        let roots = ["Query", "Mutation", "Subscription"];
        let name = |one: &Value| one["name"].as_str().unwrap().to_owned();
        let is_ours = |one: &&Value| {
            one["kind"] == "OBJECT"
                && !name(one).starts_with("__")
                && !roots.contains(&name(one).as_str())
        };
        let fields = |one: &Value| one["fields"].as_array().unwrap().iter().map(field).collect();
        let ours = types.as_array().unwrap().iter().filter(is_ours);
        Self(ours.map(|one| (name(one), fields(one))).collect())
    }

    /// The names of all types.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The fields of a type.
    pub fn fields(&self, of: &str) -> &[Field] {
        &self.0[of]
    }

    /// All fields of a type in the language of queries. What is looked at elsewhere is only named; what
    /// else stands in it is asked for whole, and noted.
    pub fn selection(
        &self,
        of: &str,
        elsewhere: &BTreeSet<&str>,
        seen: &mut BTreeSet<String>,
    ) -> String {
        seen.insert(of.to_owned());
        let one = |field: &Field| {
            let arguments = ARGUMENTS.iter().find(|(t, name, _)| *t == of && *name == field.name);
            let arguments = arguments.map_or("", |(.., arguments)| arguments);
            let name = format!("{}{arguments}", field.name);
            // A condition holds conditions: one of them is like the others.
            let is_whole = field.kind == "OBJECT"
                && field.of != of
                && !elsewhere.contains(field.of.as_str())
                && !field.of.ends_with("Connection");
            match field.kind.as_str() {
                "SCALAR" | "ENUM" => name,
                _ if is_whole => {
                    format!("{name} {{ {} }}", self.selection(&field.of, elsewhere, seen))
                }
                _ => format!("{name} {{ __typename }}"),
            }
        };
        self.0[of].iter().map(one).collect::<Vec<_>>().join(" ")
    }
}

/// The field of an entry of introspection, without lists and exclamation marks around its type.
fn field(entry: &Value) -> Field {
    let mut of = &entry["type"];
    while of["ofType"].is_object() {
        of = &of["ofType"];
    }
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    Field { name: text(&entry["name"]), of: text(&of["name"]), kind: text(&of["kind"]) }
}
