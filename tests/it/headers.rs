//! What every answer of every route tells browsers.

use std::collections::BTreeSet;

use crate::harness::{Service, service, service_with};

/// A request to every route of the router, with the Content-Security-Policy that its answer has, and
/// how it may be kept; empty where the answer has what all have.
const ROUTES: &[(&str, &str, &str, &str)] = &[
    ("GET", "/", "", ""),
    ("GET", "/graphql?query=%7B__typename%7D", "", ""),
    ("POST", "/graphql", "", ""),
    ("POST", "/graphql/stream", "", ""),
    ("GET", "/graphql/ws", "", ""),
    ("GET", "/schema.graphql", "", ""),
    ("GET", "/health/live", "", ""),
    ("GET", "/health/ready", "", ""),
    ("GET", "/files/{name}", "", ""),
    ("GET", "/mail/confirm/{link}", FORM, ""),
    ("POST", "/mail/confirm/{link}", FORM, ""),
    ("GET", "/mail/unsubscribe/{link}", FORM, ""),
    ("POST", "/mail/unsubscribe/{link}", FORM, ""),
    ("GET", "/mail/nothing/{link}", FORM, ""),
    ("POST", "/mail/nothing/{link}", FORM, ""),
    ("GET", "/mail/address/{secret}", FORM, ""),
    ("POST", "/mail/address/{secret}", FORM, ""),
    ("GET", "/my-data.json", FORM, ""),
    ("GET", "/my-data.html", FORM, ""),
    ("GET", "/open-data/dictionary.json", "", ""),
    ("GET", "/open-data/reports.csv", "", "public, max-age=300"),
    ("GET", "/open-data/{name}", "", ""),
    ("GET", "/open311/v2/discovery.json", "", ""),
    ("GET", "/open311/v2/services.xml", "", ""),
    ("GET", "/open311/v2/requests.json", "", ""),
    ("POST", "/open311/v2/requests.json", "", ""),
    ("GET", "/open311/v2/services/{file}", "", ""),
    ("GET", "/open311/v2/requests/{file}", "", ""),
    ("GET", "/open311/v2/tokens/{file}", "", ""),
    ("GET", "/open311/v2/{*path}", "", ""),
    ("GET", "/auth/sign-in/{provider}", PAGES, ""),
    ("GET", "/auth/callback/{provider}", PAGES, ""),
    ("POST", "/auth/back-channel/{provider}", "", ""),
    ("POST", "/auth/sign-out", PAGES, ""),
    ("GET", "/auth/dev", PAGES, ""),
    ("GET", "/auth/e-mail", PAGES, ""),
    ("GET", "/auth/e-mail/{secret}", PAGES, ""),
    ("POST", "/auth/e-mail/{secret}", PAGES, ""),
    ("GET", "/nowhere", "", ""),
    ("DELETE", "/graphql", "", ""),
];

/// The pages on the way in send forms to this service.
const PAGES: &str =
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const POLICY: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The pages behind the links of letters have a button.
const FORM: &str =
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

async fn assert_headers(service: &Service, strict: &str) {
    for (method, path, policy, cache) in ROUTES {
        let answer = service.anyone().send(method, path, "").await;
        let or = |own: &'static str, all: &'static str| if own.is_empty() { all } else { own };
        for (header, wanted) in [
            ("cache-control", or(cache, "no-store")),
            ("content-security-policy", or(policy, POLICY)),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("referrer-policy", "no-referrer"),
            ("strict-transport-security", strict),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("server", ""),
        ] {
            assert_eq!(answer.header(header), wanted, "{header} of {method} {path}");
        }
    }
}

#[tokio::test]
async fn every_route_tells_browsers_to_be_strict() {
    assert_headers(&service().await, "").await;
}

#[tokio::test]
async fn in_production_browsers_come_back_by_tls_only() {
    let service = service_with(&[("profile", "production")]).await;
    assert_headers(&service, "max-age=31536000; includeSubDomains").await;
}

#[test]
fn the_table_has_every_route() {
    let source = include_str!("../../src/app.rs");
    let named = |before: &'static str, prefix: &'static str| {
        let names = source.split(before).skip(1).filter_map(|rest| rest.split('"').next());
        names.map(move |name| format!("{prefix}{name}"))
    };
    let routes = named(".route(\"", "").chain(named("&path(\"", "/open311/v2/"));
    // Without what is asked for, and without the format.
    let bare = |path: &str| path.split(['?', '.']).next().unwrap_or_default().to_owned();
    let known: BTreeSet<String> = ROUTES.iter().map(|(_, path, ..)| bare(path)).collect();
    let missing: Vec<String> = routes.filter(|route| !known.contains(&bare(route))).collect();
    assert_eq!(missing, Vec::<String>::new());
}
