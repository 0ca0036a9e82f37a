//! Letters to residents: from the report to a real mail server on loopback.

use std::{collections::BTreeSet, time::Duration as Wait};

use chrono::Duration;
use kontakt::{app::App, events, jobs};
use sea_orm::ConnectionTrait;
use serde_json::json;
use tokio::net::TcpListener;

use crate::{
    harness::{
        mail::MailServer,
        post::{ANNA, contact, parts, post},
        reports::{answer, call, closed, filed, filed_by, held, holder, taken, verified},
    },
    nodes::another_node,
};

#[tokio::test]
async fn nobody_is_written_to_who_has_not_confirmed_the_address() {
    let post = post().await;
    let english = post.service.anyone().header("accept-language", "en");
    let filed = filed_by(&english, contact()).await;
    let question = post.letter().await;
    assert_eq!(question.to, [ANNA]);
    let subject = format!("{}: is this your address?", filed.number);
    assert_eq!(question.header("Subject"), Some(&*subject));
    assert_eq!(question.header("List-Unsubscribe"), None);
    assert!(!question.text.contains("Nowak"));
    // What happens before is nobody's to hear by mail.
    post.step("consultant", "verifyReport", &filed, json!({})).await;
    post.step("consultant", "forwardReport", &filed, json!({ "units": ["ZDMK"] })).await;
    assert_eq!(post.deliver().await.len(), 0);

    // To look at the page confirms nothing: mail programs look by themselves.
    let path = question.path("/mail/confirm/");
    let page = post.service.anyone().send("GET", &path, "").await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("<form method=\"post\">"), "{}", page.text);
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(post.deliver().await.len(), 0);

    let answer = post.press(&path).await;
    assert!(answer.text.contains("The address is confirmed."), "{}", answer.text);
    let received = post.letter().await;
    assert!(received.body().contains("It stands at: forwarded to a unit."), "{}", received.body());
    let link = format!("https://portal.example/reports/{}#{}", filed.number, filed.token);
    assert!(received.body().contains(&link), "{}", received.body());
    // The link is good once, and a second press changes nothing.
    assert_eq!(post.press(&path).await.status, 200);
    assert_eq!(post.deliver().await.len(), 0);
    let letters = ["CONFIRM_CONTACT SENT", "REPORT_RECEIVED SENT"];
    assert_eq!(post.deliveries(&filed).await, letters);
}

#[tokio::test]
async fn links_that_were_never_given_out_do_nothing() {
    let post = post().await;
    let filed = filed(&post.service, contact()).await;
    let path = post.letter().await.path("/mail/confirm/");
    let (page, link) = path.rsplit_once('/').unwrap();
    let (id, token) = link.split_once('.').unwrap();
    let forged = kontakt::ids::nonce();
    for wrong in [
        format!("{page}/{id}.{forged}"),
        format!("{page}/{forged}.{token}"),
        format!("{page}/{id}"),
        format!("{page}/x.y"),
        // A link of one purpose is none for another.
        format!("/mail/unsubscribe/{link}"),
    ] {
        assert_eq!(post.press(&wrong).await.status, 404, "{wrong}");
    }
    // After seven days the right one is too late.
    post.service.clock.advance(Duration::days(7));
    let late = post.press(&path).await;
    assert!(late.text.contains("This link is no longer good."), "{}", late.text);
    assert_eq!(post.deliver().await.len(), 0);
    assert_eq!(post.deliveries(&filed).await, ["CONFIRM_CONTACT SENT"]);
    // And then it is forgotten who was asked.
    jobs::sweep(&post.service.app).await.unwrap();
    assert_eq!(post.press(&path).await.status, 404);
}

#[tokio::test]
async fn a_person_hears_of_each_step_once_in_the_own_language() {
    let post = post().await;
    let ukrainian = post.service.anyone().header("accept-language", "uk");
    let filed = filed_by(&ukrainian, contact()).await;
    let path = post.letter().await.path("/mail/confirm/");
    post.press(&path).await;
    assert!(post.letter().await.body().contains("прийнято"));

    post.step("consultant", "verifyReport", &filed, json!({})).await;
    assert_eq!(post.deliver().await.len(), 0);
    post.step("consultant", "forwardReport", &filed, json!({ "units": ["ZDMK", "ZZM"] })).await;
    let letter = post.letter().await;
    assert_eq!(letter.header("Content-Language"), Some("uk"));
    assert!(letter.body().contains("Zarząd Dróg Miasta Krakowa"), "{}", letter.body());
    for unit in ["officer:ZDMK", "officer:ZZM"] {
        post.step(unit, "takeReport", &filed, json!({})).await;
    }
    let question = json!({ "message": "Która latarnia?" });
    post.step("officer:ZDMK", "askReporter", &filed, question).await;
    assert!(post.letter().await.body().contains("Запитання:\r\nKtóra latarnia?"));
    let supplement = json!({ "report": holder(&filed), "text": "Ta lewa." });
    call(&post.service.anyone(), "supplementReport", supplement).await;
    assert_eq!(post.deliver().await.len(), 0);
    // One of two units has answered: the person hears of it when both have.
    post.service.clock.advance(Duration::minutes(1));
    answer(&post.service, &filed, "RESOLVED", json!({})).await;
    assert_eq!(post.deliver().await.len(), 0);
    let other = json!({ "outcome": "RESOLVED", "publicAnswer": "Przycięto gałęzie." });
    post.step("officer:ZZM", "answerReport", &filed, other).await;
    let letter = post.letter().await;
    for answer in ["Latarnia już świeci.", "Przycięto gałęzie."] {
        assert!(letter.body().contains(answer), "{}", letter.body());
    }
    // Time closes it.
    post.service.clock.advance(Duration::days(5));
    jobs::sweep(&post.service.app).await.unwrap();
    assert!(post.letter().await.body().contains("завершено"));
    let again = json!({ "report": holder(&filed), "reason": "Nie świeci." });
    call(&post.service.anyone(), "reopenReport", again).await;
    assert!(post.letter().await.body().contains("відновлено"));
    let ids: BTreeSet<_> = post
        .server
        .taken()
        .iter()
        .map(|one| one.header("Message-ID").unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 7);

    // A follower that is given everything once more writes nothing twice.
    let back = "UPDATE followers SET cursor = 0";
    post.service.db().write(async |tx| Ok(tx.execute_unprepared(back).await?)).await.unwrap();
    *post.follower.lock().await = jobs::follower(&post.service.app).await.unwrap();
    assert_eq!(post.deliver().await.len(), 0);
}

#[tokio::test]
async fn whoever_follows_by_email_confirms_first_sees_what_is_public_and_may_end_it() {
    let post = post().await;
    let secret = filed(&post.service, json!({})).await;
    assert_eq!(post.follow(&secret.number, "ewa@example.org").await.error_code(), "NOT_FOUND");
    let report = taken(&post.service, json!({})).await;
    for wrong in ["ewa", "ewa@example.org\r\nBcc: x@example.org", "e wa@example.org"] {
        let refused = post.follow(&report.number, wrong).await;
        assert_eq!(refused.refusals("followReportByEmail"), ["INVALID email"]);
    }
    // Whether the address is known already cannot be seen from the answer.
    for _ in 0..2 {
        let answer = post.follow(&report.number, "ewa@example.org").await;
        assert_eq!(answer.data("/followReportByEmail/accepted"), json!(true));
    }
    let path = post.letter().await.path("/mail/confirm/");
    post.press(&path).await;
    let asked = json!({ "message": "Gdzie?" });
    post.step("officer:ZDMK", "askReporter", &report, asked).await;
    assert_eq!(post.deliver().await.len(), 0, "a question is between the unit and the author");
    post.step("officer:ZDMK", "resumeReport", &report, json!({})).await;
    post.service.clock.advance(Duration::minutes(1));
    answer(&post.service, &report, "RESOLVED", json!({})).await;
    let letter = post.letter().await;
    assert_eq!(letter.to, ["ewa@example.org"]);
    assert!(!letter.body().contains(&report.token));
    let link = letter.path("/mail/unsubscribe/");
    assert_eq!(letter.header("List-Unsubscribe-Post"), Some("List-Unsubscribe=One-Click"));
    assert!(letter.text.replace("\r\n ", "").contains(&format!("{link}>")), "{}", letter.text);

    // To look ends nothing; the press of a program does.
    assert_eq!(post.service.anyone().send("GET", &link, "").await.status, 200);
    post.step("consultant", "closeReport", &report, json!({})).await;
    assert_eq!(post.deliver().await.len(), 1);
    for _ in 0..2 {
        let ended = post.press(&link).await;
        assert!(ended.text.contains("No more letters about this report"), "{}", ended.text);
    }
    let again = json!({ "report": holder(&report), "reason": "Nie świeci." });
    call(&post.service.anyone(), "reopenReport", again).await;
    assert_eq!(post.deliver().await.len(), 0);
    let kept = "SELECT COUNT(*) AS n FROM mail_subscriptions WHERE email IS NOT NULL";
    let db = post.service.db().reader();
    let row = sea_orm::Statement::from_string(db.get_database_backend(), kept);
    let count: i64 = db.query_one_raw(row).await.unwrap().unwrap().try_get("", "n").unwrap();
    assert_eq!(count, 0, "the address is forgotten");
    // Who wants to follow again is asked again.
    post.follow(&report.number, "ewa@example.org").await;
    post.letter().await.path("/mail/confirm/");
}

#[tokio::test]
async fn nobodys_box_is_filled_by_others() {
    let post = post().await;
    for _ in 0..7 {
        let report = verified(&post.service, json!({})).await;
        let answer = post.follow(&report.number, "ewa@example.org").await;
        assert_eq!(answer.data("/followReportByEmail/accepted"), json!(true));
    }
    assert_eq!(post.deliver().await.len(), 5);
}

#[tokio::test]
async fn a_letter_that_waits_is_not_sent_when_its_reader_has_gone() {
    let post = post().await;
    let report = post.confirmed().await;
    post.step("consultant", "verifyReport", &report, json!({})).await;
    post.step("consultant", "forwardReport", &report, json!({ "units": ["ZDMK"] })).await;
    let link = post.letter().await.path("/mail/unsubscribe/");
    post.step("officer:ZDMK", "takeReport", &report, json!({})).await;
    answer(&post.service, &report, "RESOLVED", json!({})).await;
    post.follower.lock().await.catch_up().await.unwrap();
    post.press(&link).await;
    assert_eq!(post.deliver().await.len(), 0);
    let last = post.deliveries(&report).await.pop().unwrap();
    assert_eq!(last, "REPORT_ANSWERED SUPPRESSED unsubscribed");
    // The holder reads nothing of deliveries, nor does anybody else.
    assert_eq!(
        held(&post.service, &report, "deliveries { state }").await,
        json!({ "deliveries": [] })
    );
}

#[tokio::test]
async fn whoever_filed_a_double_hears_of_the_report_that_goes_on() {
    let post = post().await;
    let double = post.confirmed().await;
    let original = verified(&post.service, json!({})).await;
    let into = json!({ "duplicateOf": original.id });
    post.step("consultant", "mergeReport", &double, into).await;
    post.step("consultant", "forwardReport", &original, json!({ "units": ["ZDMK"] })).await;
    let letter = post.letter().await;
    assert_eq!(letter.to, [ANNA]);
    assert!(letter.body().contains(&original.number), "{}", letter.body());
    assert!(!letter.body().contains(&original.token), "{}", letter.body());
}

#[tokio::test]
async fn a_letter_whose_sender_died_is_sent_by_the_next_one() {
    let mut post = post().await;
    let report = post.confirmed().await;
    post.step("consultant", "verifyReport", &report, json!({})).await;
    post.step("consultant", "forwardReport", &report, json!({ "units": ["ZDMK"] })).await;
    post.follower.lock().await.catch_up().await.unwrap();
    // The sender dies while it waits for a server that says nothing.
    let address = post.server.address;
    post.server = MailServer::start().await;
    let silent = loop {
        if let Ok(listener) = TcpListener::bind(address).await {
            break listener;
        }
        tokio::task::yield_now().await;
    };
    let dying = jobs::sender(&post.service.app).unwrap();
    let connection = tokio::select! {
        _ = dying.send_due() => panic!("nobody answers"),
        connection = silent.accept() => connection.unwrap(),
    };
    drop((dying, connection, silent));
    post.server = MailServer::start_at(address).await;
    let next = jobs::sender(&post.service.app).unwrap();
    assert_eq!(next.send_due().await.unwrap(), 0, "it may be under way still");
    post.service.clock.advance(Duration::minutes(5));
    assert_eq!(next.send_due().await.unwrap(), 1);
    assert_eq!(post.server.taken().len(), 1);
    assert_eq!(post.deliveries(&report).await.pop().unwrap(), "REPORT_FORWARDED SENT");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_write_to_everybody_once() {
    let post = post().await;
    let (node, _folder) = another_node(&post.service.app.config).await;
    for number in 0..20 {
        let email = format!("a{number}@example.org");
        filed(&post.service, json!({ "contact": { "email": email } })).await;
    }
    let both = async |app: &App| {
        let (mut follower, sender) = parts(app).await;
        follower.catch_up().await.unwrap();
        sender.send_due().await.unwrap();
    };
    tokio::join!(both(&post.service.app), both(&node));
    let mut to: Vec<String> = post.server.taken().into_iter().flat_map(|one| one.to).collect();
    to.sort();
    to.dedup();
    assert_eq!((to.len(), post.server.taken().len()), (20, 20));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_cannot_be_taken_is_set_aside_and_holds_up_no_other() {
    let post = post().await;
    let (poisoned, sound) = (post.confirmed().await, closed(&post.service).await);
    post.deliver().await;
    for report in [&poisoned, &sound] {
        post.follow(&report.number, "ewa@example.org").await;
    }
    post.step("consultant", "verifyReport", &poisoned, json!({})).await;
    post.step("consultant", "forwardReport", &poisoned, json!({ "units": ["ZDMK"] })).await;
    let spoil = format!(
        "UPDATE report_timeline SET stage = 'NONSENSE' WHERE report_id IN
         (SELECT id FROM reports WHERE number = '{}')",
        poisoned.number
    );
    post.service.db().write(async |tx| Ok(tx.execute_unprepared(&spoil).await?)).await.unwrap();
    filed(&post.service, json!({ "contact": { "email": "ola@example.org" } })).await;
    let (db, feed) = (post.service.db().clone(), &post.service.app.feed);
    let head = events::head(db.reader()).await.unwrap();
    let level = async {
        let arrived = async || {
            let sql = "SELECT cursor AS n FROM followers WHERE name = 'notifications'";
            let row = sea_orm::Statement::from_string(db.reader().get_database_backend(), sql);
            let row = db.reader().query_one_raw(row).await.unwrap().unwrap();
            row.try_get::<i64>("", "n").unwrap() >= head
        };
        while !arrived().await {
            tokio::time::sleep(Wait::from_millis(20)).await;
        }
    };
    let limit = tokio::time::timeout(Wait::from_secs(60), level);
    let mut follower = post.follower.lock().await;
    tokio::select! {
        _ = events::follow(db.clone(), feed.head(), &mut *follower) => panic!("it ended"),
        done = limit => done.expect("it never came past the poisoned event"),
    }
    let parked = events::parked(db.reader()).await.unwrap();
    assert_eq!(parked.len(), 1, "{parked:?}");
    assert_eq!(parked[0].0, "notifications");
    post.sender.send_due().await.unwrap();
    assert!(post.server.taken().iter().any(|one| one.to == ["ola@example.org"]));
}
