//! The one door to write: whole or not at all, one after the other, for everybody.

use std::time::Duration;

use kontakt::{
    db::{Tx, facts},
    error::{Error, Result},
};
use sea_orm::{ConnectionTrait, Statement};

use crate::harness::{Service, empty_service};

async fn fact(service: &Service, key: &str) -> Option<String> {
    facts::get(service.db().reader(), key).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_writers_at_once_are_all_written() {
    let service = empty_service().await;
    let writers = (0..100).map(|number| {
        let db = service.db().clone();
        tokio::spawn(async move {
            let key = format!("writer-{number}");
            db.write(async |tx| Ok(facts::set(tx, &key, "here").await?)).await
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap().unwrap();
    }
    for number in 0..100 {
        assert_eq!(fact(&service, &format!("writer-{number}")).await.as_deref(), Some("here"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_write_leaves_nothing_and_harms_no_neighbour() {
    let service = empty_service().await;
    let write = |key: &'static str, refuse: bool| {
        let db = service.db().clone();
        tokio::spawn(async move {
            db.write(async |tx| {
                facts::set(tx, key, "here").await?;
                if refuse { Err(Error::Forbidden) } else { Ok(()) }
            })
            .await
        })
    };
    let all = [write("a", false), write("b", true), write("c", false)];
    let mut outcomes = Vec::new();
    for one in all {
        outcomes.push(one.await.unwrap().is_ok());
    }
    assert_eq!(outcomes, [true, false, true]);
    assert_eq!(fact(&service, "a").await.as_deref(), Some("here"));
    assert_eq!(fact(&service, "b").await, None);
    assert_eq!(fact(&service, "c").await.as_deref(), Some("here"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_panics_or_is_dropped_leaves_nothing_and_the_door_stays_open() {
    let service = empty_service().await;
    let db = service.db().clone();
    let panicking = tokio::spawn(async move {
        db.write(async |tx| -> Result<()> {
            facts::set(tx, "panic", "here").await?;
            panic!("on purpose")
        })
        .await
    });
    assert!(panicking.await.unwrap_err().is_panic());
    let slow = service.db().write(async |tx| {
        facts::set(tx, "dropped", "here").await?;
        tokio::time::sleep(Duration::from_secs(60)).await;
        Ok(())
    });
    assert!(tokio::time::timeout(Duration::from_millis(100), slow).await.is_err());
    service.db().write(async |tx| Ok(facts::set(tx, "after", "here").await?)).await.unwrap();
    assert_eq!(fact(&service, "panic").await, None);
    assert_eq!(fact(&service, "dropped").await, None);
    assert_eq!(fact(&service, "after").await.as_deref(), Some("here"));
}

#[tokio::test]
async fn a_write_inside_a_write_is_refused_at_once() {
    let service = empty_service().await;
    let db = service.db().clone();
    let outcome = service.db().write(async |_: &Tx| db.write(async |_: &Tx| Ok(())).await).await;
    assert!(matches!(outcome, Err(Error::Internal(_))));
}

#[tokio::test]
async fn a_broken_statement_ends_the_write_and_not_the_door() {
    let service = empty_service().await;
    let broken = service
        .db()
        .write(async |tx| {
            facts::set(tx, "broken", "here").await?;
            Ok(tx.execute_unprepared("INSERT INTO nowhere VALUES (1)").await?)
        })
        .await;
    assert!(matches!(broken, Err(Error::Internal(_))));
    service.db().write(async |tx| Ok(facts::set(tx, "after", "here").await?)).await.unwrap();
    assert_eq!(fact(&service, "broken").await, None);
    assert_eq!(fact(&service, "after").await.as_deref(), Some("here"));
}

#[tokio::test]
async fn a_write_sees_what_it_has_written_before() {
    let service = empty_service().await;
    let seen = service
        .db()
        .write(async |tx| {
            facts::set(tx, "own", "here").await?;
            Ok(facts::get(tx, "own").await?)
        })
        .await;
    assert_eq!(seen.unwrap().as_deref(), Some("here"));
}

#[tokio::test]
async fn sqlite_writes_through_to_the_disk_and_its_readers_cannot_write() {
    let service = empty_service().await;
    let reader = service.db().reader();
    if reader.get_database_backend() != sea_orm::DbBackend::Sqlite {
        return;
    }
    let pragma = async |name: &str| {
        let statement =
            Statement::from_string(sea_orm::DbBackend::Sqlite, format!("PRAGMA {name}"));
        let row = service.db().write(async |tx| Ok(tx.query_one_raw(statement).await?)).await;
        let row = row.unwrap().unwrap();
        row.try_get_by_index::<String>(0)
            .or_else(|_| row.try_get_by_index::<i32>(0).map(|number| number.to_string()))
            .unwrap()
    };
    assert_eq!(pragma("journal_mode").await, "wal");
    assert_eq!(pragma("synchronous").await, "2", "FULL");
    assert_eq!(pragma("foreign_keys").await, "1");
    assert!(reader.execute_unprepared("DELETE FROM facts").await.is_err());
}
