//! Words and places of the made-up reports. Every text says that it is an example, and the street is
//! none of Krakow's.

use crate::{
    demo::plan::Draw,
    geo::Point,
    reports::{Channel, Outcome},
};

/// A point inside each district, from the first.
const CENTRES: [(f64, f64); 18] = [
    (50.0614, 19.9372),
    (50.0597, 19.9640),
    (50.0885, 19.9640),
    (50.0935, 19.9270),
    (50.0725, 19.9150),
    (50.0815, 19.8870),
    (50.0550, 19.8800),
    (50.0310, 19.9000),
    (50.0170, 19.9260),
    (49.9910, 19.9380),
    (50.0110, 19.9600),
    (50.0130, 20.0050),
    (50.0400, 19.9650),
    (50.0690, 20.0030),
    (50.0975, 20.0080),
    (50.0840, 20.0240),
    (50.0960, 20.0650),
    (50.0710, 20.0400),
];

/// Points lie at most so many ten-thousandths of a degree from the centre: some 200 metres.
const SPREAD: usize = 20;

/// What is told by category.
const STORIES: &[(&str, &[&str])] = &[
    (
        "pollution",
        &[
            "Przy wiacie śmietnikowej leżą worki, których nikt nie zabrał.",
            "Kosz na przystankowym skwerze jest przepełniony od kilku dni.",
            "Na trawniku ktoś zostawił stare meble i opony.",
        ],
    ),
    (
        "lighting",
        &[
            "Trzy latarnie z rzędu nie świecą, wieczorem jest zupełnie ciemno.",
            "Lampa przy przejściu dla pieszych mruga i gaśnie.",
            "Oświetlenie ścieżki włącza się dopiero w nocy.",
        ],
    ),
    (
        "roads",
        &[
            "W jezdni jest głęboka dziura, kierowcy omijają ją pod prąd.",
            "Płyta chodnikowa się zapadła, łatwo się potknąć.",
            "Słupek przy chodniku jest złamany i wystaje.",
        ],
    ),
    (
        "greenery",
        &[
            "Żywopłot zarósł połowę chodnika, wózek nie przejedzie.",
            "Trawa przy placu zabaw sięga kolan.",
            "Posadzone wiosną krzewy schną.",
        ],
    ),
    (
        "tree-felling",
        &[
            "Pochylone drzewo opiera się o drugie i skrzypi na wietrze.",
            "Suchy konar wisi nad ścieżką.",
        ],
    ),
    (
        "transit-stop",
        &["Szyba wiaty jest rozbita.", "Z tabliczki przystanku odkleił się rozkład jazdy."],
    ),
    (
        "investment",
        &[
            "Po robotach zostało rozkopane dojście do bloku.",
            "Ogrodzenie budowy zasłania widok przy skrzyżowaniu.",
        ],
    ),
    ("dead-animal", &["Na poboczu leży martwe zwierzę.", "Przy ścieżce leży martwy ptak."]),
    ("other", &["Tablica z informacją jest nieczytelna.", "Zegar na placu stoi od tygodnia."]),
    (
        "idea-traffic",
        &[
            "Proszę rozważyć przejście dla pieszych bliżej szkoły.",
            "Krótsze czerwone światło dla pieszych skróciłoby czekanie.",
        ],
    ),
    (
        "idea-transit",
        &[
            "Autobus mógłby w niedzielę jeździć co pół godziny.",
            "Przydałby się przystanek na żądanie przy ogrodach działkowych.",
        ],
    ),
    (
        "idea-roads",
        &[
            "Chodnik po drugiej stronie ulicy połączyłby dwa osiedla.",
            "Warto obniżyć krawężnik przy aptece.",
        ],
    ),
    (
        "idea-greenery",
        &[
            "Na pustym placu mógłby powstać ogród deszczowy.",
            "Przy boisku przydałyby się drzewa dające cień.",
        ],
    ),
    (
        "idea-other",
        &[
            "Proponuję stół do szachów na skwerze.",
            "Biblioteka mogłaby mieć wrzutnię czynną całą dobę.",
        ],
    ),
];

/// The ways on which reports come, as often as they stand here.
const CHANNELS: [Channel; 10] = [
    Channel::Portal,
    Channel::Portal,
    Channel::Portal,
    Channel::Portal,
    Channel::App,
    Channel::App,
    Channel::App,
    Channel::Phone,
    Channel::Phone,
    Channel::Email,
];

/// Where a made-up report is: the district's number, the point, the address.
pub fn place(draw: &mut Draw) -> (i32, Option<Point>, String) {
    let district = draw.below(CENTRES.len());
    let (latitude, longitude) = CENTRES[district];
    let mut aside = || (draw.below(2 * SPREAD + 1) as f64 - SPREAD as f64) / 10_000.0;
    let point = Point::new(latitude + aside(), longitude + aside());
    let address = format!("ul. Przykładowa {}", 1 + draw.below(120));
    (district as i32 + 1, point, address)
}

/// The way on which it came.
pub fn channel(draw: &mut Draw) -> Channel {
    draw.of(&CHANNELS).unwrap_or(Channel::Portal)
}

/// What is told.
pub fn description(category: &str, draw: &mut Draw) -> String {
    let stories =
        STORIES.iter().find(|(known, _)| *known == category).map_or(&[][..], |(_, all)| all);
    let story = draw.of(stories).unwrap_or("Opis.");
    format!("{story} (Zgłoszenie przykładowe: zmyślone na potrzeby demonstracji.)")
}

/// What is answered.
pub fn answer(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Resolved => "Naprawione. (Odpowiedź przykładowa.)",
        Outcome::InProgress => "Prace są zlecone i trwają. (Odpowiedź przykładowa.)",
        Outcome::NotFound => "Na miejscu niczego nie stwierdzono. (Odpowiedź przykładowa.)",
        Outcome::OutOfCityCompetence => "Sprawa nie należy do miasta. (Odpowiedź przykładowa.)",
        Outcome::UnderAnalysis => "Sprawdzamy, co można zrobić. (Odpowiedź przykładowa.)",
        Outcome::Unfounded => "Nie ma podstaw do działania. (Odpowiedź przykładowa.)",
        Outcome::AwaitingFunds => "Zadanie czeka na pieniądze w budżecie. (Odpowiedź przykładowa.)",
        Outcome::Implemented => "Pomysł został zrealizowany. (Odpowiedź przykładowa.)",
        Outcome::InImplementation => "Pomysł jest realizowany. (Odpowiedź przykładowa.)",
        Outcome::TemporarySolution => {
            "Na razie działa rozwiązanie tymczasowe. (Odpowiedź przykładowa.)"
        }
    }
}

/// What an outcome demands beside the answer.
pub fn reason(outcome: Outcome) -> Option<String> {
    match outcome {
        Outcome::Unfounded => Some("Przykład: stan jest zgodny z przepisami.".to_owned()),
        Outcome::OutOfCityCompetence => Some("Przykład: właściwy jest zarządca terenu.".to_owned()),
        _ => None,
    }
}
