//! What was acknowledged is there, however the process ends.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    thread,
    time::Duration,
};

use kontakt::{app::App, clock::Clock};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use super::Kontakt;
use crate::harness::{Start, now, reports};

/// How often the process is killed.
const KILLS: usize = 20;
/// Clients that file reports at once.
const CLIENTS: usize = 4;
/// The longest that a process lives after it is ready.
const LIVES_MS_MAX: u64 = 300;

/// What a client was told.
struct Acknowledged {
    input: Value,
    number: String,
    token: String,
}

#[tokio::test]
async fn no_report_that_was_acknowledged_is_lost_or_doubled_by_twenty_kills() {
    let kontakt = Kontakt::on(Start::Content).await;
    let mut known = Vec::new();
    for _ in 0..KILLS {
        let mut serving = kontakt.serve(&[]);
        let address = serving.address();
        let clients: Vec<_> =
            (0..CLIENTS).map(|_| thread::spawn(move || file_until_cut(address))).collect();
        // Chance is the point: the moment must be one that nobody has thought of.
        let chance: u64 = kontakt::ids::nonce().bytes().map(u64::from).sum();
        thread::sleep(Duration::from_millis(chance * 7 % LIVES_MS_MAX));
        serving.kill();
        known.extend(clients.into_iter().flat_map(|client| client.join().unwrap()));
    }
    assert!(known.len() >= KILLS, "only {} were acknowledged", known.len());
    let serving = kontakt.serve(&[]);
    for Acknowledged { input, number, token } in &known {
        let again = file(serving.address(), input).unwrap();
        assert_eq!((&again.number, &again.token), (number, token), "the same, not a second one");
        let query = "query($number: String!, $token: String) {
            report(number: $number, trackingToken: $token) { stage timeline { step } } }";
        let variables = json!({ "number": number, "token": token });
        let answer = serving.ask(&json!({ "query": query, "variables": variables }).to_string());
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let whole = json!({ "stage": "RECEIVED", "timeline": [{ "step": "FILE" }] });
        assert_eq!(answer["data"]["report"], whole, "{number}");
    }
    drop(serving);
    let config = kontakt.config.as_ref().unwrap();
    let db = App::open_database(config, Clock::standing_at(now()), false).await.unwrap();
    let count = async |sql: &str| -> i64 {
        let backend = db.reader().get_database_backend();
        let row = db.reader().query_one_raw(Statement::from_string(backend, sql)).await.unwrap();
        row.unwrap().try_get_by_index(0).unwrap()
    };
    let reports = count("SELECT COUNT(*) FROM reports").await;
    assert!(reports >= i64::try_from(known.len()).unwrap());
    // What was not acknowledged is there as a whole or not at all.
    for sql in [
        "SELECT MAX(seq) FROM reports",
        "SELECT COUNT(*) FROM report_timeline",
        "SELECT COUNT(*) FROM once_keys",
        "SELECT COUNT(*) FROM events WHERE kind = 'filed'",
    ] {
        assert_eq!(count(sql).await, reports, "{sql}");
    }
}

/// Files reports one after the other until the connection breaks.
fn file_until_cut(address: SocketAddr) -> Vec<Acknowledged> {
    std::iter::from_fn(|| file(address, &reports::input(json!({})))).collect()
}

/// Files a report; `None` when the answer did not come, or not whole.
fn file(address: SocketAddr, input: &Value) -> Option<Acknowledged> {
    let query = "mutation($input: FileReportInput!) { fileReport(input: $input) {
        report { number } trackingToken errors { code } } }";
    let body = json!({ "query": query, "variables": { "input": input } }).to_string();
    let mut stream = TcpStream::connect(address).ok()?;
    let length = body.len();
    write!(
        stream,
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let body: Value = serde_json::from_str(answer.split_once("\r\n\r\n")?.1).ok()?;
    let filed = &body["data"]["fileReport"];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    Some(Acknowledged {
        input: input.clone(),
        number: text(&filed["report"]["number"])?,
        token: text(&filed["trackingToken"])?,
    })
}
