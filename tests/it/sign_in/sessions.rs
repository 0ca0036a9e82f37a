//! Sessions: begun, shown, ended.

use chrono::Duration;
use serde_json::{Value, json};

use crate::harness::{Browser, Service, empty_service, empty_service_with};

const LIST: &str = "{ mySessions { id present agent usedAt expiresAt } }";

async fn listed(browser: &Browser<'_>) -> Vec<Value> {
    browser.ask(LIST).await.data("/mySessions").as_array().unwrap().clone()
}

async fn is_in(browser: &Browser<'_>) -> bool {
    browser.me("kind").await != json!(null)
}

#[tokio::test]
async fn a_session_that_somebody_put_into_a_browser_is_not_the_one_that_begins() {
    let service = empty_service().await;
    let attacker = Browser::of(&service, "resident:mallory").await;
    let mut victim = Browser::new(&service);
    victim.cookies = attacker.cookies.clone();
    let answer = victim.develop("resident:anna").await;
    assert_eq!(answer.header("location"), "/there");
    assert_ne!(victim.cookies["kontakt"], attacker.cookies["kontakt"]);
    assert_eq!(victim.me("name").await["name"], "anna");
    // And the one that was there opens nothing any more.
    assert!(!is_in(&attacker).await);
    for (name, value) in [("kontakt", "made-up"), ("kontakt", ""), ("other", "x")] {
        let mut forged = Browser::new(&service);
        forged.cookies = [(name.to_owned(), value.to_owned())].into();
        assert!(!is_in(&forged).await, "{name}={value}");
    }
}

#[tokio::test]
async fn a_session_ends_when_it_is_idle_and_when_it_is_old() {
    let service = empty_service().await;
    let (resident, staff) =
        (Browser::of(&service, "resident:anna").await, Browser::of(&service, "consultant").await);
    service.clock.advance(Duration::minutes(29));
    assert!(is_in(&resident).await && is_in(&staff).await);
    service.clock.advance(Duration::minutes(30));
    assert!(!is_in(&resident).await && is_in(&staff).await);
    service.clock.advance(Duration::minutes(60));
    assert!(!is_in(&staff).await);

    let (resident, staff) =
        (Browser::of(&service, "resident:anna").await, Browser::of(&service, "consultant").await);
    for _ in 0..24 {
        assert!(is_in(&resident).await);
        service.clock.advance(Duration::minutes(20));
    }
    assert!(!is_in(&resident).await, "eight hours");
    let staff = {
        drop(staff);
        Browser::of(&service, "consultant").await
    };
    for _ in 0..12 {
        assert!(is_in(&staff).await);
        service.clock.advance(Duration::minutes(50));
    }
    assert!(!is_in(&staff).await, "ten hours");
}

#[tokio::test]
async fn the_own_sessions_are_listed_and_ended_and_those_of_others_are_not() {
    let service = empty_service().await;
    let (here, there) = (
        Browser::of(&service, "resident:anna").await,
        Browser::of(&service, "resident:anna").await,
    );
    let foreign = Browser::of(&service, "resident:jan").await;
    let mine = listed(&here).await;
    assert_eq!(mine.len(), 2);
    assert_eq!((&mine[0]["present"], &mine[1]["present"]), (&json!(false), &json!(true)));
    assert_eq!(mine[1]["expiresAt"], "2026-11-20T17:00:00+00:00");
    let end = |id: &Value| {
        format!(
            "mutation {{ endSession(input: {{ id: {id} }}) {{ sessions {{ id }} errors {{ code }} }} }}"
        )
    };
    let theirs = listed(&foreign).await[0]["id"].clone();
    for wrong in [&theirs, &json!("x"), &here.me("id").await["id"]] {
        assert_eq!(here.ask(&end(wrong)).await.error_code(), "NOT_FOUND");
    }
    assert!(is_in(&foreign).await);
    let left = here.ask(&end(&mine[0]["id"])).await.data("/endSession/sessions");
    assert_eq!(left.as_array().unwrap().len(), 1);
    assert!(is_in(&here).await && !is_in(&there).await);

    let there = Browser::of(&service, "resident:anna").await;
    let left = here.ask("mutation { endOtherSessions { sessions { present } } }").await;
    assert_eq!(left.data("/endOtherSessions/sessions"), json!([{ "present": true }]));
    assert!(is_in(&here).await && !is_in(&there).await && is_in(&foreign).await);
}

#[tokio::test]
async fn a_session_that_was_ended_opens_nothing_whoever_kept_its_cookie() {
    let service = empty_service().await;
    for by_form in [false, true] {
        let mut browser = Browser::of(&service, "resident:anna").await;
        let kept = browser.clone();
        if by_form {
            let answer = browser.post("/auth/sign-out", "").await;
            assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/"));
            assert_eq!(answer.header("clear-site-data"), "\"cache\"");
            assert!(browser.cookies.is_empty());
        } else {
            let answer = browser.ask("mutation { signOut { providerUrl errors { code } } }").await;
            assert_eq!(answer.data("/signOut"), json!({ "providerUrl": null, "errors": [] }));
        }
        assert!(!is_in(&kept).await);
        assert_eq!(
            kept.ask("mutation { endOtherSessions { errors { code } } }").await.error_code(),
            "UNAUTHENTICATED"
        );
    }
}

#[tokio::test]
async fn an_administrator_ends_all_sessions_of_an_account_at_once() {
    let service = empty_service().await;
    let (one, other) =
        (Browser::of(&service, "editor").await, Browser::of(&service, "editor").await);
    let resident = Browser::of(&service, "resident:anna").await;
    let admin = Browser::of(&service, "admin").await;
    let id = one.me("id").await["id"].clone();
    let end = format!(
        "mutation {{ endSessionsOf(input: {{ account: {id} }}) {{ account {{ handle }} errors {{ code }} }} }}"
    );
    assert_eq!(one.ask(&end).await.error_code(), "FORBIDDEN");
    let ended = admin.ask(&end).await.data("/endSessionsOf/account/handle");
    assert_eq!(ended, "dev:editor");
    assert!(!is_in(&one).await && !is_in(&other).await && is_in(&resident).await);
    // Who a resident is, is nothing for administrators.
    let seen =
        admin.ask("{ accounts(first: 1, after: null) { nodes { kind name email handle } } }");
    assert_eq!(seen.await.data("/accounts/nodes/0/kind"), "STAFF");
    let all = admin.ask("{ accounts { nodes { kind name email } } }").await;
    let all = all.data("/accounts/nodes");
    let resident = all.as_array().unwrap().iter().find(|one| one["kind"] == "RESIDENT").unwrap();
    assert_eq!((&resident["name"], &resident["email"]), (&json!(null), &json!(null)));
}

#[tokio::test]
async fn what_is_sent_with_a_cookie_must_come_from_a_page_of_our_own() {
    let service = empty_service().await;
    let browser = Browser::of(&service, "resident:anna").await;
    let ask = "mutation { signOut { errors { code } } }";
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "none"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("x-nothing", ""),
    ] {
        let client = browser.client().header("host", "127.0.0.1:8000").header(name, value);
        let answer = client.ask(ask).await;
        assert_eq!(
            (answer.status.as_u16(), answer.error_code().as_str()),
            (403, "FORBIDDEN"),
            "{value}"
        );
        let body = json!({ "query": ask }).to_string();
        let client = client.header("content-type", "application/json");
        assert_eq!(client.send("POST", "/graphql/stream", body).await.status, 403, "{value}");
        for path in ["/auth/sign-out", "/auth/dev", "/auth/e-mail", "/auth/e-mail/x"] {
            let form = browser.client().header("host", "127.0.0.1:8000").header(name, value);
            let form = form.header("content-type", "application/x-www-form-urlencoded");
            let answer = form.send("POST", path, "token=dev:admin&email=a@b.pl").await;
            assert_eq!(answer.status, 403, "{path} {value}");
        }
    }
    assert!(is_in(&browser).await);
    let own = browser.client().header("host", "127.0.0.1:8000");
    let own = own.header("origin", "http://127.0.0.1:8000");
    assert_eq!(own.ask(ask).await.data("/signOut/errors"), json!([]));
}

#[tokio::test]
async fn in_production_the_cookie_goes_over_tls_alone_and_nobody_may_be_anyone() {
    let service = empty_service_with(&[
        ("listen", "127.0.0.1:8000"),
        ("profile", "production"),
        ("public-url", "https://k.example"),
    ])
    .await;
    let mut browser = Browser::new(&service);
    assert_eq!(browser.get("/auth/dev").await.status, 404);
    assert_eq!(browser.post("/auth/dev", "token=dev:admin").await.status, 404);
    let answer = browser.post("/auth/e-mail", "email=anna@example.org").await;
    assert_eq!(answer.status, 200);
    let set = answer.header("set-cookie");
    assert!(set.starts_with("__Host-kontakt-sign-in="), "{set}");
    assert!(set.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=600"), "{set}");
    let options = service.anyone().ask("{ signInOptions { name } }").await;
    assert_eq!(options.data("/signInOptions"), json!([{ "name": "e-mail" }]));
}

#[tokio::test]
async fn what_a_proxy_forwards_is_not_development() {
    let service = empty_service().await;
    let far = |header: &str, value: &str| service.anyone().header(header, value);
    for client in [far("x-forwarded-for", "1.2.3.4"), far("host", "k.example")] {
        assert_eq!(client.send("GET", "/auth/dev", "").await.status, 404);
        // A session of development is none there.
        let browser = Browser::of(&service, "admin").await;
        let cookie = format!("__Host-kontakt={}", browser.cookies["kontakt"]);
        let answer = client.header("cookie", &cookie).ask("{ me { kind } }").await;
        // Such a request is not of our own page, whoever it is from.
        assert!(answer.text.contains("\"me\":null"), "{}", answer.text);
    }
}

#[tokio::test]
async fn the_oldest_session_goes_when_there_are_too_many() {
    let service = empty_service().await;
    let first = Browser::of(&service, "resident:anna").await;
    let mut last = Browser::new(&service);
    for _ in 0..20 {
        last = Browser::of(&service, "resident:anna").await;
        service.clock.advance(Duration::seconds(1));
    }
    assert!(!is_in(&first).await);
    assert_eq!(listed(&last).await.len(), 20);
}

#[tokio::test]
async fn the_use_of_a_session_is_written_once_a_minute() {
    let service = empty_service().await;
    let browser = Browser::of(&service, "resident:anna").await;
    let used = async || listed(&browser).await[0]["usedAt"].clone();
    service.clock.advance(Duration::seconds(59));
    assert_eq!(used().await, "2026-11-20T09:00:00+00:00");
    service.clock.advance(Duration::seconds(1));
    assert_eq!(used().await, "2026-11-20T09:01:00+00:00");
}

#[tokio::test]
async fn what_is_over_is_forgotten() {
    let service: Service = empty_service().await;
    Browser::of(&service, "resident:anna").await;
    let mut browser = Browser::new(&service);
    browser.post("/auth/e-mail", "email=anna@example.org").await;
    let old =
        async || kontakt::accounts::anything_old(service.db().reader(), service.clock.now()).await;
    assert!(!old().await.unwrap());
    service.clock.advance(Duration::days(31));
    assert!(old().await.unwrap());
    kontakt::jobs::sweep(&service.app).await.unwrap();
    assert!(!old().await.unwrap());
}
