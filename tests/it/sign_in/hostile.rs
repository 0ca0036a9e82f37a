//! Answers that are not what they seem: nobody is signed in, and nothing changes.

use serde_json::{Value, json};

use crate::harness::{
    Answer, Browser, Service, empty_service_with,
    provider::{Provider, Signed, Under},
};

async fn service(provider: &Provider) -> Service {
    let settings = provider.settings("city", "resident", "acr = ['high']");
    empty_service_with(&[("provider", &settings)]).await
}

/// Nobody is signed in, and there is no account.
async fn is_refused(service: &Service, browser: &Browser<'_>, answer: &Answer, what: &str) {
    assert_eq!(answer.status, 400, "{what}: {}", answer.text);
    assert_eq!(browser.me("kind").await, json!(null), "{what}");
    assert!(!browser.cookies.contains_key("kontakt"), "{what}");
    let accounts = service.staff("admin").ask("{ accounts { nodes { id } } }").await;
    assert_eq!(accounts.data("/accounts/nodes"), json!([]), "{what}");
}

fn good(provider: &Provider, under: &Under, service: &Service) -> Value {
    let mut claims = provider.claims("s-1", under.nonce(), service.clock.now());
    claims["acr"] = json!("high");
    claims
}

#[tokio::test]
async fn a_token_with_anything_wrong_signs_nobody_in() {
    let provider = Provider::start().await;
    let service = service(&provider).await;
    let now = service.clock.now().timestamp();
    let cases: &[(&str, Value, Signed)] = &[
        ("no signature", json!({}), Signed::Not),
        ("the secret of the client as a key", json!({}), Signed::WithTheSecret),
        ("another key", json!({}), Signed::ByAnotherKey),
        ("an unknown key", json!({}), Signed::UnderAnotherName),
        ("another issuer", json!({ "iss": "https://evil.example" }), Signed::Well),
        ("no issuer", json!({ "iss": null }), Signed::Well),
        ("another client", json!({ "aud": "other" }), Signed::Well),
        ("one client more", json!({ "aud": ["kontakt", "other"] }), Signed::Well),
        ("made for another", json!({ "azp": "other" }), Signed::Well),
        ("another nonce", json!({ "nonce": "other" }), Signed::Well),
        ("no nonce", json!({ "nonce": null }), Signed::Well),
        ("expired", json!({ "exp": now }), Signed::Well),
        ("not issued yet", json!({ "iat": now + 3_600 }), Signed::Well),
        ("no subject", json!({ "sub": null }), Signed::Well),
        ("too weak", json!({ "acr": "low" }), Signed::Well),
        ("no strength", json!({ "acr": null }), Signed::Well),
    ];
    for (what, changed, signed) in cases {
        let mut browser = Browser::new(&service);
        let under = Under::begin(&mut browser, "city", "/").await;
        let mut claims = good(&provider, &under, &service);
        for (claim, value) in changed.as_object().unwrap() {
            claims[claim] = value.clone();
        }
        claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        provider.answers(claims, *signed);
        let answer = browser.get(&under.back(&provider.issuer)).await;
        is_refused(&service, &browser, &answer, what).await;
        assert!(answer.text.contains("nie jest wiarygodna"), "{what}: {}", answer.text);
    }
}

#[tokio::test]
async fn an_answer_is_heard_once_in_time_and_in_the_browser_that_asked() {
    let provider = Provider::start().await;
    let service = service(&provider).await;
    let back = |under: &Under| under.back(&provider.issuer);

    let mut browser = Browser::new(&service);
    let answer = browser.get("/auth/callback/city?code=c&state=unknown").await;
    is_refused(&service, &browser, &answer, "nobody asked").await;
    let answer = browser.get("/auth/callback/city").await;
    is_refused(&service, &browser, &answer, "nothing is answered").await;

    let mut victim = Browser::new(&service);
    let under = Under::begin(&mut browser, "city", "/").await;
    provider.answers(good(&provider, &under, &service), Signed::Well);
    let answer = victim.get(&back(&under)).await;
    is_refused(&service, &victim, &answer, "a foreign browser").await;
    let answer = browser.get(&back(&under)).await;
    is_refused(&service, &browser, &answer, "the state is used up by then").await;

    let under = Under::begin(&mut browser, "city", "/").await;
    provider.answers(good(&provider, &under, &service), Signed::Well);
    service.clock.advance(chrono::Duration::minutes(10));
    let answer = browser.get(&back(&under)).await;
    is_refused(&service, &browser, &answer, "ten minutes later").await;

    let under = Under::begin(&mut browser, "city", "/").await;
    provider.answers(good(&provider, &under, &service), Signed::Well);
    let cookies = browser.cookies.clone();
    assert_eq!(browser.get(&back(&under)).await.status, 303);
    let mut again = Browser::new(&service);
    again.cookies = cookies;
    assert_eq!(again.get(&back(&under)).await.status, 400, "the answer is replayed");
    assert_eq!(again.me("kind").await, json!(null));
}

#[tokio::test]
async fn the_answer_of_another_provider_is_never_sent_to_this_one() {
    let (provider, evil) = (Provider::start().await, Provider::start().await);
    let settings =
        provider.settings("city", "resident", "") + &evil.settings("evil", "resident", "");
    let service = empty_service_with(&[("provider", &settings)]).await;
    let mut browser = Browser::new(&service);
    for (what, path) in [
        ("another issuer", "/auth/callback/city?code=C&state=S&iss=EVIL"),
        ("no issuer", "/auth/callback/city?code=C&state=S"),
        ("another callback", "/auth/callback/evil?code=C&state=S&iss=EVIL"),
    ] {
        let under = Under::begin(&mut browser, "city", "/").await;
        provider.answers(good(&provider, &under, &service), Signed::Well);
        evil.answers(good(&evil, &under, &service), Signed::Well);
        let path = path
            .replace("=C", &format!("={}", under.query["code_challenge"]))
            .replace("=S", &format!("={}", under.query["state"]))
            .replace("EVIL", &evil.issuer);
        let answer = browser.get(&path).await;
        is_refused(&service, &browser, &answer, what).await;
    }
}

#[tokio::test]
async fn whoever_does_not_want_to_and_whose_code_is_no_good_is_not_signed_in() {
    let provider = Provider::start().await;
    let service = service(&provider).await;
    let mut browser = Browser::new(&service);
    for rest in ["&error=access_denied&error_description=x", "&code=forged", "&code=x&error=x", ""]
    {
        let under = Under::begin(&mut browser, "city", "/").await;
        provider.answers(good(&provider, &under, &service), Signed::Well);
        let state = &under.query["state"];
        let path = format!("/auth/callback/city?state={state}&iss={}{rest}", provider.issuer);
        let answer = browser.get(&path).await;
        is_refused(&service, &browser, &answer, rest).await;
    }
}

#[tokio::test]
async fn nobody_is_sent_to_a_foreign_page_afterwards() {
    let provider = Provider::start().await;
    let service = service(&provider).await;
    for foreign in
        ["https://evil.example", "//evil.example", "/%5Cevil.example", "/%09/evil.example"]
    {
        let mut browser = Browser::new(&service);
        let under = Under::begin(&mut browser, "city", foreign).await;
        provider.answers(good(&provider, &under, &service), Signed::Well);
        let answer = browser.get(&under.back(&provider.issuer)).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/"), "{foreign}");
    }
}

#[tokio::test]
async fn a_provider_that_is_not_what_the_settings_say_is_away() {
    let provider = Provider::start().await;
    provider.says(json!({ "issuer": "https://evil.example" }));
    let service = service(&provider).await;
    let answer = service.anyone().send("GET", "/auth/sign-in/city", "").await;
    assert_eq!(answer.status, 503);
    let gone = "[[provider]]\nname = 'gone'\nissuer = 'http://127.0.0.1:9'\nclient_id = 'k'\nkind = 'resident'";
    let service = empty_service_with(&[("provider", gone)]).await;
    assert_eq!(service.anyone().send("GET", "/auth/sign-in/gone", "").await.status, 503);
}
