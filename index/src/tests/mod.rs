//! The index as its callers see it: in a folder, fed with cards, asked by people.

mod disk;
mod finds;
mod readers;
mod reports;
mod understands;

use tempfile::TempDir;
use uuid::Uuid;

use crate::{Change, Document, Index, Lang, Mark, Page, Passage, Query};

pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub(crate) fn mark(cursor: i64) -> Mark {
    Mark { epoch: id(0xE), cursor, through: 0 }
}

/// A card that anyone may read, with one Polish passage.
pub(crate) fn card(number: u128, code: &str, title: &str, text: &str) -> Document {
    Document {
        id: id(number),
        codes: vec![code.to_owned()],
        readers: vec!["anyone".to_owned(), "staff".to_owned()],
        tags: vec!["kind:SERVICE_CARD".to_owned()],
        passages: vec![passage(Lang::Pl, "opis", title, text)],
    }
}

pub(crate) fn passage(lang: Lang, section: &str, title: &str, text: &str) -> Passage {
    Passage {
        lang,
        section: section.to_owned(),
        answers: None,
        keywords: Vec::new(),
        title: title.to_owned(),
        text: text.to_owned(),
    }
}

/// What anyone asks, ten at a time.
pub(crate) fn ask(text: &str) -> Query {
    Query {
        text: text.to_owned(),
        readers: vec!["anyone".to_owned()],
        filter: Vec::new(),
        lang: None,
        typing: false,
        facets: false,
        offset: 0,
        limit: 10,
    }
}

pub(crate) fn put(documents: Vec<Document>) -> Vec<Change> {
    documents.into_iter().map(Change::Put).collect()
}

/// The numbers of the documents on a page.
pub(crate) fn found(page: &Page) -> Vec<u128> {
    page.hits.iter().map(|hit| hit.id.as_u128()).collect()
}

/// An index with the cards below, in a folder that lasts as long as the first value.
pub(crate) fn city() -> (TempDir, Index) {
    index_of(cards())
}

/// An index with these documents.
pub(crate) fn index_of(documents: Vec<Document>) -> (TempDir, Index) {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(folder.path()).unwrap();
    index.apply(put(documents), mark(1)).unwrap();
    (folder, index)
}

pub(crate) const ID_CARD: u128 = 1;
pub(crate) const LOST_ID_CARD: u128 = 2;
pub(crate) const USED_CAR: u128 = 3;
pub(crate) const BIRTH: u128 = 4;
pub(crate) const WASTE: u128 = 6;
pub(crate) const STAFF_NOTE: u128 = 12;

fn cards() -> Vec<Document> {
    let mut id_card = card(
        ID_CARD,
        "SA-10",
        "Wydanie dowodu osobistego",
        "Dowód osobisty dostanie każdy obywatel. Aby wyrobić dowód, złóż wniosek w urzędzie lub przez internet.",
    );
    id_card.tags.extend(["unit:SA".to_owned(), "online:yes".to_owned()]);
    id_card.passages.extend([
        passage(Lang::Pl, "oplaty", "Wydanie dowodu osobistego", "Wydanie dowodu jest bezpłatne."),
        passage(
            Lang::En,
            "opis",
            "Issuing an identity card",
            "Every citizen can get an identity card.",
        ),
        passage(
            Lang::Uk,
            "opis",
            "Видача посвідчення особи",
            "Кожен громадянин може отримати посвідчення.",
        ),
    ]);
    let mut lost = card(
        LOST_ID_CARD,
        "SA-11",
        "Zgłoszenie utraty dowodu osobistego",
        "Co robić, gdy zgubiłam dowód albo mi go skradziono? Zgłoś to w dowolnym urzędzie gminy.",
    );
    lost.tags.push("unit:SA".to_owned());
    let mut birth = card(
        BIRTH,
        "USC-2",
        "Rejestracja urodzenia dziecka",
        "Akt urodzenia sporządza urząd stanu cywilnego. Zabierz dowody osobiste rodziców.",
    );
    birth.tags.extend(["unit:USC".to_owned(), "life-event:birth".to_owned()]);
    let mut note = card(
        STAFF_NOTE,
        "WEW-1",
        "Dowód osobisty: instrukcja dla konsultantów",
        "Hasło poufne. Jak rozmawiać o dowodach osobistych.",
    );
    note.readers = vec!["staff".to_owned()];
    vec![
        id_card,
        lost,
        card(
            USED_CAR,
            "KM-17",
            "Rejestracja pojazdu używanego",
            "Pojazd kupiony w kraju zarejestruj w 30 dni. Weź dowód rejestracyjny i umowę.",
        ),
        birth,
        card(
            5,
            "PD-3",
            "Podatek od nieruchomości",
            "Deklarację złóż do 31 stycznia. Podatek płaci się w czterech ratach.",
        ),
        card(
            WASTE,
            "GK-5",
            "Odbiór odpadów komunalnych",
            "Śmieci odbieramy według harmonogramu. Gabaryty wystaw przed posesję.",
        ),
        card(
            7,
            "KM-20",
            "Karta parkingowa",
            "Kartę dostaną osoby niepełnosprawne na podstawie orzeczenia.",
        ),
        card(
            8,
            "ZT-1",
            "Strefa płatnego parkowania",
            "Abonament mieszkańca kupisz, jeśli masz meldunek w strefie.",
        ),
        card(
            9,
            "SA-12",
            "Zameldowanie na pobyt stały",
            "Zamelduj się najpóźniej 30. dnia od przyjazdu.",
        ),
        card(
            10,
            "WS-4",
            "Zezwolenie na usunięcie drzew",
            "Wniosek o wycinkę składa posiadacz nieruchomości.",
        ),
        card(
            11,
            "SO-2",
            "Wpis do rejestru wyborców",
            "Wniosek złożysz w urzędzie. Miej przy sobie dokument tożsamości.",
        ),
        note,
    ]
}
