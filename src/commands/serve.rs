//! `kontakt serve`: from nothing configured to ready.

use std::{
    fs,
    io::{self, Write, stdout},
    time::{Duration, Instant},
};

use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::signal::unix;

use crate::{
    app::{self, App},
    clock::Clock,
    commands::Failure,
    config::{Config, Content, Profile},
    content, jobs,
    search::Indexes,
    server,
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
    let indexes = open_indexes(&config)?;
    if config.content == Content::Builtin {
        let tally = content::load_builtin(&db).await?;
        if !tally.is_empty() {
            tracing::info!(?tally, "the built-in content was loaded");
        }
    }
    let profile = config.profile;
    if profile == Profile::Dev && config.providers.is_empty() {
        tracing::warn!(
            "DEVELOPMENT sign-in is on: anybody on this machine may be anyone, at /auth/dev"
        );
    }
    if profile == Profile::Production && config.master_keys.is_empty() {
        tracing::warn!(
            "no master-key is set: a copy of the whole database holds all that is needed to read contact data"
        );
    }
    let app = App::start(config, db, indexes).await?;
    // Before the greeting: whoever waits for that may send a signal at once.
    tokio::spawn(stop_on_signal(app.clone(), Signals::catch()?));
    tokio::spawn(jobs::run(app.clone()));
    let post = tokio::spawn(jobs::post(app.clone(), jobs::sender(&app)?));
    tokio::spawn(greet(app.clone(), listener.local_addr()?, profile, started));
    server::serve(app.clone(), app::router(app.clone()), listener).await;
    app.search_log.flush().await;
    if let Err(error) = app.failures.write(&app.db).await {
        tracing::error!(%error, "sign-ins that failed are missing in the audit");
    }
    // A letter that is under way would be sent again.
    let patience = Duration::from_secs(app.config.shutdown_seconds);
    if tokio::time::timeout(patience, post).await.is_err() {
        tracing::warn!("a delivery was under way");
    }
    tracing::info!("stopped");
    Ok(())
}

/// Makes the data folder and tries to write in it.
pub fn make_data_folder(config: &Config) -> Result<(), Failure> {
    let folder = config.data.display();
    // Another process may be looking at the same time.
    let probe = config.data.join(format!(".probe-{}", std::process::id()));
    fs::create_dir_all(&config.data)
        .and_then(|()| fs::write(&probe, b""))
        .and_then(|()| fs::remove_file(&probe))
        .map_err(|error| {
            format!("the data folder {folder} cannot be written: {error}; give another --data or the right to write")
        })?;
    Ok(())
}

/// Opens the indexes in the data folder.
pub fn open_indexes(config: &Config) -> Result<Indexes, Failure> {
    Indexes::open(&config.data).map_err(|error| match error {
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
        greeting += &format!(
            "  Profile   dev: tokens such as `Authorization: Bearer dev:editor` work, and without a\n\
             \x20           provider the sign-in http://{address}/auth/dev\n\n"
        );
    }
    // Nobody may be reading; the service runs all the same.
    let _ = stdout().write_all(greeting.as_bytes());
}

/// The first signal lets requests under way finish, the second ends the process at once.
async fn stop_on_signal(app: App, mut signals: Signals) {
    signals.next().await;
    tracing::info!("stopping: requests under way may finish");
    app.stop();
    signals.next().await;
    std::process::exit(130);
}

/// What asks the process to end: SIGTERM and Ctrl-C.
#[cfg(unix)]
struct Signals {
    terminate: unix::Signal,
    interrupt: unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// From this call on a signal no longer ends the process by itself.
    fn catch() -> io::Result<Self> {
        let terminate = unix::signal(unix::SignalKind::terminate())?;
        Ok(Self { terminate, interrupt: unix::signal(unix::SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// What asks the process to end: Ctrl-C.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn catch() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        // Without signals there is nothing to wait for but the end of the process.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
