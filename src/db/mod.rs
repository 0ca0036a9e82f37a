//! The database: connections, migrations and the one door to write.

mod backup;
mod connect;
mod door;
pub mod facts;
mod sqlite;

pub use backup::{BackupError, Parts, back_up, restore_part};
pub use connect::{Db, DbConfig, MigrationError};
pub use door::Tx;
