//! What residents write, and what of it is personal.

use proptest::prelude::*;

use super::*;

fn found(text: &str) -> Vec<(PersonalDataKind, &str)> {
    find(text).iter().map(|found| (found.kind, &text[found.start..found.end])).collect()
}

#[test]
fn what_looks_like_personal_data_is_found() {
    let table: &[(&str, &[(PersonalDataKind, &str)])] = &[
        ("Nazywam się Anna, mój PESEL to 44051401359.", &[(Pesel, "44051401359")]),
        ("pesel:02070803628, proszę o kontakt", &[(Pesel, "02070803628")]),
        ("Dziecko (PESEL 08220512349) nie ma miejsca", &[(Pesel, "08220512349")]),
        ("PESEL 440514 01359", &[(Pesel, "440514 01359")]),
        ("pesel: 44-05-14-01359, Anna", &[(Pesel, "44-05-14-01359")]),
        ("4 4 0 5 1 4 0 1 3 5 9", &[(Pesel, "4 4 0 5 1 4 0 1 3 5 9")]),
        ("440514 - 01359 (mój)", &[(Pesel, "440514 - 01359")]),
        ("02 07 08\u{a0}03628–0", &[(Pesel, "02 07 08\u{a0}03628")]),
        ("440514 01359 600 700 800", &[(Pesel, "440514 01359"), (Phone, "600 700 800")]),
        ("Proszę dzwonić: 600 700 800 po 16.", &[(Phone, "600 700 800")]),
        ("tel.600700800", &[(Phone, "600700800")]),
        ("Mój numer +48 600-700-800!", &[(Phone, "+48 600-700-800")]),
        ("Numer: 0048 600 700 800", &[(Phone, "0048 600 700 800")]),
        ("WhatsApp 48600700800", &[(Phone, "48600700800")]),
        ("+48600700800", &[(Phone, "+48600700800")]),
        (
            "tel. (12) 421 10 20 albo 12 421-10-21",
            &[(Phone, "12) 421 10 20"), (Phone, "12 421-10-21")],
        ),
        ("dom 12 4211020, praca 22.421.10.20", &[(Phone, "12 4211020"), (Phone, "22.421.10.20")]),
        ("600.700.800", &[(Phone, "600.700.800")]),
        ("mieszkam pod 5, 600\u{a0}700\u{a0}800", &[(Phone, "600\u{a0}700\u{a0}800")]),
        ("Mój ukraiński numer to +380 67 123 45 67.", &[(Phone, "+380 67 123 45 67")]),
        ("600 700 800 501 502 503", &[(Phone, "600 700 800"), (Phone, "501 502 503")]),
        ("Piszcie na jan.kowalski@wp.pl.", &[(Email, "jan.kowalski@wp.pl")]),
        ("<Anna+zgloszenia@poczta.example.com>", &[(Email, "Anna+zgloszenia@poczta.example.com")]),
        ("mail 600700800@wp.pl", &[(Email, "600700800@wp.pl")]),
        (
            "żółw@gęś.pl, jan@wp.pl-KR12345",
            &[(Email, "żółw@gęś.pl"), (Email, "jan@wp.pl"), (Plate, "KR12345")],
        ),
        ("Auto KR 4AB12 stoi na chodniku", &[]),
        ("Auto KR 4AC12 stoi na chodniku", &[(Plate, "KR 4AC12")]),
        ("auto kr4ac12 znowu stoi na trawniku", &[(Plate, "kr4ac12")]),
        ("Biały bus KRA 12345 i osobowy WGM 1234F", &[(Plate, "KRA 12345"), (Plate, "WGM 1234F")]),
        ("rejestracja: KWI12345", &[(Plate, "KWI12345")]),
        ("Auto K1 ROWER stoi na chodniku", &[(Plate, "K1 ROWER")]),
        ("numer rejestracyjny W0 JAN12.", &[(Plate, "W0 JAN12")]),
        ("samochód o tablicach k7ania blokuje bramę", &[(Plate, "k7ania")]),
        ("Pojazd: K3-LALA", &[(Plate, "K3-LALA")]),
        ("PARKUJE TU K5SZEF CODZIENNIE", &[(Plate, "K5SZEF")]),
        ("W bramie stoi K9\u{a0}PIES, to biały bus", &[(Plate, "K9\u{a0}PIES")]),
        ("motocykl KR 1234, hałasuje", &[(Plate, "KR 1234")]),
        (
            "Sprawca: KRA A123, tel. 600700800, PESEL 44051401359",
            &[(Plate, "KRA A123"), (Phone, "600700800"), (Pesel, "44051401359")],
        ),
    ];
    for (text, all) in table {
        assert_eq!(found(text), *all, "{text}");
    }
}

#[test]
fn what_belongs_to_nobody_is_left_alone() {
    for text in [
        "",
        "Dziura w jezdni na ul. Długiej 12, głęboka na 15 cm.",
        "Zgłoszenie KCK-2026-004571 z 20.11.2026 o 14.30",
        "Sprawa KCK 2026/004571, dwa lata temu KPA 2024",
        "Numer zgłoszenia 12345678901 bez odpowiedzi",
        "44051401358 ma złą cyfrę kontrolną",
        "44133201359 nie ma takiego dnia",
        "00000000000",
        "Dzwoniłem na 12 616 55 55, 986, 112, 994 i 19150.",
        "Infolinia +48 12 616 55 55 albo (12) 616-55-55, pogotowie 515 251 986",
        "Pogotowie czystości 801 084 084",
        "Pisałem na kontakt@um.krakow.pl i sekretariat@zdmk.krakow.pl",
        "Ministerstwo: biuro@mc.gov.pl",
        "Droga DK94, DW774, S7 i A4 stoją",
        "Linia 503 i 164, przystanek Rondo Mogilskie 02",
        "W KRAKOWIE NA ULICY DIETLA 12 ŚMIERDZI",
        "KRAKOW2025, RODO 2018, COVID19, ZTP 2026, RAL 7016, LED 4000K",
        "Kosztowało to 500 000 000 zł, a po 20000 zł brał każdy",
        "50.0619474, 19.9368564 albo 50.061947 19.936856",
        "Konto 61 1090 1014 0000 0712 1981 2874",
        "NIP 676-101-37-17, KRS 12345, działka 123/4",
        "31-004 Kraków, pl. Wszystkich Świętych 3-4",
        "Spotkajmy się @ rynek, cena 5@ sztuka, jan@wp, @krakow.pl, jan@.pl",
        "Od 8.00-16.00, pon.-pt., w dniach 01.12-24.12",
        "do 12345, od 12345, nr 12345, os. 12345",
        "Zielone BMW 3200 zł",
        "440514 01358 ma złą cyfrę, 441332 01359 złego dnia",
        "440514  -  01359 jest za daleko, 440514/01359 to coś innego",
        "4405140135 9a, 144051401359, 44 05 14 013599",
        "Klatka K1 ROWER stoi od roku",
        "W bloku B2 OBOK śmietnika",
        "Auto stoi na S7 OBOK zjazdu, drugie przy A4 OBOK stacji",
        "Samochody na s7 stoją, przy k1 rower",
        "SAMOCHODY STOJĄ PRZY BLOKU B2 OBOK KLATKI",
        "auto w klatce K1 OGRODZENIE, K1 ŻÓŁĆ, K1 AB, K1 A1234, K1 12345, K12 ROWER, A1 ROWER",
        "[numer rejestracyjny] K1 ROWER",
        "Kraków – żółć ęóąśłżźćń 🚧",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

/// Of the list that ships, so that a new number of an office is not taken for a resident's.
#[test]
fn numbers_and_addresses_of_offices_are_not_personal() {
    let units = include_str!("../../content/units.toml");
    let values = |key: &str| -> Vec<&str> {
        let rest = units.split(key).skip(1);
        rest.filter_map(|rest| rest.strip_prefix(" = \"")?.split('"').next()).collect()
    };
    let all = [values("number"), values("phone"), values("email")].concat();
    assert!(all.len() > 20, "{all:?}");
    for value in all {
        assert_eq!(found(value), [], "{value}");
    }
}

#[test]
fn what_is_masked_says_what_it_was() {
    let text = "Anna, PESEL 44051401359, tel. 600 700 800, jan@wp.pl, auto KR 12345.";
    assert_eq!(
        masked(text, Lang::Pl),
        "Anna, PESEL [usunięto: PESEL], tel. [usunięto: telefon], [usunięto: e-mail], \
         auto [usunięto: numer rejestracyjny]."
    );
}

/// Pieces of which texts are made that nearly are, and are, personal data.
const PIECES: &[&str] = &[
    "44051401359",
    "600700800",
    "600",
    "700",
    "800",
    "12",
    "4",
    "+48",
    "+",
    "48",
    "0048",
    "jan",
    "@",
    "wp.pl",
    ".",
    "-",
    " ",
    "KR",
    "KRA",
    "12345",
    "A1",
    "kr",
    "ż",
    "/",
    "(",
    ")",
    "\u{a0}",
    "–",
    "um.krakow.pl",
    "380",
    "2026",
    "%",
    "12 616 55 55",
    "440514",
    "01359",
    "K1",
    "ROWER",
    "W5OBOK",
    "auto ",
    "NA",
    "[",
    "]",
];

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..16).prop_map(|all| all.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_found_is_a_part_of_the_text(text in prop_oneof![pieces(), any::<String>()]) {
        let mut last = 0;
        for Found { start, end, .. } in find(&text) {
            prop_assert!(last <= start && start < end);
            prop_assert!(text.get(start..end).is_some());
            last = end;
        }
    }

    #[test]
    fn what_was_masked_has_nothing_left_to_mask(text in prop_oneof![pieces(), any::<String>()]) {
        for lang in [Lang::Pl, Lang::En, Lang::Uk] {
            let once = masked(&text, lang);
            prop_assert_eq!(masked(&once, lang), once);
        }
    }
}
