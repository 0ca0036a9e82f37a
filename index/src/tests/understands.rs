//! What people mean is understood: misspelt, in other words, by aspect, in quotation marks.

use super::*;
use crate::{Aspect, BestBet, Rules, Synonym};

fn synonym(phrase: &str, means: &[&str], acronym: bool) -> Synonym {
    let means = means.iter().map(|meant| (*meant).to_owned()).collect();
    Synonym { phrase: phrase.to_owned(), means, acronym }
}

fn first(index: &Index, text: &str) -> Option<u128> {
    found(&index.search(&ask(text)).unwrap()).first().copied()
}

#[test]
fn a_misspelt_word_finds_what_was_meant() {
    let (_folder, index) = city();
    for (text, number) in [
        ("zameldowanei na pobyt stały", 9),
        ("strefa platnego parkwoania", 8),
        ("odpaduw komunalnych", WASTE),
        ("rejestracja pojzadu używanego", USED_CAR),
        // The form "deklaracjom" is only in the dictionary; the text has "deklarację".
        ("deklracjom podatkowym", 5),
    ] {
        assert_eq!(first(&index, text), Some(number), "{text}");
    }
}

#[test]
fn the_corrected_question_is_proposed_as_it_is_written() {
    let cards = (1..=3).map(|n| card(n, "X-1", "Dowód osobisty", "Zgłoś utratę dowodu.")).collect();
    let (_folder, index) = index_of(cards);
    for (text, proposed) in [
        ("Utrata Dowowu!", Some("Utrata Dowodu!")),
        ("dówód osobisty i dowut", None),
        ("osobistyy dowod", Some("osobisty dowod")),
        ("dowód osobisty", None),
        // In the dictionary, though in no text: nobody is told that it is wrong.
        ("hulajnoga", None),
        ("dowod 12345678", None),
    ] {
        let page = index.search(&ask(text)).unwrap();
        if proposed.is_some() || !text.contains("dowut") {
            assert_eq!(page.did_you_mean.as_deref(), proposed, "{text}");
        }
    }
}

#[test]
fn a_synonym_finds_what_the_documents_call_it() {
    let (_folder, index) = city();
    assert_eq!(first(&index, "wywóz gabarytów"), Some(WASTE));
    assert_eq!(first(&index, "fura"), None);
    index.set_rules(&Rules {
        synonyms: vec![
            synonym("fura", &["pojazd"], false),
            synonym("zarejestrować furę", &["rejestracja pojazdu"], false),
            synonym("stawiać auto", &["strefa płatnego parkowania"], false),
        ],
        best_bets: vec![],
    });
    assert_eq!(first(&index, "furą"), Some(USED_CAR));
    assert_ne!(first(&index, "stawiam kawę, a nie auto"), Some(8));
    assert_eq!(first(&index, "gdzie stawiać auto"), Some(8));
}

#[test]
fn an_acronym_is_only_the_very_token_and_spares_the_conjunction() {
    let budget = card(20, "BO-1", "Budżet obywatelski", "Projekty mieszkańców.");
    let other = card(21, "X-2", "Bo tak", "Bo ktoś pytał. Wniosek.");
    let (_folder, index) = index_of(vec![budget, other]);
    index.set_rules(&Rules {
        synonyms: vec![synonym("BO", &["budżet obywatelski"], true)],
        best_bets: vec![],
    });
    for (text, number) in [
        ("bo", 20),
        ("projekt BO", 20),
        ("BO projekt", 20),
        ("wniosek, bo ktoś pytał", 21),
        ("WNIOSEK BO KTOŚ PYTAŁ", 21),
    ] {
        assert_eq!(first(&index, text), Some(number), "{text}");
    }
    let total = index.search(&ask("wniosek bo pytał")).unwrap().total;
    assert_eq!(total, 1, "the conjunction finds nothing by itself");
}

#[test]
fn a_best_bet_comes_first_for_its_question_in_any_form_and_only_for_whom_may_read_it() {
    let (_folder, index) = city();
    let bet = |documents| Rules {
        synonyms: vec![],
        best_bets: vec![BestBet { question: "dowód osobisty".to_owned(), documents }],
    };
    index.set_rules(&bet(vec![id(WASTE), id(BIRTH)]));
    let page = index.search(&ask("jak dostać Dowody osobiste?")).unwrap();
    assert_ne!(found(&page)[..2], [WASTE, BIRTH]);
    let page = index.search(&ask("osobistego dowodu")).unwrap();
    assert_eq!(found(&page)[..3], [WASTE, BIRTH, ID_CARD]);
    assert_eq!(page.hits[0].score, page.best);
    index.set_rules(&bet(vec![id(STAFF_NOTE)]));
    assert_eq!(first(&index, "dowód osobisty"), Some(ID_CARD));
}

#[test]
fn the_section_that_answers_is_shown() {
    let mut card = card(1, "X-1", "Odpis aktu", "Odpis wyda urząd.");
    for (section, answers, text) in [
        ("oplaty", Aspect::Cost, "22 zł za odpis."),
        ("termin", Aspect::Time, "Odpis dostaniesz od ręki."),
        ("miejsce", Aspect::Place, "Odpis dostaniesz w sali przy ul. Lubelskiej."),
        ("dokumenty", Aspect::Documents, "Weź dowód, a dostaniesz odpis."),
    ] {
        let part = passage(Lang::Pl, section, "Odpis aktu", text);
        card.passages.push(Passage { answers: Some(answers), ..part });
    }
    let (_folder, index) = index_of(vec![card]);
    for (text, section) in [
        ("ile kosztuje odpis aktu", "oplaty"),
        ("jak długo czeka się na odpis aktu", "termin"),
        ("gdzie dostanę odpis aktu", "miejsce"),
        ("jakie dokumenty do odpisu aktu", "dokumenty"),
        ("odpis aktu urząd", "opis"),
    ] {
        let page = index.search(&ask(text)).unwrap();
        assert_eq!(page.hits[0].passage.section, section, "{text}");
    }
}

#[test]
fn quoted_words_come_first_as_they_stand_and_nothing_is_lost() {
    let (_folder, index) = index_of(vec![
        card(1, "X-1", "Pobyt", "Pobyt stały zgłoś. Stały pobyt w Polsce i pobyt, stały, pobyt."),
        card(2, "X-2", "Karta", "Karta stałego pobytu."),
        card(3, "X-3", "Inna karta", "Czasem karta, a czasem stałego pobytu karta."),
    ]);
    assert_eq!(found(&index.search(&ask("\"karta stałego pobytu\"")).unwrap()), [2, 3, 1]);
    assert_eq!(found(&index.search(&ask("„pobyt stały” karta")).unwrap())[0], 1);
    assert_eq!(index.search(&ask("\"inna karta niestety\"")).unwrap().total, 2);
}

#[test]
fn tags_are_counted_over_everything_that_is_found_and_may_be_read() {
    let (_folder, index) = city();
    let query = Query { facets: true, limit: 1, ..ask("dowód osobisty") };
    let page = index.search(&query).unwrap();
    let count = |tag: &str| page.facets.iter().find(|(own, _)| own == tag).map(|(_, n)| *n);
    assert_eq!(count("kind:SERVICE_CARD"), Some(page.total));
    assert_eq!(count("unit:SA"), Some(2));
    assert_eq!(count("life-event:birth"), Some(1));
    assert_eq!(count("unit:GK"), None);
    let filtered = Query { filter: vec![vec!["unit:SA".to_owned()]], ..query };
    let page = index.search(&filtered).unwrap();
    assert_eq!(page.facets.iter().find(|(tag, _)| tag == "unit:USC"), None);
    assert!(index.search(&ask("dowód")).unwrap().facets.is_empty());
}

#[test]
fn keywords_are_found_phrase_by_phrase_and_never_shown() {
    let mut one = card(1, "X-1", "Wtórnik tablic", "Złóż wniosek.");
    one.passages[0].keywords = vec!["ukradli mi blachę".to_owned(), "stłuczka".to_owned()];
    let mut other = card(2, "X-2", "Odbiór złomu", "Złóż wniosek.");
    other.passages[0].keywords =
        vec!["blachę oddam".to_owned(), "co mi ukradli sąsiedzi".to_owned()];
    let (_folder, index) = index_of(vec![other, one]);
    let page = index.search(&ask("ukradli mi blachę")).unwrap();
    assert_eq!(found(&page), [1, 2]);
    assert_eq!(page.hits[0].passage.html, "Złóż wniosek.");
}

#[test]
fn a_misspelt_question_word_alone_still_finds_something() {
    let texts = (1..=3).map(|n| card(n, "X-1", "Karta", "Podczas wizyty weź kartę.")).collect();
    let (_folder, index) = index_of(texts);
    assert_eq!(index.search(&ask("podczsa")).unwrap().total, 3);
}
