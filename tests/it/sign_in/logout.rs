//! The end of a session at a provider.

use chrono::Duration;
use serde_json::{Value, json};

use crate::harness::{
    Browser, Service, empty_service_with,
    provider::{Provider, Signed, sign_in},
};

async fn service(provider: &Provider) -> Service {
    empty_service_with(&[("provider", &provider.settings("city", "resident", ""))]).await
}

async fn tell(service: &Service, token: &str) -> u16 {
    let client = service.anyone().header("content-type", "application/x-www-form-urlencoded");
    let form = format!("logout_token={token}");
    let answer = client.send("POST", "/auth/back-channel/city", form).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.status.as_u16()
}

async fn is_in(browser: &Browser<'_>) -> bool {
    browser.me("kind").await != json!(null)
}

#[tokio::test]
async fn a_provider_ends_the_session_that_it_names_or_all_of_a_person() {
    let provider = Provider::start().await;
    let service = service(&provider).await;
    let now = service.clock.now();
    let (mut one, mut two, mut other) =
        (Browser::new(&service), Browser::new(&service), Browser::new(&service));
    sign_in(&mut one, &provider, "city", json!({}), now).await;
    sign_in(&mut two, &provider, "city", json!({ "sid": "sid-2" }), now).await;
    sign_in(&mut other, &provider, "city", json!({ "sub": "s-2", "sid": "sid-3" }), now).await;

    let word = provider.sign(&provider.word("w-1", now), Signed::Well);
    assert_eq!(tell(&service, &word).await, 200);
    assert!(!is_in(&one).await && is_in(&two).await && is_in(&other).await);
    sign_in(&mut one, &provider, "city", json!({}), now).await;
    assert_eq!(tell(&service, &word).await, 400, "a word is heard once");
    assert!(is_in(&one).await);

    let mut all = provider.word("w-2", now);
    all.as_object_mut().unwrap().remove("sid");
    assert_eq!(tell(&service, &provider.sign(&all, Signed::Well)).await, 200);
    assert!(!is_in(&one).await && !is_in(&two).await && is_in(&other).await);
}

#[tokio::test]
async fn a_word_with_anything_wrong_ends_nothing() {
    let provider = Provider::start().await;
    let service = service(&provider).await;
    let mut browser = Browser::new(&service);
    sign_in(&mut browser, &provider, "city", json!({}), service.clock.now()).await;
    let now = service.clock.now();
    let cases: &[(&str, Value, Signed)] = &[
        ("no signature", json!({}), Signed::Not),
        ("the secret of the client as a key", json!({}), Signed::WithTheSecret),
        ("another key", json!({}), Signed::ByAnotherKey),
        ("an unknown key", json!({}), Signed::UnderAnotherName),
        ("another issuer", json!({ "iss": "https://evil.example" }), Signed::Well),
        ("another client", json!({ "aud": ["other"] }), Signed::Well),
        ("too old", json!({ "iat": now.timestamp() - 301 }), Signed::Well),
        ("from the future", json!({ "iat": now.timestamp() + 61 }), Signed::Well),
        ("expired", json!({ "exp": now.timestamp() }), Signed::Well),
        ("a token of a sign-in", json!({ "nonce": "n" }), Signed::Well),
        ("no event", json!({ "events": {} }), Signed::Well),
        ("events of no kind", json!({ "events": null }), Signed::Well),
        ("no name", json!({ "jti": null }), Signed::Well),
        ("nobody", json!({ "sub": null, "sid": null }), Signed::Well),
    ];
    for (number, (what, changed, signed)) in cases.iter().enumerate() {
        let mut word = provider.word(&format!("w-{number}"), now);
        for (claim, value) in changed.as_object().unwrap() {
            word[claim] = value.clone();
        }
        word.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        assert_eq!(tell(&service, &provider.sign(&word, *signed)).await, 400, "{what}");
        assert!(is_in(&browser).await, "{what}");
    }
    for odd in ["", "x", "a.b", "a.b.c", "..", &"a".repeat(20_000)] {
        assert_eq!(tell(&service, odd).await, 400);
    }
    // Others have no sessions here: what they say of the same name ends nothing.
    let mut foreign = provider.word("w-foreign", now);
    foreign["sub"] = json!("s-2");
    assert_eq!(tell(&service, &provider.sign(&foreign, Signed::Well)).await, 200);
    assert!(is_in(&browser).await);
}

#[tokio::test]
async fn whoever_signs_out_is_sent_to_the_provider_to_end_its_session_too() {
    let provider = Provider::start().await;
    let service = service(&provider).await;
    let mut browser = Browser::new(&service);
    let there = format!(
        "{}/leave?client_id=kontakt&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A8000%2F",
        provider.issuer
    );
    sign_in(&mut browser, &provider, "city", json!({}), service.clock.now()).await;
    let answer = browser.ask("mutation { signOut { providerUrl } }").await;
    assert_eq!(answer.data("/signOut/providerUrl"), json!(there));
    sign_in(&mut browser, &provider, "city", json!({}), service.clock.now()).await;
    service.clock.advance(Duration::minutes(1));
    assert_eq!(browser.post("/auth/sign-out", "").await.header("location"), there);
    assert!(!is_in(&browser).await);
}
