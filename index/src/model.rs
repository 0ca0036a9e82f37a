//! What goes in and what comes out.

use uuid::Uuid;

use crate::Error;

/// The most hits one page may hold.
pub const LIMIT_MAX: usize = 100;
/// The deepest hit a page may begin after: beyond it nobody reads, and every step costs memory.
pub const OFFSET_MAX: usize = 10_000;
/// The most readers and filter values one query may name, all groups together.
pub const FILTER_VALUES_MAX: usize = 500;

/// What is found: a service card, an article, with all that may be read of it.
#[derive(Clone, Debug)]
pub struct Document {
    /// The same id replaces the document.
    pub id: Uuid,
    /// Symbols that people quote, "SA-10"; case, spaces and hyphens do not matter.
    pub codes: Vec<String>,
    /// Who may find it: a query sees it when it reads as one of these. Nobody, when empty.
    pub readers: Vec<String>,
    /// What it can be filtered by, "unit:SA".
    pub tags: Vec<String>,
    /// Its text, section by section and language by language. Without passages it is not found.
    pub passages: Vec<Passage>,
}

/// One section of a document in one language.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The language it is written in.
    pub lang: Lang,
    /// The caller's code of the section, given back with the hit.
    pub section: String,
    /// What kind of question the section answers, if one kind above others.
    pub answers: Option<Aspect>,
    /// The title of the document (and of the section, if it has one) in this language.
    pub title: String,
    /// Words and phrases that people use for the matter: searched, and never shown.
    pub keywords: Vec<String>,
    /// The plain text; of a very long one, only the first 50,000 characters are kept.
    pub text: String,
}

/// A language that passages are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Polish.
    #[default]
    Pl,
    /// English.
    En,
    /// Ukrainian.
    Uk,
}

/// What a question wants to know of its matter, and a section tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// What the matter is: what is shown when nothing else was asked for.
    Overview,
    /// What it costs.
    Cost,
    /// How long it takes, or until when.
    Time,
    /// Where to go.
    Place,
    /// What to bring.
    Documents,
    /// How to appeal.
    Appeal,
}

/// One step of following the database.
#[derive(Clone, Debug)]
pub enum Change<D = Document> {
    /// The document is new or has changed.
    Put(D),
    /// The document is gone; harmless when it was never there.
    Remove(Uuid),
}

/// How far the index has followed its database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Which database: another one has another epoch.
    pub epoch: Uuid,
    /// The last event that was taken in.
    pub cursor: i64,
    /// Up to which of the documents, counted by the caller, all of them were taken in, whatever the
    /// events told; 0 where they are not counted.
    pub through: i64,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Query {
    /// The words as typed; 32 words and 1,000 characters of it are used. What has the phrases in
    /// quotation marks as they stand comes first.
    pub text: String,
    /// Whom the caller reads as, "anyone", "staff"; nothing is found when empty.
    pub readers: Vec<String>,
    /// Groups of tags: a document has one tag of every group. An empty group lets nothing through.
    pub filter: Vec<Vec<String>>,
    /// The language whose passage is shown when several match about as well; else Polish.
    pub lang: Option<Lang>,
    /// The last word may be unfinished.
    pub typing: bool,
    /// Whether to count the tags of everything that was found.
    pub facets: bool,
    /// How many documents to pass over.
    pub offset: usize,
    /// How many documents to give.
    pub limit: usize,
}

impl Query {
    /// Refuses what would cost too much.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let values = self.readers.len() + self.filter.iter().map(Vec::len).sum::<usize>();
        check_page(self.offset, self.limit, values, self.filter.len())
    }
}

/// Refuses a page or a filter that would cost too much.
pub(crate) fn check_page(
    offset: usize,
    limit: usize,
    values: usize,
    groups: usize,
) -> Result<(), Error> {
    if limit > LIMIT_MAX {
        return Err(Error::LimitTooLarge { asked: limit });
    }
    if offset > OFFSET_MAX {
        return Err(Error::OffsetTooLarge { asked: offset });
    }
    if values > FILTER_VALUES_MAX || groups > FILTER_VALUES_MAX {
        return Err(Error::TooManyFilterValues);
    }
    Ok(())
}

/// A part of what was found, best first.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// How many documents match in all, of those the caller may read.
    pub total: usize,
    /// The score of the best hit of the whole search, on whatever page it is; 0 without hits.
    pub best: f32,
    /// By falling score, then by id, so that pages neither overlap nor leave gaps.
    pub hits: Vec<Hit>,
    /// Whether documents follow after these.
    pub has_next: bool,
    /// The text with its misspelt words corrected, when words were unknown and others are near.
    /// The hits already include what the corrected words find.
    pub did_you_mean: Option<String>,
    /// Each tag of what was found, and how many documents have it; in the order of the tags.
    pub facets: Vec<(String, usize)>,
}

/// A document that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The document's id.
    pub id: Uuid,
    /// Only for comparing hits of one query.
    pub score: f32,
    /// The passage that answers best.
    pub passage: Excerpt,
}

/// What is shown of a passage: a window of at most 320 characters, with "…" where it was cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The section it stands in.
    pub section: String,
    /// The language it is written in.
    pub lang: Lang,
    /// The plain text.
    pub text: String,
    /// The same text escaped for HTML, with `<mark>` around the words that were found.
    pub html: String,
}
