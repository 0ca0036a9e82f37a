//! The database: connections, migrations and the one door to write.

mod connect;
mod door;
pub mod facts;
mod sqlite;

pub use connect::{Db, DbConfig, MigrationError};
pub use door::Tx;
