//! Sign-in at a provider, as it should be.

use serde_json::{Value, json};

use crate::harness::{
    Browser, Service, empty_service_with,
    provider::{Provider, Under, sign_in},
    reports,
};

const ROLES: &str = "roles_claim = 'realm.roles'\n\
    roles = { 'kck-editor' = 'editor', 'zdmk' = 'officer:ZDMK', 'kck-admin' = 'admin' }";

async fn service(provider: &Provider) -> Service {
    let residents = provider.settings("city", "resident", "acr = ['high', 'substantial']");
    let staff = provider.settings("staff", "staff", ROLES);
    empty_service_with(&[("provider", &format!("{residents}{staff}"))]).await
}

fn roles(names: &[&str]) -> Value {
    json!({ "realm": { "roles": names } })
}

#[tokio::test]
async fn a_resident_signs_in_and_comes_back_to_where_the_way_began() {
    let provider = Provider::start().await;
    let service = service(&provider).await;
    let mut browser = Browser::new(&service);
    assert_eq!(browser.me("kind").await, json!(null));
    let acr = json!({ "acr": "high" });
    let answer = sign_in(&mut browser, &provider, "city", acr, service.clock.now()).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/there"));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(browser.cookies.keys().collect::<Vec<_>>(), ["kontakt"]);
    let expected = json!({ "kind": "RESIDENT", "name": "Anna Nowak", "email": "anna@example.org",
        "role": null, "assurance": "high", "signedInAt": "2026-11-20T09:00:00+00:00" });
    assert_eq!(browser.me("kind name email role assurance signedInAt").await, expected);
}

#[tokio::test]
async fn what_is_sent_to_a_provider_is_what_the_answer_is_held_against() {
    let provider = Provider::start().await;
    let service = service(&provider).await;
    let under = Under::begin(&mut Browser::new(&service), "city", "/").await;
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "kontakt"),
        ("code_challenge_method", "S256"),
        ("scope", "openid profile email"),
        ("acr_values", "high substantial"),
        ("redirect_uri", "http://127.0.0.1:8000/auth/callback/city"),
    ] {
        assert_eq!(under.query[name], value, "{name}");
    }
    for secret in ["state", "nonce", "code_challenge"] {
        assert_eq!(under.query[secret].len(), 43, "{secret}");
    }
}

#[tokio::test]
async fn staff_gets_the_first_role_of_the_settings_that_the_provider_names() {
    let provider = Provider::start().await;
    let service = service(&provider).await;
    let now = service.clock.now();
    let mut browser = Browser::new(&service);
    sign_in(&mut browser, &provider, "staff", roles(&["other", "kck-admin", "zdmk"]), now).await;
    let fields = "kind role roleLabel name";
    let officer = json!({ "kind": "STAFF", "role": "OFFICER", "roleLabel": "pracownik jednostki",
        "name": "Anna Nowak" });
    assert_eq!(browser.me(fields).await, officer);
    // The account is the same, and what it may do is what the provider says now.
    let id = browser.me("id").await;
    sign_in(&mut browser, &provider, "staff", roles(&["kck-admin"]), now).await;
    assert_eq!(browser.me("id").await, id);
    let seen = browser.ask("{ accounts { nodes { handle name role provider } } }").await;
    let listed = json!([{ "handle": "anna.nowak", "name": "Anna Nowak", "role": "ADMIN",
        "provider": "staff" }]);
    assert_eq!(seen.data("/accounts/nodes"), listed);
}

#[tokio::test]
async fn who_signed_in_and_whose_role_has_changed_is_kept_in_the_audit() {
    let provider = Provider::start().await;
    let service = service(&provider).await;
    let mut browser = Browser::new(&service);
    for names in [&["zdmk"][..], &["kck-admin"], &["kck-admin"], &[]] {
        sign_in(&mut browser, &provider, "staff", roles(names), service.clock.now()).await;
    }
    let query = "{ auditLog { nodes { act detail subject } } }";
    let log = service.staff("dpo").ask(query).await.data("/auditLog/nodes");
    let account = &log[0]["subject"];
    assert!(account.is_string());
    let entries = [
        ("SESSIONS_ENDED", json!("ROLE_LOST")),
        ("ROLE_CHANGED", json!(null)),
        ("SIGNED_IN", json!("ADMIN")),
        ("SIGNED_IN", json!("ADMIN")),
        ("ROLE_CHANGED", json!("ADMIN")),
        ("SIGNED_IN", json!("OFFICER ZDMK")),
    ];
    let entry = |(act, detail)| json!({ "act": act, "detail": detail, "subject": account });
    assert_eq!(log, entries.map(entry).into_iter().collect::<Value>());
}

#[tokio::test]
async fn staff_without_a_role_is_refused_and_loses_what_is_open() {
    let provider = Provider::start().await;
    let service = service(&provider).await;
    let now = service.clock.now();
    let (mut one, mut other) = (Browser::new(&service), Browser::new(&service));
    sign_in(&mut one, &provider, "staff", roles(&["kck-editor"]), now).await;
    assert_eq!(one.me("role").await["role"], "EDITOR");
    for claims in [roles(&["kck-king"]), json!({}), json!({ "realm": "kck-editor" })] {
        let answer = sign_in(&mut other, &provider, "staff", claims, now).await;
        assert_eq!(answer.status, 403);
        assert!(answer.text.contains("nie ma tu żadnej roli"), "{}", answer.text);
        assert_eq!(other.me("role").await, json!(null));
        assert_eq!(one.me("role").await, json!(null));
    }
}

#[tokio::test]
async fn two_people_of_one_name_are_told_apart_in_histories() {
    let provider = Provider::start().await;
    let service = service(&provider).await;
    let now = service.clock.now();
    for subject in ["s-1", "s-2"] {
        let mut claims = roles(&["kck-admin"]);
        claims["sub"] = json!(subject);
        sign_in(&mut Browser::new(&service), &provider, "staff", claims, now).await;
    }
    let seen = service.staff("admin").ask("{ accounts { nodes { handle } } }").await;
    let handles = json!([{ "handle": "anna.nowak-2" }, { "handle": "anna.nowak" }]);
    assert_eq!(seen.data("/accounts/nodes"), handles);
}

#[tokio::test]
async fn a_provider_may_turn_its_key() {
    let provider = Provider::start().await;
    let service = service(&provider).await;
    let mut browser = Browser::new(&service);
    let acr = json!({ "acr": "high" });
    sign_in(&mut browser, &provider, "city", acr.clone(), service.clock.now()).await;
    provider.turn_key();
    service.clock.advance(chrono::Duration::minutes(2));
    let answer = sign_in(&mut browser, &provider, "city", acr, service.clock.now()).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
}

#[tokio::test]
async fn the_ways_in_are_offered_and_no_other_is_there() {
    let provider = Provider::start().await;
    let service = service(&provider).await;
    let query = "{ signInOptions { name label kind url } }";
    let options = service.anyone().ask(query).await.data("/signInOptions");
    let expected = json!([
        { "name": "city", "label": "Provider city", "kind": "RESIDENT", "url": "/auth/sign-in/city" },
        { "name": "staff", "label": "Provider staff", "kind": "STAFF", "url": "/auth/sign-in/staff" },
        { "name": "e-mail", "label": "Link w e-mailu", "kind": "RESIDENT", "url": "/auth/e-mail" },
    ]);
    assert_eq!(options, expected);
    // Where there is a provider, nobody may be anyone.
    let mut browser = Browser::new(&service);
    assert_eq!(browser.get("/auth/dev").await.status, 404);
    assert_eq!(browser.post("/auth/dev", "token=dev:admin").await.status, 404);
    assert_eq!(browser.get("/auth/sign-in/other").await.status, 404);
}

#[tokio::test]
async fn a_report_of_a_signed_in_resident_is_in_the_account_and_others_can_be_claimed() {
    let service = crate::harness::service().await;
    let (anna, jan) =
        (Browser::of(&service, "resident:anna").await, Browser::of(&service, "resident:jan").await);
    let client = anna.client().header("sec-fetch-site", "same-origin");
    let own = reports::filed_by(&client, json!({})).await;
    let earlier = reports::filed(&service, json!({})).await;
    let mine = "{ myReports { totalCount nodes { number description timeline { step } } } }";
    let numbers = async |browser: &Browser<'_>| {
        let found = browser.ask(mine).await.data("/myReports/nodes");
        found.as_array().unwrap().iter().map(|one| one["number"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&anna).await, [json!(own.number)]);
    assert_eq!(numbers(&jan).await, Vec::<Value>::new());
    let claim = async |browser: &Browser<'_>, number: &str, token: &str| {
        let query = "mutation($input: ClaimReportInput!) { claimReport(input: $input) {
            report { number } errors { code field } } }";
        let input = json!({ "input": { "number": number, "trackingToken": token } });
        browser.ask_with(query, input).await
    };
    assert_eq!(claim(&anna, &earlier.number, &own.token).await.error_code(), "NOT_FOUND");
    let taken = claim(&anna, &earlier.number, &earlier.token).await;
    assert_eq!(taken.data("/claimReport/report/number"), earlier.number);
    assert_eq!(numbers(&anna).await, [json!(earlier.number), json!(own.number)]);
    let foreign = claim(&jan, &earlier.number, &earlier.token).await;
    assert_eq!(foreign.refusals("claimReport"), ["CONFLICT number"]);
    assert_eq!(numbers(&jan).await, Vec::<Value>::new());
}
