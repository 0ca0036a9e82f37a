//! Several nodes on one database.

use std::time::Duration;

use image::ImageFormat;
use kontakt::{
    app::{self, App},
    clock::Clock,
    config::Config,
    content,
    db::{Db, facts},
    imported::Imported,
    search::Indexes,
};
use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::harness::{Client, Start, form, fresh, now, rules::taught, service};
use serde_json::json;

/// A second node on the database of the first, with an index of its own.
pub async fn another_node(config: &Config) -> (App, TempDir) {
    let folder = TempDir::new().unwrap();
    let db = App::open_database(config, Clock::standing_at(now()), true).await.unwrap();
    let indexes = Indexes::open(folder.path()).unwrap();
    (App::start(config.clone(), db, indexes).await.unwrap(), folder)
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_start_at_once_load_the_content_once() {
    let start = fresh(Start::Empty, &[]).await;
    let open = || App::open_database(&start.config, Clock::standing_at(now()), true);
    let (first, second) = (open().await.unwrap(), open().await.unwrap());
    let (a, b) = tokio::join!(content::load_builtin(&first), content::load_builtin(&second));
    let created = |tally: &content::Tally| tally.get(&Imported::Created).copied().unwrap_or(0);
    let (a, b) = (a.unwrap(), b.unwrap());
    let (cards, articles, forms) = content::check_builtin().unwrap();
    assert_eq!(created(&a) + created(&b), cards + articles + forms, "{a:?} {b:?}");
    assert!(content::load_builtin(&first).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_start_at_once_draw_one_epoch_and_one_secret() {
    let start = fresh(Start::Empty, &[]).await;
    let open = || App::open_database(&start.config, Clock::standing_at(now()), true);
    let (first, second) = (open().await.unwrap(), open().await.unwrap());
    for _ in 0..20 {
        let nothing = "DELETE FROM facts WHERE key IN ('epoch', 'token-secret')";
        first.write(async |tx| Ok(tx.execute_unprepared(nothing).await?)).await.unwrap();
        let drawn = |db: &Db| {
            let db = db.clone();
            let both = async |tx: &_| Ok((facts::epoch(tx).await?, facts::token_secret(tx).await?));
            tokio::spawn(async move { db.write(both).await.unwrap() })
        };
        let (one, other) = tokio::join!(drawn(&first), drawn(&second));
        assert_eq!(one.unwrap(), other.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_draws_waits_for_the_one_that_was_first() {
    let start = fresh(Start::Empty, &[]).await;
    let open = || App::open_database(&start.config, Clock::standing_at(now()), true);
    let (first, second) = (open().await.unwrap(), open().await.unwrap());
    let nothing = "DELETE FROM facts WHERE key = 'epoch'";
    first.write(async |tx| Ok(tx.execute_unprepared(nothing).await?)).await.unwrap();
    let (has_drawn, drawn) = oneshot::channel();
    let (goes_on, go_on) = oneshot::channel::<()>();
    let slow = tokio::spawn(async move {
        let write = async |tx: &_| {
            let epoch = facts::epoch(tx).await?;
            has_drawn.send(()).unwrap();
            go_on.await.unwrap();
            Ok(epoch)
        };
        first.write(write).await.unwrap()
    });
    drawn.await.unwrap();
    let mut late = tokio::spawn(async move { second.write(facts::epoch).await.unwrap() });
    // It cannot have an epoch yet: nobody knows whether the first is kept.
    let early = tokio::time::timeout(Duration::from_millis(200), &mut late).await;
    assert!(early.is_err());
    goes_on.send(()).unwrap();
    assert_eq!(slow.await.unwrap(), late.await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_published_on_one_node_is_found_on_the_other_within_two_seconds() {
    let service = service().await;
    let (node, _folder) = another_node(&service.app.config).await;
    let router = app::router(node.clone());
    let card = "{ serviceCard(slug: \"mobywatel\") { id version } }";
    let card = service.anyone().ask(card).await.data("/serviceCard");
    let withdraw = format!(
        "mutation {{ withdrawServiceCard(input: {{ id: {}, expectedVersion: {} }}) {{ errors {{ code }} }} }}",
        card["id"], card["version"]
    );
    service.staff("publisher").ask(&withdraw).await.data("/withdrawServiceCard");
    let query = "{ search(query: \"mobywatel\", first: 100) { nodes { externalId } } }";
    let gone = async {
        loop {
            let ready = node.index.mark().is_some();
            if ready {
                let nodes = Client::new(&router).ask(query).await.data("/search/nodes");
                if nodes.as_array().unwrap().iter().all(|node| node["externalId"] != "mobywatel") {
                    return;
                }
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), gone).await.expect("still found");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taught_on_one_node_is_known_on_the_other() {
    let service = service().await;
    let (node, _folder) = another_node(&service.app.config).await;
    let router = app::router(node.clone());
    node.leveled().await;
    taught(&service, "Synonym", "wihajster", json!({ "means": ["mObywatel"] })).await;
    let query = "{ search(query: \"wihajster\", first: 100) { nodes { externalId } } }";
    let known = async {
        loop {
            let nodes = Client::new(&router).ask(query).await.data("/search/nodes");
            if nodes.as_array().unwrap().iter().any(|node| node["externalId"] == "mobywatel") {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), known).await.expect("not known");
    // A node that starts later knows it from the start.
    let (late, _folder) = another_node(&service.app.config).await;
    late.leveled().await;
    let nodes = Client::new(&app::router(late)).ask(query).await.data("/search/nodes");
    assert!(nodes.as_array().unwrap().iter().any(|node| node["externalId"] == "mobywatel"));
}

#[tokio::test]
async fn a_photo_that_was_uploaded_to_one_node_can_be_filed_with_another() {
    let service = service().await;
    let (other, _folder) = another_node(&service.app.config).await;
    let photo = form::photo(8, 8, ImageFormat::Png);
    let answer = form::upload(&service.anyone(), &photo).await;
    let key = answer.data("/uploadPhoto/photo/key");
    let stored = other.desk.photo_keys.verify(key.as_str().unwrap(), "photos.0", now()).unwrap();
    assert!(other.files.open(&stored.file).await.unwrap().is_some());
}
