//! Access tokens of applications.

use chrono::Duration;
use kontakt::{
    accounts::{self, NewToken},
    error::{Error, Result},
};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::harness::{Browser, Service, empty_service, reports, service};

async fn token(service: &Service, name: &str, scopes: &[&str]) -> String {
    let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    let expires_at = service.clock.now() + Duration::days(30);
    make(service, NewToken { name, scopes, expires_at, owner: None }).await.unwrap()
}

async fn make(service: &Service, new: NewToken<'_>) -> Result<String> {
    service.db().write(async |tx| accounts::create_token(tx, new).await).await
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
    assert!(used.iter().all(|owned| owned.token.used_at.is_some()));
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
        // The calls themselves are not there yet.
        ("calls:log", false, false, false),
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
    let expires_at = service.clock.now() + Duration::days(1);
    let again = NewToken { name: "one", scopes: Vec::new(), expires_at, owner: None };
    assert!(matches!(make(&service, again).await, Err(Error::Invalid(_))));
    let kept = accounts::list_tokens(service.db().reader()).await.unwrap();
    let kept: Vec<_> = kept.into_iter().map(|owned| owned.token).collect();
    assert!(!format!("{kept:?}").contains(&secret[8..]));
}

/// A token that a member of staff answers for.
async fn owned(service: &Service, name: &str, owner: &str) -> String {
    let expires_at = service.clock.now() + Duration::days(30);
    let scopes = vec!["reports:read".to_owned()];
    make(service, NewToken { name, scopes, expires_at, owner: Some(owner) }).await.unwrap()
}

const REVOKE: &str = "mutation($id: ID!) { revokeAccessToken(input: { id: $id }) {
    accessToken { name revokedAt } errors { code field } } }";

#[tokio::test]
async fn a_token_is_seen_and_ended_by_its_owner_and_by_administrators() {
    let service = empty_service().await;
    let editor = Browser::of(&service, "editor").await;
    let analyst = Browser::of(&service, "analyst").await;
    let secret = owned(&service, "spacer", "dev:editor").await;
    owned(&service, "rower", "dev:analyst").await;
    token(&service, "everybodys", &[]).await;

    let mine = "{ myAccessTokens { id name scopes owner usedAt revokedAt } }";
    let seen = editor.ask(mine).await.data("/myAccessTokens");
    let id = seen[0]["id"].clone();
    let wanted = json!([{ "id": id, "name": "spacer", "scopes": ["reports:read"],
        "owner": "dev:editor", "usedAt": null, "revokedAt": null }]);
    assert_eq!(seen, wanted);
    let all = service.staff("admin").ask("{ accessTokens { nodes { name owner } } }").await;
    let wanted = json!([{ "name": "everybodys", "owner": null },
        { "name": "rower", "owner": "dev:analyst" }, { "name": "spacer", "owner": "dev:editor" }]);
    assert_eq!(all.data("/accessTokens/nodes"), wanted);

    let input = json!({ "id": id });
    assert_eq!(analyst.ask_with(REVOKE, input.clone()).await.error_code(), "NOT_FOUND");
    let ended = editor.ask_with(REVOKE, input.clone()).await;
    assert_eq!(ended.data("/revokeAccessToken/errors"), json!([]));
    is_nobody(&service, &format!("Bearer {secret}")).await;
    let again = editor.ask_with(REVOKE, input).await;
    assert_eq!(again.refusals("revokeAccessToken"), ["CONFLICT id"]);
    let others = analyst.ask(mine).await.data("/myAccessTokens/0/id");
    let ended = service.staff("admin").ask_with(REVOKE, json!({ "id": others })).await;
    assert_eq!(ended.data("/revokeAccessToken/accessToken/name"), "rower");
    let log = "{ auditLog(filter: { act: TOKEN_REVOKED }) { nodes { actor detail } } }";
    let wanted = json!([{ "actor": "dev:admin", "detail": "rower" },
        { "actor": "dev:editor", "detail": "spacer" }]);
    assert_eq!(service.staff("dpo").ask(log).await.data("/auditLog/nodes"), wanted);
}

#[tokio::test]
async fn nobody_answers_for_a_token_who_has_no_role() {
    let service = empty_service().await;
    Browser::of(&service, "resident:anna").await;
    let expires_at = service.clock.now() + Duration::days(1);
    for owner in ["dev:editor", "dev:resident:anna", "resident", ""] {
        let new = NewToken { name: "x", scopes: Vec::new(), expires_at, owner: Some(owner) };
        let Err(Error::Invalid(problems)) = make(&service, new).await else { panic!("{owner}") };
        assert_eq!(problems[0].field, ["owner"]);
    }
}

#[tokio::test]
async fn a_token_ends_when_its_owner_loses_the_role_or_the_account() {
    let service = empty_service().await;
    let client =
        |secret: &str| service.anyone().header("authorization", &format!("Bearer {secret}"));
    let works =
        async |secret: &str| client(secret).ask("{ units { nodes { code } } }").await.status == 200;
    for (name, change) in
        [("role-gone", "UPDATE accounts SET role = NULL"), ("account-gone", "DELETE FROM accounts")]
    {
        Browser::of(&service, "editor").await;
        let secret = owned(&service, name, "dev:editor").await;
        assert!(works(&secret).await, "{name}");
        let write = async |tx: &kontakt::db::Tx| {
            tx.execute_unprepared("DELETE FROM sessions").await?;
            Ok(tx.execute_unprepared(change).await?)
        };
        service.db().write(write).await.unwrap();
        assert!(!works(&secret).await, "{name}");
    }
}
