//! Requests through the real router to a real database: a SQLite file, or PostgreSQL where
//! `TEST_DATABASE_URL` names a server.
#![cfg(test)]

mod harness;

mod cards;
mod door;
mod loaders;
mod nodes;
mod readme;
mod schema;
mod search;
mod spine;
mod tidy;
