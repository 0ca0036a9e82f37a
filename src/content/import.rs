//! `kontakt import`: everything is read and checked before the first write, so that a broken file
//! changes nothing.

use std::{collections::BTreeMap, path::PathBuf};

use clap::ValueEnum;

use crate::{
    actor::Actor,
    articles::{self, ArticleContent},
    cards::{self, CardContent},
    content::{
        Fault, builtin, files,
        lists::{BestBets, Synonyms},
        outlines::read_outlines,
        records::{
            Record, check_articles, check_best_bets, check_cards, check_categories, check_forms,
            check_routing, check_synonyms, check_templates, check_units, read_articles, read_cards,
            read_categories, read_forms, read_routing, read_rules, read_templates, read_units,
        },
    },
    db::{Db, Tx},
    error::Result,
    forms::{self, FormContent},
    geo::Outline,
    imported::{Imported, Origin},
    progress::Progress,
    reports::{self, routing, templates},
    search, units,
};

/// Records in one commit.
const BATCH: usize = 500;
/// Cards in one commit: a card takes more statements than an article.
const CARDS_BATCH: usize = 50;
/// Nodes that import at once take turns; the later ones find what the earlier ones have written.
pub(super) const IMPORTING: i64 = 0x4b4f_4e54_0007;

/// What files hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Service cards: `<slug>.md` with translations beside, or JSON Lines with a `slug`.
    Cards,
    /// Articles: `<slug>.md`, or JSON Lines with `id`, `title`, `text`.
    Articles,
    /// Forms: `<slug>.toml`.
    Forms,
    /// Units: TOML as in `content/units.toml`, or JSON Lines.
    Units,
    /// Outlines of the 18 districts: a FeatureCollection of GeoJSON with `number`, `roman` or `name`.
    Districts,
    /// Categories of reports: TOML as in `content/categories.toml`, or JSON Lines.
    Categories,
    /// Routing rules: TOML as in `content/routing.toml`, or JSON Lines.
    RoutingRules,
    /// Templates of answers: TOML as in `content/answer-templates.toml`, or JSON Lines.
    AnswerTemplates,
    /// Synonyms: TOML as in `content/synonyms.toml`, or JSON Lines.
    Synonyms,
    /// Best bets: TOML as in `content/best-bets.toml`, or JSON Lines.
    BestBets,
}

/// How many records met which fate.
pub type Tally = BTreeMap<Imported, usize>;

impl Kind {
    /// How the names of its files end.
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Cards | Self::Articles => &["md", "jsonl"],
            Self::Districts => &["geojson", "json"],
            Self::Forms => &["toml"],
            _ => &["toml", "jsonl"],
        }
    }
}

/// Imports files (or all files of folders) of one kind.
pub async fn import(db: &Db, kind: Kind, paths: &[PathBuf]) -> Result<Tally, Fault> {
    let paths = files::expand(paths, kind.extensions())?;
    let mut texts = Vec::with_capacity(paths.len());
    for path in &paths {
        texts.push((path.as_path(), path.display().to_string(), files::read(path)?));
    }
    match kind {
        Kind::Cards => {
            let records = read_cards(&texts)?;
            check_cards(&records, &units::known_codes(db.reader()).await?)?;
            Ok(write_cards(db, records).await?)
        }
        Kind::Articles => {
            let records = read_articles(&texts)?;
            check_articles(&records, &units::known_codes(db.reader()).await?)?;
            Ok(write_articles(db, records).await?)
        }
        Kind::Forms => {
            let records = read_forms(&texts)?;
            check_forms(&records, &units::known_codes(db.reader()).await?)?;
            Ok(write_forms(db, records).await?)
        }
        Kind::Units => {
            let records = read_units(&texts)?;
            check_units(&records)?;
            let write =
                async |tx: &_, batch| units::import(tx, &Actor::System, batch, Origin::File).await;
            Ok(write_list(db, "importing units", records, write).await?)
        }
        Kind::Categories => {
            let records = read_categories(&texts)?;
            let known = reports::categories(db.reader()).await?;
            check_categories(&records, known, &units::known_codes(db.reader()).await?)?;
            let write = async |tx: &_, batch| {
                reports::import_categories(tx, &Actor::System, batch, Origin::File).await
            };
            Ok(write_list(db, "importing categories", records, write).await?)
        }
        Kind::RoutingRules => {
            let records = read_routing(&texts)?;
            check_routing(&records, &routing::known(db.reader()).await?)?;
            let write = async |tx: &_, batch| {
                routing::import(tx, &Actor::System, batch, Origin::File).await
            };
            Ok(write_list(db, "importing routing rules", records, write).await?)
        }
        Kind::Districts => {
            let outlines = read_outlines(&texts, &builtin::districts()?)?;
            Ok(write_outlines(db, outlines).await?)
        }
        Kind::AnswerTemplates => {
            let records = read_templates(&texts)?;
            check_templates(&records, &templates::known(db.reader()).await?)?;
            let write = async |tx: &_, batch| {
                templates::import(tx, &Actor::System, batch, Origin::File).await
            };
            Ok(write_list(db, "importing answer templates", records, write).await?)
        }
        Kind::Synonyms => {
            let records = read_rules::<Synonyms>(&texts)?;
            check_synonyms(&records)?;
            let write =
                async |tx: &_, batch| search::import(tx, &Actor::System, batch, Origin::File).await;
            Ok(write_list(db, "importing synonyms", records, write).await?)
        }
        Kind::BestBets => {
            let records = read_rules::<BestBets>(&texts)?;
            let answers = records.iter().flat_map(|record| &record.content.answers);
            let known = search::known_answers(db.reader(), answers).await?;
            check_best_bets(&records, |answer| known.contains_key(answer))?;
            let write =
                async |tx: &_, batch| search::import(tx, &Actor::System, batch, Origin::File).await;
            Ok(write_list(db, "importing best bets", records, write).await?)
        }
    }
}

async fn write_cards(db: &Db, records: Vec<Record<CardContent>>) -> Result<Tally> {
    in_batches(db, "importing cards", records, CARDS_BATCH, async |tx, batch| {
        let mut fates = Vec::with_capacity(batch.len());
        for Record { slug, content, .. } in batch {
            fates.push(cards::import(tx, &Actor::System, &slug, content, Origin::File).await?);
        }
        Ok(fates)
    })
    .await
}

async fn write_forms(db: &Db, records: Vec<Record<FormContent>>) -> Result<Tally> {
    in_batches(db, "importing forms", records, CARDS_BATCH, async |tx, batch| {
        let mut fates = Vec::with_capacity(batch.len());
        for Record { slug, content, .. } in batch {
            fates.push(forms::import(tx, &Actor::System, &slug, content, Origin::File).await?);
        }
        Ok(fates)
    })
    .await
}

async fn write_articles(db: &Db, records: Vec<Record<ArticleContent>>) -> Result<Tally> {
    in_batches(db, "importing articles", records, BATCH, async |tx, batch| {
        let batch = batch.into_iter().map(|record| (record.slug, record.content)).collect();
        articles::import(tx, &Actor::System, batch, Origin::File).await
    })
    .await
}

/// All of them in one commit: a point must not lie in an old district and in a new one.
async fn write_outlines(db: &Db, outlines: Vec<(i32, Outline)>) -> Result<Tally> {
    let all = outlines.len().max(1);
    in_batches(db, "importing districts", outlines, all, async |tx, batch| {
        units::import_outlines(tx, &Actor::System, batch, Origin::File).await
    })
    .await
}

/// Writes the entries of lists.
async fn write_list<T>(
    db: &Db,
    what: &'static str,
    records: Vec<Record<T>>,
    write: impl AsyncFn(&Tx, Vec<T>) -> Result<Vec<Imported>>,
) -> Result<Tally> {
    in_batches(db, what, records, BATCH, async |tx, batch| {
        write(tx, batch.into_iter().map(|record| record.content).collect()).await
    })
    .await
}

/// Writes records a batch at a time, each batch in one commit, and counts what became of them.
pub(super) async fn in_batches<R>(
    db: &Db,
    what: &'static str,
    records: Vec<R>,
    size: usize,
    write: impl AsyncFn(&Tx, Vec<R>) -> Result<Vec<Imported>>,
) -> Result<Tally> {
    let mut tally = Tally::new();
    let mut progress = Progress::start(what, records.len() as u64);
    let mut records = records.into_iter().peekable();
    while records.peek().is_some() {
        let batch: Vec<R> = records.by_ref().take(size).collect();
        let count = batch.len() as u64;
        let fates = db
            .write(async |tx| {
                tx.exclusive(IMPORTING).await?;
                write(tx, batch).await
            })
            .await?;
        for fate in fates {
            *tally.entry(fate).or_default() += 1;
        }
        progress.add(count);
    }
    Ok(tally)
}
