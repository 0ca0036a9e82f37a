//! The cards and articles that best bets name: by slugs in files and in the database, by ids in the
//! API and in the index.

use std::collections::{HashMap, HashSet};

use async_graphql::ID;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    actor::Actor,
    articles, cards,
    error::{Problem, Result},
    ids::{self, NodeKind},
    search::taught::{
        entity::{Answer, BestBetContent},
        rules,
    },
};

/// Answers that exist, with their keys.
pub type Answers = HashMap<Answer, Uuid>;

/// Those of the answers that exist, whether they are live or not.
pub async fn known_answers(
    db: &impl ConnectionTrait,
    answers: impl Iterator<Item = &Answer>,
) -> Result<Answers> {
    let answers: HashSet<&Answer> = answers.collect();
    let of = |wanted: fn(&Answer) -> bool| -> Vec<String> {
        answers.iter().filter(|answer| wanted(answer)).map(|one| one.slug().to_owned()).collect()
    };
    let cards = cards::keys(db, &of(|answer| matches!(answer, Answer::Card(_)))).await?;
    let articles = articles::keys(db, &of(|answer| matches!(answer, Answer::Article(_)))).await?;
    let cards = cards.into_iter().map(|(slug, key)| (Answer::Card(slug), key));
    let articles = articles.into_iter().map(|(slug, key)| (Answer::Article(slug), key));
    Ok(cards.chain(articles).collect())
}

/// Everything that a best bet names and that is not known.
pub fn refuse_unknown(bet: &BestBetContent, known: impl Fn(&Answer) -> bool) -> Vec<Problem> {
    let answers = bet.answers.iter().enumerate().filter(|(_, answer)| !known(answer));
    let path = |place| format!("answers.{place}");
    answers.map(|(place, answer)| rules::unknown_answer(&path(place), answer.slug())).collect()
}

/// What these global ids stand for, each in its place, of what is live and the actor may read.
pub async fn answers_of(
    db: &impl ConnectionTrait,
    actor: &Actor,
    global: &[ID],
) -> Result<Vec<Option<Answer>>> {
    let keys: Vec<_> = global.iter().map(|id| ids::parse_global(id)).collect();
    let of = |kind| -> Vec<Uuid> {
        keys.iter().flatten().filter(|(known, _)| *known == kind).map(|(_, key)| *key).collect()
    };
    let cards = cards::live_by_ids(db, &of(NodeKind::ServiceCard)).await?;
    let articles = articles::by_ids(db, actor, &of(NodeKind::Article)).await?;
    let cards = cards.into_iter().map(|one| (one.card.id.0, Answer::Card(one.card.slug)));
    let articles = articles.into_iter().map(|one| (one.id.0, Answer::Article(one.slug)));
    let known: HashMap<Uuid, Answer> = cards.chain(articles).collect();
    Ok(keys.iter().map(|key| known.get(&key.as_ref()?.1).cloned()).collect())
}
