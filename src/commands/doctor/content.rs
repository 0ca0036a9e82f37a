//! `kontakt doctor content`: what every live card lacks.

use std::{
    collections::{BTreeMap, HashSet},
    process::ExitCode,
};

use chrono::NaiveDate;

use crate::{
    cards::{self, Lack, Listed},
    clock::local_day,
    commands::{Failure, print},
    db::Db,
    search, words,
};

/// Cards that must be translated: those that are opened most.
const MOST_USED: u64 = 12;

/// Lists what each live card lacks. Fails when one lacks a part without which it cannot be published.
pub async fn examine(db: &Db) -> Result<ExitCode, Failure> {
    let mut cards = cards::all_live(db.reader()).await?;
    cards.sort_by(|one, other| one.card.slug.cmp(&other.card.slug));
    let used = search::most_opened(db.reader(), MOST_USED).await?;
    let (report, is_broken) = report(&cards, local_day(db.now()), &used);
    print(report)?;
    Ok(if is_broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn report(cards: &[Listed], today: NaiveDate, used: &[uuid::Uuid]) -> (String, bool) {
    let known: HashSet<&str> = cards.iter().map(|listed| listed.card.slug.as_str()).collect();
    let (mut report, mut is_broken) = (String::new(), false);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for Listed { card, version } in cards {
        let lacks = cards::lacks(&version.content, today, |slug| known.contains(slug));
        is_broken |= lacks.iter().any(|lack| matches!(lack, Lack::Part(_)));
        let mut told: Vec<(&str, String)> = lacks.iter().map(tell).collect();
        let missing = cards::translations(&version.content, false);
        if used.contains(&card.id.0) && !missing.is_empty() {
            let tags: Vec<&str> = missing.into_iter().map(words::tag).collect();
            told.push((
                "without a translation",
                format!("opened often, not in {}", tags.join(", ")),
            ));
        }
        if !told.is_empty() {
            let all: Vec<&str> = told.iter().map(|(_, text)| text.as_str()).collect();
            report += &format!("{}: {}\n", card.slug, all.join("; "));
        }
        for (kind, _) in told {
            *counts.entry(kind).or_default() += 1;
        }
    }
    let summary: Vec<String> =
        counts.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    let summary =
        if summary.is_empty() { "nothing is missing".to_owned() } else { summary.join(", ") };
    (report + &format!("{} live cards: {summary}\n", cards.len()), is_broken)
}

/// A kind of lack for the summary, and the words for one card.
fn tell(lack: &Lack) -> (&'static str, String) {
    match lack {
        Lack::Part(part) => ("broken", format!("BROKEN, without {part}")),
        Lack::Review(days) => ("with a review overdue", format!("review overdue by {days} days")),
        Lack::Checks(count) => ("with unverified facts", format!("{count} unverified")),
        Lack::Questions => ("without questions", "no questions".to_owned()),
        Lack::Keywords => ("without keywords", "no keywords".to_owned()),
        Lack::Related(slugs) => {
            ("with unknown related cards", format!("no such related card: {}", slugs.join(", ")))
        }
    }
}
