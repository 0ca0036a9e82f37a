//! Who sees what, filters, and pages.

use std::collections::HashSet;
use std::ops::Range;

use super::*;
use crate::Error;

fn reading_as(readers: &[&str], text: &str) -> Query {
    Query { readers: readers.iter().map(|&one| one.to_owned()).collect(), ..ask(text) }
}

fn filtered(groups: &[&[&str]], text: &str) -> Query {
    let group = |group: &&[&str]| group.iter().map(|&tag| tag.to_owned()).collect();
    Query { filter: groups.iter().map(group).collect(), ..ask(text) }
}

#[test]
fn what_one_may_not_read_is_not_even_counted() {
    let (_folder, index) = city();
    let public = index.search(&reading_as(&["anyone"], "dowód osobisty")).unwrap();
    let staff = index.search(&reading_as(&["staff"], "dowód osobisty")).unwrap();
    let both = index.search(&reading_as(&["anyone", "staff"], "dowód osobisty")).unwrap();
    assert_eq!(public.total, 4);
    assert!(!found(&public).contains(&STAFF_NOTE));
    assert_eq!(staff.total, 5);
    assert!(found(&staff).contains(&STAFF_NOTE));
    assert_eq!(found(&both), found(&staff));
    assert_eq!(both.total, staff.total);
}

#[test]
fn neither_word_nor_code_nor_prefix_nor_tag_gives_a_staff_note_away() {
    let (_folder, index) = city();
    for text in ["poufne", "WEW-1", "wew 1", "instrukcja dla konsultantów", "hasło", "pouf"] {
        for query in [ask(text), filtered(&[&["kind:SERVICE_CARD"]], text)] {
            let page = index.search(&Query { typing: true, ..query.clone() }).unwrap();
            assert_eq!((page.total, page.hits.len(), page.has_next), (0, 0, false), "{text}");
            let staff = Query { readers: vec!["staff".to_owned()], ..query };
            let staff = index.search(&Query { typing: true, ..staff }).unwrap();
            assert_eq!(found(&staff), [STAFF_NOTE], "{text}");
        }
    }
}

#[test]
fn who_reads_as_nobody_finds_nothing() {
    let (_folder, index) = city();
    for readers in [&[][..], &["nobody"], &["any"], &["anyone staff"], &["Anyone"], &[""]] {
        assert_eq!(index.search(&reading_as(readers, "dowód SA-10")).unwrap().total, 0);
    }
    let mut hidden = card(40, "X-1", "Dowód", "ukryty");
    hidden.readers.clear();
    index.apply(put(vec![hidden]), mark(2)).unwrap();
    assert_eq!(index.search(&reading_as(&["anyone", "staff", ""], "ukryty")).unwrap().total, 0);
}

#[test]
fn a_filter_is_groups_of_which_each_has_to_hold() {
    let (_folder, index) = city();
    let find = |groups: &[&[&str]]| {
        let mut found = found(&index.search(&filtered(groups, "dowód urodzenie")).unwrap());
        found.sort_unstable();
        found
    };
    assert_eq!(find(&[]), [ID_CARD, LOST_ID_CARD, USED_CAR, BIRTH]);
    assert_eq!(find(&[&["unit:SA"]]), [ID_CARD, LOST_ID_CARD]);
    assert_eq!(find(&[&["unit:SA", "unit:USC"]]), [ID_CARD, LOST_ID_CARD, BIRTH]);
    assert_eq!(find(&[&["unit:SA", "unit:USC"], &["online:yes"]]), [ID_CARD]);
    assert_eq!(find(&[&["life-event:birth"]]), [BIRTH]);
    assert_eq!(find(&[&["unit:SA"], &["unit:USC"]]), [0; 0]);
    assert_eq!(find(&[&["unit:sa"]]), [0; 0]);
    assert_eq!(find(&[&[]]), [0; 0]);
}

/// By BM25 alone the first kind, which repeats one word, is far ahead of the second, which has both.
fn hydrants(numbers: Range<u128>) -> Vec<Change> {
    let filler = "Ogłoszenie dla mieszkańców dzielnicy. ".repeat(30);
    let text = |number| match number % 5 {
        0 | 1 => "Hydrant, hydrant, hydrant.".to_owned(),
        2 => format!("{filler} Naprawa, o której mowa: hydrant."),
        _ => format!("{filler} Naprawa."),
    };
    put(numbers.map(|number| card(number, "", "Ogłoszenie", &text(number))).collect())
}

#[test]
fn who_has_all_the_words_comes_first() {
    let (_folder, index) = city();
    index.apply(hydrants(1_000..1_100), mark(2)).unwrap();
    let page = index.search(&Query { limit: 21, ..ask("naprawa hydrantu") }).unwrap();
    let has_both = |number: &u128| number % 5 == 2;
    assert!(found(&page)[..20].iter().all(has_both), "{:?}", found(&page));
    assert!(!has_both(&found(&page)[20]));
}

#[test]
fn pages_neither_overlap_nor_leave_gaps() {
    let (_folder, index) = city();
    // Several commits, so that there are several segments.
    index.apply(hydrants(1_000..1_060), mark(2)).unwrap();
    index.apply(hydrants(1_060..1_130), mark(3)).unwrap();
    index.apply(hydrants(1_130..1_150), mark(4)).unwrap();
    let mut all = Vec::new();
    for offset in (0..).step_by(7) {
        let page = index.search(&Query { offset, limit: 7, ..ask("naprawa hydrantu") }).unwrap();
        assert_eq!(page.total, 150);
        all.extend(page.hits.iter().map(|hit| (hit.score, hit.id)));
        assert_eq!(page.has_next, all.len() < 150);
        if !page.has_next {
            break;
        }
    }
    assert!(all.is_sorted_by(|a, b| a.0 > b.0 || (a.0 == b.0 && a.1 < b.1)));
    let different: HashSet<Uuid> = all.iter().map(|hit| hit.1).collect();
    assert_eq!((all.len(), different.len()), (150, 150));
}

#[test]
fn a_document_counts_once_however_many_passages_match() {
    let (_folder, index) = city();
    let mut long = card(50, "X-1", "Hydrant", "Hydrant stoi.");
    for section in ["a", "b", "c"] {
        long.passages.push(passage(Lang::Pl, section, "Hydrant", "Hydrant na ulicy."));
    }
    index.apply(put(vec![long]), mark(2)).unwrap();
    let page = index.search(&ask("hydranty")).unwrap();
    assert_eq!((page.total, found(&page)), (1, vec![50]));
    let none = index.search(&Query { limit: 0, ..ask("hydranty") }).unwrap();
    assert_eq!((none.total, none.hits.len(), none.has_next), (1, 0, true));
}

#[test]
fn what_would_cost_too_much_is_refused_in_plain_words() {
    let (_folder, index) = city();
    let refused = |query: Query| index.search(&query).unwrap_err().to_string();
    assert_eq!(
        refused(Query { limit: 101, ..ask("dowód") }),
        "a page holds at most 100 hits, 101 were asked for"
    );
    assert_eq!(
        refused(Query { offset: 10_001, ..ask("dowód") }),
        "a page begins after at most 10000 hits, not after 10001"
    );
    let tags = vec![vec!["unit:SA".to_owned(); 500]];
    assert!(matches!(
        index.search(&Query { filter: tags, ..ask("dowód") }),
        Err(Error::TooManyFilterValues)
    ));
    assert_eq!(
        index.search(&Query { offset: 10_000, limit: 100, ..ask("dowód") }).unwrap().hits.len(),
        0
    );
}

#[test]
fn no_correction_completion_or_repair_tells_of_words_that_only_staff_may_read() {
    let mut notes: Vec<Document> = (50..54)
        .map(|n| card(n, "WEW-2", "Procedura Kryptonim", "Kryptonim chrząszczowy."))
        .collect();
    notes.iter_mut().for_each(|note| note.readers = vec!["staff".to_owned()]);
    let (_folder, index) =
        index_of([notes, vec![card(1, "X-1", "Dowód", "Dowód osobisty.")]].concat());
    for text in ["kryptonimm", "chrzaszczowyy"] {
        let page = index.search(&ask(text)).unwrap();
        assert_eq!((page.total, page.did_you_mean), (0, None), "{text}");
        let staff = Query { readers: vec!["anyone".into(), "staff".into()], ..ask(text) };
        let page = index.search(&staff).unwrap();
        assert_eq!(page.total, 4, "{text}");
        assert!(page.did_you_mean.is_some(), "{text}");
    }
    let typing = Query { typing: true, ..ask("krypto") };
    assert_eq!(index.search(&typing).unwrap().total, 0);
}
