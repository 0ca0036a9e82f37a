//! What editors teach the search: words that mean the same, and answers that come first.
//!
//! Rules are applied to questions, never to documents, so a new rule needs no rebuild.

use uuid::Uuid;

/// All rules that hold now.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Words that people use, and what the documents call it.
    pub synonyms: Vec<Synonym>,
    /// Answers that an editor puts first.
    pub best_bets: Vec<BestBet>,
}

/// A word or phrase of residents, and what it means. It leads one way only: "prawko" is "prawo
/// jazdy", but who writes "prawo jazdy" does not ask for "prawko".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synonym {
    /// One word or several, in any inflected form.
    pub phrase: String,
    /// What the documents call it; each a word or several.
    pub means: Vec<String>,
    /// An acronym ("BO", "SCT") holds only for the very token; one that is a conjunction as well only
    /// in capitals, or when nothing else was asked.
    pub acronym: bool,
}

/// Documents that come first for a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BestBet {
    /// The question; another one fits when it has the same words in any order and form.
    pub question: String,
    /// The documents, in their order.
    pub documents: Vec<Uuid>,
}
