//! What is the own of a resident: the profile, letters by choice, the timeline, all data, the end.

mod corrections;
mod deletion;
mod export;
mod letters;
mod operations;
mod profile;
mod timeline;

use serde_json::{Value, json};

use crate::harness::{Answer, Browser, post::Post};

/// Changes the profile of somebody, as it is now.
async fn update(browser: &Browser<'_>, fields: Value) -> Answer {
    let mut input = json!({ "expectedVersion": browser.me("version").await["version"] });
    for (name, value) in fields.as_object().unwrap() {
        input[name] = value.clone();
    }
    let query = "mutation($input: UpdateProfileInput!) { updateProfile(input: $input) {
        me { version } errors { code field message } } }";
    browser.ask_with(query, json!({ "input": input })).await
}

/// The same, which must not be refused.
async fn updated(browser: &Browser<'_>, fields: Value) {
    let answer = update(browser, fields).await;
    assert_eq!(answer.refusals("updateProfile"), Vec::<String>::new(), "{}", answer.text);
}

/// Somebody who is signed in and has confirmed an address.
async fn reachable<'a>(post: &'a Post, who: &str, email: &str) -> Browser<'a> {
    let browser = Browser::of(&post.service, who).await;
    updated(&browser, json!({ "email": email })).await;
    let path = post.letter().await.path("/mail/address/");
    assert_eq!(post.press(&path).await.status, 200);
    assert_eq!(browser.me("email").await["email"], email);
    browser
}

/// A client that shows the session of a browser, as our own page does.
fn client<'a>(browser: &Browser<'a>) -> crate::harness::Client<'a> {
    browser.client().header("sec-fetch-site", "same-origin")
}
