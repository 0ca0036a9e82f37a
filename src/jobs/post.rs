//! Letters: who is to hear of what is written down, and what is due is sent.

use std::time::Duration;

use crate::{
    app::App,
    error::{Error, Result},
    events::{self, Installed, Shared},
    notifications::{Calls, Composer, Notifications},
    outbox::{Mailer, Sender, Webhooks},
};

/// How long to wait when a follower is broken.
const RETRY_SECONDS: u64 = 5;

/// Follows the spine and sends what is due, until the service stops.
pub async fn post(app: App, sender: Sender<Composer>) {
    let follow = async {
        tokio::select! {
            () = keep_following(&app, || notifications(&app)) => {}
            () = keep_following(&app, || Calls::of(&app.config)) => {}
            () = app.stopping() => {}
        }
    };
    tokio::join!(sender.run(|| app.is_stopping()), follow);
}

/// The sender of this node.
pub fn sender(app: &App) -> Result<Sender<Composer>> {
    let (db, desk, links) = (app.db.clone(), app.desk.clone(), app.links.clone());
    let mailer = Mailer::of(&app.config)?;
    let webhooks = Webhooks::of(&app.config)?;
    Ok(Sender::new(app.db.clone(), mailer, webhooks, Composer { db, desk, links }))
}

/// The follower that writes letters down.
pub async fn follower(app: &App) -> Result<Shared<Notifications>> {
    Shared::start(app.db.clone(), notifications(app)).await
}

fn notifications(app: &App) -> Notifications {
    Notifications { links: app.links.clone(), vault: app.desk.vault.clone() }
}

/// The follower that writes calls of other services down.
pub async fn caller(app: &App) -> Result<Shared<Calls>> {
    Shared::start(app.db.clone(), Calls::of(&app.config)).await
}

/// Follows for ever. What is broken is looked at again.
async fn keep_following<C: Installed>(app: &App, consumer: impl Fn() -> C) {
    loop {
        let follow = async {
            let mut follower = Shared::start(app.db.clone(), consumer()).await?;
            events::follow(app.db.clone(), app.feed.head(), &mut follower).await?;
            Err::<(), _>(Error::Unavailable)
        };
        if let Err(error) = follow.await {
            tracing::warn!(follower = C::NAME, %error, "cannot follow; it will be tried again");
        }
        tokio::time::sleep(Duration::from_secs(RETRY_SECONDS)).await;
    }
}
