//! The fields of a report, and how a document fills them. Nothing of it is stored but numbers: what is
//! shown of a hit is read where it is kept.

use tantivy::indexer::UserOperation;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STRING, Schema};
use tantivy::{TantivyDocument, Term};
use uuid::Uuid;

use crate::Lang;
use crate::analyzer::Analyzer;
use crate::fold::code;
use crate::reports::model::ReportDocument;
use crate::schema::{PHRASE_GAP, Words, terms};
use crate::store::Kind;
use crate::terms::gap;
use crate::text::tidy;

/// Of a longer text the rest is dropped.
pub(crate) const TEXT_CHARS_MAX: usize = 50_000;
/// The due day of what is owed no answer.
pub(super) const NEVER: i64 = i64::MAX;

/// Reports, and where their fields are.
pub struct Reports {
    /// The id, as a term to delete by, and as two columns.
    key: Field,
    pub(super) tag: Field,
    /// "KCK2026004571", and "#4571".
    pub(super) number: Field,
    pub(super) public: Texts,
    /// Of reports that are not public, what whoever sees them reads.
    pub(super) closed: Texts,
    /// What only staff reads, of all reports.
    pub(super) staff: Texts,
    columns: Columns,
}

/// The fields of one kind of text.
#[derive(Clone, Copy)]
pub(super) struct Texts {
    /// The analyzer's terms.
    pub(super) lem: Field,
    /// The words as they stand, folded: the vocabulary, what is quoted, and the exact form, which counts
    /// a little more.
    pub(super) fold: Field,
}

struct Columns {
    id: (Field, Field),
    seq: Field,
    received: Field,
    day: Field,
    due: Field,
    point: (Field, Field),
}

impl Kind for Reports {
    type Document = ReportDocument;

    const VERSION: &'static str = "reports 2";

    fn new() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let words = || terms(IndexRecordOption::WithFreqsAndPositions);
        let mut texts = |name: &str| Texts {
            lem: schema.add_text_field(&format!("{name}_lem"), words()),
            fold: schema.add_text_field(&format!("{name}_fold"), words()),
        };
        let (public, closed, staff) = (texts("public"), texts("closed"), texts("staff"));
        let columns = Columns {
            id: (schema.add_u64_field("id_high", FAST), schema.add_u64_field("id_low", FAST)),
            seq: schema.add_u64_field("seq", FAST),
            received: schema.add_i64_field("received", FAST),
            day: schema.add_i64_field("day", FAST),
            due: schema.add_i64_field("due", FAST),
            point: (
                schema.add_f64_field("latitude", FAST),
                schema.add_f64_field("longitude", FAST),
            ),
        };
        let reports = Self {
            key: schema.add_bytes_field("key", INDEXED),
            tag: schema.add_text_field("tag", STRING),
            number: schema.add_text_field("number", STRING),
            public,
            closed,
            staff,
            columns,
        };
        (schema.build(), reports)
    }

    fn id(document: &ReportDocument) -> Uuid {
        document.id
    }

    fn key(&self, id: Uuid) -> Term {
        Term::from_field_bytes(self.key, id.as_bytes())
    }

    fn additions(&self, report: &ReportDocument, analyzer: &dyn Analyzer) -> Vec<UserOperation> {
        let mut row = TantivyDocument::new();
        row.add_bytes(self.key, report.id.as_bytes());
        self.fill_columns(report, &mut row);
        report.tags.iter().for_each(|tag| row.add_text(self.tag, tag));
        numbers(&report.number).iter().for_each(|number| row.add_text(self.number, number));
        let seen = if report.public { self.public } else { self.closed };
        let texts = report.texts.iter().map(|(lang, text)| (*lang, text));
        seen.fill(&mut row, texts, analyzer);
        let staff = report.staff_texts.iter().map(|text| (Lang::Pl, text));
        self.staff.fill(&mut row, staff, analyzer);
        vec![UserOperation::Add(row)]
    }
}

impl Reports {
    fn fill_columns(&self, report: &ReportDocument, row: &mut TantivyDocument) {
        let columns = &self.columns;
        let (high, low) = report.id.as_u64_pair();
        row.add_u64(columns.id.0, high);
        row.add_u64(columns.id.1, low);
        row.add_u64(columns.seq, report.seq);
        row.add_i64(columns.received, report.received);
        row.add_i64(columns.day, report.day);
        row.add_i64(columns.due, report.due.unwrap_or(NEVER));
        if let Some((latitude, longitude)) = report.point {
            row.add_f64(columns.point.0, latitude);
            row.add_f64(columns.point.1, longitude);
        }
    }
}

impl Texts {
    /// Each text far from the one before, so that what stands close together is one text.
    fn fill<'a>(
        &self,
        row: &mut TantivyDocument,
        texts: impl Iterator<Item = (Lang, &'a String)>,
        analyzer: &dyn Analyzer,
    ) {
        let (mut lemmas, mut folds) = (Vec::new(), Vec::new());
        for (lang, text) in texts {
            let words = Words::of(&tidy(text, TEXT_CHARS_MAX));
            lemmas.push(words.lemmas(lang, analyzer));
            folds.push(words.folds());
        }
        if !lemmas.is_empty() {
            row.add_text(self.lem, lemmas.join(&gap(PHRASE_GAP)));
            row.add_text(self.fold, folds.join(&gap(PHRASE_GAP)));
        }
    }
}

/// How a number is asked for: whole, without the zeros in it, and by its last part alone.
fn numbers(number: &str) -> Vec<String> {
    let Some((series, last)) = number.rsplit_once('-') else { return vec![code(number)] };
    let last = last.trim_start_matches('0');
    vec![code(number), code(&format!("{series}{last}")), bare(last)]
}

/// The last part of a number, alone.
pub(super) fn bare(digits: &str) -> String {
    format!("#{}", digits.trim_start_matches('0'))
}
