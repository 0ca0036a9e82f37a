//! `kontakt serve`: from nothing configured to ready.

use std::{
    fs,
    io::{Write, stdout},
    time::Instant,
};

use kontakt_index::Index;
use tokio::{net::TcpListener, signal};

use crate::{
    app::{self, App},
    clock::Clock,
    commands::Failure,
    config::{Config, Content, Profile},
    content, jobs, server,
};

/// Serves until a signal comes.
pub async fn serve(config: Config) -> Result<(), Failure> {
    let started = Instant::now();
    // The port first: when it is taken, nothing has been changed.
    let listen = config.listen;
    let listener = TcpListener::bind(listen).await.map_err(|error| {
        format!("cannot listen on {listen}: {error}; stop what uses it, or give another --listen")
    })?;
    make_data_folder(&config)?;
    // The database before the index: where a newer version was at work, both stay as they are.
    let db = App::open_database(&config, Clock::machine(), true).await?;
    let index = open_index(&config)?;
    if config.content == Content::Builtin {
        let tally = content::load_builtin(&db).await?;
        if !tally.is_empty() {
            tracing::info!(?tally, "the built-in content was loaded");
        }
    }
    let profile = config.profile;
    let app = App::start(config, db, index).await?;
    tokio::spawn(jobs::run(app.clone()));
    tokio::spawn(greet(app.clone(), listener.local_addr()?, profile, started));
    tokio::spawn(stop_on_signal(app.clone()));
    server::serve(app.clone(), app::router(app), listener).await;
    tracing::info!("stopped");
    Ok(())
}

/// Makes the data folder and tries to write in it.
pub fn make_data_folder(config: &Config) -> Result<(), Failure> {
    let folder = config.data.display();
    let probe = config.data.join(".probe");
    fs::create_dir_all(&config.data)
        .and_then(|()| fs::write(&probe, b""))
        .and_then(|()| fs::remove_file(&probe))
        .map_err(|error| {
            format!("the data folder {folder} cannot be written: {error}; give another --data or the right to write")
        })?;
    Ok(())
}

/// Opens the index in the data folder.
pub fn open_index(config: &Config) -> Result<Index, Failure> {
    Index::open(&config.data.join("index")).map_err(|error| match error {
        kontakt_index::Error::InUse { .. } => {
            format!("{error}: stop the one that runs on this data folder, or give another --data")
                .into()
        }
        other => other.into(),
    })
}

/// Tells where the explorer is, as soon as a search can be answered.
async fn greet(app: App, address: std::net::SocketAddr, profile: Profile, started: Instant) {
    app.leveled().await;
    let milliseconds = started.elapsed().as_millis() as u64;
    tracing::info!(%address, ?profile, milliseconds, "ready");
    let mut greeting = format!(
        "Kontakt is ready.\n\n  Explorer  http://{address}/graphql\n  Ask it    \
         curl -s http://{address}/graphql -H 'content-type: application/json' \\\n              \
         -d '{{\"query\":\"{{ search(query: \\\"jak wyrobic dowod\\\", first: 1) {{ nodes {{ title passage {{ text }} }} }} }}\"}}'\n\n"
    );
    if profile == Profile::Dev {
        greeting += "  Profile   dev: tokens such as `Authorization: Bearer dev:editor` work\n\n";
    }
    // Nobody may be reading; the service runs all the same.
    let _ = stdout().write_all(greeting.as_bytes());
}

/// The first signal lets requests under way finish, the second ends the process at once.
async fn stop_on_signal(app: App) {
    wait_for_signal().await;
    tracing::info!("stopping: requests under way may finish");
    app.stop();
    wait_for_signal().await;
    std::process::exit(130);
}

async fn wait_for_signal() {
    #[cfg(unix)]
    {
        use signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    // Without signals there is nothing to wait for but the end of the process.
    if signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
