//! The content of the binary: kept loaded, and never over what somebody wrote.

use kontakt::{
    actor::Actor,
    articles::{self, ArticleContent},
    cards::{self, CardContent},
    content::{self, Kind},
    db::facts,
    imported::{
        Imported::{self, Drafted, LeftAlone, Unchanged, Updated},
        Origin,
    },
    units,
};
use serde_json::{Value, json};

use super::{
    Files, fates,
    files::{ARTICLE, CARD, UNIT},
    head, state, versions,
};
use crate::harness::{
    Service,
    cards::{call, content as written, step},
    service,
};

const SLUG: &str = "mobywatel";

/// What a newer binary says about the card.
async fn newer(service: &Service, digest: &str) -> Imported {
    let content = CardContent { title: format!("Żyrafa {digest}"), ..live(service).await };
    let origin = Origin::Builtin(digest);
    let import = async |tx: &_| cards::import(tx, &Actor::System, SLUG, content, origin).await;
    service.db().write(import).await.unwrap()
}

async fn live(service: &Service) -> CardContent {
    state(service).await.1.remove(SLUG).unwrap()
}

/// Makes the database look as if an older binary had loaded it.
async fn age(service: &Service) {
    use sea_orm::ConnectionTrait;

    let age = async |tx: &kontakt::db::Tx| {
        facts::set(tx, "builtin-content", "older").await?;
        tx.execute_unprepared("UPDATE cards SET builtin_digest = 'older'").await?;
        Ok(())
    };
    service.db().write(age).await.unwrap();
}

/// An editor's draft beside the live version: the card's id and its `version`.
async fn draft(service: &Service) -> (Value, i64) {
    let query = format!("{{ serviceCard(slug: \"{SLUG}\") {{ id version }} }}");
    let card = service.anyone().ask(&query).await.data("/serviceCard");
    let input = json!({ "id": card["id"], "expectedVersion": card["version"],
        "content": written("Od redaktora") });
    let answer = call(&service.staff("editor"), "editServiceCard", input).await;
    let version = answer.data("/editServiceCard/serviceCard/version").as_i64().unwrap();
    (card["id"].clone(), version)
}

/// Brings a draft live.
async fn publish(service: &Service, (id, version): (Value, i64)) {
    let publisher = service.staff("publisher");
    let version = step(&service.staff("editor"), "submitServiceCard", &id, version).await;
    let version = step(&publisher, "approveServiceCard", &id, version).await;
    step(&publisher, "publishServiceCard", &id, version).await;
}

#[tokio::test]
async fn loading_it_again_changes_nothing() {
    let service = service().await;
    let before = head(&service).await;
    assert_eq!(content::load_builtin(service.db()).await.unwrap(), fates([]));
    age(&service).await;
    let (cards, articles, forms) = content::check_builtin().unwrap();
    let all = fates([(Unchanged, cards + articles + forms)]);
    assert_eq!(content::load_builtin(service.db()).await.unwrap(), all);
    assert_eq!(content::load_builtin(service.db()).await.unwrap(), fates([]));
    assert_eq!(head(&service).await, before);
}

#[tokio::test]
async fn newer_content_is_a_new_version_where_nobody_edited() {
    let service = service().await;
    assert_eq!(newer(&service, "a").await, Updated);
    assert_eq!(newer(&service, "a").await, Unchanged);
    assert_eq!(newer(&service, "b").await, Updated);
    assert_eq!(live(&service).await.title, "Żyrafa b");
    assert_eq!(
        versions(&service, SLUG).await,
        ["3 PUBLISHED builtin", "2 SUPERSEDED builtin", "1 SUPERSEDED builtin"]
    );
    service.settle().await;
    let query = "{ search(query: \"żyrafa\", first: 1) { nodes { externalId } } }";
    assert_eq!(service.anyone().ask(query).await.data("/search/nodes/0/externalId"), SLUG);
}

#[tokio::test]
async fn newer_content_is_a_draft_in_review_where_an_editor_wrote() {
    let service = service().await;
    let edited = draft(&service).await;
    publish(&service, edited).await;
    assert_eq!(newer(&service, "a").await, Drafted);
    assert_eq!(live(&service).await.title, "Od redaktora");
    let all = ["3 IN_REVIEW builtin", "2 PUBLISHED dev:editor", "1 SUPERSEDED builtin"];
    assert_eq!(versions(&service, SLUG).await, all);
    assert_eq!(newer(&service, "a").await, Unchanged);
    assert_eq!(newer(&service, "b").await, LeftAlone);
    assert_eq!(versions(&service, SLUG).await, all);
}

#[tokio::test]
async fn newer_content_waits_while_somebody_is_at_work_and_is_offered_again_afterwards() {
    let service = service().await;
    let before = live(&service).await;
    let draft = draft(&service).await;
    assert_eq!(newer(&service, "a").await, LeftAlone);
    assert_eq!(newer(&service, "a").await, LeftAlone);
    assert_eq!(live(&service).await, before);
    assert_eq!(versions(&service, SLUG).await, ["2 DRAFT dev:editor", "1 PUBLISHED builtin"]);
    publish(&service, draft).await;
    assert_eq!(newer(&service, "a").await, Drafted);
}

#[tokio::test]
async fn a_start_offers_again_what_was_left_alone_until_it_is_taken() {
    let service = service().await;
    let (cards, articles, forms) = content::check_builtin().unwrap();
    let draft = draft(&service).await;
    age(&service).await;
    let waiting = fates([(Unchanged, cards + articles + forms - 1), (LeftAlone, 1)]);
    assert_eq!(content::load_builtin(service.db()).await.unwrap(), waiting);
    assert_eq!(content::load_builtin(service.db()).await.unwrap(), waiting);
    publish(&service, draft).await;
    let taken = fates([(Unchanged, cards + articles + forms - 1), (Drafted, 1)]);
    assert_eq!(content::load_builtin(service.db()).await.unwrap(), taken);
    assert_eq!(content::load_builtin(service.db()).await.unwrap(), fates([]));
}

#[tokio::test]
async fn an_operators_file_is_never_overwritten() {
    let service = service().await;
    let card = Files::new().with("mobywatel.md", CARD);
    let article = Files::new().with("jak-dziala-infolinia.md", ARTICLE);
    let unit = Files::new().with("units.toml", UNIT);
    assert_eq!(card.import(&service, Kind::Cards).await, fates([(Updated, 1)]));
    assert_eq!(article.import(&service, Kind::Articles).await, fates([(Updated, 1)]));
    assert_eq!(unit.import(&service, Kind::Units).await, fates([(Updated, 1)]));
    let before = state(&service).await;
    age(&service).await;
    let (cards, articles, forms) = content::check_builtin().unwrap();
    let all = fates([(Unchanged, cards + articles + forms - 2), (Drafted, 1), (LeftAlone, 1)]);
    assert_eq!(content::load_builtin(service.db()).await.unwrap(), all);
    assert!(state(&service).await == before);
    let states = ["3 IN_REVIEW builtin", "2 PUBLISHED import", "1 SUPERSEDED builtin"];
    assert_eq!(versions(&service, SLUG).await, states);
    // For good: a start without news does not look at everything again.
    assert_eq!(content::load_builtin(service.db()).await.unwrap(), fates([]));
}

#[tokio::test]
async fn newer_articles_and_units_are_taken_unless_an_operators_file_stands_there() {
    let service = service().await;
    let newer = async |digest: &str| {
        let (mut units, _, mut articles) = state(&service).await;
        let title = format!("Żyrafa {digest}");
        let slug = "jak-dziala-infolinia".to_owned();
        let article = ArticleContent { title: title.clone(), ..articles.remove(&slug).unwrap() };
        let unit = units::UnitContent { name: title, ..units.remove(0) };
        let origin = Origin::Builtin(digest);
        let import = async |tx: &_| {
            let articles = articles::import(tx, &Actor::System, vec![(slug, article)], origin);
            let articles = articles.await?;
            Ok([articles, units::import(tx, &Actor::System, vec![unit], origin).await?].concat())
        };
        service.db().write(import).await.unwrap()
    };
    assert_eq!(newer("a").await, [Updated, Updated]);
    assert_eq!(newer("a").await, [Unchanged, Unchanged]);
    assert_eq!(newer("b").await, [Updated, Updated]);
    let (units, _, articles) = state(&service).await;
    assert_eq!(articles["jak-dziala-infolinia"].title, "Żyrafa b");
    assert_eq!(units[0].name, "Żyrafa b");
    let unit = UNIT.replace("\"SA\"", &format!("\"{}\"", units[0].code));
    Files::new().with("units.toml", unit).import(&service, Kind::Units).await;
    let article = Files::new().with("jak-dziala-infolinia.md", ARTICLE);
    article.import(&service, Kind::Articles).await;
    assert_eq!(newer("c").await, [LeftAlone, LeftAlone]);
    assert_eq!(state(&service).await.2["jak-dziala-infolinia"].title, "Artykuł z pliku");
}

#[tokio::test]
async fn an_older_binary_leaves_the_content_of_a_newer_one_alone() {
    let service = service().await;
    age(&service).await;
    let newer = async |tx: &kontakt::db::Tx| Ok(facts::set(tx, "builtin-content", "4000 x").await?);
    service.db().write(newer).await.unwrap();
    let before = (head(&service).await, state(&service).await);
    assert!(content::load_builtin(service.db()).await.unwrap().is_empty());
    assert_eq!((head(&service).await, state(&service).await), before);
}
