//! `kontakt demo`: made-up data to look at.

use crate::{
    commands::Failure,
    content,
    db::Db,
    demo::{self, Demo},
};

/// Loads the reports behind the city's figures of 2025.
pub async fn press_2025(db: &Db) -> Result<(), Failure> {
    // Their categories and units.
    content::load_builtin(db).await?;
    match demo::load(db).await? {
        Demo::Added(count) => println!("{count} made-up reports were loaded."),
        Demo::There => println!("The made-up reports are there already; nothing was changed."),
        Demo::Refused => {
            return Err("there are other reports here; made-up ones would spoil their statistics: give another --data".into());
        }
    }
    Ok(())
}
