//! Files that hold a list, such as `units.toml`.

use serde::{Deserialize, Serialize};

use crate::{
    reports::{Category, routing::RoutingContent, templates::TemplateContent},
    search::{BestBetContent, SynonymContent},
    units::UnitContent,
};

/// Declares the form of a file: entries under one key.
macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident { $key:ident: $entry:ty }),+ $(,)?) => { $(
        $(#[$doc])*
        #[derive(Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            #[serde(default)]
            pub $key: Vec<$entry>,
        }

        impl List for $name {
            type Entry = $entry;
            const KEY: &'static str = stringify!($key);

            fn entries(self) -> Vec<$entry> {
                self.$key
            }
        }
    )+ };
}

/// A file of entries under one key.
pub trait List: for<'de> Deserialize<'de> {
    /// What it lists.
    type Entry: for<'de> Deserialize<'de>;
    /// The key under which they stand.
    const KEY: &'static str;

    /// The entries in their order.
    fn entries(self) -> Vec<Self::Entry>;
}

lists!(
    /// `units.toml`.
    Units { unit: UnitContent },
    /// `categories.toml`.
    Categories { category: Category },
    /// `routing.toml`.
    RoutingRules { rule: RoutingContent },
    /// `answer-templates.toml`.
    AnswerTemplates { template: TemplateContent },
    /// `synonyms.toml`.
    Synonyms { synonym: SynonymContent },
    /// `best-bets.toml`.
    BestBets { best_bet: BestBetContent },
);
