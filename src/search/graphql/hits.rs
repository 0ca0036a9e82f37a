//! The query `search`.

use async_graphql::{Context, ID, Object, SimpleObject, Union};

use crate::{
    articles::ArticleObject,
    cards::CardObject,
    forms::FormObject,
    graphql::{ContextExt, Nullable, PageInfo},
    page::PageRequest,
    search::{
        actions::{self, Found, Hit, SearchFilter, SearchKind, SearchRequest},
        graphql::facets::{self, Facet},
        log,
        subjects::Subject,
    },
    words::{self, Lang},
};

/// What a hit is.
#[derive(Clone, Union)]
pub enum SearchSubject {
    /// A service card.
    ServiceCard(CardObject),
    /// An article.
    Article(ArticleObject),
    /// An electronic form.
    Form(FormObject),
}

/// A page of what a search found.
#[derive(SimpleObject)]
pub struct SearchConnection {
    /// How many things match in all, of those you may read.
    total_count: usize,
    /// The search in the log: give it to `recordSearchClick` when a hit is opened, and as
    /// `previousSearchId` when the reader asks again. Null for a further page, while typing, for a
    /// question without words, and when the search was not logged.
    search_id: Option<ID>,
    /// The question with its misspelt words corrected, when words were unknown and others are near.
    /// The hits include what the corrected words find.
    did_you_mean: Option<String>,
    /// The hits with their cursors.
    edges: Vec<SearchEdge>,
    /// The hits, best first.
    nodes: Vec<SearchHit>,
    /// How all hits spread over kinds, areas, units, life events, and whether it goes online.
    facets: Vec<Facet>,
    /// Where the page stands.
    page_info: PageInfo,
}

/// A hit with its cursor.
#[derive(SimpleObject)]
pub struct SearchEdge {
    /// Give this as `after` to get what follows.
    cursor: String,
    /// The hit.
    node: SearchHit,
}

/// A hit with the language of its reader.
#[derive(Clone)]
pub struct SearchHit {
    hit: Hit,
    lang: Lang,
}

/// The part of a thing that answers the question best.
#[derive(SimpleObject)]
pub struct SearchPassage {
    /// The section: a code such as `FEES` of a card, the heading of an article, or `TEXT`.
    section: String,
    /// The section in the reader's language.
    section_label: String,
    /// The language of the passage, as a BCP 47 tag.
    language: &'static str,
    /// The passage as plain text.
    text: String,
    /// The passage as escaped HTML with the words found in `<mark>`.
    html: String,
}

/// A thing that was found, with the passage that answers best.
#[Object]
impl SearchHit {
    /// The slug of the card, article or form; of an imported article, the id given at import.
    fn external_id(&self) -> &str {
        match &self.hit.subject {
            Subject::Card(listed) => &listed.card.slug,
            Subject::Article(article) => &article.slug,
            Subject::Form(listed) => &listed.form.slug,
        }
    }

    /// What kind of thing it is.
    fn kind(&self) -> SearchKind {
        match &self.hit.subject {
            Subject::Card(_) => SearchKind::ServiceCard,
            Subject::Article(_) => SearchKind::Article,
            Subject::Form(_) => SearchKind::Form,
        }
    }

    /// Title in the reader's language where it is translated.
    fn title(&self) -> &str {
        match &self.hit.subject {
            Subject::Card(listed) => listed.version.content.title_in(self.lang),
            Subject::Article(article) => &article.content.title,
            Subject::Form(listed) => listed.version.content.title.read(self.lang),
        }
    }

    /// The path of its page; null while no page serves it.
    fn url(&self) -> Option<String> {
        None
    }

    /// How well it fits, from 0 to 1 for the best hit of the whole search.
    fn score(&self) -> f64 {
        self.hit.score
    }

    /// The part that answers the question best.
    fn passage(&self) -> SearchPassage {
        let passage = &self.hit.passage;
        SearchPassage {
            section: passage.section.clone(),
            section_label: self.hit.section_label(self.lang),
            language: words::tag(passage.lang),
            text: passage.text.clone(),
            html: passage.html.clone(),
        }
    }

    /// The thing itself.
    fn subject(&self) -> SearchSubject {
        match self.hit.subject.clone() {
            Subject::Card(listed) => SearchSubject::ServiceCard(CardObject::new(listed, self.lang)),
            Subject::Article(article) => SearchSubject::Article(ArticleObject(article)),
            Subject::Form(listed) => SearchSubject::Form(FormObject::new(listed, self.lang)),
        }
    }
}

impl SearchConnection {
    fn of(found: Found, search_id: Option<ID>, lang: Lang) -> Self {
        let page_info = PageInfo {
            has_next_page: found.has_next,
            has_previous_page: false,
            start_cursor: found.hits.first().map(|hit| hit.cursor.clone()),
            end_cursor: found.end_cursor,
        };
        let nodes: Vec<SearchHit> =
            found.hits.into_iter().map(|hit| SearchHit { hit, lang }).collect();
        let edge =
            |node: &SearchHit| SearchEdge { cursor: node.hit.cursor.clone(), node: node.clone() };
        Self {
            total_count: found.total,
            search_id,
            did_you_mean: found.did_you_mean,
            edges: nodes.iter().map(edge).collect(),
            nodes,
            facets: facets::of(&found.tags),
            page_info,
        }
    }
}

/// Queries on the search.
#[derive(Default)]
pub struct SearchQueries;

#[Object]
impl SearchQueries {
    /// Finds cards and articles, and forms where the filter names them, by the words that people use:
    /// without diacritics, inflected, misspelt, colloquial, by symbol ("sa 10"). What has the phrases in
    /// quotation marks comes first. "ile kosztuje", "gdzie", "jakie dokumenty", "jaki termin" lead to
    /// the section that tells it. Articles for staff are found by staff only. What is asked is logged
    /// without who asked, and without long numbers, registration plates and e-mail addresses.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The words, at most 1,000 characters; of more than 32 words the first count."
        )]
        query: String,
        #[graphql(desc = "Hits on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
        #[graphql(desc = "What narrows the search.")] filter: Option<SearchFilter>,
        #[graphql(
            default,
            desc = "The question is still being typed: its last word may be unfinished."
        )]
        typing: bool,
        #[graphql(desc = "The `searchId` of the search that this one says again in other words.")]
        previous_search_id: Option<ID>,
    ) -> Nullable<SearchConnection> {
        let request = SearchRequest {
            query,
            filter: filter.unwrap_or_default(),
            page: PageRequest { first, after },
            lang: ctx.lang(),
            typing,
            facets: ctx.look_ahead().field("facets").exists(),
        };
        let app = &ctx.caller().app;
        let found =
            actions::search(ctx.db(), &app.index, &app.subjects, ctx.actor(), &request).await;
        Some(found.map(|found| {
            let id = log::note(ctx, &request, &found, previous_search_id.as_ref());
            SearchConnection::of(found, id, ctx.lang())
        }))
    }
}
