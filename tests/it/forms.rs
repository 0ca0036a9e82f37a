//! Forms: how they are written, published, read and found, and that those that ship can be filled in.

use std::{fs, path::Path};

use kontakt::{
    content::{self, Kind},
    events::{self, Subject},
    forms::{Filled, FormContent, check},
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::harness::{
    Service, empty_service,
    forms::{call, content as made, done, draft, live},
    now, service,
};

/// The forms that ship.
const SHIPPED: [&str; 8] = [
    "skarga-lub-wniosek",
    "sprawdzenie-szyldu",
    "wniosek-o-informacje-publiczna",
    "wniosek-o-odpis-aktu",
    "zapytanie-do-urzedu",
    "zgloszenie-do-naboru",
    "zgloszenie-do-strazy-miejskiej",
    "zmiana-deklaracji-odpady",
];

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// A form that ships, and the example of answers beside the operations.
fn shipped(slug: &str) -> (FormContent, Filled) {
    let content = toml::from_str(&read(&format!("content/forms/{slug}.toml"))).unwrap();
    let answers = serde_json::from_str(&read(&format!("examples/forms/{slug}.json"))).unwrap();
    (content, Filled { version: 1, answers })
}

async fn version(service: &Service, slug: &str, fields: &str) -> Value {
    let query = format!("{{ formVersion(slug: \"{slug}\") {{ {fields} }} }}");
    service.anyone().ask(&query).await.data("/formVersion")
}

/// The kinds of events that the spine was told of forms since one.
async fn told(service: &Service, after: i64) -> Vec<events::Kind> {
    let entries = events::read_after(service.db().reader(), after, 1_000).await.unwrap();
    let ours = entries.iter().filter(|entry| entry.subject() == Some(Subject::Form));
    ours.filter_map(|entry| entry.kind()).collect()
}

#[test]
fn every_form_that_ships_takes_the_example_of_its_answers() {
    let today = kontakt::clock::local_day(now());
    for slug in SHIPPED {
        let (content, filled) = shipped(slug);
        let accepted =
            check(&content, 1, &filled, today).unwrap_or_else(|p| panic!("{slug}: {p:?}"));
        assert_eq!(accepted.answers, filled.answers, "{slug}");
    }
}

#[test]
fn what_is_worked_out_of_the_examples_is_right() {
    let today = kontakt::clock::local_day(now());
    for (slug, code, value) in [
        ("zgloszenie-do-naboru", "years", json!(7)),
        ("zmiana-deklaracji-odpady", "people", json!(4)),
        ("skarga-lub-wniosek", "delay-days", json!(62)),
        (
            "zmiana-deklaracji-odpady",
            "letters-to",
            json!({ "street": "Sosnowa", "building": "12", "postalCode": "30-224", "city": "Kraków" }),
        ),
    ] {
        let (content, filled) = shipped(slug);
        let accepted = check(&content, 1, &filled, today).unwrap();
        assert_eq!(accepted.computed[code], value, "{slug}");
    }
}

#[tokio::test]
async fn the_schema_of_every_form_that_ships_takes_its_example_and_nothing_beside_it() {
    let service = service().await;
    let query = "{ forms(first: 100) { nodes { slug } } }";
    let forms = service.anyone().ask(query).await.data("/forms/nodes");
    assert_eq!(forms, json!(SHIPPED.map(|slug| json!({ "slug": slug }))));
    for slug in SHIPPED {
        let seen = version(&service, slug, "number jsonSchema uiSchema").await;
        assert_eq!(seen["number"], 1);
        let validator = jsonschema::validator_for(&seen["jsonSchema"]).unwrap();
        let answers: Value =
            serde_json::from_str(&read(&format!("examples/forms/{slug}.json"))).unwrap();
        assert!(validator.is_valid(&answers), "{slug}");
        let mut stranger = answers.clone();
        stranger["stranger"] = json!(1);
        assert!(!validator.is_valid(&stranger), "{slug}");
        assert_eq!(seen["uiSchema"]["type"], "Categorization");
    }
}

#[tokio::test]
async fn a_form_is_read_in_the_language_of_its_reader() {
    let service = service().await;
    let query = "{ form(slug: \"wniosek-o-informacje-publiczna\") { title series signature
        unit { code } cards { slug } current { retentionLabel clause { version }
        steps { code title fields { code label kind required showIf { field is }
        choices { key name } } } } } }";
    let english = service.anyone().header("accept-language", "en");
    let form = english.ask(query).await.data("/form");
    assert_eq!(form["title"], "Request for public information");
    assert_eq!((&form["series"], &form["signature"]), (&json!("WIP"), &json!(false)));
    assert_eq!(form["cards"], json!([{ "slug": "informacja-publiczna" }]));
    assert_eq!(form["current"]["retentionLabel"], "five years");
    let step = &form["current"]["steps"][2];
    assert_eq!(step["title"], "Where to answer");
    let email = &step["fields"][1];
    assert_eq!(email["showIf"], json!({ "field": "delivery", "is": "email" }));
    assert_eq!(step["fields"][0]["choices"][1], json!({ "key": "post", "name": "letter" }));
    let ukrainian = service.anyone().header("accept-language", "uk");
    let title = ukrainian.ask(query).await.data("/form/title");
    assert_eq!(title, "Запит про публічну інформацію");
}

#[tokio::test]
async fn a_form_is_written_by_one_and_published_by_another() {
    let service = service().await;
    let head = events::head(service.db().reader()).await.unwrap();
    let (editor, publisher) = (service.staff("publisher:ewa"), service.staff("publisher:jan"));
    let input = json!({ "slug": "proba", "content": made("Pierwszy") });
    let form = done(&editor, "saveFormDraft", input).await;
    assert_eq!((&form["version"], &form["state"]), (&json!(1), &json!("DRAFT")));
    assert_eq!(form["draft"], json!({ "number": 1, "author": "dev:publisher:ewa", "gaps": [] }));
    let publish = json!({ "slug": "proba", "expectedVersion": 1 });
    let own = call(&editor, "publishForm", publish.clone()).await;
    assert_eq!(own.refusals("publishForm"), ["NOT_ALLOWED slug"]);
    let form = done(&publisher, "publishForm", publish).await;
    assert_eq!((&form["state"], &form["draft"]), (&json!("PUBLISHED"), &json!(null)));
    // A draft stands beside the live version, which everybody goes on reading.
    let input = json!({ "slug": "proba", "expectedVersion": 2, "content": made("Drugi") });
    let form = done(&editor, "saveFormDraft", input).await;
    assert_eq!((&form["title"], &form["draft"]["number"]), (&json!("Pierwszy"), &json!(2)));
    assert_eq!(version(&service, "proba", "number title").await["title"], "Pierwszy");
    done(&publisher, "publishForm", json!({ "slug": "proba", "expectedVersion": 3 })).await;
    assert_eq!(version(&service, "proba", "title").await["title"], "Drugi");
    // What was filled in stays readable as it was seen.
    let query = "{ formVersion(slug: \"proba\", number: 1) { title state } }";
    let first = service.anyone().ask(query).await.data("/formVersion");
    assert_eq!(first, json!({ "title": "Pierwszy", "state": "SUPERSEDED" }));
    done(&publisher, "withdrawForm", json!({ "slug": "proba", "expectedVersion": 4 })).await;
    let query = "{ form(slug: \"proba\") { title } formVersion(slug: \"proba\") { title } }";
    let gone = json!({ "form": null, "formVersion": null });
    assert_eq!(service.anyone().ask(query).await.data(""), gone);
    let kinds = told(&service, head).await;
    use events::Kind::{Drafted, Published, Withdrawn};
    assert_eq!(kinds, [Drafted, Published, Drafted, Published, Withdrawn]);
}

#[tokio::test]
async fn a_mistake_of_a_definition_is_told_at_its_path_and_nothing_is_kept() {
    let service = service().await;
    let editor = service.staff("editor");
    let mut content = made("Próba");
    content["steps"][0]["fields"][1]["showIf"] = json!({ "field": "nothing", "is": "x" });
    content["steps"][0]["fields"][0]["choices"] = json!([]);
    let input = json!({ "slug": "Proba", "content": content });
    let refused = call(&editor, "saveFormDraft", input).await;
    assert_eq!(
        refused.refusals("saveFormDraft"),
        [
            "INVALID slug",
            "REQUIRED content.steps.0.fields.0.choices",
            "UNKNOWN content.steps.0.fields.1.showIf"
        ]
    );
    let query = "{ forms(filter: { drafts: true }) { nodes { slug } } }";
    assert_eq!(editor.ask(query).await.data("/forms/nodes"), json!([]));
}

#[tokio::test]
async fn what_changed_meanwhile_or_is_not_translated_is_refused() {
    let service = service().await;
    let (editor, publisher) = (service.staff("editor"), service.staff("publisher:jan"));
    let mut content = made("Próba");
    content["steps"][0]["fields"][1]["label"] = json!({ "pl": "Co?" });
    done(&editor, "saveFormDraft", json!({ "slug": "proba", "content": content })).await;
    let publish = json!({ "slug": "proba", "expectedVersion": 1 });
    let refused = call(&publisher, "publishForm", publish).await;
    assert_eq!(
        refused.refusals("publishForm"),
        ["REQUIRED steps.0.fields.1.label.en", "REQUIRED steps.0.fields.1.label.uk"]
    );
    let input = json!({ "slug": "proba", "expectedVersion": 7, "content": made("Próba") });
    let stale = call(&editor, "saveFormDraft", input).await;
    assert_eq!(stale.refusals("saveFormDraft"), ["CONFLICT expectedVersion"]);
    let again = json!({ "slug": "proba", "content": made("Próba") });
    let unread = call(&editor, "saveFormDraft", again).await;
    assert_eq!(unread.refusals("saveFormDraft"), ["REQUIRED expectedVersion"]);
    let withdraw = json!({ "slug": "proba", "expectedVersion": 1 });
    let nothing = call(&publisher, "withdrawForm", withdraw).await;
    assert_eq!(nothing.refusals("withdrawForm"), ["CONFLICT slug"]);
}

#[tokio::test]
async fn a_draft_is_seen_by_those_who_work_on_it_alone() {
    let service = service().await;
    draft(&service, "proba").await;
    let query =
        "{ form(slug: \"proba\") { title } formVersion(slug: \"proba\", number: 1) { title }
        forms(filter: { drafts: true }) { nodes { slug } } }";
    let nothing = json!({ "form": null, "formVersion": null, "forms": { "nodes": [] } });
    for role in ["resident:anna", "consultant", "coordinator:ZZM", "analyst"] {
        assert_eq!(service.staff(role).ask(query).await.data(""), nothing, "{role}");
    }
    for role in ["coordinator:SA", "editor", "publisher"] {
        let seen = service.staff(role).ask(query).await.data("/forms/nodes");
        assert_eq!(seen, json!([{ "slug": "proba" }]), "{role}");
    }
}

#[tokio::test]
async fn a_slug_of_a_draft_that_one_may_not_see_is_taken() {
    let service = service().await;
    draft(&service, "proba").await;
    let mut content = made("Próba");
    content["unit"] = json!("ZZM");
    let input = json!({ "slug": "proba", "content": content });
    let refused = call(&service.staff("coordinator:ZZM"), "saveFormDraft", input).await;
    assert_eq!(refused.refusals("saveFormDraft"), ["TAKEN slug"]);
}

#[tokio::test]
async fn what_was_published_once_is_never_changed_nor_deleted() {
    let service = service().await;
    live(&service, "proba").await;
    for sql in [
        "UPDATE form_versions SET content = '{}' WHERE number = 1",
        "UPDATE form_versions SET number = 9 WHERE number = 1",
        "DELETE FROM form_versions WHERE state = 'PUBLISHED'",
    ] {
        let outcome = service.db().write(async |tx| Ok(tx.execute_unprepared(sql).await?)).await;
        assert!(outcome.is_err(), "{sql}");
    }
    assert_eq!(version(&service, "proba", "title").await["title"], "Nowy formularz");
}

#[tokio::test]
async fn a_form_is_found_by_the_search_and_stands_beside_its_card() {
    let service = service().await;
    live(&service, "proba").await;
    service.settle().await;
    let query = "{ search(query: \"nowy formularz\", filter: { kinds: [FORM] }, first: 1) { nodes {
        externalId kind title subject { __typename ... on Form { slug } }
        passage { section sectionLabel } } } }";
    let found = service.anyone().ask(query).await.data("/search/nodes/0");
    let expected = json!({ "externalId": "proba", "kind": "FORM", "title": "Nowy formularz",
        "subject": { "__typename": "Form", "slug": "proba" },
        "passage": { "section": "SUMMARY", "sectionLabel": "Opis" } });
    assert_eq!(found, expected);
    let query = "{ serviceCard(slug: \"mobywatel\") { onlineForms { slug } } }";
    let beside = service.anyone().ask(query).await.data("/serviceCard/onlineForms");
    assert_eq!(beside, json!([{ "slug": "proba" }]));
    let withdraw = json!({ "slug": "proba", "expectedVersion": 2 });
    done(&service.staff("publisher:jan"), "withdrawForm", withdraw).await;
    service.settle().await;
    let query =
        "{ search(query: \"nowy formularz\", filter: { kinds: [FORM] }) { nodes { externalId } } }";
    let left = service.anyone().ask(query).await.data("/search/nodes");
    assert!(!left.to_string().contains("\"proba\""), "{left}");
}

#[tokio::test]
async fn forms_survive_export_and_import_and_an_operators_file_stands_over_what_is_there() {
    let service = service().await;
    let folder = service.data.path().join("export");
    content::export(service.db(), &folder).await.unwrap();
    let other = empty_service().await;
    content::import(other.db(), Kind::Units, &[folder.join("units.toml")]).await.unwrap();
    let tally = content::import(other.db(), Kind::Forms, &[folder.join("forms")]).await.unwrap();
    assert_eq!(tally.values().sum::<usize>(), SHIPPED.len());
    for slug in SHIPPED {
        let fields = "contentInAllLanguages { title { uk } steps { code fields { code showIf
            { field is in } choices { key } computed { sum copy daysBetween } } } }";
        let query = format!("{{ formVersion(slug: \"{slug}\") {{ {fields} }} }}");
        let seen = async |service: &Service| service.staff("editor").ask(&query).await.data("");
        assert_eq!(seen(&service).await, seen(&other).await, "{slug}");
    }
    let file = folder.join("forms/skarga-lub-wniosek.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("\"Skarga lub wniosek\"", "\"Skarga\"")).unwrap();
    content::import(other.db(), Kind::Forms, std::slice::from_ref(&file)).await.unwrap();
    let seen = version(&other, "skarga-lub-wniosek", "number title").await;
    assert_eq!(seen, json!({ "number": 2, "title": "Skarga" }));
}

#[tokio::test]
async fn a_broken_form_is_refused_with_file_and_line() {
    let service = service().await;
    let file = service.data.path().join("proba.toml");
    let text = read("content/forms/zapytanie-do-urzedu.toml");
    let line = 1 + text.lines().position(|line| line.starts_with("show_if")).unwrap();
    fs::write(&file, text.replace("{ not = { field = \"kind\"", "{ not = { field = \"kid\""))
        .unwrap();
    let fault = content::import(service.db(), Kind::Forms, std::slice::from_ref(&file)).await;
    let told = fault.unwrap_err().to_string();
    let place = format!("{}:{line}: steps.0.fields.1.show_if: There is no field", file.display());
    assert!(told.starts_with(&place), "{told}");
}
