//! What providers say, each word once.

use sea_orm::{EntityTrait, Set, sea_query::OnConflict};

use crate::{
    accounts::{actions::sessions, entity::logout_token, openid::LogoutWord},
    db::Tx,
    error::Result,
    ids,
};

/// Ends what the word of a provider tells of; a word that was taken before does nothing. Gives whether
/// it was new.
pub async fn heed(tx: &Tx, provider: &str, word: &LogoutWord) -> Result<bool> {
    let row = logout_token::ActiveModel {
        digest: Set(ids::digest(&format!("{provider}\n{}", word.id))),
        expires_at: Set(word.expires_at),
    };
    let unless_known = OnConflict::column(logout_token::Column::Digest).do_nothing().to_owned();
    let insert = logout_token::Entity::insert(row).on_conflict(unless_known);
    if insert.exec_without_returning(tx).await? == 0 {
        return Ok(false);
    }
    let (subject, sid) = (word.subject.as_deref(), word.sid.as_deref());
    sessions::end_by_provider(tx, provider, subject, sid).await?;
    Ok(true)
}
