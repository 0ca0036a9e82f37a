//! How fast the index of reports is built and asked, in process: without database and GraphQL.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use clap::Parser;
use kontakt_bench::service::Failure;
use kontakt_index::{
    Area, Labels, Lang, Mark, ReportDocument, ReportIndex, ReportQuery, ReportRange, Sight, Sorted,
};
use uuid::Uuid;

/// Documents that are handed over at once.
const BATCH: u64 = 2_000;
/// Words of a description.
const WORDS: u64 = 25;

#[derive(Parser)]
#[command(about = "Measures how fast the index of reports is built and asked")]
struct Arguments {
    /// How many reports are generated.
    #[arg(long, default_value_t = 200_000)]
    reports: u64,
    /// How many times each question is asked.
    #[arg(long, default_value_t = 200)]
    rounds: u64,
}

fn main() -> Result<(), Failure> {
    let Arguments { reports, rounds } = Arguments::parse();
    let folder = tempfile::tempdir()?;
    let index = ReportIndex::open(folder.path())?;
    let words = words(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/cards"))?;
    let begun = Instant::now();
    let mut rebuild = index.rebuild()?;
    for first in (0..reports).step_by(BATCH as usize) {
        let some = first..reports.min(first + BATCH);
        rebuild.add(some.map(|number| report(number, &words)).collect())?;
    }
    rebuild.finish(Mark { epoch: Uuid::nil(), cursor: 1, through: 0 })?;
    let built = begun.elapsed();
    let each = reports as f64 / built.as_secs_f64();
    let bytes = size(folder.path())?;
    println!("{reports} reports of {} words: {built:.1?}, {each:.0} a second", words.len());
    println!("{:.1} MB, {} bytes a report", bytes as f64 / 1e6, bytes / reports);
    for (name, text, filtered, sorted) in [
        ("two words, best first", "dziura jezdnia", false, Sorted::Best),
        (
            "four words and a misspelt one",
            "opłata za zezwolenei na parkowanie",
            false,
            Sorted::Best,
        ),
        ("two words, filter and circle", "dziura jezdnia", true, Sorted::Best),
        ("no words, filter and circle, newest", "", true, Sorted::Newest),
        ("no words, all, newest", "", false, Sorted::Newest),
        ("a number", "KCK-2026-001234", false, Sorted::Best),
    ] {
        ask(&index, name, &query(text, filtered, sorted), rounds)?;
    }
    Ok(())
}

/// Asks a question again and again, as a consultant.
fn ask(index: &ReportIndex, name: &str, query: &ReportQuery, rounds: u64) -> Result<(), Failure> {
    let labels = Labels::new([("roads".to_owned(), vec!["dziura w jezdni".to_owned()])]);
    let mut times: Vec<Duration> = Vec::new();
    let mut total = 0;
    for _ in 0..rounds {
        let begun = Instant::now();
        total = index.search(query, &labels, |code| format!("category:{code}"))?.total;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!("{name:<40} {total:>8} found   p50 {:>9.2?}   p99 {:>9.2?}", at(50), at(99));
    Ok(())
}

fn query(text: &str, filtered: bool, sorted: Sorted) -> ReportQuery {
    let (mut filter, mut range) = (Vec::new(), ReportRange::default());
    if filtered {
        filter = vec![
            vec!["category:c3".to_owned(), "category:c4".to_owned()],
            vec!["stage:CLOSED".to_owned()],
        ];
        range.areas.push(Area::Circle {
            middle: (50.06, 19.94),
            degree: (111_320.0, 71_500.0),
            metres: 2_000.0,
        });
    }
    ReportQuery {
        text: text.to_owned(),
        any_word: false,
        reports: Sight::Everything,
        staff_texts: Sight::Everything,
        filter,
        range,
        sorted,
        offset: 0,
        limit: 20,
    }
}

/// A report that is always the same for its number.
fn report(number: u64, words: &[String]) -> ReportDocument {
    let mut chance = Chance(number);
    let category = chance.below(30);
    // Frequent words are frequent: the lower of two.
    let mut word = || {
        let count = words.len() as u64;
        let place = chance.below(count).min(chance.below(count)).min(chance.below(count));
        words[place as usize].as_str()
    };
    let mut description: Vec<&str> = (0..WORDS).map(|_| word()).collect();
    if category == 3 {
        description.extend(["dziura", "w", "jezdni"]);
    }
    let description = description.join(" ");
    let address = format!("{} {}", word(), number % 120);
    let public = !number.is_multiple_of(10);
    let received = 1_700_000_000_000_000 + number as i64 * 60_000_000;
    let stage = ["CLOSED", "FORWARDED", "IN_HANDLING", "ANSWERED"][(number % 4) as usize];
    let mut tags = vec![
        "kind:PROBLEM".to_owned(),
        format!("category:c{category}"),
        format!("stage:{stage}"),
        format!("district:{}", number % 18 + 1),
        format!("channel:{}", number % 5),
        "given:*\n*\n*".to_owned(),
        format!("given:u{}\n*\n*", category % 12),
        format!("given:u{}\n*\n{stage}", category % 12),
    ];
    tags.extend(public.then(|| "public".to_owned()));
    let point = (
        49.97 + chance.below(100_000) as f64 * 0.16e-5,
        19.79 + chance.below(100_000) as f64 * 0.43e-5,
    );
    ReportDocument {
        id: Uuid::from_u128(u128::from(number)),
        seq: number,
        number: format!("KCK-2026-{number:06}"),
        received,
        day: received / 86_400_000_000,
        due: (stage != "CLOSED").then_some(received / 86_400_000_000 + 14),
        point: Some(point),
        public,
        tags,
        texts: vec![(Lang::Pl, description), (Lang::Pl, address)],
        staff_texts: if number.is_multiple_of(3) {
            vec!["Dzwonić po ósmej.".to_owned()]
        } else {
            vec![]
        },
    }
}

/// Numbers that only look like chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// The words of the cards that ship, each once, in the order in which they come.
fn words(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut files: Vec<_> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.sort();
    let (mut words, mut known) = (Vec::new(), std::collections::HashSet::new());
    for file in files {
        for word in fs::read_to_string(file)?.split(|c: char| !c.is_alphabetic()) {
            if word.chars().count() > 2 && known.insert(word.to_lowercase()) {
                words.push(word.to_lowercase());
            }
        }
    }
    Ok(words)
}

fn size(folder: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        bytes += if kind.is_dir() { size(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(bytes)
}
