//! Requests through the real router to a real database: a SQLite file, or PostgreSQL where
//! `TEST_DATABASE_URL` names a server.
#![cfg(test)]

mod harness;

mod access;
mod cards;
mod commands;
mod content;
mod door;
mod freshness;
mod http;
mod knowledge_gaps;
mod live;
mod loaders;
mod migrations;
mod nodes;
mod readme;
mod schema;
mod search;
mod search_log;
mod search_rules;
mod spine;
mod tidy;
