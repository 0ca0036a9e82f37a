//! The spine: nothing is skipped, whatever order the writers come to an end in.

use std::{sync::Arc, time::Duration};

use kontakt::{
    actor::Actor,
    db::Tx,
    error::Result,
    events::{self, Entry, Event, Follower, Kind, Subject},
};
use tokio::sync::{Mutex, Notify};
use uuid::Uuid;

use crate::harness::{Service, empty_service, service};

fn happened(number: u128) -> Event {
    Event { kind: Kind::Published, subject: Subject::Unit, ids: vec![Uuid::from_u128(number)] }
}

/// A follower that notes what it was given, and fails at one event.
struct Notes {
    seen: Arc<Mutex<Vec<Uuid>>>,
    cursor: i64,
    poison: Option<Uuid>,
}

impl Follower for Notes {
    fn name(&self) -> &'static str {
        "notes"
    }

    fn cursor(&self) -> i64 {
        self.cursor
    }

    async fn take(&mut self, entries: &[Entry]) -> Result<()> {
        let ids: Vec<Uuid> = entries.iter().flat_map(Entry::ids).collect();
        if self.poison.is_some_and(|poison| ids.contains(&poison)) {
            return Err(kontakt::error::Error::internal("poison"));
        }
        self.seen.lock().await.extend(ids);
        self.cursor = entries.last().map_or(self.cursor, Entry::id);
        Ok(())
    }

    async fn skip(&mut self, entry: &Entry) -> Result<()> {
        self.cursor = entry.id();
        Ok(())
    }

    async fn probe(&mut self) -> Result<()> {
        Ok(())
    }
}

fn follow(service: &Service, mut notes: Notes) {
    let (db, head) = (service.db().clone(), service.app.feed.head());
    tokio::spawn(async move { events::follow(db, head, &mut notes).await });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follower_skips_nothing_while_writers_overtake_and_refuse_each_other() {
    let service = empty_service().await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let notes = Notes { seen: Arc::clone(&seen), cursor: 0, poison: None };
    follow(&service, notes);
    let writers = (0..120_u128).map(|number| {
        let db = service.db().clone();
        tokio::spawn(async move {
            db.write(async |tx: &Tx| {
                tx.emit(&Actor::System, happened(number));
                // Some think long after they have emitted, so that others commit before them.
                tokio::time::sleep(Duration::from_millis((number as u64 * 7) % 13)).await;
                if number % 5 == 0 { Err(kontakt::error::Error::Forbidden) } else { Ok(()) }
            })
            .await
        })
    });
    for (number, writer) in writers.collect::<Vec<_>>().into_iter().enumerate() {
        assert_eq!(writer.await.unwrap().is_ok(), number % 5 != 0);
    }
    let wanted: Vec<Uuid> = (0..120).filter(|n| n % 5 != 0).map(Uuid::from_u128).collect();
    let all = async {
        while seen.lock().await.len() < wanted.len() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), all).await.expect("entries were skipped");
    let mut seen = seen.lock().await.clone();
    seen.sort();
    assert_eq!(seen, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_a_long_transaction_comes_after_those_committed_before_it() {
    let service = empty_service().await;
    if service.db().reader().get_database_backend() == sea_orm::DbBackend::Sqlite {
        // One writer at a time: a later write waits for the earlier one.
        return;
    }
    let (emitted, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let long = {
        let (db, emitted, go_on) = (service.db().clone(), emitted.clone(), go_on.clone());
        tokio::spawn(async move {
            db.write(async |tx: &Tx| {
                tx.emit(&Actor::System, happened(1));
                emitted.notify_one();
                go_on.notified().await;
                Ok(())
            })
            .await
        })
    };
    emitted.notified().await;
    let short = service.db().write(async |tx: &Tx| {
        tx.emit(&Actor::System, happened(2));
        Ok(())
    });
    short.await.unwrap();
    go_on.notify_one();
    long.await.unwrap().unwrap();
    let entries = events::read_after(service.db().reader(), 0, 10).await.unwrap();
    let order: Vec<Uuid> = entries.iter().flat_map(Entry::ids).collect();
    assert_eq!(order, [Uuid::from_u128(2), Uuid::from_u128(1)]);
}

#[tokio::test]
async fn a_poisoned_event_is_set_aside_and_the_follower_goes_on() {
    let service = empty_service().await;
    for number in 1..=3 {
        let write = service.db().write(async |tx: &Tx| {
            tx.emit(&Actor::System, happened(number));
            Ok(())
        });
        write.await.unwrap();
    }
    let seen = Arc::new(Mutex::new(Vec::new()));
    let poison = Some(Uuid::from_u128(2));
    let notes = Notes { seen: Arc::clone(&seen), cursor: 0, poison };
    follow(&service, notes);
    let all = async {
        while seen.lock().await.len() < 2 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), all).await.expect("the follower stands");
    assert_eq!(*seen.lock().await, [Uuid::from_u128(1), Uuid::from_u128(3)]);
    let parked = events::parked(service.db().reader()).await.unwrap();
    assert_eq!(parked.len(), 1);
    assert_eq!((parked[0].0.as_str(), parked[0].1), ("notes", 2));
}

#[tokio::test]
async fn a_lost_index_is_rebuilt_by_itself_at_the_next_start() {
    let service = service().await;
    let query = "{ search(query: \"dowód\", first: 3) { totalCount nodes { externalId } } }";
    let before = service.anyone().ask(query).await.data("/search");
    let folder = tempfile::TempDir::new().unwrap();
    let index = kontakt::search::Indexes::open(folder.path()).unwrap();
    let app = kontakt::app::App::start((*service.app.config).clone(), service.db().clone(), index);
    let app = app.await.unwrap();
    let ready = async {
        while app.index.mark().is_none() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), ready).await.expect("not rebuilt");
    let router = kontakt::app::router(app);
    let after = crate::harness::Client::new(&router).ask(query).await.data("/search");
    assert_eq!(after, before);
}
