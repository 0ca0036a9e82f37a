//! What is hidden from somebody is answered as what is not there: in the same words, with the same work.

use kontakt::ids::{self, NodeKind};
use serde_json::Value;
use uuid::Uuid;

use crate::{fields::world::World, harness::Client};

/// Operations on something that is hidden from the reader, with `ID` where it is named; what is hidden,
/// and what is not there.
struct Asked {
    readers: &'static [&'static str],
    operation: &'static str,
    hidden: String,
    missing: String,
}

const REPORTS: &[&str] = &[
    "{ report(number: \"ID\") { number } }",
    "{ report(number: \"ID\", trackingToken: \"forged\") { number } }",
    "{ similarReports(category: \"ID\", latitude: 50.06, longitude: 19.93) { metres } }",
    "{ searchReports(query: \"ID\") { totalCount nodes { score } } }",
    "{ search(query: \"ID\") { totalCount didYouMean } }",
    "{ suggest(prefix: \"ID\") { text } }",
    "mutation { withdrawReport(input: { report: { number: \"ID\" } }) { errors { code } } }",
    "mutation { withdrawReport(input: { report: { number: \"ID\", trackingToken: \"forged\" } }) {
        errors { code } } }",
    "mutation { supplementReport(input: { report: { number: \"ID\" }, text: \"x\" }) {
        errors { code } } }",
    "mutation { giveReportFeedback(input: { report: { number: \"ID\" }, satisfied: true }) {
        errors { code } } }",
    "mutation { followReportByEmail(input: { number: \"ID\", email: \"jan@example.org\" }) {
        accepted errors { code } } }",
];
const REPORTS_BY_ID: &[&str] = &[
    "{ node(id: \"ID\") { id } }",
    "{ nodes(ids: [\"ID\"]) { id } }",
    "mutation { verifyReport(input: { id: \"ID\", expectedVersion: 1 }) { errors { code } } }",
    "mutation { takeReport(input: { id: \"ID\", expectedVersion: 1 }) { errors { code } } }",
    "mutation { noteReport(input: { id: \"ID\", expectedVersion: 1, message: \"x\" }) {
        errors { code } } }",
    "mutation { bulkReports(input: { step: NOTE, note: \"x\",
        reports: [{ id: \"ID\", expectedVersion: 1 }] }) { results { errors { code } } } }",
];
const CARDS: &[&str] = &[
    "{ node(id: \"ID\") { id } }",
    "mutation { submitServiceCard(input: { id: \"ID\", expectedVersion: 1 }) { errors { code } } }",
    "mutation { approveServiceCard(input: { id: \"ID\", expectedVersion: 1 }) { errors { code } } }",
];
const ACCOUNTS: &[&str] = &[
    "{ node(id: \"ID\") { id } }",
    "mutation { endSession(input: { id: \"ID\" }) { errors { code } } }",
];

fn asked(world: &World) -> Vec<Asked> {
    let [_, secret] = world.reports();
    let secret_id = secret.id.as_str().unwrap().to_owned();
    let missing = |kind| ids::global(kind, Uuid::from_u128(7));
    let strangers: &[&str] =
        &["anyone", "resident:jan", "officer:ZZM", "editor", "admin", "reports:file"];
    let mut all = Vec::new();
    let mut ask = |readers, operations: &[&'static str], hidden: &str, missing: &str| {
        all.extend(operations.iter().map(|operation| Asked {
            readers,
            operation,
            hidden: hidden.to_owned(),
            missing: missing.to_owned(),
        }));
    };
    // Of the same length and year, so that the answers are.
    ask(strangers, REPORTS, &secret.number, "KCK-2026-999999");
    ask(strangers, REPORTS_BY_ID, &secret_id, &missing(NodeKind::Report));
    let readers = &["anyone", "resident:jan", "officer:SA", "coordinator:ZZM", "admin"];
    ask(readers, CARDS, world.name("DRAFT"), &missing(NodeKind::ServiceCard));
    ask(
        &["anyone", "officer:SA"],
        &CARDS[..1],
        world.name("GAP"),
        &missing(NodeKind::KnowledgeGap),
    );
    let desk = &["anyone", "editor"];
    ask(desk, &CARDS[..1], world.name("TEMPLATE"), &missing(NodeKind::AnswerTemplate));
    ask(desk, &CARDS[..1], world.name("PROPOSAL"), &missing(NodeKind::Proposal));
    ask(
        &["anyone", "session", "dpo"],
        ACCOUNTS,
        world.name("ACCOUNT"),
        &missing(NodeKind::Account),
    );
    let slug = &["{ serviceCard(slug: \"ID\") { title } }"];
    ask(readers, slug, "tajna", "nieme");
    let article = &["{ article(slug: \"ID\") { title } }"];
    ask(&["anyone", "resident:jan", "dpo"], article, "dla-pracownikow", "dla-nikogo-tutaj");
    all
}

/// Status and body of an answer without what was asked for, and without the id of a logged search.
async fn answer(client: &Client<'_>, operation: &str, id: &str) -> (u16, Value) {
    let answer = client.ask(&operation.replace("ID", id)).await;
    let text = answer.text.replace(id, "ID");
    (answer.status.as_u16(), serde_json::from_str(&text).unwrap())
}

#[tokio::test]
async fn what_is_hidden_is_answered_as_what_is_not_there() {
    let world = World::new().await;
    let mut wrong = Vec::new();
    for Asked { readers, operation, hidden, missing } in asked(&world) {
        for reader in readers {
            let client = world.client(reader);
            let hidden = answer(&client, operation, &hidden).await;
            let missing = answer(&client, operation, &missing).await;
            if hidden != missing {
                wrong.push(format!("{reader}: {operation}: {hidden:?}, not {missing:?}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_hidden_costs_as_many_statements_as_what_is_not_there() {
    let world = World::new().await;
    let mut wrong = Vec::new();
    for Asked { readers, operation, hidden, missing } in asked(&world) {
        for reader in readers.iter().take(2) {
            let client = world.client(reader);
            let of = |id: &str| operation.replace("ID", id);
            let hidden = world.service.statements(&client, &of(&hidden)).await;
            let missing = world.service.statements(&client, &of(&missing)).await;
            if hidden != missing {
                wrong.push(format!("{reader}: {operation}: {hidden}, not {missing} statements"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
