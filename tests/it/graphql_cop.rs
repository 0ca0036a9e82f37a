//! The 13 checks of graphql-cop (github.com/dolevf/graphql-cop), made anew: what it would call a finding is
//! refused here, or is a decision of which a test shows that it is bounded.

use serde_json::{Value, json};

use crate::harness::{Answer, Client, Service, service, service_with};

/// Strangers in production meet the service as an attacker does.
async fn production() -> Service {
    service_with(&[("profile", "production")]).await
}

async fn post(client: &Client<'_>, body: Value) -> Answer {
    let client = client.clone().header("content-type", "application/json");
    client.send("POST", "/graphql", body.to_string()).await
}

// -------------------------------------------------------------------------- nine that are refused

#[tokio::test]
async fn alias_overloading_is_refused() {
    let service = production().await;
    let aliases: String = (0..101).map(|n| format!("alias{n}: __typename ")).collect();
    assert_eq!(service.anyone().ask(&format!("{{ {aliases} }}")).await.error_code(), "TOO_COMPLEX");
}

#[tokio::test]
async fn batches_are_refused() {
    let service = production().await;
    let one = json!({ "query": "query cop { __typename }" });
    let answer = post(&service.anyone(), Value::from(vec![one; 10])).await;
    assert_eq!((answer.status.as_u16(), answer.error_code().as_str()), (400, "BAD_USER_INPUT"));
}

#[tokio::test]
async fn directive_overloading_is_refused() {
    let service = production().await;
    let query = format!("query cop {{ __typename {} }}", "@aa".repeat(51));
    assert_eq!(service.anyone().ask(&query).await.error_code(), "TOO_COMPLEX");
}

#[tokio::test]
async fn an_unknown_directive_is_not_run_in_silence() {
    let service = production().await;
    let answer = service.anyone().ask("query cop { __typename @aa@aa@aa }").await;
    assert!(answer.json()["errors"].is_array(), "{}", answer.text);
}

#[tokio::test]
async fn a_field_a_thousand_times_is_refused() {
    let service = production().await;
    let query = format!("query cop {{ {} }}", "__typename \n".repeat(500 * 2));
    assert_eq!(service.anyone().ask(&query).await.error_code(), "TOO_COMPLEX");
}

#[tokio::test]
async fn nothing_is_suggested_for_a_wrong_name() {
    let service = production().await;
    let answer = service.anyone().ask("query cop { __schema { directive } }").await;
    assert!(!answer.text.to_lowercase().contains("did you mean"), "{}", answer.text);
    assert_eq!(answer.error_code(), "GRAPHQL_VALIDATION_FAILED");
}

#[tokio::test]
async fn a_mutation_by_get_is_refused() {
    let service = production().await;
    let path = "/graphql?query=mutation+cop+%7B__typename%7D";
    assert_eq!(service.anyone().send("GET", path, "").await.status, 405);
}

#[tokio::test]
async fn a_form_that_any_page_may_send_is_refused() {
    let service = production().await;
    for body in ["query=query+cop+%7B__typename%7D", "query=mutation+cop+%7B__typename%7D"] {
        let kind = "application/x-www-form-urlencoded";
        let client = service.anyone().header("content-type", kind);
        assert_eq!(client.send("POST", "/graphql", body).await.status, 415);
    }
}

#[tokio::test]
async fn nothing_is_traced_or_debugged() {
    let service = production().await;
    let client = service.anyone().header("x-apollo-tracing", "1").header("apollo-tracing", "1");
    let extensions = client.ask("query cop { __typename }").await.json()["extensions"].take();
    assert_eq!(extensions.as_object().unwrap().keys().collect::<Vec<_>>(), ["cost"]);
}

#[tokio::test]
async fn an_error_shows_no_internals() {
    let service = production().await;
    let answer = service.anyone().ask("qwerty cop { abc }").await;
    assert_eq!(answer.error_code(), "GRAPHQL_PARSE_FAILED");
    for internal in ["exception", "stack", ".rs", "panicked", "/src/"] {
        assert!(!answer.text.contains(internal), "{}", answer.text);
    }
}

// ------------------------------------------------------------- four decisions, and their bounds

#[tokio::test]
async fn introspection_is_for_everybody_since_the_api_is_public_and_is_bounded() {
    let service = production().await;
    let query = "query cop { __schema { types { name fields { name } } } }";
    let answer = service.anyone().ask(query).await;
    assert!(answer.data("/__schema/types").as_array().unwrap().len() > 100);
}

#[tokio::test]
async fn introspection_in_circles_is_refused() {
    let service = production().await;
    let fields = |inner: &str| format!("fields {{ type {{ {inner} }} }}");
    let query =
        format!("query cop {{ __schema {{ types {{ {} }} }} }}", fields(&fields(&fields("name"))));
    assert_eq!(service.anyone().ask(&query).await.error_code(), "TOO_COMPLEX");
}

#[tokio::test]
async fn the_explorer_is_for_everybody_and_runs_nothing_but_its_own_scripts() {
    let service = production().await;
    let answer = service.anyone().header("accept", "text/html").send("GET", "/graphql", "").await;
    assert_eq!(answer.status, 200);
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; script-src 'nonce-"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
}

#[tokio::test]
async fn queries_by_get_are_for_everybody_and_pass_the_same_limits() {
    let service = service().await;
    let path = "/graphql?query=query+cop+%7B__typename%7D";
    assert_eq!(service.anyone().send("GET", path, "").await.data("/__typename"), "Query");
    let aliases: String = (0..16).map(|n| format!("a{n}:__typename+")).collect();
    let path = format!("/graphql?query=%7B{aliases}%7D");
    assert_eq!(service.anyone().send("GET", &path, "").await.error_code(), "TOO_COMPLEX");
}
