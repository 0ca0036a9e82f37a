//! Operations that clients name by the hash of their text.

use serde_json::{Value, json};
use tempfile::NamedTempFile;

use crate::harness::{Answer, Client, service, service_with};

const TEXT: &str = "{__typename}";
const HASH: &str = "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38";

async fn post(client: &Client<'_>, body: Value) -> Answer {
    let client = client.clone().header("content-type", "application/json");
    client.send("POST", "/graphql", body.to_string()).await
}

fn extensions(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

/// A file with one trusted document.
fn trusted() -> NamedTempFile {
    let file = NamedTempFile::new().unwrap();
    std::fs::write(file.path(), json!({ HASH: TEXT }).to_string()).unwrap();
    file
}

#[tokio::test]
async fn a_text_that_was_sent_once_is_named_by_its_hash_from_then_on() {
    let service = service().await;
    let client = service.anyone();
    let by_hash = json!({ "extensions": extensions(HASH) });
    let answer = post(&client, by_hash.clone()).await;
    assert_eq!((answer.status.as_u16(), answer.error_code().as_str()), (200, NOT_FOUND));
    let with_text = json!({ "query": TEXT, "extensions": extensions(HASH) });
    assert_eq!(post(&client, with_text).await.data("/__typename"), "Query");
    assert_eq!(post(&client, by_hash).await.data("/__typename"), "Query");
    let path = format!(
        "/graphql?extensions=%7B%22persistedQuery%22:%7B%22version%22:1,%22sha256Hash%22:%22{HASH}%22%7D%7D"
    );
    assert_eq!(client.send("GET", &path, "").await.data("/__typename"), "Query");
}

const NOT_FOUND: &str = "PERSISTED_QUERY_NOT_FOUND";

#[tokio::test]
async fn a_hash_that_is_not_that_of_the_text_is_refused() {
    let service = service().await;
    let other = HASH.replace('e', "f");
    for extensions in [
        extensions(&other),
        extensions("abc"),
        json!({ "persistedQuery": { "version": 2, "sha256Hash": HASH } }),
        json!({ "persistedQuery": HASH }),
    ] {
        let body = json!({ "query": TEXT, "extensions": extensions });
        assert_eq!(post(&service.anyone(), body).await.error_code(), "BAD_USER_INPUT");
    }
    let unknown = json!({ "extensions": extensions(&other) });
    assert_eq!(post(&service.anyone(), unknown).await.error_code(), NOT_FOUND);
}

#[tokio::test]
async fn a_text_that_is_refused_is_not_kept() {
    let service = service().await;
    let text = "{ a: __typename ".to_owned() + &"b: __typename ".repeat(16) + "}";
    let hash = "00".repeat(32);
    let refused = json!({ "query": text, "extensions": extensions(&hash) });
    assert_eq!(post(&service.anyone(), refused).await.error_code(), "BAD_USER_INPUT");
    let by_hash = json!({ "extensions": extensions(&hash) });
    assert_eq!(post(&service.anyone(), by_hash).await.error_code(), NOT_FOUND);
}

#[tokio::test]
async fn a_trusted_document_is_known_before_anybody_has_sent_it() {
    let file = trusted();
    let path = file.path().to_str().unwrap();
    let service = service_with(&[("trusted-documents", path)]).await;
    let by_hash = json!({ "extensions": extensions(HASH) });
    assert_eq!(post(&service.anyone(), by_hash).await.data("/__typename"), "Query");
    assert_eq!(service.anyone().ask("{ __typename }").await.data("/__typename"), "Query");
}

#[tokio::test]
async fn where_only_trusted_documents_run_nothing_else_does() {
    let file = trusted();
    let path = file.path().to_str().unwrap();
    let settings = [("trusted-documents", path), ("only-trusted-documents", "yes")];
    let service = service_with(&settings).await;
    let by_hash = json!({ "extensions": extensions(HASH) });
    for client in [service.anyone(), service.staff("admin")] {
        assert_eq!(post(&client, by_hash.clone()).await.data("/__typename"), "Query");
        assert_eq!(client.ask(TEXT).await.data("/__typename"), "Query");
        assert_eq!(client.ask("{ __typename }").await.error_code(), "BAD_USER_INPUT");
    }
}
