//! GraphQL over forms with files: what is taken, what is refused and how, and the limits.

use axum::body::Body;
use image::ImageFormat;
use serde_json::{Value, json};

use crate::harness::{
    Answer, Client, Service, empty_service, files_below,
    form::{MAP, UPLOAD, form, operations, photo, send, sender, stranger, upload, upload_by},
    service,
};

fn english(service: &Service) -> Client<'_> {
    service.anyone().header("accept-language", "en")
}

/// Status, code and message of a request that was refused.
fn refusal(answer: &Answer) -> (u16, String, String) {
    let message = answer.json()["errors"][0]["message"].as_str().unwrap().to_owned();
    (answer.status.as_u16(), answer.error_code(), message)
}

fn assert_nothing_kept(service: &Service) {
    assert_eq!(files_below(&service.data.path().join("files")), Vec::<String>::new());
}

#[tokio::test]
async fn a_form_without_the_header_that_asks_for_a_preflight_is_refused() {
    let service = empty_service().await;
    let (operations, photo) = (operations(UPLOAD), photo(8, 8, ImageFormat::Png));
    let parts = [("operations", operations.as_bytes()), ("map", MAP.as_bytes()), ("0", &photo)];
    let answer = stranger(&english(&service)).send("POST", "/graphql", form(&parts)).await;
    let message = "Files are taken only with the header \"GraphQL-Preflight: 1\".";
    assert_eq!(refusal(&answer), (400, "BAD_USER_INPUT".into(), message.into()));
    assert_nothing_kept(&service);
}

#[tokio::test]
async fn a_form_that_is_not_as_the_specification_wants_it_is_refused() {
    let service = empty_service().await;
    let photo = photo(8, 8, ImageFormat::Png);
    let one = operations(UPLOAD);
    let batch = format!("[{one}]");
    let eleven: Vec<String> = (0..11).map(|name| name.to_string()).collect();
    let many: Vec<(&str, &[u8])> = [("operations", one.as_bytes()), ("map", MAP.as_bytes())]
        .into_iter()
        .chain(eleven.iter().map(|name| (&**name, &photo[..])))
        .collect();
    let long_map = json!({ "0": vec!["variables.input.photo"; 11] }).to_string();
    let large = "x".repeat(256 * 1024 + 1);
    let file = ("0", &photo[..]);
    let with = |operations: &'static str| ("operations", operations.as_bytes());
    let map = |map: &'static str| ("map", map.as_bytes());
    let (given, usual) = (("operations", one.as_bytes()), ("map", MAP.as_bytes()));
    let waits =
        |path: &str| format!("\"{path}\" is not a variable that is null and waits for one file.");
    for (parts, status, message) in [
        (vec![usual, file], 400, "The form lacks the part \"operations\".".to_owned()),
        (vec![given, file], 400, "The form lacks the part \"map\".".to_owned()),
        (vec![given, usual], 400, "The form lacks the part \"0\".".to_owned()),
        (
            vec![("operations", b"\xFF\xFE{}"), usual, file],
            400,
            "The body is not valid JSON.".to_owned(),
        ),
        (vec![with("{"), usual, file], 400, "The body is not valid JSON.".to_owned()),
        (
            vec![("operations", batch.as_bytes()), usual, file],
            400,
            "The body must be a JSON object with a \"query\"; batches are not accepted.".to_owned(),
        ),
        (
            vec![given, usual, file, ("1", &photo)],
            400,
            "The part \"1\" is not named in \"map\", or comes twice.".to_owned(),
        ),
        (
            vec![given, usual, file, file],
            400,
            "The part \"0\" is not named in \"map\", or comes twice.".to_owned(),
        ),
        (
            vec![
                given,
                map(r#"{ "0": ["variables.input.photo"], "1": ["variables.input.photo"] }"#),
                file,
                ("1", &photo),
            ],
            400,
            waits("variables.input.photo"),
        ),
        (vec![given, map(r#"{ "0": ["query"] }"#), file], 400, waits("query")),
        (vec![given, map(r#"{ "0": ["variables"] }"#), file], 400, waits("variables")),
        (vec![given, map(r#"{ "0": ["variables.input"] }"#), file], 400, waits("variables.input")),
        (vec![given, map(r#"{ "0": ["variables.else"] }"#), file], 400, waits("variables.else")),
        (
            vec![given, map(r#"{ "0": ["variables.input.photo.0"] }"#), file],
            400,
            waits("variables.input.photo.0"),
        ),
        (many, 400, "At most 10 files may come in one request.".to_owned()),
        (
            vec![given, ("map", long_map.as_bytes()), file],
            400,
            "At most 10 files may come in one request.".to_owned(),
        ),
        (
            vec![given, ("map", large.as_bytes()), file],
            413,
            "The part \"map\" is larger than 262144 bytes.".to_owned(),
        ),
    ] {
        let answer = send(&english(&service), &parts).await;
        assert_eq!(refusal(&answer), (status, "BAD_USER_INPUT".into(), message));
    }
    for odd in ["x", "[]", "{ \"0\": \"variables.input.photo\" }", "{ \"0\": [1] }", "null"] {
        let answer = send(&english(&service), &[given, ("map", odd.as_bytes()), file]).await;
        let (status, _, message) = refusal(&answer);
        assert_eq!(status, 400, "{odd}");
        assert!(message.starts_with("The part \"map\" must be a JSON object"), "{message}");
        assert!(message.ends_with("such as { \"0\": [\"variables.input.photo\"] }."), "{message}");
    }
    assert_nothing_kept(&service);
}

#[tokio::test]
async fn a_form_that_breaks_off_is_refused() {
    let service = empty_service().await;
    let (one, photo) = (operations(UPLOAD), photo(8, 8, ImageFormat::Png));
    let whole = form(&[("operations", one.as_bytes()), ("map", MAP.as_bytes()), ("0", &photo)]);
    for length in [0, 10, whole.len() / 3, whole.len() - 60] {
        let body = whole[..length].to_vec();
        let answer = sender(&english(&service)).send("POST", "/graphql", body).await;
        let (status, _, message) = refusal(&answer);
        assert_eq!(status, 400, "{length} bytes");
        assert!(message.starts_with("The form cannot be read"), "{length} bytes: {message}");
    }
    assert_nothing_kept(&service);
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused() {
    let service = empty_service().await;
    let large = vec![0; 61 * 1024 * 1024];
    let answer = send(&english(&service), &[("0", &large)]).await;
    let message = "The request body is larger than 62914560 bytes.";
    assert_eq!(refusal(&answer), (413, "BAD_USER_INPUT".into(), message.into()));
}

#[tokio::test]
async fn a_form_that_does_not_arrive_is_given_up() {
    let service = empty_service().await;
    tokio::time::pause();
    let never =
        Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>());
    let answer = sender(&english(&service)).send("POST", "/graphql", never).await;
    assert_eq!((answer.status.as_u16(), answer.error_code().as_str()), (408, "TIMEOUT"));
}

#[tokio::test]
async fn a_fifth_upload_at_once_is_told_to_come_again() {
    let service = empty_service().await;
    let photo = photo(8, 8, ImageFormat::Png);
    let held: Vec<_> = (0..4).map(|_| service.app.permits.upload().unwrap()).collect();
    let answer = upload(&english(&service), &photo).await;
    assert_eq!((answer.status.as_u16(), answer.error_code().as_str()), (503, "UNAVAILABLE"));
    assert_eq!(answer.header("retry-after"), "1");
    drop(held);
    let answer = upload(&english(&service), &photo).await;
    assert_eq!(answer.refusals("uploadPhoto"), Vec::<String>::new());
}

#[tokio::test]
async fn a_form_passes_the_same_gate_as_json() {
    let service = empty_service().await;
    let photo = photo(8, 8, ImageFormat::Png);
    let long = format!("{{ {} }}", "__typename ".repeat(1_000));
    for query in [&*long, "{", "subscription { knowledgeChanged { kind } }"] {
        let client = english(&service).header("accept", "application/graphql-response+json");
        let [form, json] = [upload_by(&client, query, &photo).await, client.ask(query).await];
        assert_eq!(refusal(&form), refusal(&json), "{query}");
        assert_eq!(form.status, 400);
    }
    let stolen = english(&service).header("authorization", "Bearer nothing");
    assert_eq!(upload(&stolen, &photo).await.status, 401);
    assert_nothing_kept(&service);
}

#[tokio::test]
async fn a_file_fits_no_other_variable_and_nothing_else_stands_for_a_file() {
    let service = service().await;
    let photo = photo(8, 8, ImageFormat::Png);
    let map = br#"{ "0": ["variables.q"] }"#;
    for (query, kind) in [
        ("{ search(query: $q) { totalCount } }", "String!"),
        ("{ serviceCard(slug: \"mobywatel\") { fees(on: $q) { amount } } }", "Date"),
        ("{ units(first: $q) { totalCount } }", "Int"),
    ] {
        let query = format!("query($q: {kind}) {query}");
        let operations = json!({ "query": query, "variables": { "q": null } }).to_string();
        let parts = [("operations", operations.as_bytes()), ("map", &map[..]), ("0", &photo)];
        let answer = send(&english(&service), &parts).await;
        let code = answer.json()["errors"][0]["extensions"]["code"].clone();
        let codes = [json!("GRAPHQL_VALIDATION_FAILED"), json!("BAD_USER_INPUT")];
        assert!(codes.contains(&code), "{kind}: {}", answer.text);
        assert!(answer.text.len() < 1_000, "{kind}: {}", answer.text.len());
    }
    let texts = ["#__graphql_file__:0", "#__graphql_file__:x", "upload:0", "\0"];
    let others = [json!(0), json!([0]), json!({}), json!(true), Value::Null];
    for odd in texts.map(|text| json!(text)).into_iter().chain(others) {
        let variables = json!({ "input": { "photo": odd } });
        let answer = english(&service).ask_with(UPLOAD, variables).await;
        assert_eq!(answer.status, 200, "{odd}");
        assert_eq!(answer.error_code(), "GRAPHQL_VALIDATION_FAILED", "{odd}");
        let literal = UPLOAD.replace("$input)", &format!("{{ photo: {odd} }})"));
        let literal = literal.replace("($input: UploadPhotoInput!)", "");
        let answer = english(&service).ask(&literal).await;
        assert!(answer.json()["data"]["uploadPhoto"].is_null(), "{odd}: {}", answer.text);
    }
    assert_nothing_kept(&service);
}

#[tokio::test]
async fn several_photos_may_come_in_one_form() {
    let service = empty_service().await;
    let fields = "photo { width } errors { code field }";
    let query = format!(
        "mutation($a: UploadPhotoInput!, $b: UploadPhotoInput!, $c: Upload!) {{
            a: uploadPhoto(input: $a) {{ {fields} }} b: uploadPhoto(input: $b) {{ {fields} }}
            c: uploadPhoto(input: {{ photo: $c }}) {{ {fields} }} }}"
    );
    let variables = json!({ "a": { "photo": null }, "b": { "photo": null }, "c": null });
    let operations = json!({ "query": query, "variables": variables }).to_string();
    let map = br#"{ "x": ["variables.b.photo", "variables.c"], "y": ["variables.a.photo"] }"#;
    let photo = photo(8, 8, ImageFormat::Png);
    let parts = [("operations", operations.as_bytes()), ("map", map), ("x", &photo), ("y", b"2")];
    let answer = send(&english(&service), &parts).await;
    let refused = json!({ "photo": null, "errors": [{ "code": "INVALID", "field": ["photo"] }] });
    assert_eq!(answer.data("/a"), refused);
    for taken in ["/b", "/c"] {
        assert_eq!(answer.data(taken), json!({ "photo": { "width": 8 }, "errors": [] }));
    }
}
