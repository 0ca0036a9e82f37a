//! The fields of a passage, and how a document fills them.
//!
//! One tantivy document is one passage; it carries the id of its parent. Our own code makes the
//! terms and hands them over joined by spaces, so that documents and queries cannot drift apart.
//! Positions are not kept: nothing asks for them yet, and a new schema only costs a rebuild.

use tantivy::indexer::UserOperation;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{TantivyDocument, Term};
use uuid::Uuid;

use crate::analyzer::Analyzer;
use crate::fold::{code, fold, lower};
use crate::text::{tidy, words};
use crate::{Change, Document, Lang, Passage};

/// Goes up when a field changes or is filled in another way; every index is then rebuilt.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// Of a longer passage the rest is dropped: refusing it would stop the feed for one bad text.
const PASSAGE_CHARS_MAX: usize = 50_000;

/// Handles of the fields.
#[derive(Clone)]
pub(crate) struct Fields {
    /// The document's id: a column to group by, a term to delete by.
    pub(crate) parent: Field,
    pub(crate) lang: Field,
    pub(crate) code: Field,
    pub(crate) reader: Field,
    pub(crate) tag: Field,
    /// The analyzer's terms.
    pub(crate) title_lem: Field,
    pub(crate) body_lem: Field,
    /// The words as they stand, folded: the exact form counts a little more, and has prefixes.
    pub(crate) title_fold: Field,
    pub(crate) body_fold: Field,
    /// What a hit shows.
    pub(crate) section: Field,
    pub(crate) text: Field,
}

impl Fields {
    /// The schema, and where its fields are.
    pub(crate) fn new() -> (Schema, Fields) {
        let mut schema = Schema::builder();
        let fields = Fields {
            parent: schema.add_bytes_field("parent", FAST | INDEXED),
            lang: schema.add_u64_field("lang", FAST | STORED),
            code: schema.add_text_field("code", STRING),
            reader: schema.add_text_field("reader", STRING),
            tag: schema.add_text_field("tag", STRING),
            title_lem: schema.add_text_field("t_lem", terms()),
            body_lem: schema.add_text_field("b_lem", terms()),
            title_fold: schema.add_text_field("t_fold", terms()),
            body_fold: schema.add_text_field("b_fold", terms()),
            section: schema.add_text_field("section", STORED),
            text: schema.add_text_field("text", STORED),
        };
        (schema.build(), fields)
    }

    /// What tantivy has to do for this change. One batch lands in one segment as a whole.
    pub(crate) fn operations(&self, change: Change, analyzer: &dyn Analyzer) -> Vec<UserOperation> {
        match change {
            Change::Remove(id) => vec![UserOperation::Delete(self.parent(id))],
            Change::Put(document) => {
                let mut operations = vec![UserOperation::Delete(self.parent(document.id))];
                operations.extend(self.additions(&document, analyzer));
                operations
            }
        }
    }

    /// The document's passages, for an index that does not have it yet.
    pub(crate) fn additions(
        &self,
        document: &Document,
        analyzer: &dyn Analyzer,
    ) -> Vec<UserOperation> {
        let passages = document.passages.iter();
        passages.map(|one| UserOperation::Add(self.passage(document, one, analyzer))).collect()
    }

    fn passage(
        &self,
        document: &Document,
        passage: &Passage,
        analyzer: &dyn Analyzer,
    ) -> TantivyDocument {
        let title = tidy(&passage.title, PASSAGE_CHARS_MAX);
        let text = tidy(&passage.text, PASSAGE_CHARS_MAX);
        let mut row = TantivyDocument::new();
        row.add_bytes(self.parent, document.id.as_bytes());
        row.add_u64(self.lang, lang_number(passage.lang));
        document.codes.iter().for_each(|one| row.add_text(self.code, code(one)));
        document.readers.iter().for_each(|reader| row.add_text(self.reader, reader));
        document.tags.iter().for_each(|tag| row.add_text(self.tag, tag));
        row.add_text(self.title_lem, lemmas(&title, passage.lang, analyzer));
        row.add_text(self.body_lem, lemmas(&text, passage.lang, analyzer));
        row.add_text(self.title_fold, folds(&title));
        row.add_text(self.body_fold, folds(&text));
        row.add_text(self.section, &passage.section);
        row.add_text(self.text, &text);
        row
    }

    fn parent(&self, id: Uuid) -> Term {
        Term::from_field_bytes(self.parent, id.as_bytes())
    }
}

/// A language as it is stored.
pub(crate) fn lang_number(lang: Lang) -> u64 {
    match lang {
        Lang::Pl => 0,
        Lang::En => 1,
        Lang::Uk => 2,
    }
}

/// A stored language. Polish stands for any other number, which no index of this version has.
pub(crate) fn lang_of(number: u64) -> Lang {
    match number {
        1 => Lang::En,
        2 => Lang::Uk,
        _ => Lang::Pl,
    }
}

fn terms() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("whitespace")
        .set_index_option(IndexRecordOption::WithFreqs);
    TextOptions::default().set_indexing_options(indexing)
}

fn lemmas(text: &str, lang: Lang, analyzer: &dyn Analyzer) -> String {
    words(text)
        .flat_map(|word| analyzer.terms(&lower(word.text), lang))
        .collect::<Vec<_>>()
        .join(" ")
}

fn folds(text: &str) -> String {
    words(text).map(|word| fold(&lower(word.text))).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyzer::SnowballPolish;

    #[test]
    fn a_language_survives_storage() {
        for lang in [Lang::Pl, Lang::En, Lang::Uk] {
            assert_eq!(lang_of(lang_number(lang)), lang);
        }
    }

    #[test]
    fn a_text_becomes_its_terms() {
        let analyzer = SnowballPolish::new();
        assert_eq!(folds("Utrata dowodu: ZGŁOŚ!"), "utrata dowodu zglos");
        assert_eq!(lemmas("Lost cards", Lang::En, &analyzer), "lost cards");
        assert_eq!(lemmas("dowodu", Lang::Pl, &analyzer), "dowod");
    }

    #[test]
    fn replacing_a_document_is_one_batch() {
        let passage = Passage {
            lang: Lang::Pl,
            section: "opis".into(),
            title: "Dowód".into(),
            text: "Tekst".into(),
        };
        let document = Document {
            id: Uuid::from_u128(1),
            codes: vec![],
            readers: vec![],
            tags: vec![],
            passages: vec![passage.clone(), passage],
        };
        let (_, fields) = Fields::new();
        let operations = fields.operations(Change::Put(document), &SnowballPolish::new());
        assert_eq!(operations.len(), 3);
        assert!(matches!(operations[0], UserOperation::Delete(_)));
    }
}
