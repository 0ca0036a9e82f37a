//! What everybody reads: discovery, services, requests.

use chrono::Duration;
use image::ImageFormat;
use serde_json::{Value, json};

use super::{
    Both, DEFINITION, DISCOVERY, EXTENDED, Kind, REQUEST, REQUESTS, SERVICES, both, check, get,
    service, with_questions,
};
use crate::harness::{
    Service,
    form::{photo, upload},
    reports::{
        Filed, answer, answered, closed, filed, forwarded, held, take_step, taken, verified,
    },
};

/// The numbers of the requests of a list.
async fn numbers(service: &Service, parameters: &str) -> Vec<String> {
    let found = both(&service.anyone(), &format!("requests.*?{parameters}"), REQUESTS).await;
    let number = |one: &Value| one["service_request_id"].as_str().unwrap().to_owned();
    found.json.as_array().unwrap().iter().map(number).collect()
}

async fn request(service: &Service, filed: &Filed) -> Value {
    let found = both(&service.anyone(), &format!("requests/{}.*", filed.number), REQUESTS).await;
    found.json[0].clone()
}

#[tokio::test]
async fn the_discovery_tells_where_the_service_is_and_in_which_formats() {
    let service = service().await;
    let found = both(&service.anyone(), "discovery.*", DISCOVERY).await;
    assert_eq!(
        found.json["endpoints"],
        json!([{
            "specification": "http://wiki.open311.org/GeoReport_v2",
            "url": "https://k.example/open311/v2", "changeset": "2026-11-20T00:00:00Z",
            "type": "test", "formats": ["text/xml", "application/json"]
        }])
    );
}

#[tokio::test]
async fn without_a_public_address_the_host_of_the_request_is_told_unless_it_is_odd() {
    let service = crate::harness::empty_service().await;
    for (host, url) in [
        ("reports.example:81", "http://reports.example:81/open311/v2"),
        ("a\"b", "http://127.0.0.1:8000/open311/v2"),
    ] {
        let found = both(&service.anyone().header("host", host), "discovery.*", DISCOVERY).await;
        assert_eq!(found.json["endpoints"][0]["url"], url);
    }
}

#[tokio::test]
async fn the_services_are_the_active_categories_in_the_language_of_the_reader() {
    let service = service().await;
    with_questions(&service).await;
    let codes = |found: &Both| -> Vec<String> {
        let all = found.json.as_array().unwrap().iter();
        all.map(|one| one["service_code"].as_str().unwrap().to_owned()).collect()
    };
    let polish = both(&service.anyone(), "services.*", SERVICES).await;
    assert!(codes(&polish).contains(&"illegal-dump".to_owned()));
    assert!(!codes(&polish).contains(&"inside".to_owned()));
    let english = service.anyone().header("accept-language", "en");
    let english = both(&english, "services.*?jurisdiction_id=krakow.pl", SERVICES).await;
    assert_eq!(codes(&english), codes(&polish));
    let named = |found: &Both, code: &str| {
        found
            .json
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["service_code"] == code)
            .unwrap()
            .clone()
    };
    let dump = named(&english, "illegal-dump");
    assert_eq!(
        (&dump["service_name"], &dump["group"], &dump["metadata"]),
        (&json!("Illegal dump"), &json!("Litter and pollution"), &json!(true))
    );
    assert_eq!(named(&polish, "idea-greenery")["group"], "pomysly");
    assert_eq!(named(&polish, "asking")["metadata"], true);
    assert_eq!(named(&polish, "asking")["keywords"], "lampa, słup");
    let smoke = named(&polish, "chimney-smoke");
    assert!(smoke["description"].as_str().unwrap().contains("986"), "{smoke}");
}

#[tokio::test]
async fn a_definition_tells_what_is_asked() {
    let service = service().await;
    with_questions(&service).await;
    let found = both(&service.anyone(), "services/asking.*", DEFINITION).await;
    assert_eq!(found.json["service_code"], "asking");
    assert_eq!(
        found.json["attributes"][1],
        json!({
            "variable": true, "code": "many", "datatype": "multivaluelist", "required": false,
            "datatype_description": null, "order": 2, "description": "Pytanie many?",
            "values": [{ "key": "one", "name": "Jeden" }, { "key": "two", "name": "Dwa" }]
        })
    );
    let plain = both(&service.anyone(), "services/idea-other.*", DEFINITION).await;
    assert_eq!(plain.json["attributes"], json!([]));
}

#[tokio::test]
async fn a_request_is_open_until_the_answer_is_final_and_carries_it() {
    let service = service().await;
    let filed = forwarded(&service, &["ZDMK", "ZZM"], json!({})).await;
    let open = request(&service, &filed).await;
    assert_eq!(
        open,
        json!({
            "service_request_id": filed.number, "status": "open", "status_notes": null,
            "service_name": "Awaria oświetlenia", "service_code": "lighting",
            "description": "Nie świeci latarnia przy przejściu dla pieszych.",
            "agency_responsible": open["agency_responsible"],
            "service_notice": open["service_notice"],
            "requested_datetime": "2026-11-20T09:00:00Z",
            "updated_datetime": "2026-11-20T09:00:00Z",
            "expected_datetime": "2026-11-27T22:59:59Z",
            "address": "Rynek Główny 1", "address_id": null, "zipcode": null,
            "lat": 50.0619, "long": 19.9369, "media_url": null
        })
    );
    assert_eq!(
        open["agency_responsible"],
        "Zarząd Dróg Miasta Krakowa, Zarząd Zieleni Miejskiej w Krakowie"
    );
}

#[tokio::test]
async fn the_status_follows_the_table_of_outcomes() {
    let service = service().await;
    for (outcome, status) in [
        ("RESOLVED", "closed"),
        ("IN_PROGRESS", "open"),
        ("NOT_FOUND", "closed"),
        ("OUT_OF_CITY_COMPETENCE", "closed"),
        ("UNDER_ANALYSIS", "open"),
        ("UNFOUNDED", "closed"),
        ("AWAITING_FUNDS", "open"),
    ] {
        let more = json!({ "reason": "Bo tak jest.", "reviewOn": "2027-01-15" });
        let filed = answered(&service, outcome, more).await;
        let seen = request(&service, &filed).await;
        assert_eq!(
            (&seen["status"], &seen["status_notes"]),
            (&json!(status), &json!("Latarnia już świeci.")),
            "{outcome}"
        );
        let listed = numbers(&service, &format!("status={status}")).await;
        assert!(listed.contains(&filed.number), "{outcome}");
        let other = if status == "open" { "closed" } else { "open" };
        assert!(!numbers(&service, &format!("status={other}")).await.contains(&filed.number));
        assert!(numbers(&service, "status=open,closed").await.contains(&filed.number));
    }
}

#[tokio::test]
async fn a_closed_request_was_updated_when_it_was_closed_and_an_open_one_when_it_changed() {
    let service = service().await;
    let filed = taken(&service, json!({})).await;
    service.clock.advance(Duration::hours(5));
    answer(&service, &filed, "RESOLVED", json!({})).await;
    service.clock.advance(Duration::hours(1));
    take_step(&service, "consultant", "closeReport", &filed, json!({})).await;
    service.clock.advance(Duration::hours(1));
    take_step(&service, "consultant", "noteReport", &filed, json!({ "message": "Notatka." })).await;
    assert_eq!(request(&service, &filed).await["updated_datetime"], "2026-11-20T15:00:00Z");
    for (parameters, found) in [
        ("updated_after=2026-11-20T15:00:00Z", true),
        ("updated_after=2026-11-20T15:00:01Z", false),
        ("updated_before=2026-11-20T16:00:00%2B01:00", true),
        ("updated_before=2026-11-20T15:59:59%2B01:00", false),
    ] {
        assert_eq!(!numbers(&service, parameters).await.is_empty(), found, "{parameters}");
    }
}

#[tokio::test]
async fn only_public_requests_are_told_of_and_never_a_persons_data() {
    let service = service().await;
    let contact = json!({ "contact": { "name": "Anna Nowak", "email": "anna@example.pl" },
        "description": "Proszę dzwonić: 600 100 200." });
    let unread = filed(&service, contact.clone()).await;
    let public = verified(&service, contact).await;
    let sensitive = filed(&service, json!({})).await;
    take_step(&service, "consultant", "verifyReport", &sensitive, json!({ "sensitive": true }))
        .await;
    let spam = filed(&service, json!({})).await;
    take_step(&service, "consultant", "rejectReport", &spam, json!({ "reason": "Spam." })).await;
    let only = std::slice::from_ref(&public.number);
    assert_eq!(numbers(&service, "").await, only);
    let all = [&unread, &public, &sensitive, &spam].map(|filed| filed.number.clone()).join(",");
    assert_eq!(numbers(&service, &format!("service_request_id={all}")).await, only);
    for hidden in [&unread, &sensitive, &spam] {
        get(&service.anyone(), &format!("requests/{}.xml", hidden.number), 404).await;
    }
    let shown = get(&service.anyone(), "requests.json?extensions=true", 200).await.text;
    for secret in ["Nowak", "anna@", "600 100 200", "anyone"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[tokio::test]
async fn the_holder_of_the_token_sees_a_request_before_everybody_does() {
    let service = service().await;
    let filed = filed(&service, json!({})).await;
    let path = format!("requests/{}.*?tracking_token={}", filed.number, filed.token);
    let seen = both(&service.anyone(), &path, REQUESTS).await;
    assert_eq!(seen.json[0]["service_request_id"], json!(filed.number));
    let wrong = format!("requests/{}.json?tracking_token={}", filed.number, &filed.token[1..]);
    get(&service.anyone(), &wrong, 404).await;
    assert_eq!(held(&service, &filed, "stage").await["stage"], "RECEIVED");
}

#[tokio::test]
async fn a_list_is_narrowed_by_codes_numbers_and_times() {
    let service = service().await;
    let old = verified(&service, json!({})).await.number;
    service.clock.advance(Duration::days(100));
    let lamp = verified(&service, json!({})).await.number;
    service.clock.advance(Duration::minutes(1));
    let road = verified(&service, json!({ "category": "roads" })).await.number;
    service.clock.advance(Duration::minutes(1));
    let dump = verified(&service, json!({ "category": "fallen-tree" })).await.number;
    let all = [&dump, &road, &lamp].map(String::clone);
    let oldest = std::slice::from_ref(&old);
    for (parameters, wanted) in [
        ("", &all[..]),
        ("service_code=roads,lighting", &all[1..]),
        ("service_code=pollution", &[]),
        ("service_code=nothing", &[]),
        ("status=&service_code=", &all),
        ("start_date=2026-11-20T00:00:00Z&end_date=2026-11-21T00:00:00Z", oldest),
        ("start_date=2026-11-20T00:00:00Z", oldest),
        ("end_date=2026-11-20T09:00:00Z", oldest),
        ("end_date=2026-11-20T08:59:59Z", &[]),
        ("updated_after=2026-11-20T00:00:00Z&updated_before=2026-11-21T00:00:00Z", oldest),
        (&format!("service_request_id={old},KCK-2026-999999&status=closed&page=7"), oldest),
    ] {
        assert_eq!(numbers(&service, parameters).await, wanted, "{parameters}");
    }
}

#[tokio::test]
async fn a_list_is_read_page_by_page() {
    let service = service().await;
    let mut all = Vec::new();
    for _ in 0..5 {
        all.insert(0, verified(&service, json!({})).await.number);
        service.clock.advance(Duration::minutes(1));
    }
    let mut read = Vec::new();
    for page in 1..=3 {
        read.extend(numbers(&service, &format!("page_size=2&page={page}")).await);
    }
    assert_eq!(read, all);
    assert_eq!(numbers(&service, "page_size=2&page=4").await, Vec::<String>::new());
}

#[tokio::test]
async fn extensions_add_stage_outcome_supports_and_the_public_history() {
    let service = service().await;
    let filed = closed(&service).await;
    let message = json!({ "message": "Tylko dla nas." });
    take_step(&service, "consultant", "noteReport", &filed, message).await;
    let english = service.anyone().header("accept-language", "en");
    let path = format!("requests/{}.json?extensions=true", filed.number);
    let json = get(&english, &path, 200).await.json();
    let xml = get(&english, &path.replace(".json", ".xml"), 200).await.text;
    let fields: Vec<(&str, bool, Kind)> = REQUEST.iter().chain(EXTENDED).copied().collect();
    let fields = Kind::Fields(fields.leak());
    check("request", fields, &super::element(&xml).children[0], &json[0]);
    let one = &json[0];
    assert_eq!(
        (&one["stage"], &one["outcome"], &one["supports"]),
        (&json!("CLOSED"), &json!("RESOLVED"), &json!(0))
    );
    let at = "2026-11-20T09:00:00Z";
    let note =
        |kind: &str, text: &str| json!({ "datetime": at, "type": kind, "description": text });
    assert_eq!(
        one["notes"],
        json!([
            note("FILE", "filed"),
            note("VERIFY", "verified"),
            note("FORWARD", "forwarded to a unit"),
            note("TAKE", "taken by the unit"),
            note("ANSWER", "answered by the unit: Latarnia już świeci."),
            note("CLOSE", "closed"),
        ])
    );
}

#[tokio::test]
async fn the_first_photo_that_everybody_may_see_is_named() {
    let service = service().await;
    let mut keys = Vec::new();
    for size in [8, 9] {
        let kept = upload(&service.anyone(), &photo(size, size, ImageFormat::Png)).await;
        keys.push(kept.data("/uploadPhoto/photo/key"));
    }
    let filed = filed(&service, json!({ "photos": keys })).await;
    take_step(&service, "consultant", "verifyReport", &filed, json!({ "hiddenPhotos": [1] })).await;
    let url = request(&service, &filed).await["media_url"].as_str().unwrap().to_owned();
    let path = url.strip_prefix("https://k.example").unwrap();
    assert_eq!(service.anyone().send("GET", path, "").await.header("content-type"), "image/jpeg");
    let whole = held(&service, &filed, "photos { url }").await;
    assert_eq!(whole["photos"][1]["url"], path);
}

#[tokio::test]
async fn pages_of_any_origin_may_read_and_head_tells_what_get_would() {
    let service = service().await;
    let page = service.anyone().header("origin", "https://elsewhere.example");
    let answer = get(&page, "services.json", 200).await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let head = page.send("HEAD", "/open311/v2/services.json", "").await;
    assert_eq!((head.status.as_u16(), head.bytes.len()), (200, 0));
    assert_eq!(head.header("content-type"), "application/json; charset=utf-8");
}
