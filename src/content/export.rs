//! `kontakt export`: cards, articles, forms, units, outlines of districts, what reports need and rules of the
//! search, as the files that `kontakt import` takes.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use serde::Serialize;

use crate::{
    articles::{self, Article},
    cards::{self, Listed},
    content::{
        Fault, articles as article_files, cards as card_files, files, forms as form_files,
        front_matter::write_toml,
        lists::{AnswerTemplates, BestBets, Categories, RoutingRules, Synonyms, Units},
        outlines,
    },
    db::Db,
    error::{Error, Result},
    forms::{self, Listed as ListedForm},
    progress::Progress,
    reports::{self, routing, templates},
    search, units,
};

/// Articles that are read at once.
const BATCH: u64 = 500;
/// Bytes of a file's name without its extension.
const NAME_BYTES_MAX: usize = 100;
/// The articles whose ids cannot be file names, as JSON Lines.
const OTHERS: &str = "articles/others.jsonl";

/// The outlines of the districts, where they are not those that ship.
const DISTRICTS: &str = "districts.geojson";

/// The folders of an export that hold one file for each record.
const FOLDERS: [&str; 3] = ["cards", "articles", "forms"];

/// What became of an export.
pub struct Exported {
    /// How many files were written.
    pub written: usize,
    /// Cards and forms with a version at work, which is not written.
    pub unpublished: u64,
    /// Files that stood there before and are not of this export; an import would take them too.
    pub strangers: Vec<PathBuf>,
}

/// Writes everything that is live below a folder.
pub async fn export(db: &Db, folder: &Path) -> Result<Exported, Fault> {
    for name in FOLDERS {
        files::make_folder(&folder.join(name))?;
    }
    let unpublished = cards::at_work(db.reader()).await? + forms::at_work(db.reader()).await?;
    let mut target = Target { folder, written: BTreeSet::new(), unpublished };
    write_lists(db, &mut target).await?;
    write_districts(db, &mut target).await?;
    write_cards(db, &mut target).await?;
    write_articles(db, &mut target).await?;
    write_forms(db, &mut target).await?;
    target.finish()
}

/// The folder that is written to.
struct Target<'a> {
    folder: &'a Path,
    written: BTreeSet<PathBuf>,
    unpublished: u64,
}

impl Target<'_> {
    fn write(&mut self, name: &str, text: &str) -> Result<(), Fault> {
        let path = self.folder.join(name);
        files::write(&path, text)?;
        self.written.insert(path);
        Ok(())
    }

    fn write_list(&mut self, name: &str, list: &impl Serialize) -> Result<(), Fault> {
        self.write(name, &write_toml(list, &[]).map_err(internal)?)
    }

    fn finish(self) -> Result<Exported, Fault> {
        let mut strangers = Vec::new();
        for name in FOLDERS {
            let found = files::inside(&self.folder.join(name))?;
            strangers.extend(found.into_iter().filter(|path| !self.written.contains(path)));
        }
        let districts = self.folder.join(DISTRICTS);
        if districts.exists() && !self.written.contains(&districts) {
            strangers.push(districts);
        }
        let (written, unpublished) = (self.written.len(), self.unpublished);
        Ok(Exported { written, unpublished, strangers })
    }
}

async fn write_lists(db: &Db, target: &mut Target<'_>) -> Result<(), Fault> {
    let unit = units::all(db.reader()).await?.into_iter().map(|unit| unit.content).collect();
    target.write_list("units.toml", &Units { unit })?;
    let category = reports::categories(db.reader()).await?;
    target.write_list("categories.toml", &Categories { category })?;
    let rules = routing::all(db.reader()).await?;
    let rule = rules.into_iter().map(|rule| rule.content).collect();
    target.write_list("routing.toml", &RoutingRules { rule })?;
    let templates = templates::all(db.reader()).await?;
    let template = templates.into_iter().map(|template| template.content).collect();
    target.write_list("answer-templates.toml", &AnswerTemplates { template })?;
    let synonym = search::all(db.reader()).await?;
    target.write_list("synonyms.toml", &Synonyms { synonym })?;
    let best_bet = search::all(db.reader()).await?;
    target.write_list("best-bets.toml", &BestBets { best_bet })
}

/// The coarse outlines come with every binary, and would no longer be coarse in a file.
async fn write_districts(db: &Db, target: &mut Target<'_>) -> Result<(), Fault> {
    let known = units::outlines(db.reader()).await?;
    if known.iter().all(|known| known.coarse) {
        return Ok(());
    }
    let known: Vec<_> = known.into_iter().map(|known| (known.number, known.outline)).collect();
    let districts = units::districts(db.reader()).await?;
    target.write(DISTRICTS, &outlines::write_outlines(&known, &districts))
}

async fn write_cards(db: &Db, target: &mut Target<'_>) -> Result<(), Fault> {
    let cards = cards::all_live(db.reader()).await?;
    let mut progress = Progress::start("exporting cards", cards.len() as u64);
    for Listed { card, version } in cards {
        for (name, text) in card_files::write(&card.slug, &version.content).map_err(internal)? {
            target.write(&format!("cards/{name}"), &text)?;
        }
        progress.add(1);
    }
    Ok(())
}

async fn write_forms(db: &Db, target: &mut Target<'_>) -> Result<(), Fault> {
    for ListedForm { form, version } in forms::all_live(db.reader()).await? {
        let text = form_files::write(&version.content).map_err(internal)?;
        target.write(&format!("forms/{}.toml", form.slug), &text)?;
    }
    Ok(())
}

async fn write_articles(db: &Db, target: &mut Target<'_>) -> Result<(), Fault> {
    let (mut after, mut others) = (String::new(), String::new());
    loop {
        let articles = articles::all(db.reader(), &after, BATCH).await?;
        let Some(last) = articles.last() else { break };
        after.clone_from(&last.slug);
        for Article { slug, content, .. } in &articles {
            if is_file_name(slug) {
                let text = article_files::write(content).map_err(internal)?;
                target.write(&format!("articles/{slug}.md"), &text)?;
            } else {
                others += &article_files::write_line(slug, content).map_err(internal)?;
            }
        }
    }
    if others.is_empty() { Ok(()) } else { target.write(OTHERS, &others) }
}

/// Whether an article's id names a file on every system: an imported one may be an address, or
/// differ from another one in capitals only.
fn is_file_name(id: &str) -> bool {
    let sound = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b);
    id.len() <= NAME_BYTES_MAX && !id.starts_with('.') && id.bytes().all(sound)
}

fn internal(error: impl std::fmt::Display) -> Fault {
    Error::internal(error).into()
}
