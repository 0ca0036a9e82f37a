//! What goes in and what comes out.

use std::ops::RangeInclusive;

use uuid::Uuid;

use crate::Lang;

/// A report as it is found.
#[derive(Clone, Debug)]
pub struct ReportDocument {
    /// The same id replaces it.
    pub id: Uuid,
    /// Its place among all reports: of two that came at the same instant the later one.
    pub seq: u64,
    /// Its public number, "KCK-2026-004571".
    pub number: String,
    /// When it came, in microseconds since 1970.
    pub received: i64,
    /// On which day, in days since 1970.
    pub day: i64,
    /// The day by which an answer is owed, while one is.
    pub due: Option<i64>,
    /// Degrees north and east.
    pub point: Option<(f64, f64)>,
    /// Whether everybody may see it.
    pub public: bool,
    /// What it can be filtered by, "kind:PROBLEM".
    pub tags: Vec<String>,
    /// What whoever sees it may read.
    pub texts: Vec<(Lang, String)>,
    /// What only staff reads.
    pub staff_texts: Vec<String>,
}

/// How far somebody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Not at all.
    Nothing,
    /// What has this tag.
    Tagged(String),
    /// Everything.
    Everything,
}

/// A part of the map.
#[derive(Clone, Debug, PartialEq)]
pub enum Area {
    /// Degrees north, degrees east, borders included.
    Box(RangeInclusive<f64>, RangeInclusive<f64>),
    /// A circle.
    Circle {
        /// Degrees north and east of its middle.
        middle: (f64, f64),
        /// Metres of a degree north and of a degree east, there.
        degree: (f64, f64),
        /// Its radius, border included.
        metres: f64,
    },
}

/// What is told by numbers; all of it must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportRange {
    /// Days on which it came, from and to.
    pub day: (Option<i64>, Option<i64>),
    /// Whether its answer was owed before a day.
    pub late: Option<(bool, i64)>,
    /// Where it is.
    pub areas: Vec<Area>,
}

/// The order of what is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// What has most of the words first, of equals the newest.
    Best,
    /// What came last first.
    Newest,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct ReportQuery {
    /// The words as typed; 32 words and 1,000 characters of it are used. Without words all is found
    /// that passes the filter, newest first.
    pub text: String,
    /// One word is enough; else two of three have to be there, and both of two.
    pub any_word: bool,
    /// Which reports that are not public are seen.
    pub reports: Sight,
    /// Of which reports what only staff reads is searched.
    pub staff_texts: Sight,
    /// Groups of tags: a report has one tag of every group. An empty group lets nothing through.
    pub filter: Vec<Vec<String>>,
    /// What is told by numbers.
    pub range: ReportRange,
    /// The order.
    pub sorted: Sorted,
    /// How many to pass over.
    pub offset: usize,
    /// How many to give.
    pub limit: usize,
}

/// A part of what was found.
#[derive(Clone, Debug, Default)]
pub struct ReportPage {
    /// How many match in all, of those that are seen.
    pub total: usize,
    /// The score of the best on whatever page it is; 0 without words.
    pub best: f32,
    /// In their order.
    pub hits: Vec<ReportHit>,
    /// Whether reports follow after these.
    pub has_next: bool,
}

/// A report that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportHit {
    /// The report.
    pub id: Uuid,
    /// Only for comparing hits of one query.
    pub score: f32,
    /// How much of the question it has, 0 to 1; of the best hundred.
    pub coverage: f32,
}
