//! Articles: knowledge for consultants (`STAFF`) and for everybody (`PUBLIC`).

mod actions;
mod entity;
mod graphql;
mod rules;

pub use actions::{all, any_readable, by_ids, by_slugs, import, keys, revisions};
pub use entity::{Article, ArticleContent, ArticleId, Visibility, article};
pub use graphql::{ArticleObject, ArticleQueries};
pub use rules::{passages, problems};
