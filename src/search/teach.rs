//! Hands the rules of editors to the index of this node.

use kontakt_index::Index;

use crate::{
    db::Db,
    error::{Error, Result},
    events::{Entry, Subject},
    search::taught,
};

/// Hands over all rules that are in force.
pub async fn teach(db: &Db, index: &Index) -> Result<()> {
    let (rules, index) = (taught::in_force(db.reader()).await?, index.clone());
    // Every phrase is analysed, which takes longer than a task may hold a thread.
    tokio::task::spawn_blocking(move || index.set_rules(&rules)).await.map_err(Error::internal)
}

/// Hands over all rules when one of the entries tells of a change.
pub async fn teach_news(db: &Db, index: &Index, entries: &[Entry]) -> Result<()> {
    if entries.iter().any(|entry| entry.subject() == Some(Subject::SearchRule)) {
        teach(db, index).await?;
    }
    Ok(())
}
