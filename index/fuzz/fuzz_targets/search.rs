//! Whatever is asked of an index with a few cards and rules, it answers, and what it shows is whole.
//!
//! ```text
//! cargo install cargo-fuzz
//! cd index && cargo fuzz run --sanitizer none search -- -max_total_time=60
//! ```
#![no_main]

use std::sync::LazyLock;

use kontakt_index::{BestBet, Change, Document, Index, Lang, Mark, Passage, Query, Rules, Synonym};
use libfuzzer_sys::fuzz_target;
use uuid::Uuid;

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap().keep();
    let index = Index::open(&folder).unwrap();
    let text = "Zgłoś utratę dowodu osobistego w urzędzie albo przez internet. Opłata: 35 zł.";
    let card = |number| {
        Change::Put(Document {
            id: Uuid::from_u128(number),
            codes: vec!["SA-10".into()],
            readers: vec!["anyone".into()],
            tags: vec!["kind:SERVICE_CARD".into()],
            passages: vec![Passage {
                lang: Lang::Pl,
                section: "opis".into(),
                answers: None,
                title: "Dowód osobisty".into(),
                keywords: vec!["zgubiony dowód".into()],
                text: text.repeat(number as usize * 4),
            }],
        })
    };
    let mark = Mark { epoch: Uuid::nil(), cursor: 1, through: 0 };
    index.apply((1..8).map(card).collect(), mark).unwrap();
    let synonym = |phrase: &str, acronym| Synonym {
        phrase: phrase.into(),
        means: vec!["dowód osobisty".into()],
        acronym,
    };
    index.set_rules(&Rules {
        synonyms: vec![synonym("plastik z urzędu", false), synonym("BO", true)],
        best_bets: vec![BestBet { question: "dowód".into(), documents: vec![Uuid::from_u128(3)] }],
    });
    index
});

fuzz_target!(|data: (&str, bool, bool, u8)| {
    let (text, typing, facets, offset) = data;
    let page = INDEX
        .search(&Query {
            text: text.to_owned(),
            readers: vec!["anyone".into()],
            filter: vec![],
            lang: [None, Some(Lang::Pl), Some(Lang::En), Some(Lang::Uk)][usize::from(offset) % 4],
            typing,
            facets,
            offset: usize::from(offset) % 9,
            limit: 5,
        })
        .unwrap();
    for hit in &page.hits {
        assert!(hit.passage.text.chars().count() <= 320);
        let plain = hit.passage.html.replace("<mark>", "").replace("</mark>", "");
        assert_eq!(plain, hit.passage.text);
    }
    let _ = INDEX.topic(text);
});
