//! `kontakt backup` and `kontakt restore-keys`: a copy without keys, and the keys apart.

use std::path::Path;

use crate::{
    commands::{Failure, print},
    config::Config,
    db::{self, DbConfig},
    vault,
};

/// Writes two files into a new folder: the database without keys, to be kept for long, and the keys.
pub async fn back_up(config: &Config, folder: &Path) -> Result<(), Failure> {
    let DbConfig::Sqlite(file) = DbConfig::of(config) else {
        return Err("PostgreSQL is backed up with pg_dump: docs/privacy.md has the commands".into());
    };
    let parts = db::back_up(&file, folder, vault::TABLE).await?;
    print(format!(
        "{}\n{}\nBoth are whole. Keep the second apart from the first, and for at most 30 days: who is erased is erased \
         in the first when no copy of the second is older.\n",
        parts.database.display(),
        parts.keys.display()
    ))
}

/// Takes the keys of a file into the database, which a backup without keys was put in the place of.
pub async fn restore_keys(config: &Config, keys: &Path) -> Result<(), Failure> {
    let DbConfig::Sqlite(file) = DbConfig::of(config) else {
        return Err(
            "with PostgreSQL, restore the dump of the table: docs/privacy.md has the commands"
                .into(),
        );
    };
    let count = db::restore_part(&file, keys, vault::TABLE).await?;
    print(format!("{count} keys were taken in.\n"))
}
