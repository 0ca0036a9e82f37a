//! Facts about the database itself, by key.

use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Set, sea_query::OnConflict};
use uuid::Uuid;

use crate::{db::Tx, error::Result, ids};

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

/// The database's epoch, drawn at first use.
pub async fn epoch(tx: &Tx) -> Result<Uuid> {
    if let Some(known) = get(tx, EPOCH).await?.and_then(|text| Uuid::parse_str(&text).ok()) {
        return Ok(known);
    }
    let drawn = ids::new(tx.now());
    set(tx, EPOCH, &drawn.to_string()).await?;
    Ok(drawn)
}
