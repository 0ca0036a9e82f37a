//! What is stored of a search.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use uuid::Uuid;

use crate::{scalars::Date, words::Lang};

/// Who searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "SearchSessionKind")]
pub enum SessionKind {
    /// Somebody who is not signed in as staff.
    Resident,
    /// A member of staff, most often while a caller speaks.
    Consultant,
}

/// A search on its way to the log, with the words as they were typed.
#[derive(Debug)]
pub struct Asked {
    /// The key under which a click names it.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who searches.
    pub session_kind: SessionKind,
    /// The language of the reader.
    pub lang: Lang,
    /// The words as they were typed; the queue takes out what is private before it keeps them.
    pub words: String,
    /// How much was found.
    pub hits: i32,
    /// The search that this one says again in other words.
    pub previous: Option<Uuid>,
}

/// A hit that was opened.
#[derive(Clone, Debug)]
pub struct Click {
    /// The search.
    pub search: Uuid,
    /// The place of the hit, from 1.
    pub rank: i32,
    /// The card or article.
    pub subject: Option<Uuid>,
}

/// A hit that somebody opened.
#[derive(Clone, Debug, InputObject)]
pub struct RecordSearchClickInput {
    /// The `searchId` of the search.
    pub search_id: ID,
    /// The place of the hit in the whole list, from 1 to 10,000.
    pub rank: i32,
    /// The card or article that was opened.
    pub id: Option<ID>,
}

/// Which searches are looked at.
#[derive(Clone, Debug)]
pub struct InsightsRequest {
    /// The first day.
    pub since: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
    /// Those of a kind of session.
    pub session_kind: Option<SessionKind>,
    /// Those in a language, by its tag.
    pub lang: Option<String>,
    /// Entries of each list.
    pub first: Option<i32>,
}

/// How well the search answers.
#[derive(Clone, Debug, SimpleObject)]
pub struct SearchInsights {
    /// The first day that is looked at, in Krakow.
    pub since: Date,
    /// The last day that is looked at, in Krakow.
    pub until: Date,
    /// How many searches there were; further pages of the same search are not counted.
    pub searches: i64,
    /// The share of searches that found something, from 0 to 1; null when there were none.
    pub share_with_hits: Option<f64>,
    /// The share of searches of which a hit was opened, from 0 to 1; null when there were none.
    pub share_clicked: Option<f64>,
    /// The mean of 1/rank over the opened hits: 1 when always the first one was opened; null when
    /// none was.
    pub mean_reciprocal_rank: Option<f64>,
    /// What is asked most.
    pub most_frequent: Vec<SearchTopic>,
    /// What is asked and finds nothing, most frequent first.
    pub without_hits: Vec<SearchTopic>,
    /// What is asked again in other words, without a hit opened, most frequent first.
    pub reformulated: Vec<SearchTopic>,
    /// What finds something that nobody opens, and is not asked again, most frequent first.
    pub abandoned: Vec<SearchTopic>,
}

/// Searches that differ in the form and order of their words alone.
#[derive(Clone, Debug, SimpleObject)]
pub struct SearchTopic {
    /// How it is worded most often. Wordings that were asked fewer than 3 times are shown to
    /// nobody, and topics that have no other are left out.
    pub wording: String,
    /// How many searches there were.
    pub searches: i64,
    /// The share that found nothing, from 0 to 1.
    pub share_without_hits: f64,
    /// The share of which a hit was opened, from 0 to 1.
    pub share_clicked: f64,
    /// The share that was asked again in other words, without a hit opened, from 0 to 1.
    pub share_reformulated: f64,
    /// The share with hits that nobody opened, and that was not asked again, from 0 to 1.
    pub share_abandoned: f64,
}

/// The table of searches.
pub mod entry {
    use sea_orm::entity::prelude::*;

    use super::SessionKind;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "search_log")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub at: DateTimeUtc,
        pub session_kind: SessionKind,
        pub lang: String,
        pub words: String,
        pub topic: String,
        pub hits: i32,
        pub clicked_rank: Option<i32>,
        pub clicked_id: Option<Uuid>,
        pub previous_id: Option<Uuid>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
