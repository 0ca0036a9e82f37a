//! The index of reports as its callers see it.

use uuid::Uuid;

use super::{id, mark};
use crate::{
    Area, Change, Labels, Lang, ReportDocument, ReportIndex, ReportQuery, ReportRange, Sight,
    Sorted,
};

fn report(number: u64, text: &str) -> ReportDocument {
    ReportDocument {
        id: id(u128::from(number)),
        seq: number,
        number: format!("KCK-2026-{number:06}"),
        received: number as i64,
        day: number as i64,
        due: None,
        point: None,
        public: true,
        tags: vec!["public".to_owned()],
        texts: vec![(Lang::Pl, text.to_owned())],
        staff_texts: Vec::new(),
    }
}

fn hidden(number: u64, text: &str) -> ReportDocument {
    ReportDocument { public: false, tags: vec!["given:us".to_owned()], ..report(number, text) }
}

fn ask(text: &str) -> ReportQuery {
    ReportQuery {
        text: text.to_owned(),
        any_word: false,
        reports: Sight::Nothing,
        staff_texts: Sight::Nothing,
        filter: Vec::new(),
        range: ReportRange::default(),
        sorted: Sorted::Best,
        offset: 0,
        limit: 10,
    }
}

fn found(index: &ReportIndex, query: &ReportQuery) -> Vec<u128> {
    let page = index.search(query, &Labels::new([]), str::to_owned).unwrap();
    assert_eq!(page.total, page.hits.len());
    page.hits.iter().map(|hit| hit.id.as_u128()).collect()
}

fn index_of(reports: Vec<ReportDocument>) -> (tempfile::TempDir, ReportIndex) {
    let folder = tempfile::tempdir().unwrap();
    let index = ReportIndex::open(folder.path()).unwrap();
    index.apply(reports.into_iter().map(Change::Put).collect(), mark(1)).unwrap();
    (folder, index)
}

#[test]
fn nothing_tells_of_words_that_are_not_seen() {
    let mut noted = report(1, "Zgasła lampa");
    noted.staff_texts.push("Dzwonił Krzemieniecki".to_owned());
    let (_folder, index) =
        index_of(vec![noted, hidden(2, "Krzemieniecki krzyczy"), report(3, "x")]);
    // Not even a misspelt word is repaired by them.
    for text in ["Krzemieniecki", "Krzemieniecky", "lampa Krzemieniecki"] {
        assert_eq!(found(&index, &ask(text)), [0; 0], "{text}");
    }
    let unit = Sight::Tagged("given:us".to_owned());
    let own = ReportQuery { reports: unit.clone(), staff_texts: unit, ..ask("Krzemieniecki") };
    assert_eq!(found(&index, &own), [2]);
    let all = Sight::Everything;
    let reads = ReportQuery { reports: all.clone(), ..ask("Krzemienieckiego") };
    assert_eq!(found(&index, &reads), [2]);
    let notes = ReportQuery { staff_texts: all, ..reads };
    let mut both = found(&index, &notes);
    both.sort_unstable();
    assert_eq!(both, [1, 2]);
}

#[test]
fn what_is_quoted_stands_there_word_for_word() {
    let mut noted = report(4, "Przejście nie działa");
    noted.staff_texts.push("Sygnał w przejściu podziemnym".to_owned());
    let mut apart = report(3, "Zalane przejście");
    apart.texts.push((Lang::Pl, "podziemne".to_owned()));
    let (_folder, index) = index_of(vec![
        report(1, "Zalane przejście podziemne"),
        report(2, "Podziemne przejście, zalane przez deszcz"),
        apart,
        noted,
        hidden(5, "W przejściu podziemnym ciemno"),
    ]);
    let sorted = |query: &ReportQuery| {
        let mut all = found(&index, query);
        all.sort_unstable();
        all
    };
    assert_eq!(sorted(&ask("przejście podziemne")), [1, 2, 3]);
    assert_eq!(sorted(&ask("\"przejscie PODZIEMNE\"")), [1]);
    assert_eq!(sorted(&ask("„Podziemne przejście” zalane")), [2]);
    assert_eq!(sorted(&ask("\"zalane przejście\" \"przejście podziemne\"")), [1]);
    assert_eq!(sorted(&ask("\"przejście\" podziemne")), [1, 2, 3]);
    assert_eq!(sorted(&ask("\"KCK-2026-000002\"")), [2]);
    let newest = ReportQuery { sorted: Sorted::Newest, ..ask("\"przejście podziemne\"") };
    assert_eq!(sorted(&newest), [1]);
    let alike = ReportQuery { any_word: true, ..ask("\"przejście podziemne\"") };
    assert_eq!(sorted(&alike), [1, 2, 3, 4]);
    // Texts that are not seen tell nothing.
    let unseen = ask("\"przejściu podziemnym\"");
    assert_eq!(sorted(&unseen), [0; 0]);
    let all = Sight::Everything;
    let reads = ReportQuery { reports: all.clone(), ..unseen.clone() };
    assert_eq!(sorted(&reads), [5]);
    assert_eq!(sorted(&ReportQuery { staff_texts: all, ..reads }), [4, 5]);
    let unit = Sight::Tagged("given:us".to_owned());
    let own = ReportQuery { reports: unit.clone(), staff_texts: unit, ..unseen };
    assert_eq!(sorted(&own), [5]);
}

#[test]
fn a_circle_and_a_box_hold_their_borders() {
    let at = |number, latitude| ReportDocument {
        point: Some((latitude, 20.0)),
        ..report(number, "lampa")
    };
    let (_folder, index) =
        index_of(vec![at(1, 50.0), at(2, 50.25), at(3, 50.5), report(4, "lampa")]);
    let circle = |metres| Area::Circle { middle: (50.0, 20.0), degree: (4.0, 4.0), metres };
    for (area, wanted) in [
        (circle(1.0), vec![2, 1]),
        (circle(0.999), vec![1]),
        (Area::Box(50.25..=50.5, 20.0..=20.0), vec![3, 2]),
        (Area::Box(50.26..=50.49, 20.0..=20.0), vec![]),
    ] {
        let range = ReportRange { areas: vec![area], ..ReportRange::default() };
        let query = ReportQuery { range, sorted: Sorted::Newest, ..ask("") };
        assert_eq!(found(&index, &query), wanted);
    }
}

#[test]
fn what_is_written_is_seen_with_the_next_apply() {
    let (folder, index) = index_of(vec![report(1, "lampa")]);
    index.write(vec![Change::Put(report(1, "znak")), Change::Put(report(2, "lampa"))]).unwrap();
    assert_eq!(found(&index, &ask("lampa")), [1]);
    index.apply(vec![Change::Remove(Uuid::from_u128(2))], mark(2)).unwrap();
    assert_eq!(found(&index, &ask("lampa")), [0; 0]);
    assert_eq!(found(&index, &ask("znaki")), [1]);
    drop(index);
    let again = ReportIndex::open(folder.path()).unwrap();
    assert_eq!((again.mark(), again.documents()), (Some(mark(2)), 1));
}

#[test]
fn a_label_stands_for_its_words_and_only_as_a_whole() {
    let mut lamp = report(1, "ciemno");
    lamp.tags.push("lighting".to_owned());
    let (_folder, index) = index_of(vec![lamp, report(2, "ulica")]);
    let labels = Labels::new([("lighting".to_owned(), vec!["latarnia uliczna".to_owned()])]);
    let find = |text| index.search(&ask(text), &labels, str::to_owned).unwrap().hits;
    let ids = |text| find(text).iter().map(|hit| hit.id.as_u128()).collect::<Vec<_>>();
    assert_eq!(ids("latarnie uliczne"), [1]);
    assert_eq!(ids("latarnie"), [0; 0]);
}

#[test]
fn labels_are_ranked_by_what_a_text_says_of_them() {
    let labels = Labels::new([
        ("lamp".to_owned(), vec!["nie świeci latarnia".to_owned(), "lampa".to_owned()]),
        ("sign".to_owned(), vec!["przekrzywiony znak".to_owned()]),
    ]);
    let names = |text| labels.nearest(text).iter().map(|one| one.0).collect::<Vec<_>>();
    assert_eq!(names("latarnie nie świecą"), ["lamp"]);
    assert_eq!(names("przekrzywiny znak pod lampą"), ["sign", "lamp"]);
    assert_eq!(names("dzień dobry"), [""; 0]);
}
