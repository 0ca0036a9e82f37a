//! GraphQL over HTTP: what is taken, what is refused and how, and the limits.

use std::{convert::Infallible, future::Future, io::Read, pin::pin, time::Duration};

use axum::body::Body;
use futures_util::FutureExt;
use sea_orm::{ConnectionTrait, TransactionTrait};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    time::timeout,
};

use crate::harness::{Answer, Client, Service, Wire, form, logs::errors_in, service, service_with};

const JSON: &str = "application/json; charset=utf-8";
const GRAPHQL: &str = "application/graphql-response+json; charset=utf-8";

/// A client that is answered in English.
fn english(service: &Service) -> Client<'_> {
    service.anyone().header("accept-language", "en")
}

/// POSTs a body as JSON.
async fn post(client: &Client<'_>, body: impl Into<Body>) -> Answer {
    let client = client.clone().header("content-type", "application/json");
    client.send("POST", "/graphql", body).await
}

/// GETs a path with parameters, which are encoded.
async fn get(client: &Client<'_>, parameters: &[(&str, &str)]) -> Answer {
    let encoded =
        |text| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC);
    let pairs = parameters.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
    let path = format!("/graphql?{}", pairs.collect::<Vec<_>>().join("&"));
    client.send("GET", &path, "").await
}

/// The message of the only error.
fn message(answer: &Answer) -> String {
    let body = answer.json();
    assert_eq!(body["errors"].as_array().unwrap().len(), 1, "{body:#}");
    body["errors"][0]["message"].as_str().unwrap().to_owned()
}

/// A mutation that a publisher may run, and that must not be.
async fn withdrawal(service: &Service) -> String {
    let query = "{ serviceCard(slug: \"mobywatel\") { id } }";
    let id = service.anyone().ask(query).await.data("/serviceCard/id");
    format!(
        "mutation {{ withdrawServiceCard(input: {{ id: {id}, expectedVersion: 1 }}) {{
            serviceCard {{ state }} errors {{ code }} }} }}"
    )
}

async fn assert_untouched(service: &Service) {
    let query = "{ serviceCard(slug: \"mobywatel\") { version state } }";
    let card = service.staff("publisher").ask(query).await.data("/serviceCard");
    assert_eq!(card, json!({ "version": 1, "state": "PUBLISHED" }));
}

// ------------------------------------------------------------------------------ what is taken

#[tokio::test]
async fn the_answer_comes_in_the_media_type_that_is_asked_for() {
    let service = service().await;
    for (accept, given) in [
        ("application/json", JSON),
        ("application/graphql-response+json", GRAPHQL),
        ("application/graphql-response+json, application/json;q=0.9", GRAPHQL),
        ("application/graphql-response+json;q=0.1, application/json", JSON),
        ("*/*", JSON),
    ] {
        let answer = service.anyone().header("accept", accept).ask("{ __typename }").await;
        assert_eq!(answer.status, 200, "{accept}");
        assert_eq!(answer.header("content-type"), given, "{accept}");
        assert_eq!(answer.data("/__typename"), "Query");
    }
    let without = service.anyone().ask("{ __typename }").await;
    assert_eq!(without.header("content-type"), JSON);
    let refused = english(&service).header("accept", "text/csv").ask("{ __typename }").await;
    assert_eq!(refused.status, 406);
    let can = "The answer can be application/graphql-response+json or application/json.";
    assert_eq!(refused.text, can);
}

#[tokio::test]
async fn the_status_tells_of_refused_requests_where_the_media_type_wants_it() {
    let service = service().await;
    for query in ["{", "{ nothing }", "query A { __typename } query B { __typename }"] {
        let old = service.anyone().ask(query).await;
        assert_eq!(old.status, 200, "{query}");
        let new = service.anyone().header("accept", "application/graphql-response+json");
        let new = new.ask(query).await;
        assert_eq!(new.status, 400, "{query}");
        assert_eq!(new.json().get("data"), None, "{query}");
        assert_eq!(new.json(), old.json());
    }
    // What was executed is answered with 200, whatever became of its fields.
    let executed = service.anyone().header("accept", "application/graphql-response+json");
    let executed = executed.ask("{ units(first: -1) { nodes { code } } }").await;
    assert_eq!((executed.status.as_u16(), executed.error_code().as_str()), (200, "BAD_USER_INPUT"));
    assert_eq!(executed.json()["data"], json!({ "units": null }));
}

#[tokio::test]
async fn a_query_by_get_brings_its_variables_and_the_name_of_its_operation() {
    let service = service().await;
    let query = "query A { __typename } query B($code: String!) { unit(code: $code) { code } }";
    let parameters =
        [("query", query), ("variables", r#"{ "code": "SA" }"#), ("operationName", "B")];
    let answer = get(&service.anyone(), &parameters).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.data("/unit/code"), "SA");
    let bad = get(&service.anyone(), &[("query", "{ __typename }"), ("variables", "{")]).await;
    assert_eq!((bad.status.as_u16(), bad.error_code().as_str()), (400, "BAD_USER_INPUT"));
}

#[tokio::test]
async fn a_mutation_by_get_is_refused_and_changes_nothing() {
    let service = service().await;
    let mutation = withdrawal(&service).await;
    let answer = get(&service.staff("publisher"), &[("query", &mutation)]).await;
    assert_eq!(answer.status, 405);
    assert_eq!(answer.header("allow"), "POST");
    assert_eq!(answer.error_code(), "BAD_USER_INPUT");
    assert_untouched(&service).await;
}

#[tokio::test]
async fn what_a_strangers_page_can_send_is_refused_and_changes_nothing() {
    let service = service().await;
    let body = json!({ "query": withdrawal(&service).await }).to_string();
    let parts = [("operations", body.as_bytes()), ("map", b"{}")];
    let stranger = form::stranger(&service.staff("publisher"));
    for (path, status) in [("/graphql", 400), ("/graphql/stream", 415)] {
        let answer = stranger.send("POST", path, form::form(&parts)).await;
        assert_eq!((answer.status.as_u16(), &*answer.error_code()), (status, "BAD_USER_INPUT"));
    }
    for kind in [
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data"),
        Some("text/plain; application/json"),
        Some("application/jsonp"),
        None,
    ] {
        let client = service.staff("publisher");
        let client = match kind {
            Some(kind) => client.header("content-type", kind),
            None => client,
        };
        for path in ["/graphql", "/graphql/stream"] {
            let answer = client.send("POST", path, body.clone()).await;
            assert_eq!(answer.status, 415, "{kind:?} at {path}");
            assert_eq!(answer.error_code(), "BAD_USER_INPUT");
        }
    }
    assert_untouched(&service).await;
    let client = service.anyone().header("content-type", "Application/JSON ; charset=utf-8");
    let answer = client.send("POST", "/graphql", r#"{"query":"{ __typename }"}"#).await;
    assert_eq!(answer.data("/__typename"), "Query");
}

#[tokio::test]
async fn a_body_that_is_not_one_request_is_refused_with_what_is_wrong() {
    let service = service().await;
    let nested =
        format!(r#"{{"query":"{{ __typename }}","variables":{{"a":{}"#, "[".repeat(10_000));
    for (body, what) in [
        ("", "The body is not valid JSON."),
        ("{", "The body is not valid JSON."),
        (nested.as_str(), "The body is not valid JSON."),
        (r#"[{"query":"{ __typename }"}]"#, NOT_AN_OBJECT),
        ("[]", NOT_AN_OBJECT),
        (r#""{ __typename }""#, NOT_AN_OBJECT),
        ("{}", r#"The parameter "query" is missing."#),
        (r#"{"query":null}"#, r#"The parameter "query" is missing."#),
        (r#"{"query":1}"#, r#"The parameter "query" must be String."#),
        (
            r#"{"query":"{a}","operationName":1}"#,
            r#"The parameter "operationName" must be String."#,
        ),
        (r#"{"query":"{a}","variables":"x"}"#, r#"The parameter "variables" must be JSON object."#),
        (r#"{"query":"{a}","variables":[]}"#, r#"The parameter "variables" must be JSON object."#),
        (r#"{"query":"{a}","extensions":1}"#, r#"The parameter "extensions" must be JSON object."#),
    ] {
        let answer = post(&english(&service), body.to_owned()).await;
        assert_eq!(answer.status, 400, "{body}");
        assert_eq!(answer.error_code(), "BAD_USER_INPUT", "{body}");
        assert_eq!(message(&answer), what, "{body}");
    }
}

const NOT_AN_OBJECT: &str =
    r#"The body must be a JSON object with a "query"; batches are not accepted."#;

#[tokio::test]
async fn the_operation_must_be_named_where_there_are_several() {
    let service = service().await;
    let query = "query A { __typename } query B { __typename }";
    for name in [json!(null), json!("C"), json!("")] {
        let body = json!({ "query": query, "operationName": name }).to_string();
        let answer = post(&service.anyone(), body).await;
        assert_eq!(answer.error_code(), "GRAPHQL_VALIDATION_FAILED", "{name}");
    }
    let body = json!({ "query": query, "operationName": "B" }).to_string();
    assert_eq!(post(&service.anyone(), body).await.data("/__typename"), "Query");
}

// ------------------------------------------------------------------------------------- limits

#[tokio::test]
async fn a_body_has_at_most_256_kib() {
    let service = service().await;
    let query = r#"{"query":"{ __typename }"}"#;
    let body = |bytes: usize| query.to_owned() + &" ".repeat(bytes - query.len());
    let answer = post(&service.anyone(), body(256 * 1024)).await;
    assert_eq!(answer.data("/__typename"), "Query");
    let answer = post(&english(&service), body(256 * 1024 + 1)).await;
    assert_eq!((answer.status.as_u16(), answer.error_code().as_str()), (413, "BAD_USER_INPUT"));
    assert_eq!(message(&answer), "The request body is larger than 262144 bytes.");
}

#[tokio::test]
async fn a_document_over_a_limit_is_refused_with_the_limit() {
    let service = service().await;
    let repeat = |open: &str, times: usize, close: &str| open.repeat(times) + &close.repeat(times);
    let doubling: String = (0..30)
        .map(|n| format!(" fragment f{n} on Query {{ ...f{} ...f{} }}", n + 1, n + 1))
        .collect();
    for (query, what) in [
        (format!("{{ __typename }} #{:16384}", ""), "The query is longer than 16384 characters."),
        (format!("{{ {} }}", "a ".repeat(999)), "The query has more than 1000 tokens."),
        ("{".repeat(10_000), "The query has more than 1000 tokens."),
        ("{a".repeat(400), "The query is nested deeper than 16 levels."),
        (
            format!("{{ a(b: \"\"\" \" \"\"\") {}", "{a".repeat(400)),
            "The query is nested deeper than 16 levels.",
        ),
        (
            format!("{{ units(first: {}) }}", repeat("[", 400, "]")),
            "The query is nested deeper than 16 levels.",
        ),
        (
            format!("{{ unit(code: \"SA\") {} }}", repeat("{ parent", 16, "}")),
            "The query is nested deeper than 16 levels.",
        ),
        (
            format!("{{ {} }}", "__typename @include(if: true) ".repeat(51)),
            "The query has more than 50 directives.",
        ),
        (
            format!("{{ ...f0 }}{doubling} fragment f30 on Query {{ __typename }}"),
            "The query has more than 1000 tokens.",
        ),
        (
            "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"
                .to_owned(),
            "The types of the schema are followed further than 2 levels.",
        ),
    ] {
        let answer = english(&service).ask(&query).await;
        assert_eq!(answer.error_code(), "TOO_COMPLEX", "{query}");
        assert_eq!(message(&answer), what, "{query}");
        assert_eq!(answer.json().get("data"), None);
    }
    for query in [
        format!("{{ __typename }} #{:16367}", ""),
        format!("{{ {} }}", "__typename ".repeat(998)),
        format!("{{ {} }}", "__typename @include(if: true) ".repeat(50)),
        format!("{{ unit(code: \"SA\") {} {{ code }} {} }}", "{ parent".repeat(14), "}".repeat(14)),
    ] {
        assert_eq!(service.anyone().ask(&query).await.json().get("errors"), None, "{query}");
    }
}

#[tokio::test]
async fn an_operation_that_is_not_asked_for_cannot_keep_the_service_busy() {
    let service = service().await;
    let doubling: String = (0..28)
        .map(|n| format!(" fragment f{n} on Query {{ ...f{} ...f{} }}", n + 1, n + 1))
        .collect();
    let query = format!(
        "query Small {{ __typename }} query Huge {{ ...f0 }}{doubling}
         fragment f28 on Query {{ __typename }}"
    );
    let body = json!({ "query": query, "operationName": "Small" }).to_string();
    assert_eq!(post(&service.anyone(), body).await.error_code(), "TOO_COMPLEX");
}

#[tokio::test]
async fn a_fragment_within_itself_is_a_mistake_and_not_a_loop() {
    let service = service().await;
    let query = "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a ...a }";
    assert_eq!(service.anyone().ask(query).await.error_code(), "GRAPHQL_VALIDATION_FAILED");
}

#[tokio::test]
async fn residents_have_15_aliases_and_staff_30() {
    let service = service().await;
    let query = |aliases: usize| {
        let fields: String = (0..aliases).map(|n| format!("a{n}: __typename ")).collect();
        format!("{{ {fields} }}")
    };
    let resident = service.staff("resident:anna");
    for client in [service.anyone(), resident] {
        assert_eq!(client.ask(&query(15)).await.data("/a14"), "Query");
        assert_eq!(client.ask(&query(16)).await.error_code(), "TOO_COMPLEX");
    }
    let staff = service.staff("consultant");
    assert_eq!(staff.ask(&query(30)).await.data("/a29"), "Query");
    assert_eq!(staff.ask(&query(31)).await.error_code(), "TOO_COMPLEX");
}

#[tokio::test]
async fn an_answer_tells_what_it_cost_and_a_refusal_what_it_would_have() {
    let service = service().await;
    let query =
        "query($n: Int) { units(first: $n) { nodes { cards(first: 20) { nodes { slug } } } } }";
    let cost = |answer: &Answer| answer.json()["extensions"]["cost"].clone();
    let small = service.anyone().ask_with(query, json!({ "n": 10 })).await;
    small.data("/units");
    assert_eq!(cost(&small), json!({ "requested": 420, "available": 1_000 }));
    let large = english(&service).ask_with(query, json!({ "n": 100 })).await;
    assert_eq!(large.error_code(), "TOO_COMPLEX");
    assert_eq!(
        message(&large),
        "The query costs 4200 points; 1000 are available to you. Ask for fewer objects or smaller pages."
    );
    let staff = service.staff("consultant").ask_with(query, json!({ "n": 100 })).await;
    staff.data("/units");
    assert_eq!(cost(&staff), json!({ "requested": 4_200, "available": 5_000 }));
    let related = "{ serviceCards(first: 100) { nodes { related { related { slug } } } } }";
    assert_eq!(service.anyone().ask(related).await.error_code(), "TOO_COMPLEX");
}

#[tokio::test]
async fn a_negative_page_is_refused_at_its_field() {
    let service = service().await;
    let query = "{ units(first: -1) { nodes { code } } unit(code: \"SA\") { code } }";
    let answer = english(&service).ask(query).await;
    assert_eq!(answer.error_code(), "BAD_USER_INPUT");
    assert_eq!(message(&answer), "\"first\" must be from 0 to 100.");
    assert_eq!(answer.json()["errors"][0]["path"], json!(["units"]));
    assert_eq!(answer.json()["data"], json!({ "units": null, "unit": { "code": "SA" } }));
}

#[tokio::test]
async fn an_operation_that_takes_too_long_is_ended() {
    let service = service_with(&[("request-seconds", "1")]).await;
    let mut busy = Vec::new();
    for _connection in 0..4 {
        busy.push(service.db().reader().begin().await.unwrap());
    }
    tokio::time::pause();
    let answer = english(&service).ask("{ districts { name } }").await;
    assert_eq!(answer.error_code(), "TIMEOUT");
    assert_eq!(message(&answer), "The answer took longer than 1 seconds. Ask for less.");
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let service = service().await;
    let never = Body::from_stream(futures_util::stream::pending::<Result<String, Infallible>>());
    tokio::time::pause();
    let answer = post(&service.anyone(), never).await;
    assert_eq!((answer.status.as_u16(), answer.error_code().as_str()), (408, "TIMEOUT"));
}

/// A body that comes when it is sent, and as a whole.
fn late_body() -> (oneshot::Sender<String>, Body) {
    let (sender, receiver) = oneshot::channel();
    let body = async { Ok::<_, Infallible>(receiver.await.unwrap()) };
    (sender, Body::from_stream(body.into_stream()))
}

#[tokio::test]
async fn one_operation_too_many_is_told_to_come_again_and_health_still_answers() {
    let service = service_with(&[("operations-max", "1")]).await;
    let under_way = service.app.permits.operation().unwrap();
    let second = english(&service).ask("{ __typename }").await;
    assert_eq!((second.status.as_u16(), second.error_code().as_str()), (503, "UNAVAILABLE"));
    assert_eq!(second.header("retry-after"), "1");
    assert_eq!(message(&second), "Too many requests are under way. Try again in a moment.");
    assert_eq!(service.anyone().send("GET", "/health/ready", "").await.status, 200);
    drop(under_way);
    assert_eq!(service.anyone().ask("{ __typename }").await.data("/__typename"), "Query");
}

#[tokio::test]
async fn a_body_that_comes_slowly_takes_no_place_from_others() {
    let service = service_with(&[("operations-max", "1")]).await;
    let (sender, body) = late_body();
    let client = service.anyone();
    let mut slow = pin!(post(&client, body));
    assert!(slow.as_mut().now_or_never().is_none());
    assert_eq!(service.anyone().ask("{ __typename }").await.data("/__typename"), "Query");
    sender.send(r#"{"query":"{ __typename }"}"#.to_owned()).unwrap();
    assert_eq!(slow.await.data("/__typename"), "Query");
}

#[tokio::test]
async fn a_field_that_fails_is_null_and_leaves_its_neighbours_whole() {
    let service = service().await;
    for failing in [
        "search(query: \"a\", first: -1) { totalCount }",
        "units(first: -1) { nodes { code } }",
        "serviceCards(first: -1) { nodes { slug } }",
        "articles(first: -1) { nodes { slug } }",
        "nodes(ids: [\"x\"]) { id } articles(after: \"x\") { nodes { slug } }",
    ] {
        let query = format!("{{ {failing} unit(code: \"SA\") {{ code }} }}");
        let answer = service.anyone().ask(&query).await;
        assert_eq!(answer.status, 200, "{failing}");
        assert_eq!(answer.error_code(), "BAD_USER_INPUT", "{failing}");
        assert_eq!(answer.json()["data"]["unit"]["code"], "SA", "{failing}");
    }
    let foreign = "{ node(id: \"zzz\") { id } nodes(ids: [\"zzz\"]) { id } }";
    let none = service.anyone().ask(foreign).await.data("");
    assert_eq!(none, json!({ "node": null, "nodes": [null] }));
}

#[tokio::test]
async fn development_tokens_are_for_this_machine_only() {
    let service = service().await;
    let editor = service.staff("editor");
    for (name, value) in [
        ("host", "kontakt.example"),
        ("x-forwarded-for", "192.0.2.1"),
        ("forwarded", "for=192.0.2.1"),
    ] {
        let answer = editor.clone().header(name, value).ask("{ __typename }").await;
        assert_eq!(
            (answer.status.as_u16(), answer.error_code().as_str()),
            (401, "UNAUTHENTICATED")
        );
    }
    for host in ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"] {
        let answer = editor.clone().header("host", host).ask("{ __typename }").await;
        assert_eq!(answer.status, 200, "{host}");
    }
}

#[tokio::test]
async fn a_text_with_a_nul_is_refused_or_finds_nothing_and_breaks_nothing() {
    let service = service().await;
    let query = "query($s: String!) { serviceCard(slug: $s) { slug } unit(code: \"SA\") { code } }";
    let answer = service.anyone().ask_with(query, json!({ "s": "a\u{0}b" })).await;
    assert_eq!(answer.json()["data"], json!({ "serviceCard": null, "unit": { "code": "SA" } }));
    assert!(!answer.text.contains("INTERNAL"), "{}", answer.text);
}

// ------------------------------------------------------------------------------ introspection

/// What graphql-js 16 asks with all its options, as GraphiQL, codegen and inspectors do.
const INTROSPECTION: &str = "
    query IntrospectionQuery {
      __schema {
        description
        queryType { name kind }
        mutationType { name kind }
        subscriptionType { name kind }
        types { ...FullType }
        directives {
          name description isRepeatable locations
          args(includeDeprecated: true) { ...InputValue }
        }
      }
    }
    fragment FullType on __Type {
      kind name description specifiedByURL isOneOf
      fields(includeDeprecated: true) {
        name description
        args(includeDeprecated: true) { ...InputValue }
        type { ...TypeRef }
        isDeprecated deprecationReason
      }
      inputFields(includeDeprecated: true) { ...InputValue }
      interfaces { ...TypeRef }
      enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
      possibleTypes { ...TypeRef }
    }
    fragment InputValue on __InputValue {
      name description
      type { ...TypeRef }
      defaultValue isDeprecated deprecationReason
    }
    fragment TypeRef on __Type {
      kind name
      ofType { kind name
        ofType { kind name
          ofType { kind name
            ofType { kind name
              ofType { kind name
                ofType { kind name
                  ofType { kind name
                    ofType { kind name
                      ofType { kind name }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }";

#[tokio::test]
async fn the_introspection_of_the_usual_tools_passes_for_anybody() {
    let service = service().await;
    let answer = service.anyone().ask(INTROSPECTION).await;
    let types = answer.data("/__schema/types");
    let names: Vec<&str> =
        types.as_array().unwrap().iter().map(|kind| kind["name"].as_str().unwrap()).collect();
    for name in ["Query", "Mutation", "Subscription", "ServiceCard", "UserErrorCode", "Date"] {
        assert!(names.contains(&name), "{name} is not in {names:?}");
    }
    assert_eq!(answer.json()["extensions"]["cost"]["requested"], 0);
}

#[tokio::test]
async fn an_unknown_field_is_named_and_nothing_is_suggested() {
    let service = service().await;
    for (query, wrong, right) in [
        ("{ serviceCrad(slug: \"x\") { slug } }", "serviceCrad", "serviceCard"),
        ("{ units(frist: 1) { nodes { code } } }", "frist", "first"),
        ("{ units { nodes { coed } } }", "coed", "code"),
        ("{ articles(filter: { visibility: STUFF }) { nodes { slug } } }", "visibility", "STAFF"),
        ("query($a: ServiceCrad) { unit(code: $a) { code } }", "ServiceCrad", "ServiceCard"),
    ] {
        let errors = service.anyone().ask(query).await.json()["errors"].clone();
        for error in errors.as_array().unwrap() {
            assert_eq!(error["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED", "{error}");
            let said = error["message"].as_str().unwrap();
            assert!(said.contains(wrong) && !said.contains(right), "{said}");
        }
    }
}

// ------------------------------------------------------------------------------------- errors

#[tokio::test]
async fn refusals_speak_the_callers_language() {
    let service = service().await;
    for (languages, not_json, unauthenticated, forbidden) in [
        (
            "pl",
            "Treść nie jest poprawnym JSON-em.",
            "Najpierw się zaloguj albo sprawdź wysyłany token.",
            "Twoja rola na to nie pozwala.",
        ),
        (
            "en-GB, pl;q=0.8",
            "The body is not valid JSON.",
            "Sign in first, or check the token that you send.",
            "Your role does not allow this.",
        ),
        (
            "de, uk;q=0.5",
            "Тіло не є правильним JSON.",
            "Спершу увійдіть або перевірте токен, який надсилаєте.",
            "Ваша роль цього не дозволяє.",
        ),
    ] {
        let client = service.anyone().header("accept-language", languages);
        assert_eq!(message(&post(&client, "{").await), not_json);
        let mutation = withdrawal(&service).await;
        assert_eq!(message(&client.ask(&mutation).await), unauthenticated);
        let editor = client.header("authorization", "Bearer dev:editor");
        assert_eq!(message(&editor.ask(&mutation).await), forbidden);
    }
    // Polish when nothing is said.
    let polish = post(&service.anyone(), "{").await;
    assert_eq!(message(&polish), "Treść nie jest poprawnym JSON-em.");
}

#[tokio::test]
async fn a_bad_token_is_refused_before_anything_is_done() {
    let service = service().await;
    let mutation = withdrawal(&service).await;
    for token in [
        "",
        "Bearer",
        "Bearer ",
        "Bearer dev:king",
        "Bearer dev:publisher:a:b",
        "Basic ZGV2OnB1Ymxpc2hlcg==",
        "dev:publisher",
    ] {
        let client = service.anyone().header("authorization", token);
        for query in [mutation.as_str(), "{ __typename }"] {
            let answer = client.ask(query).await;
            assert_eq!(answer.status, 401, "{token}");
            assert_eq!(answer.error_code(), "UNAUTHENTICATED", "{token}");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
            assert_eq!(answer.json().get("data"), None);
        }
        let client = client.header("content-type", "application/json");
        let body = json!({ "query": mutation }).to_string();
        assert_eq!(client.send("POST", "/graphql/stream", body).await.status, 401);
    }
    assert_untouched(&service).await;
}

#[tokio::test]
async fn development_tokens_are_nothing_in_production() {
    let service = service_with(&[("profile", "production")]).await;
    let answer = service.staff("publisher").ask(&withdrawal(&service).await).await;
    assert_eq!((answer.status.as_u16(), answer.error_code().as_str()), (401, "UNAUTHENTICATED"));
    let query = "{ serviceCard(slug: \"mobywatel\") { version } }";
    assert_eq!(service.anyone().ask(query).await.data("/serviceCard/version"), 1);
}

#[tokio::test]
async fn a_defect_shows_an_id_and_nothing_else_and_leaves_its_neighbours_whole() {
    let service = service().await;
    let drop = service
        .db()
        .write(async |tx| Ok(tx.execute_unprepared("DROP TABLE articles").await?))
        .await;
    drop.unwrap();
    let query = "{ articles { nodes { slug } } unit(code: \"SA\") { code } }";
    let answer = english(&service).ask(query).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.error_code(), "INTERNAL");
    assert_eq!(answer.json()["errors"][0]["path"], json!(["articles"]));
    assert_eq!(answer.json()["data"], json!({ "articles": null, "unit": { "code": "SA" } }));
    let shown = message(&answer);
    let id = shown
        .strip_prefix("Something went wrong on our side. Quote ")
        .and_then(|rest| rest.strip_suffix(" when you report it."))
        .unwrap_or_else(|| panic!("{shown}"));
    assert_eq!(id.len(), 12, "{shown}");
    let again = message(&english(&service).ask(query).await);
    assert_ne!(again, shown);
    for inside in ["table", "SQL", "sql", "relation", "SELECT", "Exec", "Query("] {
        assert!(!answer.text.contains(inside), "{}", answer.text);
    }
}

// ------------------------------------------------------------------------------------ answers

#[tokio::test]
async fn keys_come_in_the_order_in_which_they_were_asked_for() {
    let service = service().await;
    let query = "{ z: __typename unit(code: \"SA\") { name code id } a: __typename
        ...F } fragment F on Query { m: __typename }";
    let text = service.anyone().ask(query).await.text;
    let places: Vec<usize> =
        ["\"z\"", "\"unit\"", "\"name\"", "\"code\"", "\"id\"", "\"a\"", "\"m\""]
            .iter()
            .map(|key| text.find(key).unwrap())
            .collect();
    assert!(places.is_sorted(), "{text}");
}

#[tokio::test]
async fn every_answer_is_marked_against_guessing_and_with_an_id() {
    let service = service().await;
    let client = service.anyone();
    let html = client.clone().header("accept", "text/html");
    for answer in [
        client.ask("{ __typename }").await,
        client.ask("{").await,
        post(&client, "{").await,
        client.send("POST", "/graphql", "").await,
        client.send("PUT", "/graphql", "").await,
        client.clone().header("authorization", "x").ask("{ __typename }").await,
        html.send("GET", "/graphql", "").await,
        client.send("GET", "/schema.graphql", "").await,
        client.send("GET", "/nowhere", "").await,
    ] {
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{}", answer.text);
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{}", answer.text);
        assert_eq!(answer.header("x-request-id").len(), 36, "{}", answer.text);
    }
    let known = client.clone().header("x-request-id", "from-the-proxy");
    assert_eq!(known.ask("{ __typename }").await.header("x-request-id"), "from-the-proxy");
}

#[tokio::test]
async fn answers_are_not_kept_by_anybody_and_name_what_they_depend_on() {
    let service = service().await;
    let answer = service.anyone().ask("{ __typename }").await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let vary: Vec<&str> = answer
        .headers
        .get_all("vary")
        .iter()
        .flat_map(|v| v.to_str().unwrap().split(", "))
        .collect();
    for header in ["accept", "accept-language", "authorization", "origin", "accept-encoding"] {
        assert!(vary.contains(&header), "{header} is not in {vary:?}");
    }
}

#[tokio::test]
async fn an_answer_is_compressed_when_the_client_can_read_that() {
    let service = service().await;
    let query = "{ units(first: 20) { nodes { code name } } }";
    let plain = service.anyone().ask(query).await;
    assert_eq!(plain.header("content-encoding"), "");
    let packed = service.anyone().header("accept-encoding", "gzip").ask(query).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.bytes.len() < plain.bytes.len());
    let mut text = String::new();
    flate2::read::GzDecoder::new(&packed.bytes[..]).read_to_string(&mut text).unwrap();
    assert_eq!(text, plain.text);
}

#[tokio::test]
async fn a_browser_gets_the_explorer_with_a_policy_of_its_own() {
    let service = service().await;
    let client = service.anyone().header("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    let mut nonces = Vec::new();
    for _visit in 0..2 {
        let page = client.send("GET", "/graphql", "").await;
        assert_eq!(page.status, 200);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("cache-control"), "no-store");
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'nonce-"), "{policy}");
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        assert_eq!(nonce.len(), 22);
        assert!(page.text.contains(&format!("<script nonce=\"{nonce}\">")));
        assert!(page.text.contains(&format!("<style nonce=\"{nonce}\">")));
        assert!(!page.text.contains("{{nonce}}"));
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
    let home = client.send("GET", "/", "").await;
    assert_eq!((home.status.as_u16(), home.header("location")), (307, "/graphql"));
}

#[tokio::test]
async fn the_schema_is_a_file_and_an_unknown_path_is_not_found() {
    let service = service().await;
    let schema = service.anyone().send("GET", "/schema.graphql", "").await;
    assert_eq!(schema.status, 200);
    assert_eq!(schema.header("content-type"), "application/graphql; charset=utf-8");
    assert!(schema.text.contains("type Query {"));
    for path in ["/nowhere", "/graphql/", "/graphql/nowhere", "/%00", "/../Cargo.toml"] {
        assert_eq!(service.anyone().send("GET", path, "").await.status, 404, "{path}");
    }
    for method in ["PUT", "DELETE", "PATCH", "TRACE"] {
        assert_eq!(service.anyone().send(method, "/graphql", "").await.status, 405, "{method}");
    }
}

#[tokio::test]
async fn only_pages_of_listed_origins_may_call() {
    let service =
        service_with(&[("cors-origins", "https://app.example.org, https://b.example")]).await;
    let preflight = async |origin: &str| {
        let client = service
            .anyone()
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type,authorization");
        client.send("OPTIONS", "/graphql", "").await
    };
    for origin in ["https://app.example.org", "https://b.example"] {
        let answer = preflight(origin).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("access-control-allow-origin"), origin);
        assert_eq!(answer.header("access-control-allow-methods"), "GET,POST");
        let headers = answer.header("access-control-allow-headers");
        assert_eq!(headers, "content-type,authorization,accept-language,graphql-preflight");
        let asked = service.anyone().header("origin", origin).ask("{ __typename }").await;
        assert_eq!(asked.header("access-control-allow-origin"), origin);
    }
    for origin in ["https://example.org", "https://app.example.org.evil.example", "null"] {
        let answer = preflight(origin).await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
        let asked = service.anyone().header("origin", origin).ask("{ __typename }").await;
        assert_eq!(asked.header("access-control-allow-origin"), "", "{origin}");
    }
    assert_eq!(preflight("https://b.example").await.header("access-control-allow-credentials"), "");
}

#[tokio::test]
async fn health_tells_whether_requests_can_be_served() {
    let service = service().await;
    assert_eq!(service.anyone().send("GET", "/health/live", "").await.status, 200);
    let ready = service.anyone().send("GET", "/health/ready", "").await;
    assert_eq!(ready.status, 200);
    assert_eq!(ready.json(), json!({ "database": true, "index": true, "running": true }));
    service.app.stop();
    assert_eq!(service.anyone().send("GET", "/health/live", "").await.status, 200);
    let ready = service.anyone().send("GET", "/health/ready", "").await;
    assert_eq!(ready.status, 503);
    assert_eq!(ready.json(), json!({ "database": true, "index": true, "running": false }));
    // It is as it should be, and asked every second.
    assert_eq!(errors_in(service.anyone().send("GET", "/health/ready", "")).await, 0);
}

// -------------------------------------------------------------------------------- connections

/// Waits for something of the wire, but not for ever.
async fn soon<T>(work: impl Future<Output = T>) -> T {
    timeout(Duration::from_secs(20), work).await.expect("it did not come")
}

/// A request whose head was taken, so that it is under way, and whose body has yet to come.
async fn under_way(wire: &Wire, body: &str) -> TcpStream {
    let mut stream = wire.connect().await;
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         content-length: {}\r\nexpect: 100-continue\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut go_on = [0; 25];
    soon(stream.read_exact(&mut go_on)).await.unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream
}

#[tokio::test]
async fn a_request_under_way_is_answered_while_the_service_stops() {
    let service = service().await;
    let wire = service.listen().await;
    let body = r#"{"query":"{ __typename }"}"#;
    let mut stream = under_way(&wire, body).await;
    service.app.stop();
    // New connections are refused from some moment on, and the old one is still there.
    soon(async { while TcpStream::connect(wire.address).await.is_ok() {} }).await;
    assert!(!wire.server.is_finished());
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    soon(stream.read_to_string(&mut answer)).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("connection: close"), "{answer}");
    assert!(answer.contains(r#""data":{"__typename":"Query"}"#), "{answer}");
    soon(wire.server).await.unwrap();
}

#[tokio::test]
async fn a_request_that_does_not_end_holds_a_stop_up_for_the_set_time_only() {
    let service = service_with(&[("shutdown-seconds", "7")]).await;
    let wire = service.listen().await;
    let _stream = under_way(&wire, "{}").await;
    tokio::time::pause();
    let begun = tokio::time::Instant::now();
    service.app.stop();
    soon(wire.server).await.unwrap();
    assert_eq!(begun.elapsed().as_secs(), 7);
}

#[tokio::test]
async fn a_client_that_does_not_finish_its_request_is_cut_off() {
    let service = service().await;
    let wire = service.listen().await;
    for begin in ["", "P", "PRI * HTTP/2.0\r\n\r\n", "GET /health/live HTTP/1.1\r\nhost: local"] {
        let mut stream = wire.connect().await;
        stream.write_all(begin.as_bytes()).await.unwrap();
        // The clock runs ahead by itself while nobody does anything.
        tokio::time::pause();
        let mut rest = Vec::new();
        let end = timeout(Duration::from_secs(60), stream.read_to_end(&mut rest)).await;
        end.unwrap_or_else(|_| panic!("still open after {begin:?}")).unwrap();
        assert_eq!(String::from_utf8(rest).unwrap(), "", "{begin:?}");
        tokio::time::resume();
    }
}

#[tokio::test]
async fn a_connection_that_is_kept_for_nothing_is_closed() {
    let service = service().await;
    let wire = service.listen().await;
    let mut stream = wire.connect().await;
    stream.write_all(b"GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut answer = [0; 15];
    soon(stream.read_exact(&mut answer)).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200 OK");
    tokio::time::pause();
    let mut rest = Vec::new();
    let end = timeout(Duration::from_secs(60), stream.read_to_end(&mut rest)).await;
    end.expect("still open").unwrap();
}
