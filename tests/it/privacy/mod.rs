//! Keys of persons, retention, erasure, and who saw what.

mod accounts;
mod affected;
mod backup;
mod erase;
mod keys;
mod retention;

use kontakt::reports::{StoredContact, contact};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};

use crate::harness::{
    Service,
    reports::{Filed, held},
};

/// A contact to file a report with.
fn reachable() -> Value {
    json!({ "contact": { "name": "Anna Nowak", "email": "anna@example.org", "phone": "600 100 200" } })
}

/// What the person who filed a report sees of the own contact.
async fn own_contact(service: &Service, filed: &Filed) -> Value {
    held(service, filed, "contact { name email phone }").await["contact"].clone()
}

/// Contacts as they are stored.
async fn stored(service: &Service) -> Vec<StoredContact> {
    contact::Entity::find().all(service.db().reader()).await.unwrap()
}

/// Changes the database behind the back of the service.
async fn execute(service: &Service, sql: &str) {
    service.db().write(async |tx| Ok(tx.execute_unprepared(sql).await?)).await.unwrap();
}
