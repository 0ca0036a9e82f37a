//! The search does not get worse: the rated questions over the content that ships, through the
//! GraphQL API, score no less than what is recorded here.

use std::path::Path;

use kontakt_bench::{
    rated::{Rated, Scores},
    service::{Service, Start},
};

/// What was measured when this was written, rounded down; raise it when the search gets better.
const MRR: f64 = 0.93;
const RECALL_AT_3: f64 = 0.975;

#[tokio::test]
async fn rated_questions_find_their_answers_as_well_as_was_recorded() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("search/queries.jsonl");
    let questions = Rated::read(&file).unwrap();
    assert!(questions.len() >= 250, "{} questions are too few", questions.len());
    let service = Service::start(Start::BuiltIn).await.unwrap();
    let mut scores = Scores::default();
    for question in &questions {
        let lang = question.lang.as_deref().unwrap_or("pl");
        scores.take(question, &service.ids(&question.text, lang, 10).await.unwrap());
    }
    println!("{}", scores.line("all"));
    assert!(scores.mrr() >= MRR, "MRR@10 is {:.4}, recorded is {MRR}", scores.mrr());
    let recall = scores.recall(3);
    assert!(recall >= RECALL_AT_3, "recall@3 is {recall:.4}, recorded is {RECALL_AT_3}");
}
