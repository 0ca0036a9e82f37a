//! Followers that an installation has once, however many nodes run: the cursor is a row, and what a
//! follower writes is written together with the move of the cursor.

use std::time::Duration;

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType},
};
use tokio::time::sleep;

use crate::{
    db::{Db, Tx},
    error::{Error, Result},
    events::{Entry, Follower, parked, read_after, unpark},
};

/// Entries that are taken at once while a follower catches up.
const BATCH: u64 = 100;
/// How long to wait when another node has the cursor.
const BUSY_MS: u64 = 250;

mod cursor {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "followers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub cursor: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A consumer of the spine that an installation has once.
pub trait Installed: Send + Sync {
    /// The name of its cursor, and under which what it cannot take is parked.
    const NAME: &'static str;

    /// Takes entries. What it writes is kept together with the move of the cursor behind them.
    fn take(&self, tx: &Tx, entries: &[Entry]) -> impl Future<Output = Result<()>> + Send;
}

/// Such a consumer on one of the nodes.
pub struct Shared<C> {
    db: Db,
    cursor: i64,
    consumer: C,
}

impl<C: Installed> Shared<C> {
    /// The consumer, from where the installation stands.
    pub async fn start(db: Db, consumer: C) -> Result<Self> {
        let row = cursor::Entity::find_by_id(C::NAME.to_owned()).one(db.reader()).await?;
        let cursor = row.ok_or_else(|| missing::<C>())?.cursor;
        Ok(Self { db, cursor, consumer })
    }

    /// Takes everything that the spine holds now.
    pub async fn catch_up(&mut self) -> Result<()> {
        loop {
            let entries = read_after(self.db.reader(), self.cursor, BATCH).await?;
            if entries.is_empty() {
                return Ok(());
            }
            self.take(&entries).await?;
        }
    }

    /// Takes entries if this node has the cursor where it thinks that it is; gives where it is now,
    /// and `None` while another node has it.
    async fn advance(&self, entries: &[Entry]) -> Result<Option<i64>> {
        let Some(last) = entries.last().map(Entry::id) else { return Ok(Some(self.cursor)) };
        let take = async |tx: &Tx| {
            let Some(cursor) = hold(tx, C::NAME).await? else { return Ok(None) };
            if cursor != self.cursor {
                return Ok(Some(cursor));
            }
            self.consumer.take(tx, entries).await?;
            put(tx, C::NAME, last).await?;
            Ok(Some(last))
        };
        self.db.write(take).await
    }
}

impl<C: Installed> Follower for Shared<C> {
    fn name(&self) -> &'static str {
        C::NAME
    }

    fn cursor(&self) -> i64 {
        self.cursor
    }

    async fn take(&mut self, entries: &[Entry]) -> Result<()> {
        match self.advance(entries).await? {
            Some(cursor) => self.cursor = cursor,
            None => sleep(Duration::from_millis(BUSY_MS)).await,
        }
        Ok(())
    }

    async fn skip(&mut self, entry: &Entry) -> Result<()> {
        let behind = async |tx: &Tx| {
            let Some(cursor) = hold(tx, C::NAME).await? else { return Ok(None) };
            let behind = cursor.max(entry.id());
            put(tx, C::NAME, behind).await?;
            Ok(Some(behind))
        };
        if let Some(cursor) = self.db.write(behind).await? {
            self.cursor = cursor;
        }
        Ok(())
    }

    async fn probe(&mut self) -> Result<()> {
        let row = cursor::Entity::find_by_id(C::NAME.to_owned()).one(self.db.reader()).await?;
        row.map(|_| ()).ok_or_else(|| missing::<C>())
    }
}

/// Takes once more what was set aside, each by itself; gives how much was taken. What still cannot be
/// taken stays aside.
pub async fn retake<C: Installed>(db: &Db, consumer: &C) -> Result<usize> {
    let mut taken = 0;
    for (follower, id, _) in parked(db.reader()).await? {
        if follower != C::NAME {
            continue;
        }
        let entries = read_after(db.reader(), id - 1, 1).await?;
        let again = async |tx: &Tx| {
            consumer.take(tx, &entries).await?;
            unpark(tx, C::NAME, Some(id)).await.map_err(Error::from)
        };
        match db.write(again).await {
            Ok(()) => taken += 1,
            Err(error) => tracing::warn!(follower, event = id, %error, "still cannot be taken"),
        }
    }
    Ok(taken)
}

fn missing<C: Installed>() -> Error {
    Error::internal(format!("the cursor of {} is gone", C::NAME))
}

/// Where the cursor is, held until the commit; `None` while another node holds it.
async fn hold(tx: &Tx, name: &str) -> Result<Option<i64>> {
    let row = cursor::Entity::find_by_id(name.to_owned())
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(tx)
        .await?;
    Ok(row.map(|row| row.cursor))
}

async fn put(tx: &Tx, name: &str, cursor: i64) -> Result<()> {
    cursor::Entity::update_many()
        .col_expr(cursor::Column::Cursor, Expr::value(cursor))
        .filter(cursor::Column::Name.eq(name))
        .exec(tx)
        .await?;
    Ok(())
}
