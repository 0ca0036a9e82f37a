//! A card from the first draft to the day it goes live, and down again.

use chrono::Duration;
use kontakt::jobs;
use serde_json::{Value, json};

use crate::harness::{
    Service,
    cards::{approved, call, content, draft, step},
    service,
};

async fn title_for_anyone(service: &Service, slug: &str) -> Value {
    let query = format!("{{ serviceCard(slug: \"{slug}\") {{ title }} }}");
    service.anyone().ask(&query).await.data("/serviceCard")
}

#[tokio::test]
async fn a_card_goes_from_draft_to_live_by_four_eyes_and_is_found_at_once() {
    let service = service().await;
    let (id, version) = approved(&service, "karta-testowa").await;
    assert_eq!(title_for_anyone(&service, "karta-testowa").await, json!(null));
    step(&service.staff("publisher"), "publishServiceCard", &id, version).await;
    let title = json!({ "title": "Nowa karta testowa" });
    assert_eq!(title_for_anyone(&service, "karta-testowa").await, title);
    service.settle().await;
    let query = "{ search(query: \"nowa karta testowa\", first: 1) { nodes { externalId } } }";
    let first = service.anyone().ask(query).await.data("/search/nodes/0/externalId");
    assert_eq!(first, "karta-testowa");
}

#[tokio::test]
async fn nobody_approves_what_they_wrote() {
    let service = service().await;
    let publisher = service.staff("publisher:anna");
    let input = json!({ "slug": "wlasna", "content": content("Własna") });
    let created = call(&publisher, "createServiceCard", input).await;
    let id = created.data("/createServiceCard/serviceCard/id");
    let version = step(&publisher, "submitServiceCard", &id, 1).await;
    let input = json!({ "id": id, "expectedVersion": version });
    let answer = call(&publisher, "approveServiceCard", input).await;
    assert_eq!(answer.refusals("approveServiceCard"), ["NOT_ALLOWED id"]);
    step(&service.staff("publisher:jan"), "approveServiceCard", &id, version).await;
}

#[tokio::test]
async fn an_edit_of_a_live_card_waits_beside_it_until_it_is_published() {
    let service = service().await;
    let slug = "wydanie-dowodu-osobistego";
    let before = title_for_anyone(&service, slug).await;
    let editor = service.staff("editor");
    let query = format!("{{ serviceCard(slug: \"{slug}\") {{ id version }} }}");
    let card = editor.ask(&query).await.data("/serviceCard");
    let input = json!({ "id": card["id"], "expectedVersion": card["version"],
        "content": content("Dowód po zmianach") });
    let answer = call(&editor, "editServiceCard", input).await;
    assert_eq!(answer.data("/editServiceCard/serviceCard/draft/state"), "DRAFT");
    assert_eq!(title_for_anyone(&service, slug).await, before);
    let version = answer.data("/editServiceCard/serviceCard/version").as_i64().unwrap();
    let id = &card["id"];
    let version = step(&editor, "submitServiceCard", id, version).await;
    let publisher = service.staff("publisher");
    let version = step(&publisher, "approveServiceCard", id, version).await;
    step(&publisher, "publishServiceCard", id, version).await;
    assert_eq!(title_for_anyone(&service, slug).await["title"], "Dowód po zmianach");
    let states =
        format!("{{ serviceCard(slug: \"{slug}\") {{ versions {{ number state author }} }} }}");
    let versions = editor.ask(&states).await.data("/serviceCard/versions");
    assert_eq!(
        versions,
        json!([
            { "number": 2, "state": "PUBLISHED", "author": "dev:editor" },
            { "number": 1, "state": "SUPERSEDED", "author": "builtin" }
        ])
    );
}

#[tokio::test]
async fn a_stale_version_is_a_conflict_and_changes_nothing() {
    let service = service().await;
    let id = draft(&service, "nieaktualna").await;
    let editor = service.staff("editor");
    let input = json!({ "id": id, "expectedVersion": 7, "content": content("Inna") });
    let answer = call(&editor, "editServiceCard", input).await;
    assert_eq!(answer.refusals("editServiceCard"), ["CONFLICT expectedVersion"]);
    let query = "{ serviceCard(slug: \"nieaktualna\") { title version } }";
    let card = editor.ask(query).await.data("/serviceCard");
    assert_eq!(card, json!({ "title": "Nowa karta testowa", "version": 1 }));
}

#[tokio::test]
async fn of_two_editors_at_once_one_wins_and_the_other_is_told() {
    let service = service().await;
    let id = draft(&service, "wyscig").await;
    let edit = |title: &'static str| {
        let (client, id) = (service.staff("editor"), id.clone());
        async move {
            let input = json!({ "id": id, "expectedVersion": 1, "content": content(title) });
            call(&client, "editServiceCard", input).await.refusals("editServiceCard")
        }
    };
    let (a, b) = tokio::join!(edit("A"), edit("B"));
    let mut outcomes = [a, b];
    outcomes.sort();
    assert_eq!(outcomes, [vec![], vec!["CONFLICT expectedVersion".to_owned()]]);
}

#[tokio::test]
async fn a_scheduled_card_goes_live_on_its_day_by_itself() {
    let service = service().await;
    let (id, version) = approved(&service, "na-jutro").await;
    let input = json!({ "id": id, "expectedVersion": version, "validFrom": "2026-11-21" });
    let answer = call(&service.staff("publisher"), "publishServiceCard", input).await;
    assert_eq!(answer.data("/publishServiceCard/serviceCard/draft/state"), "APPROVED");
    jobs::sweep(&service.app).await.unwrap();
    assert_eq!(title_for_anyone(&service, "na-jutro").await, json!(null));
    // Five to midnight in Krakow, then five past.
    service.clock.advance(Duration::hours(13) + Duration::minutes(55));
    jobs::sweep(&service.app).await.unwrap();
    assert_eq!(title_for_anyone(&service, "na-jutro").await, json!(null));
    service.clock.advance(Duration::minutes(10));
    jobs::sweep(&service.app).await.unwrap();
    assert_eq!(title_for_anyone(&service, "na-jutro").await["title"], "Nowa karta testowa");
}

#[tokio::test]
async fn a_card_that_lacks_parts_cannot_be_published() {
    let service = service().await;
    let editor = service.staff("editor");
    let input = json!({ "slug": "pusta", "content": { "title": "Pusta", "unit": "SA" } });
    let id =
        call(&editor, "createServiceCard", input).await.data("/createServiceCard/serviceCard/id");
    let version = step(&editor, "submitServiceCard", &id, 1).await;
    let publisher = service.staff("publisher");
    let version = step(&publisher, "approveServiceCard", &id, version).await;
    let input = json!({ "id": id, "expectedVersion": version });
    let answer = call(&publisher, "publishServiceCard", input).await;
    assert_eq!(
        answer.refusals("publishServiceCard"),
        [
            "REQUIRED summary",
            "REQUIRED channels",
            "REQUIRED deadline",
            "REQUIRED fees",
            "REQUIRED appeal",
            "REQUIRED legalBasis",
            "REQUIRED reviewDue"
        ]
    );
}

#[tokio::test]
async fn a_withdrawn_card_is_gone_for_readers_and_for_search() {
    let service = service().await;
    let slug = "mobywatel";
    let query = format!("{{ serviceCard(slug: \"{slug}\") {{ id version }} }}");
    let card = service.anyone().ask(&query).await.data("/serviceCard");
    let version = card["version"].as_i64().unwrap();
    step(&service.staff("publisher"), "withdrawServiceCard", &card["id"], version).await;
    assert_eq!(title_for_anyone(&service, slug).await, json!(null));
    service.settle().await;
    let query = "{ search(query: \"mobywatel\", first: 100) { nodes { externalId } } }";
    let nodes = service.anyone().ask(query).await.data("/search/nodes");
    assert!(nodes.as_array().unwrap().iter().all(|node| node["externalId"] != slug));
}

#[tokio::test]
async fn bad_content_is_refused_field_by_field_and_nothing_is_written() {
    let service = service().await;
    let mut bad = content("");
    bad["unit"] = json!("XX");
    bad["lifeEvents"] = json!(["wedding"]);
    bad["deadline"] = json!({ "iso": "30 dni", "text": "30 dni" });
    bad["fees"] = json!([{ "label": "a", "validFrom": "2026-02-01", "validTo": "2026-01-01" }]);
    bad["sources"] = json!([{ "url": "javascript:alert(1)", "checkedOn": "2026-11-20" }]);
    let input = json!({ "slug": "Zła karta", "content": bad });
    let answer = call(&service.staff("publisher"), "createServiceCard", input).await;
    assert_eq!(
        answer.refusals("createServiceCard"),
        [
            "INVALID slug",
            "REQUIRED content.title",
            "INVALID content.sources.0.url",
            "UNKNOWN content.unit",
            "UNKNOWN content.lifeEvents",
            "INVALID content.deadline.iso",
            "INVALID content.fees",
            "INVALID content.fees.0.validTo",
        ]
    );
    let taken = json!({ "slug": "mobywatel", "content": content("Druga") });
    let answer = call(&service.staff("editor"), "createServiceCard", taken).await;
    assert_eq!(answer.refusals("createServiceCard"), ["TAKEN slug"]);
}

#[tokio::test]
async fn a_coordinator_writes_for_the_own_unit_only() {
    let service = service().await;
    let input = json!({ "slug": "cudza", "content": content("Cudza") });
    let answer = call(&service.staff("coordinator:ZZM"), "createServiceCard", input).await;
    assert_eq!(answer.error_code(), "FORBIDDEN");
    let mut own = content("Własna");
    own["unit"] = json!("ZZM");
    let input = json!({ "slug": "wlasna", "content": own });
    let answer = call(&service.staff("coordinator:ZZM"), "createServiceCard", input).await;
    assert_eq!(answer.refusals("createServiceCard"), Vec::<String>::new());
}

#[tokio::test]
async fn drafts_are_unknown_to_those_who_may_not_read_them() {
    let service = service().await;
    let id = draft(&service, "tajna").await;
    let by_slug = "{ serviceCard(slug: \"tajna\") { title } }";
    let listed = "{ serviceCards(filter: { state: DRAFT }, first: 100) { nodes { slug } } }";
    let by_id = format!("{{ node(id: {id}) {{ id }} }}");
    for role in ["consultant", "officer:SA", "coordinator:ZZM", "analyst", "admin", "dpo"] {
        let client = service.staff(role);
        assert_eq!(client.ask(by_slug).await.data("/serviceCard"), json!(null), "{role}");
        assert_eq!(client.ask(&by_id).await.data("/node"), json!(null), "{role}");
        assert_eq!(client.ask(listed).await.data("/serviceCards/nodes"), json!([]), "{role}");
        let submit = json!({ "id": id, "expectedVersion": 1 });
        let answer = call(&client, "submitServiceCard", submit).await;
        assert_eq!(answer.error_code(), "NOT_FOUND", "{role}");
    }
    let editor = service.staff("editor").ask(listed).await;
    assert_eq!(editor.data("/serviceCards/nodes"), json!([{ "slug": "tajna" }]));
}

#[tokio::test]
async fn fees_are_those_of_the_day_that_is_asked_for() {
    let service = service().await;
    let amounts = async |day: &str| {
        let query = format!(
            "{{ serviceCard(slug: \"oplata-dodatkowa-za-parkowanie\") {{ fees(on: \"{day}\") {{ amount currency }} }} }}"
        );
        let fees = service.anyone().ask(&query).await.data("/serviceCard/fees");
        let amount = |fee: &Value| fee["amount"].as_str().unwrap_or("-").to_owned();
        fees.as_array().unwrap().iter().map(amount).collect::<Vec<_>>()
    };
    let (before, after) = (amounts("2026-01-30").await, amounts("2026-01-31").await);
    assert!(before.contains(&"250.00".to_owned()), "{before:?}");
    assert!(
        after.contains(&"400.00".to_owned()) && !after.contains(&"250.00".to_owned()),
        "{after:?}"
    );
}

#[tokio::test]
async fn a_version_in_review_is_not_edited_but_returned_first() {
    let service = service().await;
    let id = draft(&service, "w-recenzji").await;
    let editor = service.staff("editor");
    let version = step(&editor, "submitServiceCard", &id, 1).await;
    let input = json!({ "id": id, "expectedVersion": version, "content": content("Zmiana") });
    let answer = call(&editor, "editServiceCard", input.clone()).await;
    assert_eq!(answer.refusals("editServiceCard"), ["CONFLICT id"]);
    let version = step(&service.staff("publisher"), "returnServiceCard", &id, version).await;
    let input = json!({ "id": id, "expectedVersion": version, "content": content("Zmiana") });
    let answer = call(&editor, "editServiceCard", input).await;
    assert_eq!(answer.data("/editServiceCard/serviceCard/title"), "Zmiana");
}

#[tokio::test]
async fn a_name_that_the_database_cannot_hold_is_no_defect() {
    let service = service().await;
    for query in [
        "{ found: serviceCard(slug: \"a\\u0000\") { slug } }",
        "{ found: article(slug: \"a\\u0000\") { slug } }",
        "{ found: unit(code: \"a\\u0000\") { code } }",
    ] {
        let answer = service.anyone().ask(query).await;
        // SQLite holds every character, and has nothing of this name.
        match service.app.config.database_url {
            Some(_) => assert_eq!(answer.error_code(), "BAD_USER_INPUT", "{query}"),
            None => assert_eq!(answer.data("/found"), json!(null), "{query}"),
        }
    }
}

#[tokio::test]
async fn a_list_by_state_shows_each_card_as_everywhere_and_once() {
    let service = service().await;
    let slug = "bo-harmonogram";
    let editor = service.staff("editor");
    let card = format!("{{ serviceCard(slug: \"{slug}\") {{ id version title }} }}");
    let card = editor.ask(&card).await.data("/serviceCard");
    let input = json!({ "id": card["id"], "expectedVersion": card["version"],
        "content": content("Szkic") });
    call(&editor, "editServiceCard", input).await.data("/editServiceCard/serviceCard");
    let query = "{ serviceCards(filter: { state: DRAFT }) {
        nodes { id title state draft { content { title } } } } }";
    let nodes = editor.ask(query).await.data("/serviceCards/nodes");
    assert_eq!(
        nodes,
        json!([{ "id": card["id"], "title": card["title"], "state": "PUBLISHED",
            "draft": { "content": { "title": "Szkic" } } }])
    );
}

#[tokio::test]
async fn a_card_with_many_superseded_versions_is_listed_once() {
    let service = service().await;
    let (editor, publisher) = (service.staff("editor"), service.staff("publisher"));
    let (id, mut version) = approved(&service, "czesta").await;
    for title in ["Druga", "Trzecia", "Czwarta"] {
        version = step(&publisher, "publishServiceCard", &id, version).await;
        let input = json!({ "id": id, "expectedVersion": version, "content": content(title) });
        let edited = call(&editor, "editServiceCard", input).await;
        version = edited.data("/editServiceCard/serviceCard/version").as_i64().unwrap();
        version = step(&editor, "submitServiceCard", &id, version).await;
        version = step(&publisher, "approveServiceCard", &id, version).await;
    }
    let query = "{ serviceCards(filter: { state: SUPERSEDED }, first: 1) {
        nodes { slug } pageInfo { hasNextPage } } }";
    let page = editor.ask(query).await.data("/serviceCards");
    assert_eq!(
        page,
        json!({ "nodes": [{ "slug": "czesta" }], "pageInfo": { "hasNextPage": false } })
    );
}

#[tokio::test]
async fn a_withdrawn_card_does_not_come_back_by_itself() {
    let service = service().await;
    let (editor, publisher) = (service.staff("editor"), service.staff("publisher"));
    let (id, version) = approved(&service, "wraca").await;
    let version = step(&publisher, "publishServiceCard", &id, version).await;
    let input = json!({ "id": id, "expectedVersion": version, "content": content("Nowsza") });
    let edited = call(&editor, "editServiceCard", input).await;
    let version = edited.data("/editServiceCard/serviceCard/version").as_i64().unwrap();
    let version = step(&editor, "submitServiceCard", &id, version).await;
    let version = step(&publisher, "approveServiceCard", &id, version).await;
    let input = json!({ "id": id, "expectedVersion": version, "validFrom": "2026-12-01" });
    let scheduled = call(&publisher, "publishServiceCard", input).await;
    let version = scheduled.data("/publishServiceCard/serviceCard/version").as_i64().unwrap();
    step(&publisher, "withdrawServiceCard", &id, version).await;
    service.clock.advance(Duration::days(30));
    jobs::sweep(&service.app).await.unwrap();
    assert_eq!(title_for_anyone(&service, "wraca").await, json!(null));
}
