//! Keys are drawn, found, wrapped anew and forgotten.

use std::{collections::HashMap, sync::Arc};

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QuerySelect, Set, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    config::Config,
    db::{Tx, facts},
    error::{Error, Result},
    vault::{
        entity::{key, key::Column},
        ring::{LOST, Ring},
        seal::Key,
    },
};

/// The fact that names the master key with which was wrapped last.
const MASTER: &str = "master-key";
/// Keys that are wrapped anew in one write.
const BATCH: u64 = 200;

/// The keys of persons. Cheap to clone.
#[derive(Clone)]
pub struct Vault(Arc<Ring>);

impl Vault {
    /// Opens it with the master keys of the settings. Errors: when those lack the one with which keys are
    /// wrapped; then nothing was changed.
    pub async fn open(tx: &Tx, config: &Config) -> Result<Self> {
        let own = facts::token_secret(tx).await?;
        let ring = Ring::of(config.master_keys.iter().map(|key| key.0.as_str()), &own)?;
        let noted = facts::get(tx, MASTER).await?;
        let is_known = noted.as_deref().is_none_or(|noted| ring.names().any(|name| name == noted));
        let foreign = key::Entity::find().filter(Column::Master.is_not_in(ring.names()));
        if !is_known || foreign.one(tx).await?.is_some() {
            return Err(Error::internal(LOST));
        }
        if noted.as_deref() != Some(ring.newest()) {
            facts::set(tx, MASTER, ring.newest()).await?;
        }
        Ok(Self(Arc::new(ring)))
    }

    /// The key of a thing, drawn at first use.
    pub async fn draw(&self, tx: &Tx, id: Uuid) -> Result<Key> {
        let drawn = Key::drawn();
        let row = key::ActiveModel {
            id: Set(id),
            master: Set(self.0.newest().to_owned()),
            wrapped: Set(self.0.wrap(id, &drawn)?),
            created_at: Set(tx.now()),
        };
        let once = OnConflict::column(Column::Id).do_nothing().to_owned();
        let insert = key::Entity::insert(row).on_conflict(once);
        if insert.exec_without_returning(tx).await? > 0 {
            return Ok(drawn);
        }
        let known = self.find(tx, &[id]).await?.remove(&id);
        known.ok_or_else(|| Error::internal(format!("the key of {id} is gone")))
    }

    /// The keys of things, in one query; none for what was erased.
    pub async fn find(
        &self,
        db: &impl ConnectionTrait,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, Key>> {
        let rows =
            key::Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(db).await?;
        let open =
            |row: key::Model| Ok((row.id, self.0.unwrap(row.id, &row.master, &row.wrapped)?));
        rows.into_iter().map(open).collect()
    }

    /// How many keys are wrapped with an older master key.
    pub async fn count_older(&self, db: &impl ConnectionTrait) -> Result<u64> {
        let older = key::Entity::find().filter(Column::Master.ne(self.0.newest()));
        Ok(older.count(db).await?)
    }

    /// Wraps some of those anew with the newest; gives how many it were.
    pub async fn wrap_anew(&self, tx: &Tx) -> Result<usize> {
        let older = key::Entity::find().filter(Column::Master.ne(self.0.newest()));
        let rows = older.limit(BATCH).all(tx).await?;
        let count = rows.len();
        for row in rows {
            let key = self.0.unwrap(row.id, &row.master, &row.wrapped)?;
            let wrapped = self.0.wrap(row.id, &key)?;
            let mut row = row.into_active_model();
            (row.master, row.wrapped) = (Set(self.0.newest().to_owned()), Set(wrapped));
            // Who was erased meanwhile stays erased.
            match key::Entity::update(row).exec(tx).await {
                Ok(_) | Err(sea_orm::DbErr::RecordNotUpdated) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(count)
    }
}

/// Forgets the keys of things: what is sealed with them can be read nowhere any more. Gives how many
/// there were.
pub async fn forget(tx: &Tx, ids: &[Uuid]) -> Result<u64> {
    let gone = key::Entity::delete_many().filter(Column::Id.is_in(ids.iter().copied()));
    Ok(gone.exec(tx).await?.rows_affected)
}
