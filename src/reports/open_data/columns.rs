//! The columns of the open data: one table, from which files and their dictionary are made.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use sea_orm::Iterable;

use crate::{
    reports::entity::{Channel, Outcome, ReportKind, Stage},
    words::{self, Lang},
};

/// A report as everybody may have it.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each field is a row of COLUMNS")]
pub struct Published {
    pub number: String,
    pub kind: ReportKind,
    pub category: String,
    pub category_name: String,
    pub group: String,
    pub channel: Channel,
    pub district: Option<i32>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub received_at: DateTime<Utc>,
    pub expected_by: NaiveDate,
    pub stage: Stage,
    pub outcome: Option<Outcome>,
    pub units: Vec<String>,
    pub answered_on: Option<NaiveDate>,
    pub resolved_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
    pub supports: i32,
}

/// A value of one column.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// There is none.
    Empty,
    /// A text or a code.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// Degrees.
    Degrees(f64),
    /// Several codes.
    List(&'a [String]),
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// A text.
    Text,
    /// One of the codes that the dictionary lists, or of a list that the API gives.
    Code,
    /// A whole number.
    Integer,
    /// Degrees of WGS 84.
    Degrees,
    /// An instant in UTC.
    Instant,
    /// A day in Krakow.
    Day,
    /// Several codes: in CSV with semicolons between.
    List,
}

/// A column of the open data.
pub struct Column {
    /// Its name in all formats.
    pub name: &'static str,
    /// What its values are.
    pub kind: CellKind,
    /// Whether it may be empty.
    pub optional: bool,
    /// What it means.
    pub about: &'static str,
    /// The codes that there are, with their Polish labels, where the program knows them all.
    pub codes: fn() -> Vec<(String, String)>,
    /// The value for a report.
    pub cell: fn(&Published) -> Cell<'_>,
}

/// What stays out of the open data, and why.
pub const KEPT_BACK: &[(&str, &str)] = &[
    (
        "description",
        "people write names and circumstances into it; a machine finds only what has a form, such as a telephone number",
    ),
    (
        "address",
        "typed by people, who write house numbers, flats and names; the district and the rounded point remain",
    ),
    (
        "exact point",
        "degrees are rounded to three decimals, a cell of about 110 by 70 metres: the exact point of a report is often somebody's home",
    ),
    ("person", "contact, account, photos, feedback and notes of staff are never given out"),
];

/// Decimals of the degrees that are given out.
const DEGREE_DECIMALS: i32 = 3;

/// All columns in their order.
pub const COLUMNS: &[Column] = &[
    needed("number", CellKind::Text, "The public number, which stays the same for ever.", |row| {
        text(&row.number)
    }),
    Column {
        codes: || codes("report-kind", ReportKind::iter()),
        ..needed("kind", CellKind::Code, "Whether it is a problem or an idea.", |row| {
            code(&row.kind)
        })
    },
    needed("category", CellKind::Code, "The code of the category.", |row| text(&row.category)),
    needed(
        "category_name",
        CellKind::Text,
        "The category in Polish, as it is called now.",
        |row| text(&row.category_name),
    ),
    needed(
        "group",
        CellKind::Code,
        "The code of the category above it, or its own: the groups of the city's publications.",
        |row| text(&row.group),
    ),
    Column {
        codes: || codes("report-channel", Channel::iter()),
        ..needed("channel", CellKind::Code, "The way on which it came.", |row| code(&row.channel))
    },
    optional("district", CellKind::Integer, "The number of the district, 1 to 18.", |row| {
        row.district.map_or(Cell::Empty, |number| Cell::Integer(number.into()))
    }),
    optional(
        "latitude",
        CellKind::Degrees,
        "Degrees north in WGS 84, rounded to three decimals.",
        |row| degrees(row.latitude),
    ),
    optional(
        "longitude",
        CellKind::Degrees,
        "Degrees east in WGS 84, rounded to three decimals.",
        |row| degrees(row.longitude),
    ),
    needed("received_at", CellKind::Instant, "When it came in, in UTC.", |row| {
        Cell::Text(row.received_at.to_rfc3339_opts(SecondsFormat::Secs, true).into())
    }),
    needed("expected_by", CellKind::Day, "The day by which an answer was promised.", |row| {
        Cell::Text(row.expected_by.to_string().into())
    }),
    Column {
        codes: || codes("report-stage", Stage::iter().filter(|stage| stage.is_public())),
        ..needed("stage", CellKind::Code, "Where it stands on its way.", |row| code(&row.stage))
    },
    Column {
        codes: || codes("report-outcome", Outcome::iter()),
        ..optional("outcome", CellKind::Code, "What became of it.", |row| {
            row.outcome.as_ref().map_or(Cell::Empty, code)
        })
    },
    optional("outcome_label", CellKind::Text, "The outcome as the city publishes it.", |row| {
        let label = |outcome| words::label_of(Lang::Pl, "report-outcome", outcome);
        row.outcome.as_ref().map_or(Cell::Empty, |outcome| Cell::Text(label(outcome).into()))
    }),
    optional("units", CellKind::List, "The codes of the units that were given it.", |row| {
        Cell::List(&row.units)
    }),
    optional("answered_on", CellKind::Day, "The day on which the last unit answered.", |row| {
        day(row.answered_on)
    }),
    optional("resolved_on", CellKind::Day, "The day on which it was done as was asked.", |row| {
        day(row.resolved_on)
    }),
    optional("closed_on", CellKind::Day, "The day on which its author was told.", |row| {
        day(row.closed_on)
    }),
    needed("supports", CellKind::Integer, "How many residents support it.", |row| {
        Cell::Integer(row.supports.into())
    }),
];

const fn needed(
    name: &'static str,
    kind: CellKind,
    about: &'static str,
    cell: fn(&Published) -> Cell<'_>,
) -> Column {
    Column { name, kind, optional: false, about, codes: Vec::new, cell }
}

const fn optional(
    name: &'static str,
    kind: CellKind,
    about: &'static str,
    cell: fn(&Published) -> Cell<'_>,
) -> Column {
    Column { optional: true, ..needed(name, kind, about, cell) }
}

fn text(value: &str) -> Cell<'_> {
    Cell::Text(value.into())
}

fn code<'a>(value: &impl serde::Serialize) -> Cell<'a> {
    Cell::Text(words::code(value).into())
}

fn day<'a>(day: Option<NaiveDate>) -> Cell<'a> {
    day.map_or(Cell::Empty, |day| Cell::Text(day.to_string().into()))
}

fn degrees<'a>(exact: Option<f64>) -> Cell<'a> {
    let scale = 10_f64.powi(DEGREE_DECIMALS);
    exact.map_or(Cell::Empty, |exact| Cell::Degrees((exact * scale).round() / scale))
}

fn codes<T: serde::Serialize>(
    family: &str,
    values: impl Iterator<Item = T>,
) -> Vec<(String, String)> {
    values.map(|value| (words::code(&value), words::label_of(Lang::Pl, family, &value))).collect()
}
