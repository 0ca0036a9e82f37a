//! A form as the search finds it: what it is for, in each language.

use kontakt_index::{Aspect, Passage};

use crate::{forms::entity::FormContent, words::Lang};

/// The passages of a form. Its fields are not searched: a question for a card about addresses must not
/// lead to every form that asks for one.
pub fn passages(content: &FormContent) -> Vec<Passage> {
    let passage = |lang| Passage {
        lang,
        section: "SUMMARY".to_owned(),
        answers: Some(Aspect::Overview),
        title: content.title.read(lang).to_owned(),
        keywords: content.keywords.clone(),
        text: content.summary.read(lang).to_owned(),
    };
    [Lang::Pl, Lang::En, Lang::Uk].map(passage).into()
}
