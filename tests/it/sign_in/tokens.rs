//! Access tokens of applications.

use chrono::Duration;
use kontakt::{accounts, error::Error};
use serde_json::json;

use crate::harness::{Service, empty_service, reports, service};

async fn token(service: &Service, name: &str, scopes: &[&str]) -> String {
    let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    let end = service.clock.now() + Duration::days(30);
    let made = async |tx: &_| accounts::create_token(tx, name, scopes, end).await;
    service.db().write(made).await.unwrap()
}

/// The status and the code with which a token is answered that shows nobody.
async fn is_nobody(service: &Service, authorization: &str) {
    let client = service.anyone().header("authorization", authorization);
    let answer = client.ask("{ units { nodes { code } } }").await;
    assert_eq!(answer.status, 401, "{authorization}");
    assert_eq!(answer.error_code(), "UNAUTHENTICATED");
    assert_eq!(answer.header("www-authenticate"), "Bearer");
}

#[tokio::test]
async fn a_token_is_good_until_it_ends_or_is_revoked() {
    let service = empty_service().await;
    let (one, other) = (token(&service, "one", &[]).await, token(&service, "other", &[]).await);
    assert_eq!((one.len(), one.starts_with("kontakt_")), (51, true));
    let good = async |token: &str| {
        let client = service.anyone().header("authorization", &format!("Bearer {token}"));
        client.ask("{ me { kind } }").await.data("/me") == json!(null)
    };
    assert!(good(&one).await && good(&other).await);
    service.db().write(async |tx| accounts::revoke_token(tx, "one").await).await.unwrap();
    is_nobody(&service, &format!("Bearer {one}")).await;
    assert!(good(&other).await);
    service.clock.advance(Duration::days(30));
    is_nobody(&service, &format!("Bearer {other}")).await;
    for forged in ["kontakt_", "kontakt_x", &one[..50], &format!("{other}x"), "x"] {
        is_nobody(&service, &format!("Bearer {forged}")).await;
        is_nobody(&service, forged).await;
    }
    let again = service.db().write(async |tx| accounts::revoke_token(tx, "one").await).await;
    assert!(matches!(again, Err(Error::NotFound)));
    let used = accounts::list_tokens(service.db().reader()).await.unwrap();
    assert!(used.iter().all(|token| token.used_at.is_some()));
}

#[tokio::test]
async fn a_token_does_what_its_scopes_say_and_nothing_else() {
    let service = service().await;
    let hidden = reports::filed(&service, json!({})).await;
    let input = || reports::input(json!({ "channel": "OPEN311" }));
    for (scope, files, reads, counts) in [
        ("reports:file", true, false, false),
        ("reports:read", false, true, false),
        ("statistics:read", false, false, true),
    ] {
        let token = token(&service, &scope.replace(':', "-"), &[scope]).await;
        let client = service.anyone().header("authorization", &format!("Bearer {token}"));
        let filed = reports::send(&client, input()).await;
        match files {
            true => assert_eq!(filed.refusals("fileReport"), Vec::<String>::new()),
            false => assert_eq!(filed.error_code(), "FORBIDDEN", "{scope}"),
        }
        let seen = reports::seen(&client, &hidden.number, "number description").await;
        assert_eq!(!seen.is_null(), reads, "{scope}");
        let insights = client.ask("{ searchInsights { searches } }").await;
        assert_eq!(insights.json()["errors"].is_null(), counts, "{scope}");
        // What staff noted, and who filed it, is in no scope.
        let query = "{ reportQueue { totalCount } accounts { nodes { id } } }";
        let both = client.ask(query).await.json();
        assert_eq!(both["data"], json!({ "reportQueue": null, "accounts": null }), "{scope}");
    }
}

#[tokio::test]
async fn a_name_is_taken_once_and_the_secret_is_not_kept() {
    let service = empty_service().await;
    let secret = token(&service, "one", &["reports:file"]).await;
    let end = service.clock.now() + Duration::days(1);
    let again = async |tx: &_| accounts::create_token(tx, "one", Vec::new(), end).await;
    assert!(matches!(service.db().write(again).await, Err(Error::Invalid(_))));
    let kept = accounts::list_tokens(service.db().reader()).await.unwrap();
    assert!(!format!("{kept:?}").contains(&secret[8..]));
}
