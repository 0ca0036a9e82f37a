//! `kontakt doctor content` and `kontakt doctor links`, on cards of the test and a site on this
//! machine.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use kontakt::{app::App, clock::Clock};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::Kontakt;
use crate::harness::{Start, now};

/// A card that can be published, with something of its own.
fn card(slug: &str, own: Value) -> String {
    let mut card = json!({
        "slug": slug, "title": "Karta", "unit": "SA", "summary": "O co chodzi.", "free": true,
        "deadline": { "text": "od ręki" }, "appeal": "Nie przysługuje.",
        "channels": [{ "kind": "ONLINE", "submit": "YES", "collect": "NO" }],
        "legal_basis": [{ "title": "Ustawa" }], "review_due": "2099-11-20",
        "keywords": ["karta"], "questions": [{ "question": "Ile?", "answer": "Nic." }]
    });
    card.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    format!("{card}\n")
}

/// A data folder with these cards and no others.
async fn with_cards(cards: &[String]) -> Kontakt {
    let kontakt = Kontakt::on(Start::Empty).await;
    kontakt.write(
        "units.jsonl",
        r#"{"code":"SA","name":"A","name_en":"B","name_uk":"C","kind":"OFFICE_DEPARTMENT"}"#,
    );
    kontakt.write("cards.jsonl", &cards.concat());
    kontakt.done(&["import", "units", "units.jsonl"]);
    kontakt.done(&["import", "cards", "cards.jsonl"]);
    kontakt
}

#[tokio::test]
async fn what_each_card_lacks_is_told_and_nothing_of_it_is_a_fault() {
    let kontakt = with_cards(&[
        card("cala", json!({ "related": ["stara"] })),
        card("pusta", json!({ "keywords": [], "questions": [], "related": ["cala", "nie-ma"] })),
        card("stara", json!({ "review_due": "2020-01-01", "unverified": ["godziny", "opłata"] })),
    ])
    .await;
    let out = kontakt.done(&["doctor", "content"]);
    let (stale, rest) = out.split_once("review overdue by ").unwrap();
    assert_eq!(stale, "pusta: no questions; no keywords; no such related card: nie-ma\nstara: ");
    assert!(rest.split_once(' ').unwrap().0.parse::<u32>().unwrap() > 2_000, "{out}");
    assert!(
        rest.ends_with(
            " days; 2 unverified\n3 live cards: 1 with a review overdue, 1 with unknown related \
             cards, 1 with unverified facts, 1 without keywords, 1 without questions\n"
        ),
        "{out}"
    );
}

#[tokio::test]
async fn a_card_that_is_opened_often_wants_translations_and_a_missing_part_is_a_fault() {
    let kontakt = with_cards(&[card("cala", json!({}))]).await;
    assert_eq!(kontakt.done(&["doctor", "content"]), "1 live cards: nothing is missing\n");
    let config = kontakt.config.as_ref().unwrap();
    let db = App::open_database(config, Clock::standing_at(now()), true).await.unwrap();
    let run = async |sql: &str| {
        db.write(async |tx| Ok(tx.execute_unprepared(sql).await?)).await.unwrap();
    };
    run("INSERT INTO search_log (id, at, session_kind, lang, words, topic, hits, clicked_rank, clicked_id)
         SELECT id, '2026-11-20 09:00:00+00:00', 'RESIDENT', 'pl', 'a', 'a', 1, 1, id FROM cards")
    .await;
    assert_eq!(
        kontakt.done(&["doctor", "content"]),
        "cala: opened often, not in en, uk\n1 live cards: 1 without a translation\n"
    );
    let sql = match db.reader().get_database_backend() {
        sea_orm::DbBackend::Postgres => {
            "UPDATE card_versions SET content = jsonb_set(content, '{appeal}', 'null')"
        }
        _ => "UPDATE card_versions SET content = json_set(content, '$.appeal', null)",
    };
    run(sql).await;
    let said = kontakt.run(&["doctor", "content"]);
    assert_eq!(said.code, Some(1));
    assert!(said.out.contains("cala: BROKEN, without appeal; "), "{}", said.out);
}

/// A site on this machine: its address, the requests that came, and how many at once at most.
struct Site {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
    most: Arc<AtomicUsize>,
}

impl Site {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (requests, most) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicUsize::new(0)));
        let site = Self { address, requests: Arc::clone(&requests), most: Arc::clone(&most) };
        let now = Arc::new(AtomicUsize::new(0));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (requests, most, now) =
                    (Arc::clone(&requests), Arc::clone(&most), Arc::clone(&now));
                thread::spawn(move || answer(stream, &requests, &most, &now));
            }
        });
        site
    }

    fn link(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

/// Answers one request, and closes the connection.
fn answer(
    mut stream: TcpStream,
    requests: &Mutex<Vec<String>>,
    most: &AtomicUsize,
    now: &AtomicUsize,
) {
    let lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let Some(first) = head.first() else { return };
    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
    let agent = head.iter().find(|line| line.to_lowercase().starts_with("user-agent: "));
    let asked = first.strip_suffix(" HTTP/1.1").unwrap().to_owned();
    requests.lock().unwrap().push(format!("{asked} {}", agent.unwrap()));
    let (method, path) = asked.split_once(' ').unwrap();
    let path = path.split('?').next().unwrap();
    let many = path.strip_prefix("/many/").map(|n| format!("/many/{}1", n));
    let (status, location) = match (method, path) {
        (_, "/ok") | ("GET", "/no-head" | "/shy") => ("200 OK", None),
        ("HEAD", "/no-head") => ("405 Method Not Allowed", None),
        (_, "/shy" | "/secret") => ("403 Forbidden", None),
        (_, "/moved") => ("302 Found", Some("/ok".to_owned())),
        (_, "/circle") => ("301 Moved Permanently", Some("/circle".to_owned())),
        (_, "/nowhere") => ("302 Found", None),
        (_, "/slow") => {
            thread::sleep(Duration::from_secs(4));
            ("200 OK", None)
        }
        _ if many.is_some() => ("302 Found", many),
        _ => ("404 Not Found", None),
    };
    let location = location.map_or(String::new(), |to| format!("location: {to}\r\n"));
    // Before the answer, which the next request may follow at once.
    now.fetch_sub(1, Ordering::SeqCst);
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\n{location}content-length: 0\r\nconnection: close\r\n\r\n"
    );
}

#[tokio::test]
async fn every_link_is_asked_politely_and_those_that_fail_are_told_with_their_cards() {
    let site = Site::start();
    let source = |path: &str| json!({ "url": site.link(path), "checked_on": "2026-11-20" });
    let paths = [
        "/ok", "/gone", "/moved", "/circle", "/no-head", "/shy", "/secret", "/many/1", "/nowhere",
        "/slow",
    ];
    let sources: Vec<Value> = paths.iter().map(|path| source(path)).collect();
    let notes = format!("Zob. {} oraz http://. Dalej nic.", site.link("/gone"));
    let kontakt = with_cards(&[
        card("jedna", json!({ "sources": sources })),
        card("druga", json!({ "notes": notes })),
    ])
    .await;
    let said = kontakt.run(&["doctor", "links", "--seconds", "2"]);
    assert_eq!(said.code, Some(1), "{}{}", said.out, said.err);
    let bad = |path: &str, reason: &str, cards: &str| {
        format!("BAD  {}  {reason}  ({cards})", site.link(path))
    };
    let mut expected = vec![
        "BAD  http://  not an address  (druga)".to_owned(),
        bad("/circle", "redirects in a circle", "jedna"),
        bad("/gone", "404 Not Found", "druga, jedna"),
        bad("/many/1", "redirects more than 5 times", "jedna"),
        bad("/nowhere", "302 Found", "jedna"),
        bad("/secret", "403 Forbidden", "jedna"),
        bad("/slow", "no answer within 2 s", "jedna"),
    ];
    expected.push("11 links, 7 of them fail".to_owned());
    assert_eq!(said.out.lines().collect::<Vec<_>>(), expected);
    let requests = site.requests.lock().unwrap().clone();
    assert!(requests.iter().all(|one| one.contains(" Kontakt/")), "{requests:?}");
    let gets: Vec<_> = requests.iter().filter(|one| one.starts_with("GET ")).collect();
    assert_eq!(gets.len(), 3, "only where HEAD is not taken: {gets:?}");
    assert_eq!(site.most.load(Ordering::SeqCst), 1, "one at a time of one site");
}

#[tokio::test]
async fn a_site_that_is_away_is_told_and_a_limit_is_kept() {
    let site = Site::start();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let away = format!("http://{}/", closed.local_addr().unwrap());
    drop(closed);
    let sources = json!({ "sources": [{ "url": away, "checked_on": "2026-11-20" }] });
    let kontakt = with_cards(&[card("jedna", sources)]).await;
    let said = kontakt.run(&["doctor", "links"]);
    assert_eq!(said.code, Some(1));
    assert!(said.out.contains("Connection refused"), "{}", said.out);
    let ok =
        |n: usize| json!({ "url": site.link(&format!("/ok?{n}")), "checked_on": "2026-11-20" });
    let sources: Vec<Value> = (0..3).map(ok).collect();
    let kontakt = with_cards(&[card("jedna", json!({ "sources": sources }))]).await;
    let out = kontakt.done(&["doctor", "links", "--limit", "1"]);
    assert_eq!(out, "1 links, 0 of them fail\n");
    assert_eq!(site.requests.lock().unwrap().len(), 1);
}
