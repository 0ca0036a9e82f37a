//! A text finds its category: rated sentences of residents, through the GraphQL API, over the
//! categories that ship and no report before, are sorted no worse than what is recorded here.

use std::path::Path;

use kontakt_bench::{
    rated::{Rated, Scores},
    service::{Service, Start},
};

/// What was measured on the half kept for reporting when this was written, rounded down.
const TOP_1: f64 = 0.9;
const TOP_3: f64 = 0.97;

#[tokio::test]
async fn rated_sentences_find_their_categories_as_well_as_was_recorded() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("search/report-categories.jsonl");
    let sentences = Rated::read(&file).unwrap();
    assert!(sentences.len() >= 80, "{} sentences are too few", sentences.len());
    let service = Service::start(Start::BuiltIn).await.unwrap();
    for is_kept in [false, true] {
        let mut scores = Scores::default();
        for sentence in sentences.iter().filter(|one| one.is_kept() == is_kept) {
            let codes = service.categories(&sentence.text).await.unwrap();
            if !is_kept && codes.first().is_none_or(|first| !sentence.rel.contains_key(first)) {
                println!("  {} wanted {:?}, got {codes:?}", sentence.text, sentence.rel.keys());
            }
            scores.take(sentence, &codes);
        }
        let (one, three) = (scores.recall(1), scores.recall(3));
        println!("kept for reporting: {is_kept}, top 1 {one:.3}, top 3 {three:.3}");
        if is_kept {
            assert!(one >= TOP_1, "top 1 is {one:.3}, recorded is {TOP_1}");
            assert!(three >= TOP_3, "top 3 is {three:.3}, recorded is {TOP_3}");
        }
    }
}
