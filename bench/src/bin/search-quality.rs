//! How well questions find their answers, through the GraphQL API.
//!
//! Without a folder: the rated questions of `bench/search/queries.jsonl` over the content that
//! ships. With one: its `passages.jsonl` (`id, title, text`) as articles in an empty service, and
//! each of its `queries.*.jsonl` (`id, text, rel`).

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Instant,
};

use clap::Parser;
use kontakt_bench::{
    rated::{Rated, Scores, header},
    service::{Failure, Service, Start},
};

/// Hits that are asked for; some may be unjudged.
const ASKED: usize = 20;

#[derive(Parser)]
#[command(
    about = "Measures how well questions find their answers, through the GraphQL API",
    after_help = "Examples:\n  cargo run --release -p kontakt-bench --bin search-quality\n  cargo run --release -p kontakt-bench --bin search-quality -- --misses\n  cargo run --release -p kontakt-bench --bin search-quality -- path/to/search-eval"
)]
struct Arguments {
    /// A folder with passages.jsonl and queries.*.jsonl.
    folder: Option<PathBuf>,
    /// List the questions for tuning whose answer does not come first.
    #[arg(long)]
    misses: bool,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    match &arguments.folder {
        None => own(arguments.misses).await,
        Some(folder) => given(folder, arguments.misses).await,
    }
}

async fn own(misses: bool) -> Result<(), Failure> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("search/queries.jsonl");
    let questions = Rated::read(&file)?;
    let service = Service::start(Start::BuiltIn).await?;
    for (name, is_kept) in [("for tuning", false), ("kept for reporting", true)] {
        let half: Vec<&Rated> = questions.iter().filter(|one| one.is_kept() == is_kept).collect();
        println!("\n{name}\n{}", header());
        ask(&service, &half, misses && !is_kept).await?;
    }
    Ok(())
}

async fn given(folder: &Path, misses: bool) -> Result<(), Failure> {
    let service = Service::start(Start::Articles(&folder.join("passages.jsonl"))).await?;
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()?;
    files.retain(|file| {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with("queries.") && name.ends_with(".jsonl")
    });
    files.sort();
    println!("{}", header());
    for file in files {
        let name = file.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let mut questions = Rated::read(&file)?;
        questions
            .iter_mut()
            .for_each(|one| one.kind = name.trim_start_matches("queries.").to_owned());
        ask(&service, &questions.iter().collect::<Vec<_>>(), misses).await?;
    }
    Ok(())
}

/// Asks the questions and prints a line per kind, and one for all when there are several kinds.
async fn ask(service: &Service, questions: &[&Rated], misses: bool) -> Result<(), Failure> {
    let (mut kinds, mut all) = (BTreeMap::<&str, Scores>::new(), Scores::default());
    let mut times = Vec::with_capacity(questions.len());
    for question in questions {
        let begun = Instant::now();
        let lang = question.lang.as_deref().unwrap_or("pl");
        let answers = service.ids(&question.text, lang, ASKED).await?;
        times.push(begun.elapsed());
        kinds.entry(&question.kind).or_default().take(question, &answers);
        all.take(question, &answers);
        if misses && answers.first().is_none_or(|first| question.rel.get(first) < Some(&2.0)) {
            let first: Vec<&str> = answers.iter().take(3).map(String::as_str).collect();
            let wanted: Vec<&String> = question.rel.keys().collect();
            println!(
                "  {} [{}] {}\n      wanted {wanted:?}, got {first:?}",
                question.id, question.kind, question.text
            );
        }
    }
    if kinds.len() > 1 {
        kinds.iter().for_each(|(kind, scores)| println!("{}", scores.line(kind)));
    }
    let name = if kinds.len() == 1 { questions[0].kind.as_str() } else { "all" };
    times.sort_unstable();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    println!("{}   p50 {median:?}", all.line(name));
    Ok(())
}
