//! What people type finds what they mean.

use super::*;

#[test]
fn everyday_questions_find_the_right_card_first() {
    let (_folder, index) = city();
    for (text, first) in [
        ("jak wyrobic dowod", ID_CARD),
        ("zgubilam dowod co robic", LOST_ID_CARD),
        ("Zgubiłam dowód!", LOST_ID_CARD),
        ("sa 10", ID_CARD),
        ("SA-10", ID_CARD),
        ("sa11", LOST_ID_CARD),
        ("dowodow osobistych", ID_CARD),
        ("rejestracja używanych pojazdów", USED_CAR),
        ("rejestracja pojazdow uzywanych", USED_CAR),
        ("urodziło się dziecko, jak zarejestrować urodzenie", BIRTH),
        ("kiedy odbierają śmieci", WASTE),
        ("SMIECI", WASTE),
        ("km 17 dowód osobisty", USED_CAR),
        ("identity card", ID_CARD),
        ("отримати посвідчення", ID_CARD),
    ] {
        let page = index.search(&ask(text)).unwrap();
        assert_eq!(found(&page).first(), Some(&first), "{text}: {:?}", found(&page));
    }
}

#[test]
fn the_passage_that_answers_is_shown_with_its_words_marked() {
    let (_folder, index) = city();
    let page = index.search(&ask("czy wydanie dowodu jest bezplatne")).unwrap();
    assert_eq!(page.hits[0].passage.section, "oplaty");
    assert_eq!(page.hits[0].passage.text, "Wydanie dowodu jest bezpłatne.");
    assert_eq!(
        page.hits[0].passage.html,
        "<mark>Wydanie</mark> <mark>dowodu</mark> jest <mark>bezpłatne</mark>."
    );
}

#[test]
fn a_passage_in_the_preferred_language_is_shown_when_all_match_as_well() {
    let (_folder, index) = city();
    for (lang, shown) in [
        (None, Lang::Pl),
        (Some(Lang::Pl), Lang::Pl),
        (Some(Lang::En), Lang::En),
        (Some(Lang::Uk), Lang::Uk),
    ] {
        let page = index.search(&Query { lang, ..ask("sa-10") }).unwrap();
        assert_eq!(page.hits[0].passage.lang, shown);
        assert_eq!(page.hits[0].passage.section, "opis");
    }
    let page = index.search(&Query { lang: Some(Lang::Uk), ..ask("bezpłatne") }).unwrap();
    assert_eq!(page.hits[0].passage.lang, Lang::Pl);
}

#[test]
fn an_unfinished_word_finds_what_it_may_become() {
    let (_folder, index) = city();
    assert_eq!(index.search(&ask("harmonog")).unwrap().total, 0);
    let page = index.search(&Query { typing: true, ..ask("harmonog") }).unwrap();
    assert_eq!(found(&page), [WASTE]);
    assert!(page.hits[0].passage.html.contains("<mark>harmonogramu</mark>"));
    assert_eq!(index.search(&Query { typing: true, ..ask("harmonog ") }).unwrap().total, 0);
}

#[test]
fn a_changed_document_is_found_by_its_new_words_only() {
    let (_folder, index) = city();
    let changes = vec![
        Change::Put(card(WASTE, "GK-5", "Odbiór odpadów", "Elektrośmieci oddasz w punkcie.")),
        Change::Remove(id(USED_CAR)),
        Change::Remove(id(999)),
    ];
    index.apply(changes, mark(2)).unwrap();
    assert_eq!(index.search(&ask("harmonogram gabaryty")).unwrap().total, 0);
    assert_eq!(found(&index.search(&ask("elektrosmieci")).unwrap()), [WASTE]);
    assert_eq!(index.search(&ask("KM-17 pojazd")).unwrap().total, 0);
}

#[test]
fn of_changes_to_one_document_the_last_holds() {
    let (_folder, index) = city();
    let one = |text| Change::Put(card(30, "X-1", "Tytuł", text));
    let changes = vec![one("wiosna"), one("lato"), Change::Remove(id(30)), one("jesień")];
    index.apply(changes, mark(2)).unwrap();
    assert_eq!(index.search(&ask("wiosna lato")).unwrap().total, 0);
    assert_eq!(found(&index.search(&ask("jesien")).unwrap()), [30]);
}

#[test]
fn whatever_is_typed_or_fed_breaks_nothing() {
    let (_folder, index) = city();
    let alphabet: Vec<char> =
        "dowód osobisty SA-10.!? \0\n\t'’ʼ\u{301}ıİßﬃ🙂👨\u{200D}👩\u{202E}<&>\"ґї漢字٣²𝔘\u{10FFFF}"
            .chars()
            .collect();
    // A plain generator: the same texts in every run.
    let mut state = 42_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut texts = Vec::new();
    for _ in 0..300 {
        let length = [0, 1, 3, 20, 400, 1_500][next(6)];
        texts.push((0..length).map(|_| alphabet[next(alphabet.len())]).collect::<String>());
    }
    let changes = texts.iter().zip(100..).map(|(text, n)| card(n, text, text, text)).collect();
    index.apply(put(changes), mark(2)).unwrap();
    for (at, text) in texts.iter().enumerate() {
        let lang = [None, Some(Lang::En), Some(Lang::Uk)][at % 3];
        let page = index.search(&Query { typing: at % 2 == 0, lang, ..ask(text) }).unwrap();
        assert!(page.hits.iter().all(|hit| hit.passage.text.chars().count() <= 320), "{text:?}");
    }
}

#[test]
fn text_without_words_finds_nothing() {
    let (_folder, index) = city();
    for text in ["", "  ", "\0\u{1b}[", "🙂", "…", "'"] {
        let page = index.search(&ask(text)).unwrap();
        assert_eq!((page.total, page.hits.len(), page.has_next), (0, 0, false), "{text:?}");
    }
}
