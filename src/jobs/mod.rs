//! What happens because time passes: sweeps by query, as `Actor::System`.

use std::time::Duration;

use crate::{actor::Actor, app::App, cards, clock::local_day, error::Result, search};

/// A sweep runs this often.
const SWEEP_SECONDS: u64 = 30;

/// Sweeps until the service stops.
pub async fn run(app: App) {
    loop {
        if let Err(error) = sweep(&app).await {
            tracing::warn!(%error, "a sweep failed and will be run again");
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(SWEEP_SECONDS)) => {}
            () = app.stopping() => return,
        }
    }
}

/// One sweep: cards whose day has come go live, and best bets whose day has passed end. Harmless
/// when several nodes run it.
pub async fn sweep(app: &App) -> Result<()> {
    let today = local_day(app.db.now());
    while cards::anything_due(app.db.reader(), today).await? {
        let count =
            app.db.write(async |tx| cards::publish_due(tx, &Actor::System, today).await).await?;
        tracing::info!(count, "cards went live on their day");
    }
    if search::anything_over(app.db.reader(), today).await? {
        app.db.write(async |tx| search::end_past(tx, &Actor::System, today).await).await?;
    }
    Ok(())
}
