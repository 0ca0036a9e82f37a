//! What a resident says beside what a provider says.

use chrono::Duration;
use serde_json::json;

use super::{reachable, update, updated};
use crate::harness::{
    Browser, empty_service_with,
    post::{ANNA, post},
    provider::{Provider, sign_in},
    service,
};

#[tokio::test]
async fn a_resident_says_what_no_provider_knows() {
    let service = service().await;
    let anna = Browser::of(&service, "resident:anna").await;
    let fields =
        "name email emailConfirmed phone language districts { number } level createdAt version
        contactPreferences { letters received forwarded answered needsInfo other }";
    let all = json!({ "letters": true, "received": true, "forwarded": true, "answered": true,
        "needsInfo": true, "other": true });
    let mut wanted = json!({ "name": "anna", "email": null, "emailConfirmed": false, "phone": null,
        "language": "pl", "districts": [], "level": "EMAIL", "version": 0,
        "createdAt": "2026-11-20T09:00:00+00:00", "contactPreferences": all });
    assert_eq!(anna.me(fields).await, wanted);
    updated(
        &anna,
        json!({ "name": " Anna Nowak ", "phone": "+48 600-100-200", "language": "uk",
            "districts": [18, 1], "contactPreferences": { "forwarded": false } }),
    )
    .await;
    wanted["name"] = json!("Anna Nowak");
    wanted["phone"] = json!("+48600100200");
    wanted["language"] = json!("uk");
    wanted["districts"] = json!([{ "number": 1 }, { "number": 18 }]);
    wanted["contactPreferences"]["forwarded"] = json!(false);
    wanted["version"] = json!(1);
    assert_eq!(anna.me(fields).await, wanted);
    // What is left out stays, and null takes away.
    updated(&anna, json!({ "name": null, "phone": null })).await;
    let seen = anna.me("name phone language version").await;
    assert_eq!(seen, json!({ "name": "anna", "phone": null, "language": "uk", "version": 2 }));
    // Another person has another profile, and staff has none.
    let jan = Browser::of(&service, "resident:jan").await;
    assert_eq!(jan.me("language version").await, json!({ "language": "pl", "version": 0 }));
    let editor = Browser::of(&service, "editor").await;
    let nothing =
        json!({ "phone": null, "level": null, "contactPreferences": null, "version": null });
    assert_eq!(editor.me("phone level contactPreferences { letters } version").await, nothing);
    let refused = update(&editor, json!({ "expectedVersion": 0, "name": "Ewa" })).await;
    assert_eq!(refused.error_code(), "FORBIDDEN");
}

#[tokio::test]
async fn what_is_wrong_with_a_profile_is_told_field_by_field_and_nothing_changes() {
    let service = service().await;
    let anna = Browser::of(&service, "resident:anna").await;
    let wrong = json!({ "name": "", "phone": "112", "language": "de", "email": "anna",
        "districts": [19], "contactPreferences": { "letters": false } });
    let refused = [
        "REQUIRED name",
        "INVALID phone",
        "UNKNOWN language",
        "INVALID email",
        "UNKNOWN districts.0",
    ];
    assert_eq!(update(&anna, wrong).await.refusals("updateProfile"), refused);
    let stale = json!({ "expectedVersion": 7, "phone": "600100200" });
    assert_eq!(update(&anna, stale).await.refusals("updateProfile"), ["CONFLICT expectedVersion"]);
    let seen = anna.me("version phone contactPreferences { letters }").await;
    let nothing = json!({ "version": 0, "phone": null, "contactPreferences": { "letters": true } });
    assert_eq!(seen, nothing);
}

#[tokio::test]
async fn a_new_address_counts_when_its_letter_was_answered_and_the_old_one_is_told() {
    let post = post().await;
    let anna = reachable(&post, "resident:anna", ANNA).await;
    updated(&anna, json!({ "email": "Nowa@Example.org", "language": "en" })).await;
    let mut letters = post.deliver().await;
    letters.sort_by_key(|letter| letter.to.clone());
    assert_eq!(letters[0].to, [ANNA]);
    assert!(letters[0].body().contains("another e-mail address was given"), "{letters:?}");
    assert!(!letters[0].body().contains("nowa@"), "who reads the old box need not know the new");
    assert_eq!(letters[1].to, ["nowa@example.org"]);
    let waits = json!({ "email": ANNA, "unconfirmedEmail": "nowa@example.org" });
    assert_eq!(anna.me("email unconfirmedEmail").await, waits);
    let path = letters[1].path("/mail/address/");
    // To look confirms nothing.
    assert_eq!(post.service.anyone().send("GET", &path, "").await.status, 200);
    assert_eq!(anna.me("email unconfirmedEmail").await, waits);
    assert_eq!(post.press(&path).await.status, 200);
    let counts = json!({ "email": "nowa@example.org", "unconfirmedEmail": null });
    assert_eq!(anna.me("email unconfirmedEmail").await, counts);
    assert_eq!(post.press(&path).await.status, 404, "a link is good once");
    assert_eq!(post.press("/mail/address/forged").await.status, 404);
    updated(&anna, json!({ "email": null })).await;
    assert_eq!(anna.me("email").await, json!({ "email": null }));
}

#[tokio::test]
async fn a_link_to_an_address_is_good_for_fifteen_minutes_and_the_last_one_counts() {
    let post = post().await;
    let anna = Browser::of(&post.service, "resident:anna").await;
    updated(&anna, json!({ "email": ANNA })).await;
    let late = post.letter().await.path("/mail/address/");
    post.service.clock.advance(Duration::minutes(15));
    assert_eq!(post.press(&late).await.status, 404);
    updated(&anna, json!({ "email": "first@example.org" })).await;
    let first = post.letter().await.path("/mail/address/");
    updated(&anna, json!({ "email": ANNA })).await;
    let second = post.letter().await.path("/mail/address/");
    assert_eq!(post.press(&first).await.status, 404);
    assert_eq!(anna.me("email").await, json!({ "email": null }));
    assert_eq!(post.press(&second).await.status, 200);
    assert_eq!(anna.me("email").await, json!({ "email": ANNA }));
}

#[tokio::test]
async fn nobodys_box_is_filled_from_a_profile() {
    let post = post().await;
    for (who, most) in [("resident:anna", 5), ("resident:jan", 0)] {
        let browser = Browser::of(&post.service, who).await;
        for number in 0..6 {
            let refusals = update(&browser, json!({ "email": "ewa@example.org" })).await;
            let refused = refusals.refusals("updateProfile") == ["NOT_ALLOWED email"];
            assert_eq!(refused, number >= most, "{who} {number}");
        }
    }
    assert_eq!(post.deliver().await.len(), 5);
}

#[tokio::test]
async fn the_next_sign_in_overwrites_what_the_provider_said_and_not_what_the_person_says() {
    let provider = Provider::start().await;
    let settings = provider.settings("city", "resident", "");
    let service = empty_service_with(&[("provider", &settings)]).await;
    let mut browser = Browser::new(&service);
    let high = json!({ "acr": "high" });
    sign_in(&mut browser, &provider, "city", high, service.clock.now()).await;
    let fields = "name email emailConfirmed level";
    let said = json!({ "name": "Anna Nowak", "email": ANNA, "emailConfirmed": true,
        "level": "CONFIRMED" });
    assert_eq!(browser.me(fields).await, said);
    updated(&browser, json!({ "name": "Anna Maria Nowak", "phone": "600100200" })).await;
    let low = json!({ "acr": "low", "name": "Anna Kowalska" });
    sign_in(&mut browser, &provider, "city", low, service.clock.now()).await;
    let own = json!({ "name": "Anna Maria Nowak", "email": ANNA, "emailConfirmed": true,
        "level": "EMAIL" });
    assert_eq!(browser.me(fields).await, own);
    updated(&browser, json!({ "name": null })).await;
    assert_eq!(
        browser.me("name phone").await,
        json!({ "name": "Anna Kowalska", "phone": "600100200" })
    );
}
