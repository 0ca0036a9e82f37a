//! What happens because time passes: sweeps by query, as `Actor::System`.

mod post;
mod retention;

use std::time::Duration;

use chrono::TimeDelta;

use crate::{
    accounts,
    actor::Actor,
    app::App,
    cards,
    clock::local_day,
    error::Result,
    notifications, once, outbox,
    privacy::{self, Erasure, ErasureReason},
    reports, search,
};

pub use post::{caller, follower, post, sender};
pub use retention::delete_over;

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

/// One sweep: cards whose day has come go live, best bets whose day has passed end, searches are
/// forgotten in time, reports are closed, looked at again and brought up when it is time, idempotency
/// keys and sign-ins end, addresses that were not confirmed are forgotten, every hour gaps are gathered
/// from searches in vain, photos that no report came for are deleted, and accounts that were given up are
/// erased. What is to be sealed is sealed, and once a night what was kept long enough is deleted.
/// Harmless when several nodes run it.
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
    forget_searches(app).await?;
    while reports::anything_waits(app.db.reader(), app.db.now()).await? {
        let count = app.db.write(async |tx| reports::wake(tx).await).await?;
        tracing::info!(count, "reports were moved because their time has come");
    }
    while once::anything_old(app.db.reader(), app.db.now()).await? {
        app.db.write(async |tx| once::forget(tx).await).await?;
    }
    forget_letters(app).await?;
    if accounts::anything_old(app.db.reader(), app.db.now()).await? {
        app.db.write(async |tx| accounts::forget_old(tx).await).await?;
    }
    erase_accounts(app).await?;
    gather_gaps(app).await?;
    seal(app).await?;
    retention::at_night(app).await?;
    // The last, because the files may be away when the database is not.
    delete_unfiled_photos(app).await
}

/// Accounts that were given up, and whose owners have not come back in time, are erased; their reports
/// stay.
async fn erase_accounts(app: &App) -> Result<()> {
    let how = Erasure { reason: ErasureReason::Request, mask_texts: true, everywhere: false };
    while let Some(id) = accounts::over(app.db.reader(), app.db.now()).await? {
        let erase = async |tx: &_| privacy::erase_account(tx, &Actor::System, id, how).await;
        let reports = app.db.write(erase).await?.len();
        tracing::info!(reports, "an account was erased because its owner has given it up");
    }
    Ok(())
}

/// What was kept before there were keys is sealed, and keys that an older master key wraps are wrapped
/// anew.
async fn seal(app: &App) -> Result<()> {
    let (db, vault) = (&app.db, &app.desk.vault);
    while reports::any_plain_contact(db.reader()).await? {
        db.write(async |tx| reports::seal_plain_contacts(tx, vault).await).await?;
    }
    while notifications::any_plain_address(db.reader()).await? {
        db.write(async |tx| notifications::seal_plain_addresses(tx, vault).await).await?;
    }
    while vault.count_older(db.reader()).await? > 0 {
        let count = db.write(async |tx| vault.wrap_anew(tx).await).await?;
        tracing::info!(count, "keys of persons were wrapped with the newest master key");
    }
    Ok(())
}

/// Addresses that nobody has confirmed are forgotten, and long after it was sent, what was sent.
async fn forget_letters(app: &App) -> Result<()> {
    while notifications::anything_unconfirmed(app.db.reader(), app.db.now()).await? {
        app.db.write(async |tx| notifications::forget_unconfirmed(tx).await).await?;
    }
    while outbox::anything_old(app.db.reader(), app.db.now()).await? {
        app.db.write(async |tx| outbox::forget_old(tx).await).await?;
    }
    Ok(())
}

/// Whoever asked long ago has a right to be forgotten, though nothing tells who it was.
async fn forget_searches(app: &App) -> Result<()> {
    let days = i64::try_from(app.config.search_log_days).unwrap_or(i64::MAX);
    let end = app.db.now() - TimeDelta::days(days);
    while search::anything_before(app.db.reader(), end).await? {
        let count = app.db.write(async |tx| search::forget_before(tx, end).await).await?;
        tracing::info!(count, "searches were forgotten");
    }
    Ok(())
}

/// The files first: what is left of a sweep that was broken off is done by the next.
async fn delete_unfiled_photos(app: &App) -> Result<()> {
    loop {
        let now = app.db.now();
        let photos = reports::photos_over(app.db.reader(), now).await?;
        if photos.is_empty() {
            return Ok(());
        }
        let files = reports::unused_files(app.db.reader(), &photos, now).await?;
        for file in &files {
            app.files.remove(file).await?;
        }
        app.db.write(async |tx| reports::forget_photos(tx, &photos).await).await?;
        tracing::info!(files = files.len(), "files of photos were deleted that no report came for");
    }
}

async fn gather_gaps(app: &App) -> Result<()> {
    let Some(window) = search::gaps_due(app.db.reader(), app.db.now()).await? else {
        return Ok(());
    };
    let mut after = String::new();
    let gather =
        async |tx: &_, after: &str| search::gather_gaps(tx, &Actor::System, window, after).await;
    while let Some(last) = app.db.write(async |tx| gather(tx, &after).await).await? {
        after = last;
    }
    app.db.write(async |tx| search::gaps_gathered(tx, window).await).await
}
