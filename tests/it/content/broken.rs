//! Broken files are refused with file, line and reason, and nothing of the whole import is written.

use kontakt::content::Kind;

use super::{
    Files,
    files::{ARTICLE, CARD, ENGLISH, UNIT, service_with_a_unit},
    head, state,
};

/// Imports a sound file together with broken ones and gives the refusal. Nothing may have changed.
async fn refusal(kind: Kind, broken: &[(&str, &str)]) -> String {
    let service = service_with_a_unit().await;
    let mut files = match kind {
        Kind::Cards => Files::new().with("a-dobra.md", CARD),
        Kind::Articles => Files::new().with("a-dobry.md", ARTICLE),
        Kind::Units => Files::new().with("a.toml", UNIT.replace("SA", "KM")),
        Kind::Synonyms => {
            Files::new().with("a.toml", "[[synonym]]\nphrase = \"a\"\nmeans = [\"b\"]\n")
        }
        Kind::Districts => {
            Files::new().with("a.geojson", include_str!("../../../content/districts.geojson"))
        }
        Kind::Categories | Kind::RoutingRules | Kind::AnswerTemplates | Kind::Forms => Files::new(),
        Kind::BestBets => Files::new().with("a.toml", ""),
    };
    for (name, text) in broken {
        files = files.with(name, text);
    }
    let before = (head(&service).await, state(&service).await);
    let refusal = files.try_import(&service, kind).await.expect_err("it was imported");
    assert!((head(&service).await, state(&service).await) == before, "{broken:?}");
    refusal.strip_suffix("\nnothing was imported").expect(&refusal).to_owned()
}

/// The refusal of a card whose file has one part exchanged.
async fn card_refusal(part: &str, by: &str) -> String {
    assert_eq!(CARD.matches(part).count(), 1, "{part}");
    refusal(Kind::Cards, &[("zla.md", &CARD.replace(part, by))]).await
}

#[tokio::test]
async fn a_mistake_in_the_facts_of_a_card_is_told_with_its_line() {
    let units = "There is no unit with the code \"XX\".";
    for (part, by, expected) in [
        ("symbol", "symbole", "zla.md:3: unknown field `symbole`, expected one of "),
        ("2027-11-20", "jutro", "zla.md:7: "),
        ("2027-11-20", "2027-02-30", "zla.md:7: "),
        ("2026-01-01", "\"2026-1-1\"", "zla.md:16: \"2026-1-1\" is not a day like 2026-11-20"),
        ("\"17.00\"", "17.0", "zla.md:15: "),
        ("\"17.00\"", "\"17,00\"", "zla.md:15: \"17,00\" is not an amount like 22.00"),
        ("IN_PERSON", "OSOBISCIE", "zla.md:19: unknown variant `OSOBISCIE`, expected one of "),
        ("name = \"Wniosek\"\n", "", "zla.md:9: missing field `name`"),
        ("unit = \"SA\"", "unit = \"XX\"", &format!("zla.md:4: unit: {units}")),
        ("moving", "wedding", "zla.md:5: life_events: There is no life event with the code "),
        ("P30D", "30 dni", "zla.md:6: deadline.iso: \"30 dni\" is not an ISO 8601 duration"),
        ("2026-01-01", "2026-01-01\nvalid_to = 2025-01-01", "zla.md:17: fees.0.valid_to: The fee "),
        ("title = \"Karta z pliku\"", "", "zla.md:1: title: A value is needed here."),
        ("review_due = 2027-11-20\n", "", "zla.md:1: review_due: The card cannot be published "),
        (
            "symbol = \"XY-1\"",
            "summary = \"Opis\"",
            "zla.md:3: \"summary\" does not stand between ",
        ),
        ("+++\ntitle", "title", "zla.md:1: the first line must be +++"),
        ("+++\n\nCo to", "\nCo to", "zla.md:1: a second line +++ must close the front matter"),
    ] {
        let refusal = card_refusal(part, by).await;
        assert!(refusal.starts_with(expected), "{refusal}\nis not\n{expected}");
    }
}

#[tokio::test]
async fn a_mistake_in_the_prose_of_a_card_is_told_with_its_line() {
    for (part, by, expected) in [
        (
            "## Odwołanie",
            "## Cennik",
            "zla.md:34: \"## Cennik\" is not a heading of a card; known: Kogo dotyczy, Krok po kroku, \
             Efekt, Odwołanie, Warto wiedzieć, Pytania i odpowiedzi",
        ),
        ("## Odwołanie", "## Krok po kroku", "zla.md:34: \"## Krok po kroku\" is twice"),
        (
            "2. Podpisz.",
            "3. Podpisz.",
            "zla.md:32: a step stands on one line and begins with \"2. \"",
        ),
        ("### Ile to", "Ile to", "zla.md:40: a question begins with \"### \""),
        (
            "Nie przysługuje.",
            "",
            "zla.md:1: appeal: The card cannot be published without this part: appeal (\"Nie przysługuje.\" will do).",
        ),
    ] {
        assert_eq!(card_refusal(part, by).await, expected);
    }
}

#[tokio::test]
async fn a_translation_is_refused_without_its_card_and_with_another_number_of_entries() {
    let lone = refusal(Kind::Cards, &[("inna.en.md", ENGLISH)]).await;
    assert_eq!(lone, "inna.en.md:1: name inna.md too: a translation comes with its card");
    let two = ENGLISH.replace("+++\n\nWhat", "\n[[documents]]\nname = \"Copy\"\n+++\n\nWhat");
    let counted = refusal(Kind::Cards, &[("a-dobra.en.md", &two)]).await;
    assert_eq!(
        counted,
        "a-dobra.en.md:4: en.documents: The translation has 2 entries where the Polish text has 1."
    );
    let heading = ENGLISH.replace("Step by step", "Krok po kroku");
    let heading = refusal(Kind::Cards, &[("a-dobra.en.md", &heading)]).await;
    assert!(
        heading.starts_with("a-dobra.en.md:10: \"## Krok po kroku\" is not a heading"),
        "{heading}"
    );
}

#[tokio::test]
async fn the_same_name_twice_is_refused_where_it_stands_again() {
    let line = "{\"id\":\"x\",\"title\":\"A\",\"text\":\"B\"}\n";
    let lines = refusal(Kind::Articles, &[("faq.jsonl", &line.repeat(2))]).await;
    assert_eq!(lines, "faq.jsonl:2: \"x\" stands at faq.jsonl:1 already");
    let across = refusal(Kind::Articles, &[("faq.jsonl", line), ("x.md", ARTICLE)]).await;
    assert_eq!(across, "x.md:1: \"x\" stands at faq.jsonl:1 already");
    let units = refusal(Kind::Units, &[("b.toml", &format!("{UNIT}\n{UNIT}"))]).await;
    assert_eq!(units, "b.toml:8: \"SA\" stands at b.toml:1 already");
    let card = r#"{"slug":"a-dobra","title":"A","unit":"SA","free":true}"#;
    let cards = refusal(Kind::Cards, &[("b.jsonl", card)]).await;
    assert!(cards.ends_with("b.jsonl:1: \"a-dobra\" stands at a-dobra.md:1 already"), "{cards}");
    let service = service_with_a_unit().await;
    let (one, other) =
        (Files::new().with("a.en.md", ENGLISH), Files::new().with("a.en.md", ENGLISH));
    let one = one.with("a.md", CARD);
    let paths = [one.folder().to_owned(), other.folder().to_owned()];
    let twice = kontakt::content::import(service.db(), Kind::Cards, &paths).await.unwrap_err();
    let file = other.path("a.en.md").display().to_string();
    assert_eq!(
        twice.to_string(),
        format!(
            "{file}:1: the card \"a\" has a translation into \"en\" already\nnothing was imported"
        )
    );
}

#[tokio::test]
async fn a_broken_line_is_told_with_its_number_and_an_unknown_field_by_its_name() {
    let good = "{\"id\":1,\"title\":\"A\",\"text\":\"B\"}\n\n";
    let expected_fields = "expected one of `title`, `unit`, `kind`, `visibility`, `keywords`, `related`, \
                           `review_due`, `sources`, `text`";
    for (line, expected) in [
        (
            r#"{"id":2,"tytul":"A","text":"B"}"#,
            format!("faq.jsonl:3: unknown field `tytul`, {expected_fields}"),
        ),
        (r#"{"id":2,"text":"B"}"#, "faq.jsonl:3: missing field `title`".to_owned()),
        (
            r#"{"title":"A","text":"B"}"#,
            "faq.jsonl:3: the field \"id\" must be a text or a number".to_owned(),
        ),
        (r#"{"id":2,"title":"A"}"#, "faq.jsonl:3: text: A value is needed here.".to_owned()),
        (
            r#"{"id":2,"title":"A","text":" "}"#,
            "faq.jsonl:3: text: A value is needed here.".to_owned(),
        ),
        (
            r#"{"id":2,"title":"A","text":"B","visibility":"SECRET"}"#,
            "faq.jsonl:3: unknown variant `SECRET`, expected `PUBLIC` or `STAFF`".to_owned(),
        ),
        (
            r#"{"id":2,"title":"A","text":"B","unit":"XX"}"#,
            "faq.jsonl:3: unit: There is no unit with the code \"XX\".".to_owned(),
        ),
        (
            r#"{"id":2,"title":"A","text":"B\u0000"}"#,
            "faq.jsonl:3: text: A text cannot hold the character U+0000.".to_owned(),
        ),
        (r#"{"id":2,"#, "faq.jsonl:3: EOF while parsing a value (column 8)".to_owned()),
        ("[]", "faq.jsonl:3: invalid type: sequence, expected a map (column 0)".to_owned()),
    ] {
        let text = format!("{good}{line}\n");
        assert_eq!(refusal(Kind::Articles, &[("faq.jsonl", &text)]).await, expected, "{line}");
    }
}

#[tokio::test]
async fn a_mistake_in_a_list_of_units_is_told_with_the_line_of_the_unit() {
    let second = |text: String| format!("# Jednostki\n\n{}\n{text}", UNIT.replace("SA", "XY"));
    for (part, by, expected) in [
        (
            "\"SA\"",
            "\"sa-1\"",
            "b.toml:10: code: Use capital letters A to Z and digits, such as \"SA\".",
        ),
        (
            "\"Wydział Spraw Administracyjnych\"",
            "\" \"",
            "b.toml:10: name: A value is needed here.",
        ),
    ] {
        let text = second(UNIT.replace(part, by));
        assert_eq!(refusal(Kind::Units, &[("b.toml", &text)]).await, expected);
    }
    let text = second(UNIT.replace("name_uk", "name_ua"));
    let unknown = refusal(Kind::Units, &[("b.toml", &text)]).await;
    assert!(
        unknown.starts_with("b.toml:14: unknown field `name_ua`, expected one of "),
        "{unknown}"
    );
}

#[tokio::test]
async fn every_broken_file_is_told_at_once_and_a_long_list_is_cut() {
    let two = [("b.md", "title"), ("c.md", "+++\n")];
    assert_eq!(
        refusal(Kind::Cards, &two).await,
        "b.md:1: the first line must be +++\nc.md:1: a second line +++ must close the front matter"
    );
    let lines = "{}\n".repeat(30);
    let refusal = refusal(Kind::Articles, &[("faq.jsonl", &lines)]).await;
    assert_eq!(refusal.lines().count(), 21);
    assert!(refusal.ends_with("and 10 more"), "{refusal}");
}

#[tokio::test]
async fn a_file_of_another_kind_or_none_at_all_is_refused_by_its_name() {
    let other = refusal(Kind::Cards, &[("b.txt", "Karta")]).await;
    assert_eq!(other, "b.txt:1: the name must end in .md or .jsonl");
    let other = refusal(Kind::Units, &[("b.md", CARD)]).await;
    assert_eq!(other, "b.md:1: the name must end in .toml or .jsonl");
    let service = service_with_a_unit().await;
    let none = kontakt::content::import(service.db(), Kind::Cards, &["nie/ma.md".into()]).await;
    assert_eq!(none.unwrap_err().to_string(), "nie/ma.md: No such file or directory (os error 2)");
    let binary = Files::new().with("b.md", [0xff, 0xfe]);
    let refusal = binary.try_import(&service, Kind::Cards).await.unwrap_err();
    assert_eq!(refusal, "b.md: stream did not contain valid UTF-8");
}
