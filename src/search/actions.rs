//! What can be searched.

use async_graphql::{Enum, InputObject};
use kontakt_index::{Excerpt, Index, OFFSET_MAX, Query};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::{
    actor::Actor,
    cards::Area,
    error::{Error, Result},
    page::{self, PageRequest},
    permissions::{Permission, Reach},
    search::subjects::{Subject, Subjects},
    words::{self, Lang, Message},
};

/// Characters of a question.
const QUERY_CHARS_MAX: usize = 1_000;
/// Searches that are worked on at once; others wait their turn within the time of their request.
static SEARCHES: Semaphore = Semaphore::const_new(32);
/// Values of one filter.
const FILTER_VALUES_MAX: usize = 20;

/// Whom a document of the index is for.
pub(super) const ANYONE: &str = "anyone";
pub(super) const STAFF: &str = "staff";

/// Kinds of things that are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SearchKind {
    /// A service card.
    ServiceCard,
    /// A knowledge article.
    Article,
    /// An electronic form.
    Form,
}

impl SearchKind {
    /// The tag of the kind in the index.
    pub(super) fn tag(self) -> String {
        tag(
            "kind",
            match self {
                Self::ServiceCard => "SERVICE_CARD",
                Self::Article => "ARTICLE",
                Self::Form => "FORM",
            },
        )
    }
}

pub(super) fn tag(family: &str, value: &str) -> String {
    format!("{family}:{value}")
}

/// Narrows a search. A value of each list given must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct SearchFilter {
    /// Kinds of things; cards and articles when nothing is said. A form stands beside its card
    /// (`onlineForms`), and is found by itself where FORM is named.
    pub kinds: Option<Vec<SearchKind>>,
    /// Codes of units that handle the matter.
    pub units: Option<Vec<String>>,
    /// Areas of the city's services.
    pub areas: Option<Vec<Area>>,
    /// Codes of life events.
    pub life_events: Option<Vec<String>>,
    /// Whether the matter can be filed online.
    pub online: Option<bool>,
}

/// A search.
#[derive(Clone, Debug)]
pub struct SearchRequest {
    /// The words.
    pub query: String,
    /// What narrows it.
    pub filter: SearchFilter,
    /// Which page.
    pub page: PageRequest,
    /// The language of the reader.
    pub lang: Lang,
    /// The last word may be unfinished.
    pub typing: bool,
    /// Whether to count how the hits spread.
    pub facets: bool,
}

/// A hit.
#[derive(Clone, Debug)]
pub struct Hit {
    /// What was found.
    pub subject: Subject,
    /// How well it fits, from 0 to 1 for the best hit of the search.
    pub score: f64,
    /// The passage that answers best.
    pub passage: Excerpt,
    /// The cursor after the hit.
    pub cursor: String,
}

impl Hit {
    /// The section of the passage in a language; the heading, where an article has one.
    pub fn section_label(&self, lang: Lang) -> String {
        match (&self.subject, self.passage.section.as_str()) {
            (Subject::Card(_) | Subject::Form(_), section) | (_, section @ "TEXT") => {
                words::label(lang, "section", section)
            }
            (Subject::Article(_), heading) => heading.to_owned(),
        }
    }
}

/// A page of hits.
#[derive(Clone, Debug)]
pub struct Found {
    /// How many things match in all, of those the actor may read.
    pub total: usize,
    /// The hits, best first.
    pub hits: Vec<Hit>,
    /// The cursor after the page, also when its last hits were left out.
    pub end_cursor: Option<String>,
    /// Whether more follow.
    pub has_next: bool,
    /// The question with its misspelt words corrected.
    pub did_you_mean: Option<String>,
    /// Each tag of what was found, such as `unit:SA`, and how many have it.
    pub tags: Vec<(String, usize)>,
}

/// Searches what the actor may read. Errors: `BadRequest` for a page or a cursor that does not
/// fit, `NotReady` while the index is being rebuilt.
pub async fn search(
    db: &impl ConnectionTrait,
    index: &Index,
    subjects: &Subjects,
    actor: &Actor,
    request: &SearchRequest,
) -> Result<Found> {
    let size = request.page.size()?;
    let SearchRequest { query: asked, filter, lang, typing, .. } = request;
    let list = list_name("search", &format!("{asked:?}{filter:?}{lang:?}{typing}"));
    let offset = place_of(&request.page, &list, size, OFFSET_MAX)?;
    let query = query(actor, request, offset, size)?;
    if index.mark().is_none() {
        return Err(Error::NotReady("index-rebuilding".into()));
    }
    let index = index.clone();
    let page = blocking(move || index.search(&query)).await?;
    let ids: Vec<Uuid> = page.hits.iter().map(|hit| hit.id).collect();
    let mut found = subjects.read(db, actor, &ids).await?;
    let place = |i: usize| page::encode(&list, &(offset + i).to_string());
    let end_cursor = (!page.hits.is_empty()).then(|| place(page.hits.len()));
    // What the index still knows and the database does not any more is left out.
    let hits = page.hits.into_iter().zip(1..).filter_map(|(hit, i)| {
        let subject = found.remove(&hit.id)?;
        let score = relative(hit.score, page.best);
        Some(Hit { subject, score, passage: hit.passage, cursor: place(i) })
    });
    Ok(Found {
        total: page.total,
        hits: hits.collect(),
        end_cursor,
        has_next: page.has_next,
        did_you_mean: page.did_you_mean,
        tags: page.facets,
    })
}

/// Asks an index when it is this search's turn.
pub(super) async fn blocking<T: Send + 'static>(
    ask: impl FnOnce() -> Result<T, kontakt_index::Error> + Send + 'static,
) -> Result<T> {
    // Held by the work itself, which goes on when its request has been given up.
    let turn = SEARCHES.acquire().await.map_err(Error::internal)?;
    let work = move || {
        let _turn = turn;
        ask()
    };
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}

/// A score as a share of the best one, to three places. The index's own score is not shown: how
/// rare a word is in it counts staff articles too.
pub(super) fn relative(score: f32, best: f32) -> f64 {
    if best > 0.0 { (f64::from(score / best) * 1_000.0).round() / 1_000.0 } else { 1.0 }
}

/// The cursor's name of a search: a cursor of another question is refused.
pub(super) fn list_name(kind: &str, asked: &str) -> String {
    // Not the hasher of the standard library: its values differ between releases, and pages must
    // go on while nodes are exchanged.
    let digest = Sha256::digest(asked);
    format!("{kind} {:02x}{:02x}{:02x}{:02x}", digest[0], digest[1], digest[2], digest[3])
}

/// How many hits stand before the page.
pub(super) fn place_of(page: &PageRequest, list: &str, size: usize, max: usize) -> Result<usize> {
    let bad = || Error::BadRequest("bad-cursor".into());
    let offset = match page.after_key(list)? {
        Some(place) => place.parse().map_err(|_| bad())?,
        None => 0,
    };
    if offset > max || offset + size > max {
        return Err(Error::BadRequest(Message::new("too-deep-page").with("max", max)));
    }
    Ok(offset)
}

/// Refuses a question that is too long.
pub(super) fn check_length(question: &str) -> Result<()> {
    if question.chars().count() > QUERY_CHARS_MAX {
        let message = Message::new("bad-query-length").with("max", QUERY_CHARS_MAX);
        return Err(Error::BadRequest(message));
    }
    Ok(())
}

fn query(actor: &Actor, request: &SearchRequest, offset: usize, limit: usize) -> Result<Query> {
    check_length(&request.query)?;
    let mut readers = vec![ANYONE.to_owned()];
    if actor.reach(Permission::ReadStaffKnowledge) != Reach::Nothing {
        readers.push(STAFF.to_owned());
    }
    Ok(Query {
        text: request.query.clone(),
        readers,
        filter: filter(&request.filter)?,
        lang: Some(request.lang),
        typing: request.typing,
        facets: request.facets,
        offset,
        limit,
    })
}

fn filter(filter: &SearchFilter) -> Result<Vec<Vec<String>>> {
    let kinds = match filter.kinds.as_deref() {
        // A form has the words of its card, and would stand before what tells whether it is needed.
        None | Some([]) => &[SearchKind::ServiceCard, SearchKind::Article][..],
        Some(kinds) => kinds,
    };
    let kinds = kinds.iter().map(|kind| kind.tag()).collect();
    let tags = |family, values: &Option<Vec<String>>| {
        values.iter().flatten().map(|value| tag(family, value)).collect()
    };
    let online = filter.online.map(|online| tag("online", if online { "yes" } else { "no" }));
    let mut groups: Vec<Vec<String>> = vec![
        kinds,
        tags("unit", &filter.units),
        filter.areas.iter().flatten().map(|area| tag("area", &area.code())).collect(),
        tags("life-event", &filter.life_events),
        online.into_iter().collect(),
    ];
    // An empty list is a filter that nobody has set.
    groups.retain(|group| !group.is_empty());
    if groups.iter().any(|group| group.len() > FILTER_VALUES_MAX) {
        return Err(Error::BadRequest(Message::new("too-many").with("max", FILTER_VALUES_MAX)));
    }
    Ok(groups)
}
