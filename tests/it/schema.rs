//! The contract: `schema.graphql`.

use std::{fs, path::Path};

use crate::harness::service;

#[test]
fn the_committed_schema_is_the_one_of_the_service() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql");
    let committed = fs::read_to_string(file).unwrap_or_default();
    assert!(
        committed == kontakt::graphql::sdl(),
        "schema.graphql is not the schema: look at the change with `cargo run schema | diff \
         schema.graphql -` and keep it with `cargo run schema > schema.graphql`"
    );
}

#[tokio::test]
async fn the_schema_is_served_as_it_is_committed() {
    let service = service().await;
    let answer = service.anyone().send("GET", "/schema.graphql", "").await;
    assert_eq!(answer.text, kontakt::graphql::sdl());
}

/// Walks the schema by introspection and lists everything without a description.
#[tokio::test]
async fn every_type_field_argument_and_value_is_described() {
    let service = service().await;
    let query = "{ __schema { types { name description
        fields(includeDeprecated: true) { name description args { name description } }
        inputFields { name description }
        enumValues(includeDeprecated: true) { name description } } } }";
    let types = service.anyone().ask(query).await.data("/__schema/types");
    let mut bare = Vec::new();
    let empty = |value: &serde_json::Value| value["description"].as_str().unwrap_or("").is_empty();
    let list =
        |value: &serde_json::Value, part: &str| value[part].as_array().cloned().unwrap_or_default();
    for kind in types.as_array().unwrap() {
        let name = kind["name"].as_str().unwrap();
        // Introspection types are described by the specification.
        if name.starts_with("__") {
            continue;
        }
        // `ID` is described by the specification, too.
        if empty(kind) && name != "ID" {
            bare.push(name.to_owned());
        }
        for part in ["fields", "inputFields", "enumValues"] {
            for member in list(kind, part) {
                let path = format!("{name}.{}", member["name"].as_str().unwrap());
                if empty(&member) {
                    bare.push(path.clone());
                }
                for argument in list(&member, "args") {
                    if empty(&argument) {
                        bare.push(format!("{path}({})", argument["name"].as_str().unwrap()));
                    }
                }
            }
        }
    }
    assert_eq!(bare, Vec::<String>::new());
}
