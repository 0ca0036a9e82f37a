//! Commands on the knowledge: import, export, reindex, search.

use std::{
    io::{IsTerminal, stdout},
    path::{Path, PathBuf},
};

use kontakt_index::Index;

use crate::{
    actor::Actor,
    commands::{Failure, serve::open_index},
    config::{Config, Content},
    content::{self, Kind},
    db::{Db, facts},
    page::PageRequest,
    search::{self, SearchFilter, SearchRequest, Subject},
    words::{self, Lang},
};

/// Imports files and tells what became of the records.
pub async fn import(db: &Db, kind: Kind, files: &[PathBuf]) -> Result<(), Failure> {
    let tally = content::import(db, kind, files).await?;
    if tally.is_empty() {
        println!("There was nothing in the files.");
    }
    for (fate, count) in tally {
        println!("{count:>8} {}", format!("{fate:?}").to_lowercase());
    }
    Ok(())
}

/// Exports everything that is live.
pub async fn export(db: &Db, folder: &Path) -> Result<(), Failure> {
    let count = content::export(db, folder).await?;
    println!("{count} files were written below {}.", folder.display());
    Ok(())
}

/// Builds the index anew.
pub async fn reindex(config: &Config, db: &Db) -> Result<(), Failure> {
    let index = open_index(config)?;
    let epoch = db.write(async |tx| facts::epoch(tx).await).await?;
    search::rebuild(db, &index, epoch).await?;
    println!("{} passages are in the index.", index.documents());
    Ok(())
}

/// Searches in the terminal.
pub async fn search(
    config: &Config,
    db: &Db,
    words: &str,
    first: i32,
    staff: bool,
) -> Result<(), Failure> {
    if config.content == Content::Builtin {
        content::load_builtin(db).await?;
    }
    let folder = std::env::temp_dir().join(format!("kontakt-search-{}", std::process::id()));
    let index = level_index(config, db, &folder).await;
    let request = SearchRequest {
        query: words.to_owned(),
        filter: SearchFilter::default(),
        page: PageRequest { first: Some(first), after: None },
        lang: Lang::Pl,
    };
    let actor = if staff { Actor::System } else { Actor::Anyone };
    let found = match index {
        Ok(index) => {
            search::search(db.reader(), &index, &actor, &request).await.map_err(Failure::from)
        }
        Err(failure) => Err(failure),
    };
    // A leftover in the folder for temporary files harms nobody.
    let _ = std::fs::remove_dir_all(&folder);
    show(&found?);
    Ok(())
}

/// The index of the data folder, level with the database; while a running service holds it, a copy
/// in a folder that is thrown away.
async fn level_index(config: &Config, db: &Db, folder: &Path) -> Result<Index, Failure> {
    let index = match Index::open(&config.data.join("index")) {
        Err(kontakt_index::Error::InUse { .. }) => Index::open(folder)?,
        other => other?,
    };
    let epoch = db.write(async |tx| facts::epoch(tx).await).await?;
    search::catch_up(db, &index, epoch).await?;
    Ok(index)
}

fn show(found: &search::Found) {
    if found.hits.is_empty() {
        println!("Nothing was found. Try other words, or call 12 616 55 55.");
        return;
    }
    let (bold, mark, plain) =
        if stdout().is_terminal() { ("\x1b[1m", "\x1b[33m", "\x1b[0m") } else { ("", "*", "*") };
    let end = if bold.is_empty() { "" } else { plain };
    println!("{} found\n", found.total);
    for (number, hit) in (1..).zip(&found.hits) {
        let (title, name) = match &hit.subject {
            Subject::Card(listed) => (&listed.1.content.title, &listed.0.slug),
            Subject::Article(article) => (&article.content.title, &article.slug),
        };
        let section = words::label(Lang::Pl, "section", &hit.passage.section);
        println!("{number}. {bold}{title}{end}  ({name}, {section})");
        println!("   {}\n", highlighted(&hit.passage.html, mark, plain));
    }
}

/// The marked HTML of a passage as text for a terminal.
fn highlighted(html: &str, mark: &str, plain: &str) -> String {
    html.replace("<mark>", mark)
        .replace("</mark>", plain)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
        .replace('\n', "\n   ")
}
