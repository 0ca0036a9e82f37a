//! Commands on the knowledge: import, export, reindex, search.

use std::{
    io::{IsTerminal, stdout},
    path::{Path, PathBuf},
};

use kontakt_index::{Index, Store};

use crate::{
    actor::Actor,
    commands::{Failure, print, serve::open_indexes},
    config::{Config, Content},
    content::{self, Exported, Kind},
    db::{Db, facts},
    events,
    page::PageRequest,
    search::{
        self, Indexes, Knowledge, Reports, SearchFilter, SearchRequest, Source, Subject, Subjects,
    },
    words::Lang,
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
    let Exported { written, unpublished, strangers } = content::export(db, folder).await?;
    println!("{written} files were written below {}.", folder.display());
    if unpublished > 0 {
        println!(
            "Not written: unpublished work on {unpublished} cards and forms; a backup of the database keeps it."
        );
    }
    if !strangers.is_empty() {
        println!("These were there before, and an import would take them too:");
    }
    for stranger in strangers {
        println!("  {}", stranger.display());
    }
    Ok(())
}

/// Builds the indexes anew.
pub async fn reindex(config: &Config, db: &Db) -> Result<(), Failure> {
    let Indexes { passages, reports } = open_indexes(config)?;
    reindex_one::<Knowledge>(db, &passages).await?;
    println!("{} passages are in the index.", passages.documents());
    reindex_one::<Reports>(db, &reports).await?;
    println!("{} reports are in the index of reports.", reports.documents());
    Ok(())
}

async fn reindex_one<S: Source>(db: &Db, index: &Store<S::Kind>) -> Result<(), Failure> {
    let epoch = db.write(async |tx| facts::epoch(tx).await).await?;
    search::rebuild::<S>(db, index, epoch).await?;
    // What could not be taken then is in the index now.
    db.write(async |tx| Ok(events::unpark(tx, S::FOLLOWER, None).await?)).await?;
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
    // In the data folder, not in the one for temporary files: staff articles stand in it.
    let folder = config.data.join(format!("search-{}", std::process::id()));
    let index = level_index(config, db, &folder).await;
    let request = SearchRequest {
        query: words.to_owned(),
        filter: SearchFilter::default(),
        page: PageRequest { first: Some(first), after: None },
        lang: Lang::Pl,
        typing: false,
        facets: false,
    };
    let actor = if staff { Actor::System } else { Actor::Anyone };
    let found = match index {
        Ok(index) => {
            let subjects = Subjects::new(None);
            search::search(db.reader(), &index, &subjects, &actor, &request)
                .await
                .map_err(Failure::from)
        }
        Err(failure) => Err(failure),
    };
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    print(show(&found?))
}

/// The index of the data folder, level with the database; while a running service holds it, a copy
/// in a folder that is thrown away.
async fn level_index(config: &Config, db: &Db, folder: &Path) -> Result<Index, Failure> {
    let index = match Index::open(&config.data.join("index")) {
        Err(kontakt_index::Error::InUse { .. }) => Index::open(folder)?,
        other => other?,
    };
    let epoch = db.write(async |tx| facts::epoch(tx).await).await?;
    search::catch_up::<Knowledge>(db, &index, epoch).await?;
    Ok(index)
}

fn show(found: &search::Found) -> String {
    if found.hits.is_empty() {
        return "Nothing was found. Try other words, or call 12 616 55 55.\n".to_owned();
    }
    let (bold, mark, plain) =
        if stdout().is_terminal() { ("\x1b[1m", "\x1b[33m", "\x1b[0m") } else { ("", "*", "*") };
    let end = if bold.is_empty() { "" } else { plain };
    let more = if found.has_next { "; more with --first 20" } else { "" };
    let mut shown = format!("{} of {} found{more}\n\n", found.hits.len(), found.total);
    for (number, hit) in (1..).zip(&found.hits) {
        let (title, name) = match &hit.subject {
            Subject::Card(listed) => (&listed.version.content.title, &listed.card.slug),
            Subject::Article(article) => (&article.content.title, &article.slug),
            Subject::Form(listed) => (&listed.version.content.title.pl, &listed.form.slug),
        };
        let section = hit.section_label(Lang::Pl);
        let passage = highlighted(&hit.passage.html, mark, plain);
        shown += &format!("{number}. {bold}{title}{end}  ({name}, {section})\n   {passage}\n\n");
    }
    shown
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
