//! `kontakt doctor links`: asks every web address that the live cards name.
//!
//! Politely: four sites at once, of one site one address after the other with a pause between, by
//! HEAD where the site allows it, under a name that says who asks.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::ExitCode,
    time::Duration,
};

use futures_util::{StreamExt, stream};
use tokio::time::sleep;
use url::Url;

use crate::{
    cards,
    commands::{Failure, doctor::client::Client, print},
    db::Db,
    progress::Progress,
};

/// Sites that are asked at once.
const SITES_MAX: usize = 4;
/// The pause between two addresses of one site.
const PAUSE_MS: u64 = 500;

/// What is asked, and how long it may take.
pub struct Links {
    /// Addresses at most.
    pub limit: usize,
    /// Seconds that one address may take.
    pub seconds: u64,
}

/// An address, and the cards that name it.
type Named = (Url, BTreeSet<String>);

/// Asks the addresses, and prints those that fail. The exit code tells whether any does.
pub async fn examine(db: &Db, links: Links) -> Result<ExitCode, Failure> {
    let (sites, mut failed) = sites(db, links.limit).await?;
    let count: usize = sites.values().map(Vec::len).sum();
    let all = count + failed.len();
    let client = Client::new(Duration::from_secs(links.seconds))?;
    let mut progress = Progress::start("asking the links of the cards", count as u64);
    let mut answers = stream::iter(sites.into_values().map(|site| ask_site(&client, site)))
        .buffer_unordered(SITES_MAX);
    while let Some((asked, wrong)) = answers.next().await {
        progress.add(asked as u64);
        failed.extend(wrong);
    }
    drop(progress);
    failed.sort();
    let mut report: String = failed.iter().map(|line| format!("{line}\n")).collect();
    report += &format!("{all} links, {} of them fail\n", failed.len());
    print(report)?;
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The addresses by their sites, and what is said of those that are none.
async fn sites(
    db: &Db,
    limit: usize,
) -> Result<(BTreeMap<String, Vec<Named>>, Vec<String>), Failure> {
    let mut links: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for listed in cards::all_live(db.reader()).await? {
        for link in cards::links(&listed.version.content) {
            links.entry(link).or_default().insert(listed.card.slug.clone());
        }
    }
    let mut sites: BTreeMap<String, Vec<Named>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (link, cards) in links.into_iter().take(limit) {
        match Url::parse(&link).ok().filter(Url::has_host) {
            Some(url) => {
                let host = url.host_str().unwrap_or_default().to_owned();
                sites.entry(host).or_default().push((url, cards));
            }
            None => wrong.push(line(&link, "not an address", &cards)),
        }
    }
    Ok((sites, wrong))
}

/// Asks the addresses of one site, one after the other: how many, and what fails.
async fn ask_site(client: &Client, site: Vec<Named>) -> (usize, Vec<String>) {
    let count = site.len();
    let mut failed = Vec::new();
    for (place, (url, cards)) in site.into_iter().enumerate() {
        if place > 0 {
            sleep(Duration::from_millis(PAUSE_MS)).await;
        }
        if let Err(reason) = client.look(&url).await {
            failed.push(line(url.as_str(), &reason, &cards));
        }
    }
    (count, failed)
}

fn line(link: &str, reason: &str, cards: &BTreeSet<String>) -> String {
    let cards: Vec<&str> = cards.iter().map(String::as_str).collect();
    format!("BAD  {link}  {reason}  ({})", cards.join(", "))
}
