//! Facts about the database itself, by key.

use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Set, sea_query::OnConflict};
use uuid::Uuid;

use crate::{
    db::Tx,
    error::{Error, Result},
    ids,
};

mod fact {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "facts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub value: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The key of the database's epoch, by which an index knows its database: another database has
/// another one. (A restored copy has the same; after restoring, run `kontakt reindex`.)
const EPOCH: &str = "epoch";

/// The key of the secret that signs the tokens of this installation.
const TOKEN_SECRET: &str = "token-secret";

/// The value of a fact.
pub async fn get(db: &impl ConnectionTrait, key: &str) -> Result<Option<String>, DbErr> {
    Ok(fact::Entity::find_by_id(key.to_owned()).one(db).await?.map(|fact| fact.value))
}

/// Writes a fact.
pub async fn set(tx: &Tx, key: &str, value: &str) -> Result<(), DbErr> {
    let row = fact::ActiveModel { key: Set(key.to_owned()), value: Set(value.to_owned()) };
    let or_replace =
        OnConflict::column(fact::Column::Key).update_column(fact::Column::Value).to_owned();
    fact::Entity::insert(row).on_conflict(or_replace).exec_without_returning(tx).await?;
    Ok(())
}

/// The database's epoch, drawn at first use. All nodes have the same, so that the index of none is
/// taken for one of another database.
pub async fn epoch(tx: &Tx) -> Result<Uuid> {
    let known = drawn_once(tx, EPOCH, ids::new(tx.now()).to_string()).await?;
    Uuid::parse_str(&known).map_err(Error::internal)
}

/// The secret that signs tokens, drawn at first use. All nodes have the same, so that a photo may be
/// uploaded to one and filed with another. Whoever has it can read every report: it never leaves the
/// database.
pub async fn token_secret(tx: &Tx) -> Result<String> {
    drawn_once(tx, TOKEN_SECRET, ids::secret()).await
}

/// The value of a fact, or the one that was drawn for it. Another node may draw at the same time: the
/// first that is written holds for both.
async fn drawn_once(tx: &Tx, key: &str, drawn: String) -> Result<String> {
    let row = fact::ActiveModel { key: Set(key.to_owned()), value: Set(drawn) };
    let once = OnConflict::column(fact::Column::Key).do_nothing().to_owned();
    fact::Entity::insert(row).on_conflict(once).exec_without_returning(tx).await?;
    get(tx, key).await?.ok_or_else(|| Error::internal(format!("the fact {key} is gone")))
}
