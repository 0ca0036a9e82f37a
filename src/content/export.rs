//! `kontakt export`: cards, articles and units as the files that `kontakt import` takes.

use std::path::Path;

use serde::Serialize;

use crate::{
    articles, cards,
    content::{
        Fault, articles as article_files, cards as card_files, files, front_matter::write_toml,
    },
    db::Db,
    error::{Error, Result},
    progress::Progress,
    units::{self, UnitContent},
};

/// Articles that are read at once.
const BATCH: u64 = 500;

#[derive(Serialize)]
struct Units {
    unit: Vec<UnitContent>,
}

/// Writes everything that is live below a folder; gives the number of files.
pub async fn export(db: &Db, folder: &Path) -> Result<usize, Fault> {
    let mut count = 1;
    let units = units::all(db.reader()).await?.into_iter().map(|unit| unit.content).collect();
    let units = write_toml(&Units { unit: units }, &[]).map_err(internal)?;
    files::write(&folder.join("units.toml"), &units)?;
    let cards = cards::all_live(db.reader()).await?;
    let mut progress = Progress::start("exporting", cards.len() as u64);
    for (card, version) in cards {
        for (name, text) in card_files::write(&card.slug, &version.content).map_err(internal)? {
            files::write(&folder.join("cards").join(name), &text)?;
            count += 1;
        }
        progress.add(1);
    }
    let mut after = String::new();
    loop {
        let articles = articles::all(db.reader(), &after, BATCH).await?;
        let Some(last) = articles.last() else { return Ok(count) };
        after.clone_from(&last.slug);
        for article in &articles {
            let name = file_name(&article.slug)?;
            let text = article_files::write(&article.content).map_err(internal)?;
            files::write(&folder.join("articles").join(name), &text)?;
            count += 1;
        }
    }
}

/// The file of an article; an imported id may hold what a file name must not.
fn file_name(slug: &str) -> Result<String, Fault> {
    let unsafe_name = slug.is_empty() || slug.starts_with('.') || slug.contains(['/', '\\', '\0']);
    if unsafe_name {
        let reason = format!("the article {slug:?} cannot be a file: its id is no file name");
        return Err(Error::internal(reason).into());
    }
    Ok(format!("{slug}.md"))
}

fn internal(error: toml::ser::Error) -> Fault {
    Error::internal(error).into()
}
