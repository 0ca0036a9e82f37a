//! Kontakt's search beside what one would use instead: quality on the rated questions, and speed on
//! growing numbers of passages.

use std::{
    collections::HashMap,
    fs,
    path::Path,
    time::{Duration, Instant},
};

use clap::Parser;
use kontakt::{articles, cards};
use kontakt_bench::{
    peers::{Peer, Text},
    rated::{Rated, Scores, header},
    service::{Failure, Service, Start},
};
use kontakt_index::{Change, Document, Index, Lang, Mark, Passage, Query};
use tempfile::TempDir;
use uuid::Uuid;

#[derive(Parser)]
#[command(
    about = "Measures Kontakt's search beside SQLite FTS5 and PostgreSQL",
    after_help = "Example:\n  bench/search/peers\n  cargo run --release -p kontakt-bench --bin search-peers -- --passages 100,10000"
)]
struct Arguments {
    /// A PostgreSQL database with the configuration `polish`; without one it is left out.
    #[arg(long)]
    postgresql: Option<String>,
    /// How many passages to measure speed with.
    #[arg(long, value_delimiter = ',', default_values_t = [100, 10_000, 100_000])]
    passages: Vec<usize>,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("search/queries.jsonl");
    let questions = Rated::read(&file)?;
    let service = Service::start(Start::BuiltIn).await?;
    let texts = shipped(&service).await?;
    quality(&service, &texts, &questions, arguments.postgresql.as_deref()).await?;
    for count in arguments.passages {
        speed(&generated(&texts, count), &questions, arguments.postgresql.as_deref()).await?;
    }
    Ok(())
}

/// The cards and public articles that ship, each as one text with all its languages and keywords.
async fn shipped(service: &Service) -> Result<Vec<Text>, Failure> {
    let db = service.app.db.reader();
    let text = |id: String, title: String, passages: Vec<Passage>| {
        let mut parts: Vec<String> = Vec::new();
        for passage in passages {
            parts.extend([passage.title, passage.text]);
            // Once for each language, as the passages of one share them.
            parts.extend(
                passage.keywords.into_iter().filter(|one| !parts.contains(one)).collect::<Vec<_>>(),
            );
        }
        Text { id, title, body: parts.join("\n") }
    };
    let cards = cards::all_live(db).await?;
    let mut texts: Vec<Text> = cards
        .iter()
        .map(|one| {
            let content = &one.version.content;
            text(one.card.slug.clone(), content.title.clone(), cards::passages(content))
        })
        .collect();
    let articles = articles::all(db, "", 1_000).await?;
    let public = articles.iter().filter(|one| one.visibility == articles::Visibility::Public);
    texts.extend(public.map(|one| {
        text(one.slug.clone(), one.content.title.clone(), articles::passages(&one.content))
    }));
    Ok(texts)
}

async fn quality(
    service: &Service,
    texts: &[Text],
    questions: &[Rated],
    postgresql: Option<&str>,
) -> Result<(), Failure> {
    println!("{} questions over the content that ships\n{}", questions.len(), header());
    let mut scores = Scores::default();
    for question in questions {
        let lang = question.lang.as_deref().unwrap_or("pl");
        scores.take(question, &service.ids(&question.text, lang, 10).await?);
    }
    println!("{}", scores.line("Kontakt"));
    for peer in peers(texts, postgresql).await? {
        let mut scores = Scores::default();
        for question in questions {
            scores.take(question, &peer.ids(&question.text).await?);
        }
        println!("{}", scores.line(peer.name));
    }
    Ok(())
}

async fn peers(texts: &[Text], postgresql: Option<&str>) -> Result<Vec<Peer>, Failure> {
    let mut peers = vec![Peer::sqlite(texts).await?];
    if let Some(url) = postgresql {
        peers.push(Peer::postgresql(url, texts).await?);
    }
    Ok(peers)
}

/// Passages of eight sentences each, drawn from what ships; the same ones in every run.
fn generated(texts: &[Text], count: usize) -> Vec<Text> {
    let sentences: Vec<&str> = texts.iter().flat_map(|text| text.body.lines()).collect();
    let mut state = 7_u64;
    let mut draw = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut text = |number| Text {
        id: format!("generated-{number}"),
        title: texts[draw(texts.len())].title.clone(),
        body: (0..8).map(|_| sentences[draw(sentences.len())]).collect::<Vec<_>>().join("\n"),
    };
    (0..count).map(&mut text).collect()
}

async fn speed(
    texts: &[Text],
    questions: &[Rated],
    postgresql: Option<&str>,
) -> Result<(), Failure> {
    println!(
        "\n{} passages{:>17}{:>10}{:>10}{:>10}{:>12}",
        texts.len(),
        "p50",
        "p99",
        "ratio",
        "built",
        "on disk"
    );
    let folder = TempDir::new()?;
    let begun = Instant::now();
    let index = fed(folder.path(), texts)?;
    let built = begun.elapsed();
    let mut times = HashMap::new();
    for question in questions {
        let begun = Instant::now();
        index.search(&ask(&question.text))?;
        times.entry("Kontakt").or_insert_with(Vec::new).push(begun.elapsed());
    }
    let own = line("Kontakt", times.remove("Kontakt").unwrap_or_default(), None, built);
    println!("{:>9.1} MB", size(folder.path())? as f64 / 1e6);
    for peer in peers(texts, postgresql).await? {
        let mut times = Vec::new();
        // A peer that takes a second for a question is asked fewer.
        let some = if texts.len() > 10_000 { 20 } else { questions.len() };
        for question in questions.iter().take(some) {
            let begun = Instant::now();
            peer.ids(&question.text).await?;
            times.push(begun.elapsed());
        }
        line(peer.name, times, Some(own), peer.built);
        println!();
    }
    Ok(())
}

fn fed(folder: &Path, texts: &[Text]) -> Result<Index, Failure> {
    let index = Index::open(folder)?;
    let document = |(number, text): (usize, &Text)| {
        let passage = Passage {
            lang: Lang::Pl,
            section: "TEXT".to_owned(),
            answers: None,
            title: text.title.clone(),
            keywords: Vec::new(),
            text: text.body.clone(),
        };
        Change::Put(Document {
            id: Uuid::from_u128(number as u128),
            codes: Vec::new(),
            readers: vec!["anyone".to_owned()],
            tags: Vec::new(),
            passages: vec![passage],
        })
    };
    let changes = texts.iter().enumerate().map(document).collect();
    index.apply(changes, Mark { epoch: Uuid::nil(), cursor: 1, through: 0 })?;
    Ok(index)
}

fn ask(text: &str) -> Query {
    Query {
        text: text.to_owned(),
        readers: vec!["anyone".to_owned()],
        filter: Vec::new(),
        lang: Some(Lang::Pl),
        typing: false,
        facets: false,
        offset: 0,
        limit: 10,
    }
}

/// Prints a line without its end, and gives the median.
fn line(name: &str, mut times: Vec<Duration>, own: Option<Duration>, built: Duration) -> Duration {
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    let (median, late) = (at(50), at(99));
    let micros = |time: Duration| format!("{} us", time.as_micros());
    let ratio = own.map_or(1.0, |own| median.as_secs_f64() / own.as_secs_f64().max(1e-9));
    print!(
        "{name:<14}{:>12}{:>12}{ratio:>9.1}x{:>8.2} s",
        micros(median),
        micros(late),
        built.as_secs_f64()
    );
    median
}

fn size(folder: &Path) -> Result<u64, Failure> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        sum += if about.is_dir() { size(&entry.path())? } else { about.len() };
    }
    Ok(sum)
}
