//! Full text over reports: what is found, by whom, and that nothing tells of the rest.

use std::fs;

use kontakt::{
    actor::Actor,
    db::Db,
    events::{Event, Kind, Subject},
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::harness::{
    Answer, Service,
    reports::{Filed, answered, call, filed, forwarded, holder, take_step, verified},
    service,
};

async fn search(service: &Service, role: &str, query: &str, filter: Value) -> Answer {
    let client = match role {
        "anyone" => service.anyone(),
        role => service.staff(role),
    };
    let operation = "query($q: String!, $filter: ReportFilter) {
        searchReports(query: $q, filter: $filter) {
            totalCount nodes { report { number } score snippet { text html } } } }";
    client.ask_with(operation, json!({ "q": query, "filter": filter })).await
}

/// The numbers of what somebody finds, of which as many are counted.
async fn found(service: &Service, role: &str, query: &str, filter: Value) -> Vec<String> {
    let answer = search(service, role, query, filter).await;
    let nodes = answer.data("/searchReports/nodes");
    let number = |node: &Value| node["report"]["number"].as_str().unwrap().to_owned();
    let numbers: Vec<String> = nodes.as_array().unwrap().iter().map(number).collect();
    assert_eq!(answer.data("/searchReports/totalCount"), numbers.len(), "{query}");
    numbers
}

fn described(description: &str) -> Value {
    json!({ "description": description })
}

/// A verified pothole in the street of the Carmelites, and a verified lamp.
async fn pothole_and_lamp(service: &Service) -> (Filed, Filed) {
    let pothole = json!({
        "category": "roads", "description": "Wielka wyrwa w jezdni, auta ją omijają.",
        "location": { "latitude": 50.0647, "longitude": 19.9300, "address": "Karmelicka 12" },
    });
    let (pothole, lamp) = (verified(service, pothole).await, verified(service, json!({})).await);
    service.settle().await;
    (pothole, lamp)
}

#[tokio::test]
async fn what_is_quoted_has_to_stand_there() {
    let service = service().await;
    let (pothole, _) = pothole_and_lamp(&service).await;
    for (query, wanted) in [
        ("\"wyrwa w jezdni\"", true),
        ("„WIELKA WYRWA” auta", true),
        ("\"jezdni wyrwa\"", false),
        ("\"wyrwa jezdni\"", false),
        ("wyrwa \"auta omijają\"", false),
        // One text ends where the next begins.
        ("\"omijają Karmelicka\"", false),
    ] {
        let wanted: &[&str] = if wanted { &[&*pothole.number] } else { &[] };
        assert_eq!(found(&service, "anyone", query, json!({})).await, wanted, "{query}");
    }
}

#[tokio::test]
async fn words_are_found_inflected_misspelt_and_without_diacritics() {
    let service = service().await;
    let (pothole, lamp) = pothole_and_lamp(&service).await;
    for query in [
        "wyrwa",
        "wyrwy w jezdniach",
        "duze wyrwy jezdnia",
        "wyrwa na Karmelickiej",
        "wyrwaa jezdni",
    ] {
        assert_eq!(
            found(&service, "anyone", query, json!({})).await,
            [&*pothole.number],
            "{query}"
        );
    }
    for query in ["latarnie", "swiecaca latarnia przejscie", "przejściem dla pieszych"] {
        assert_eq!(found(&service, "anyone", query, json!({})).await, [&*lamp.number], "{query}");
    }
    assert_eq!(found(&service, "anyone", "krokodyl", json!({})).await, [""; 0]);
    // One word of two is not enough, two of three are.
    assert_eq!(found(&service, "anyone", "wyrwa krokodyl", json!({})).await, [""; 0]);
    let two_of_three = found(&service, "anyone", "wyrwa jezdnia krokodyl", json!({})).await;
    assert_eq!(two_of_three, [&*pothole.number]);
}

#[tokio::test]
async fn what_a_category_is_called_finds_its_reports() {
    let service = service().await;
    let (pothole, lamp) = pothole_and_lamp(&service).await;
    assert_eq!(found(&service, "anyone", "awaria oświetlenia", json!({})).await, [&*lamp.number]);
    assert_eq!(
        found(&service, "anyone", "street lighting fault", json!({})).await,
        [&*lamp.number]
    );
    let mixed = found(&service, "anyone", "dziura w jezdni Karmelicka", json!({})).await;
    assert_eq!(mixed, [&*pothole.number]);
}

#[tokio::test]
async fn a_number_finds_its_report_first() {
    let service = service().await;
    let (pothole, lamp) = pothole_and_lamp(&service).await;
    let bare = lamp.number.rsplit('-').next().unwrap().trim_start_matches('0').to_owned();
    for query in [lamp.number.clone(), lamp.number.replace('-', " ").to_lowercase(), bare] {
        assert_eq!(found(&service, "anyone", &query, json!({})).await, [&*lamp.number], "{query}");
    }
    let both = format!("{} wyrwa w jezdni na ulicy", lamp.number);
    let numbers = found(&service, "anyone", &both, json!({})).await;
    assert_eq!(numbers.first(), Some(&lamp.number), "{numbers:?} {}", pothole.number);
}

#[tokio::test]
async fn what_is_not_public_is_found_by_those_who_may_see_it_alone() {
    let service = service().await;
    let hidden = filed(&service, described("Czarnoksiężnik krzyczy w nocy.")).await;
    service.settle().await;
    for (role, sees) in [
        ("anyone", false),
        ("resident:anna", false),
        ("officer:ZDMK", false),
        ("editor", false),
        ("consultant", true),
        ("analyst", true),
    ] {
        for query in ["czarnoksiężnik", hidden.number.as_str(), ""] {
            let wanted = if sees { vec![hidden.number.clone()] } else { vec![] };
            assert_eq!(found(&service, role, query, json!({})).await, wanted, "{role}: {query}");
        }
    }
}

#[tokio::test]
async fn words_of_staff_are_found_and_shown_to_nobody_else() {
    let service = service().await;
    let report = forwarded(
        &service,
        &["ZDMK"],
        described("Zgasła lampa. Proszę dzwonić: Bonifacy Krzemieniecki, tel. 600 700 800."),
    )
    .await;
    let public = json!({ "publicDescription": "Zgasła lampa." });
    let other = filed(&service, described("Bonifacy Krzemieniecki i lampa")).await;
    take_step(&service, "consultant", "verifyReport", &other, public).await;
    let note = json!({ "message": "Dzwonił wiceprezes Wodnik." });
    take_step(&service, "consultant", "noteReport", &report, note).await;
    service.settle().await;
    let hers = [report.number.clone()];
    assert_eq!(found(&service, "consultant", "wodnika", json!({})).await, hers);
    assert_eq!(found(&service, "officer:ZDMK", "wodnika", json!({})).await, hers);
    for role in ["anyone", "resident:anna", "officer:ZZM", "analyst", "editor"] {
        assert_eq!(found(&service, role, "wodnika", json!({})).await, [""; 0], "{role}");
    }
    // Of what was taken out before it was public, only those read that see the whole.
    let both = found(&service, "consultant", "Krzemieniecki", json!({})).await;
    assert!(both.contains(&other.number), "{both:?}");
    for role in ["anyone", "officer:ZZM", "analyst"] {
        let numbers = found(&service, role, "Krzemieniecki", json!({})).await;
        assert!(!numbers.contains(&other.number), "{role}: {numbers:?}");
    }
    // A report is found by other words, and shows nothing of these.
    let answer = search(&service, "anyone", "lampa Krzemieniecki wodnik zgasła", json!({})).await;
    assert!(!answer.text.contains("odnik"), "{}", answer.text);
    let shown = search(&service, "consultant", "wodnik", json!({})).await;
    assert_eq!(
        shown.data("/searchReports/nodes/0/snippet"),
        json!({ "text": "Dzwonił wiceprezes Wodnik.",
            "html": "Dzwonił wiceprezes <mark>Wodnik</mark>." })
    );
}

#[tokio::test]
async fn every_filter_narrows_alone_and_with_others() {
    let service = service().await;
    let (pothole, _) = pothole_and_lamp(&service).await;
    let done = answered(&service, "RESOLVED", json!({})).await;
    let idea = verified(
        &service,
        json!({ "kind": "IDEA", "category": "idea-greenery",
        "description": "Więcej drzew.", "location": null, "channel": "APP" }),
    )
    .await;
    service.settle().await;
    for filter in [
        json!({ "kind": "IDEA" }),
        json!({ "category": ["idea-greenery"] }),
        json!({ "channel": ["APP"] }),
    ] {
        assert_eq!(
            found(&service, "anyone", "", filter.clone()).await,
            [&*idea.number],
            "{filter}"
        );
    }
    for filter in [
        json!({ "stage": ["ANSWERED"] }),
        json!({ "outcome": ["RESOLVED", "UNFOUNDED"] }),
        json!({ "unit": ["ZDMK"] }),
        json!({ "category": ["lighting"], "unit": ["ZDMK"], "receivedFrom": "2026-11-20" }),
    ] {
        assert_eq!(
            found(&service, "anyone", "", filter.clone()).await,
            [&*done.number],
            "{filter}"
        );
    }
    for filter in [
        json!({ "unit": ["ZZM"] }),
        json!({ "receivedTo": "2026-11-19" }),
        json!({ "receivedFrom": "2026-11-21" }),
        json!({ "overdue": true }),
        json!({ "stage": [] }),
        json!({ "kind": "IDEA", "category": ["roads"] }),
    ] {
        assert_eq!(found(&service, "anyone", "", filter.clone()).await, [""; 0], "{filter}");
    }
    let answered = json!({ "assignmentStage": ["ANSWERED"], "unit": ["ZDMK"] });
    assert_eq!(found(&service, "officer:ZDMK", "", answered).await, [&*done.number]);
    let sent = json!({ "assignmentStage": ["SENT"], "unit": ["ZDMK"] });
    assert_eq!(found(&service, "officer:ZDMK", "", sent).await, [""; 0]);
    let roads = found(&service, "anyone", "jezdnia", json!({ "category": ["roads"] })).await;
    assert_eq!(roads, [&*pothole.number]);
    assert_eq!(found(&service, "anyone", "", json!({ "overdue": false })).await.len(), 4);
    service.clock.advance(chrono::Duration::days(20));
    let late = found(&service, "anyone", "", json!({ "overdue": true })).await;
    assert!(late.contains(&pothole.number) && !late.contains(&done.number), "{late:?}");
}

#[tokio::test]
async fn filters_mean_the_same_as_in_the_list_of_reports() {
    let service = service().await;
    pothole_and_lamp(&service).await;
    // The middle of the pothole is 100 m north of the second point, give or take a metre.
    let near = |metres: f64| {
        json!({ "near": { "latitude": 50.0647 - 100.0 / 111_320.0,
        "longitude": 19.9300, "metres": metres } })
    };
    let edge = |north: f64| {
        json!({ "within": { "south": 50.0640, "north": north,
        "west": 19.92, "east": 19.9300 } })
    };
    let district = json!({ "district": [1] });
    let filters = [
        near(99.0),
        near(101.0),
        near(100.0),
        near(0.1),
        edge(50.0647),
        edge(50.064_699_9),
        district,
        json!({ "category": ["roads", "lighting"] }),
        json!({ "kind": "PROBLEM", "stage": ["VERIFIED"] }),
    ];
    let mut hits = 0;
    for filter in filters {
        let list = "query($filter: ReportFilter) { reports(filter: $filter) { nodes { number } } }";
        let listed = service.anyone().ask_with(list, json!({ "filter": filter })).await;
        let nodes = listed.data("/reports/nodes");
        let listed = nodes.as_array().unwrap().iter();
        let mut listed: Vec<_> = listed.map(|node| node["number"].as_str().unwrap()).collect();
        let mut searched = found(&service, "anyone", "", filter.clone()).await;
        listed.sort_unstable();
        searched.sort_unstable();
        assert_eq!(searched, listed, "{filter}");
        hits += searched.len();
    }
    assert!(hits > 5, "the filters let too little through to tell anything");
}

#[tokio::test]
async fn bad_questions_are_refused_as_in_the_list() {
    let service = service().await;
    let long = "a".repeat(1_001);
    for (query, filter) in [
        (long.as_str(), json!({})),
        ("a", json!({ "near": { "latitude": 50.0, "longitude": 19.9, "metres": 0 } })),
        ("a", json!({ "within": { "south": 51.0, "north": 50.0, "west": 19.0, "east": 20.0 } })),
        ("a", json!({ "district": vec![1; 51] })),
    ] {
        let answer = search(&service, "anyone", query, filter).await;
        assert_eq!(answer.json()["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_gaps() {
    let service = service().await;
    for number in 0..7 {
        verified(&service, described(&format!("Latarnia numer {number} nie świeci."))).await;
    }
    service.settle().await;
    for order in ["RELEVANCE", "NEWEST"] {
        let (mut after, mut all) = (Value::Null, Vec::new());
        loop {
            let query = format!(
                "query($after: String) {{ searchReports(query: \"latarnia\",
                orderBy: {order}, first: 3, after: $after) {{ totalCount
                nodes {{ report {{ number }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
            );
            let page = service.anyone().ask_with(&query, json!({ "after": after })).await;
            assert_eq!(page.data("/searchReports/totalCount"), 7);
            let nodes = page.data("/searchReports/nodes");
            all.extend(nodes.as_array().unwrap().iter().map(|one| one["report"]["number"].clone()));
            after = page.data("/searchReports/pageInfo/endCursor");
            if page.data("/searchReports/pageInfo/hasNextPage") == false {
                break;
            }
        }
        let mut numbers: Vec<_> = all.iter().map(|number| number.as_str().unwrap()).collect();
        if order == "NEWEST" {
            assert!(numbers.is_sorted_by(|one, other| one > other), "{numbers:?}");
        }
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 7, "{order}");
    }
}

#[tokio::test]
async fn the_index_follows_what_becomes_of_a_report() {
    let service = service().await;
    let report = filed(&service, described("Zwalony kasztanowiec")).await;
    service.settle().await;
    assert_eq!(found(&service, "anyone", "kasztanowce", json!({})).await, [""; 0]);
    take_step(&service, "consultant", "verifyReport", &report, json!({})).await;
    service.settle().await;
    assert_eq!(found(&service, "anyone", "kasztanowce", json!({})).await, [&*report.number]);
    let withdrawn = json!({ "report": holder(&report) });
    let answer = call(&service.anyone(), "withdrawReport", withdrawn).await;
    assert_eq!(answer.refusals("withdrawReport"), Vec::<String>::new());
    service.settle().await;
    assert_eq!(found(&service, "anyone", "kasztanowce", json!({})).await, [""; 0]);
    let withdrawn = json!({ "stage": ["WITHDRAWN"] });
    assert_eq!(found(&service, "consultant", "kasztanowce", withdrawn).await, [&*report.number]);
}

/// Writes over the description of a report past the spine, and tells the spine of an import.
async fn import(db: &Db, number: &str, description: &str, ids: Vec<uuid::Uuid>) {
    let sql = format!("UPDATE reports SET description = '{description}' WHERE number = '{number}'");
    db.write(async |tx| {
        tx.execute_unprepared(&sql).await?;
        tx.emit(&Actor::System, Event { kind: Kind::Imported, subject: Subject::Report, ids });
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn an_import_that_names_no_reports_brings_all_that_are_new_since_the_last() {
    let service = service().await;
    let (first, second) = pothole_and_lamp(&service).await;
    import(service.db(), &first.number, "Przewrócony hydrant", vec![]).await;
    service.settle().await;
    assert_eq!(found(&service, "anyone", "hydranty", json!({})).await, [&*first.number]);
    assert_eq!(found(&service, "anyone", "wyrwa", json!({})).await, [""; 0]);
    // Those are known to be whole; what came later is read again.
    import(service.db(), &second.number, "Przewrócony hydrant", vec![]).await;
    service.settle().await;
    assert_eq!(found(&service, "anyone", "hydranty", json!({})).await, [&*first.number]);
    let third = verified(&service, described("Fontanna")).await;
    import(service.db(), &third.number, "Pomnik", vec![]).await;
    service.settle().await;
    assert_eq!(found(&service, "anyone", "pomniki", json!({})).await, [&*third.number]);
}

#[tokio::test]
async fn a_damaged_index_is_built_anew_and_says_so_meanwhile() {
    let service = service().await;
    let (pothole, _) = pothole_and_lamp(&service).await;
    let folder = service.data.path().join("index-reports");
    let current = fs::read_to_string(folder.join("current")).unwrap();
    service.app.stop();
    let copy = tempfile::TempDir::new().unwrap();
    let own = copy.path().join("index-reports");
    fs::create_dir_all(own.join(&current)).unwrap();
    fs::write(own.join("current"), &current).unwrap();
    fs::write(own.join(&current).join("meta.json"), "\0").unwrap();
    let indexes = kontakt::search::Indexes::open(copy.path()).unwrap();
    assert_eq!((indexes.reports.mark(), indexes.reports.documents()), (None, 0));
    let config = (*service.app.config).clone();
    let app = kontakt::app::App::start(config, service.db().clone(), indexes).await.unwrap();
    let router = kontakt::app::router(app.clone());
    let again = Service { app, router, clock: service.clock.clone(), data: copy };
    again.settle().await;
    assert_eq!(found(&again, "anyone", "wyrwa", json!({})).await, [&*pothole.number]);
}

async fn suggested(service: &Service, text: &str, kind: Value) -> Vec<(String, f64)> {
    let query = "query($text: String!, $kind: ReportKind) {
        suggestReportCategories(text: $text, kind: $kind) {
            category { code stopScreen { phone } } score } }";
    let variables = json!({ "text": text, "kind": kind });
    let answer = service.anyone().ask_with(query, variables).await;
    let all = answer.data("/suggestReportCategories");
    let one = |one: &Value| {
        (one["category"]["code"].as_str().unwrap().to_owned(), one["score"].as_f64().unwrap())
    };
    all.as_array().unwrap().iter().map(one).collect()
}

#[tokio::test]
async fn a_text_is_sorted_by_the_words_of_categories_however_they_are_written() {
    let service = service().await;
    for (text, code) in [
        ("pod blokiem nie swieci latarnia", "lighting"),
        ("sygnalizacja swietlna na rondzie jest zepsuta", "traffic-signs"),
        ("dzika zwierzyna: locha z mlodymi w ogrodku", "wild-animal"),
        ("latarna nie świecii", "lighting"),
    ] {
        let suggested = suggested(&service, text, json!(null)).await;
        assert_eq!(
            suggested.first().map(|one| one.0.as_str()),
            Some(code),
            "{text}: {suggested:?}"
        );
        assert!(suggested.len() <= 3 && suggested.iter().all(|one| (0.0..=1.0).contains(&one.1)));
    }
    for text in ["", "życzę dobrego popołudnia", "xyzzy plugh"] {
        assert_eq!(suggested(&service, text, json!(null)).await, [], "{text}");
    }
    let ideas = suggested(&service, "nowy park i więcej drzew", json!("IDEA")).await;
    assert_eq!(ideas[0].0, "idea-greenery");
}

#[tokio::test]
async fn public_reports_teach_what_a_category_is_called_and_hidden_ones_do_not() {
    let service = service().await;
    let text = "Hulajnogi blokują przejście koło fontanny";
    assert!(suggested(&service, "hulajnogi fontanna", json!(null)).await.is_empty());
    for place in 0..8 {
        let report = json!({ "category": "roads", "description": format!("{text} {place}") });
        filed(&service, report).await;
    }
    service.settle().await;
    assert!(suggested(&service, "hulajnogi fontanna", json!(null)).await.is_empty());
    for place in 0..8 {
        let report = json!({ "category": "roads", "description": format!("{text} {place}") });
        verified(&service, report).await;
    }
    service.settle().await;
    let learnt = suggested(&service, "hulajnogi fontanna", json!(null)).await;
    assert_eq!(learnt.first().map(|one| one.0.as_str()), Some("roads"), "{learnt:?}");
}
