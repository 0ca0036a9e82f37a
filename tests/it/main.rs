//! Requests through the real router to a real database: a SQLite file, or PostgreSQL where
//! `TEST_DATABASE_URL` names a server.
#![cfg(test)]

mod harness;

mod access;
mod answer_templates;
mod audit;
mod cards;
mod commands;
mod content;
mod door;
mod fields;
mod forms;
mod freshness;
mod graphql_cop;
mod headers;
mod http;
mod knowledge_gaps;
mod live;
mod loaders;
mod migrations;
mod nodes;
mod notifications;
mod open311;
mod open_data;
mod outbox;
mod own;
mod persisted;
mod photos;
mod privacy;
mod proposals;
mod rates;
mod readme;
mod report_categories;
mod report_import;
mod reports;
mod routing;
mod schema;
mod search;
mod search_log;
mod search_rules;
mod sign_in;
mod spine;
mod statistics;
mod tidy;
mod uploads;
mod webhooks;
