//! What was kept long enough is deleted, once a night.

use crate::{
    app::App,
    config::Config,
    db::Db,
    error::Result,
    privacy::{self, CLASSES},
};

/// Deletes when it is night and was not done. Several nodes may do it at once: what one has deleted, the
/// other does not find.
pub async fn at_night(app: &App) -> Result<()> {
    let Some(day) = privacy::night(app.db.reader(), app.db.now()).await? else { return Ok(()) };
    delete_over(&app.db, &app.config).await?;
    app.db.write(async |tx| privacy::night_is_over(tx, &day).await).await
}

/// Deletes everything that is over now, batch after batch.
pub async fn delete_over(db: &Db, config: &Config) -> Result<()> {
    for class in CLASSES {
        loop {
            let count = db.write(async |tx| privacy::delete_some(tx, config, class).await).await?;
            if count == 0 {
                break;
            }
            tracing::info!(class = class.code, count, "kept long enough, and deleted");
        }
    }
    Ok(())
}
