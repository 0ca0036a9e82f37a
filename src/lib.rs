//! Kontakt: the contact centre of the city of Krakow as open software.

/// Who acts.
pub mod actor;
/// The service: what it holds, and every URL on one page.
pub mod app;
/// Working days, public holidays, deadlines.
pub mod calendar;
/// The only source of time.
pub mod clock;
/// Settings: one table, read from flags, environment and file.
pub mod config;
/// What can go wrong, for people and for us.
pub mod error;
/// Files that people send: photos, made harmless and kept under the hash of their content.
pub mod files;
/// Places on the map: points, distances, outlines.
pub mod geo;
/// What every answer tells browsers.
pub mod headers;
/// Whether the process lives, and whether it can serve.
pub mod health;
/// Ids: UUID v7 inside, opaque outside.
pub mod ids;
/// What an import did with a record.
pub mod imported;
/// Idempotency keys: a request that is sent again makes nothing twice.
pub mod once;
/// Pages of lists.
pub mod page;
/// Who may do what: one table.
pub mod permissions;
/// How much may be under way at once.
pub mod permits;
/// What in a text looks like personal data.
pub mod personal;
/// Progress of long work.
pub mod progress;
/// Typed fields: what a category asks, and what is an answer.
pub mod questions;
/// How much one caller may ask for in a while.
pub mod rates;
/// What was read before and still holds.
pub mod remembered;
/// A day, an amount.
pub mod scalars;
/// Tokens that only this installation can have given out.
pub mod secrets;
/// Serves the router and stops gracefully.
pub mod server;
/// What holds for every text that people write.
pub mod texts;
/// Keys of persons: what is sealed with them is gone with them, in backups too.
pub mod vault;
/// From which address a request comes.
pub mod visitor;
/// Words in Polish, English and Ukrainian.
pub mod words;

/// What people with power did, and which personal data they saw.
pub mod audit;
/// The database and the one door to write.
pub mod db;
/// The spine: append-only events and their followers.
pub mod events;
/// What happens because time passes.
pub mod jobs;
/// Letters and calls of webhooks: attempts, retries, states.
pub mod outbox;

/// Who is behind a request.
pub mod accounts;
/// Knowledge for consultants and for everybody.
pub mod articles;
/// Service cards with versions, review and fees as of any day.
pub mod cards;
/// Electronic forms: definitions with versions, and the rules that check answers.
pub mod forms;
/// Reports of residents.
pub mod reports;
/// Units of the city, districts, places.
pub mod units;

/// Everything that concerns one resident, as a timeline.
pub mod cases;
/// Letters to residents about their reports.
pub mod notifications;
/// What is deleted when, who is forgotten, and what was deleted.
pub mod privacy;
/// Asks the index and feeds it from the spine.
pub mod search;
/// Statistics of reports, from the memory of each node.
pub mod statistics;

/// The command line.
pub mod commands;
/// Content in files: built in, imported, exported.
pub mod content;
/// Made-up reports behind published figures.
pub mod demo;
/// Files over HTTP.
pub mod downloads;
/// The GraphQL face.
pub mod graphql;
/// The pages behind the links of letters.
pub mod mail_pages;
/// All data of a resident, for that resident.
pub mod my_data;
/// The Open311 GeoReport face.
pub mod open311;
/// Open data: the public part of all reports as files.
pub mod open_data;
/// Sign-in over HTTP: cookies, providers, development.
pub mod sign_in;
