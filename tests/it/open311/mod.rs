//! Open311 GeoReport v2, in both formats.

mod errors;
mod filing;
mod reading;
mod shapes;

use kontakt::{actor::Actor, imported::Origin, reports};
use serde_json::{Value, json};

use crate::harness::{Answer, Client, Service, service_with};
use shapes::{Element, Kind, Shape, check, element};

/// The key of the application that may file.
pub const KEY: &str = "a-key-of-twenty-and-more";

/// A service with an application that may file.
async fn service() -> Service {
    service_with(&[("open311-keys", &format!("spacer:{KEY}")), ("public-url", "https://k.example")])
        .await
}

/// A document in both formats, held against its shape.
struct Both {
    xml: Element,
    json: Value,
}

/// Asks for both formats of an address such as `requests.*?page=1`; they must say the same.
async fn both(client: &Client<'_>, path: &str, shape: Shape) -> Both {
    let xml = get(client, &path.replace(".*", ".xml"), 200).await;
    let json = get(client, &path.replace(".*", ".json"), 200).await;
    pair(&xml, &json, shape)
}

/// Two answers in both formats, which must say the same.
fn pair(xml: &Answer, json: &Answer, (name, kind): Shape) -> Both {
    assert_eq!(xml.header("content-type"), "text/xml; charset=utf-8");
    assert_eq!(json.header("content-type"), "application/json; charset=utf-8");
    assert!(xml.text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?><"), "{}", xml.text);
    let (xml, json) = (element(&xml.text), json.json());
    assert_eq!(xml.name, name);
    check(name, kind, &xml, &json);
    Both { xml, json }
}

async fn get(client: &Client<'_>, path: &str, status: u16) -> Answer {
    let answer = client.send("GET", &format!("/open311/v2/{path}"), "").await;
    assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.text);
    answer
}

/// Files with a form.
async fn post(service: &Service, path: &str, form: &[(&str, &str)]) -> Answer {
    let body: String =
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    send(&service.anyone(), path, "application/x-www-form-urlencoded; charset=utf-8", body).await
}

async fn send(
    client: &Client<'_>,
    path: &str,
    kind: &str,
    body: impl Into<axum::body::Body>,
) -> Answer {
    let client = client.clone().header("content-type", kind).header("accept-language", "en");
    client.send("POST", &format!("/open311/v2/{path}"), body).await
}

/// A form that files a report, with some fields of its own; an empty one takes a field away.
fn form<'a>(own: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("api_key", KEY),
        ("service_code", "lighting"),
        ("lat", "50.0619"),
        ("long", "19.9369"),
        ("description", "Nie świeci latarnia."),
    ];
    let kept = usual.into_iter().filter(|(name, _)| own.iter().all(|(other, _)| other != name));
    kept.chain(own.iter().copied()).collect()
}

/// A category that asks something of every kind.
async fn with_questions(service: &Service) {
    let question = |code: &str, datatype: &str, required: bool| {
        let several = datatype.ends_with("LIST");
        let values = if several {
            json!([{ "key": "one", "name": "Jeden" }, { "key": "two", "name": "Dwa" }])
        } else {
            json!([])
        };
        json!({ "code": code, "text": format!("Pytanie {code}?"), "datatype": datatype,
            "required": required, "values": values })
    };
    let category = json!({
        "code": "asking", "kind": "PROBLEM", "name": "Z pytaniami", "name_en": "With questions",
        "name_uk": "З питаннями", "unit": "ZDMK", "days": 3, "days_kind": "CALENDAR",
        "promise": "Odpowiemy.", "keywords": ["lampa", "słup"],
        "questions": [
            question("pole", "STRING", true),
            question("many", "MULTIVALUELIST", false),
            question("since", "DATETIME", false),
        ]
    });
    let hidden = json!({
        "code": "inside", "kind": "PROBLEM", "name": "Wewnętrzna", "name_en": "Inside", "name_uk": "Внутрішня",
        "unit": "ZDMK", "days": 3, "days_kind": "CALENDAR", "promise": "-", "open311": false
    });
    let categories = [category, hidden].map(|category| serde_json::from_value(category).unwrap());
    let write = async |tx: &_| {
        let origin = Origin::File;
        reports::import_categories(tx, &Actor::System, categories.into(), origin).await
    };
    service.db().write(write).await.unwrap();
}

/// The shape of a list of services.
const SERVICES: Shape = ("services", Kind::List("service", &Kind::Fields(SERVICE)));
const SERVICE: &[(&str, bool, Kind)] = &[
    ("service_code", true, Kind::Text),
    ("service_name", true, Kind::Text),
    ("description", true, Kind::Text),
    ("metadata", true, Kind::Flag),
    ("type", true, Kind::OneOf(&["realtime", "batch", "blackbox"])),
    ("keywords", true, Kind::Text),
    ("group", true, Kind::Text),
];

/// The shape of a definition.
const DEFINITION: Shape = (
    "service_definition",
    Kind::Fields(&[
        ("service_code", true, Kind::Text),
        ("attributes", false, Kind::List("attribute", &Kind::Fields(ATTRIBUTE))),
    ]),
);
const ATTRIBUTE: &[(&str, bool, Kind)] = &[
    ("variable", true, Kind::Flag),
    ("code", true, Kind::Text),
    (
        "datatype",
        true,
        Kind::OneOf(&["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]),
    ),
    ("required", true, Kind::Flag),
    ("datatype_description", false, Kind::Text),
    ("order", true, Kind::Number),
    ("description", true, Kind::Text),
    (
        "values",
        false,
        Kind::List(
            "value",
            &Kind::Fields(&[("key", true, Kind::Text), ("name", true, Kind::Text)]),
        ),
    ),
];

/// The shape of a list of requests.
const REQUESTS: Shape = ("service_requests", Kind::List("request", &Kind::Fields(REQUEST)));
const REQUEST: &[(&str, bool, Kind)] = &[
    ("service_request_id", true, Kind::Text),
    ("status", true, Kind::OneOf(&["open", "closed"])),
    ("status_notes", false, Kind::Text),
    ("service_name", true, Kind::Text),
    ("service_code", true, Kind::Text),
    ("description", true, Kind::Text),
    ("agency_responsible", false, Kind::Text),
    ("service_notice", false, Kind::Text),
    ("requested_datetime", true, Kind::Instant),
    ("updated_datetime", true, Kind::Instant),
    ("expected_datetime", false, Kind::Instant),
    ("address", false, Kind::Text),
    ("address_id", false, Kind::Text),
    ("zipcode", false, Kind::Text),
    ("lat", false, Kind::Number),
    ("long", false, Kind::Number),
    ("media_url", false, Kind::Text),
];

/// The shape of a list of requests with extensions, by the names of what is added.
const EXTENDED: &[(&str, bool, Kind)] = &[
    ("stage", true, Kind::Text),
    ("outcome", false, Kind::Text),
    ("supports", true, Kind::Number),
    (
        "notes",
        false,
        Kind::List(
            "note",
            &Kind::Fields(&[
                ("datetime", true, Kind::Instant),
                ("description", true, Kind::Text),
                ("type", true, Kind::Text),
            ]),
        ),
    ),
];

/// The shape of what a client gets for a report that it filed.
const RECEIPT: Shape = (
    "service_requests",
    Kind::List(
        "request",
        &Kind::Fields(&[
            ("service_request_id", true, Kind::Text),
            ("service_notice", true, Kind::Text),
            ("account_id", false, Kind::Text),
            ("tracking_token", true, Kind::Text),
        ]),
    ),
);

/// The shape of errors.
const ERRORS: Shape = (
    "errors",
    Kind::List(
        "error",
        &Kind::Fields(&[("code", true, Kind::Number), ("description", true, Kind::Text)]),
    ),
);

/// The shape of the discovery.
const DISCOVERY: Shape = (
    "discovery",
    Kind::Fields(&[
        ("changeset", true, Kind::Instant),
        ("contact", true, Kind::Text),
        ("key_service", true, Kind::Text),
        (
            "endpoints",
            true,
            Kind::List(
                "endpoint",
                &Kind::Fields(&[
                    ("specification", true, Kind::Text),
                    ("url", true, Kind::Text),
                    ("changeset", true, Kind::Instant),
                    ("type", true, Kind::OneOf(&["production", "test"])),
                    ("formats", true, Kind::List("format", &Kind::Text)),
                ]),
            ),
        ),
    ]),
);
