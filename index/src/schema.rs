//! The fields of a passage, and how a document fills them.
//!
//! One tantivy document is one passage; it carries the id of its parent. Our own code makes the
//! terms and hands them over with their positions (all terms of a word at one), so that documents and
//! queries cannot drift apart.

use tantivy::indexer::UserOperation;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{TantivyDocument, Term};
use uuid::Uuid;

use crate::analyzer::Analyzer;
use crate::fold::{code, fold, lower};
use crate::terms::{TOKENIZER, gap, join, split};
use crate::text::{tidy, words};
use crate::{Aspect, Document, Lang, Passage};

/// Goes up when a field changes or is filled in another way; every index is then rebuilt.
pub(crate) const VERSION: &str = "2";

/// Wider than any window in which words count as close together.
pub(crate) const PHRASE_GAP: usize = 20;
/// Of a longer passage the rest is dropped: refusing it would stop the feed for one bad text.
pub(crate) const PASSAGE_CHARS_MAX: usize = 50_000;

/// Between a folded form and how it is written, in the field `form`.
pub(crate) const FORM_SEPARATOR: char = '\0';

/// A word as it is kept for a reader.
pub(crate) fn for_reader(reader: &str, word: &str) -> String {
    format!("{reader}{READER_SEPARATOR}{word}")
}

/// No name of a reader has it.
const READER_SEPARATOR: char = '\u{2}';

/// Handles of the fields.
#[derive(Clone)]
pub(crate) struct Fields {
    /// The document's id, as a term to delete by.
    pub(crate) parent: Field,
    /// The same as two columns to group by: half of it each, because a column of bytes costs a
    /// third of a search.
    pub(crate) parent_high: Field,
    pub(crate) parent_low: Field,
    pub(crate) lang: Field,
    pub(crate) code: Field,
    pub(crate) reader: Field,
    pub(crate) tag: Field,
    /// The analyzer's terms.
    pub(crate) title_lem: Field,
    pub(crate) body_lem: Field,
    /// Of the keywords, phrase by phrase.
    pub(crate) keys_lem: Field,
    /// The words as they stand, folded: the exact form counts a little more, and can be quoted.
    pub(crate) title_fold: Field,
    pub(crate) body_fold: Field,
    /// Every word, folded and as it is written, for each reader: the vocabulary.
    pub(crate) form: Field,
    /// Every term, for each reader.
    pub(crate) known: Field,
    /// Language and kind of section in one column, because every match is looked up in it.
    pub(crate) traits: Field,
    /// What a hit shows.
    pub(crate) section: Field,
    pub(crate) text: Field,
}

impl Fields {
    /// The schema, and where its fields are.
    pub(crate) fn new() -> (Schema, Fields) {
        let mut schema = Schema::builder();
        let fields = Fields {
            parent: schema.add_bytes_field("parent", INDEXED),
            parent_high: schema.add_u64_field("parent_high", FAST),
            parent_low: schema.add_u64_field("parent_low", FAST),
            lang: schema.add_u64_field("lang", STORED),
            code: schema.add_text_field("code", STRING),
            reader: schema.add_text_field("reader", STRING),
            tag: schema.add_text_field("tag", STRING | FAST),
            title_lem: schema
                .add_text_field("t_lem", terms(IndexRecordOption::WithFreqsAndPositions)),
            body_lem: schema
                .add_text_field("b_lem", terms(IndexRecordOption::WithFreqsAndPositions)),
            keys_lem: schema
                .add_text_field("k_lem", terms(IndexRecordOption::WithFreqsAndPositions)),
            title_fold: schema
                .add_text_field("t_fold", terms(IndexRecordOption::WithFreqsAndPositions)),
            body_fold: schema
                .add_text_field("b_fold", terms(IndexRecordOption::WithFreqsAndPositions)),
            form: schema.add_text_field("form", terms(IndexRecordOption::Basic)),
            known: schema.add_text_field("known", terms(IndexRecordOption::Basic)),
            traits: schema.add_u64_field("traits", FAST),
            section: schema.add_text_field("section", STORED),
            text: schema.add_text_field("text", STORED),
        };
        (schema.build(), fields)
    }

    /// The document's passages, for an index that does not have it yet.
    pub(crate) fn additions(
        &self,
        document: &Document,
        analyzer: &dyn Analyzer,
    ) -> Vec<UserOperation> {
        // The passages of one language share their keywords.
        let mut shared: Option<(Lang, &[String], Keywords)> = None;
        let passages = document.passages.iter().map(|passage| {
            let (lang, keywords) = (passage.lang, passage.keywords.as_slice());
            let is_first =
                shared.as_ref().is_none_or(|(other, of, _)| (*other, *of) != (lang, keywords));
            if is_first {
                shared = Some((lang, keywords, Keywords::of(keywords, lang, analyzer)));
            }
            let mut row = self.passage(document, passage, analyzer);
            if let Some((_, _, keywords)) = &shared {
                row.add_text(self.keys_lem, &keywords.lemmas);
                // Once is enough for the vocabulary.
                if is_first {
                    row.add_text(self.form, each_reader(&keywords.forms, &document.readers));
                    row.add_text(self.known, each_reader(&keywords.lemmas, &document.readers));
                }
            }
            UserOperation::Add(row)
        });
        passages.collect()
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
        let (high, low) = document.id.as_u64_pair();
        row.add_bytes(self.parent, document.id.as_bytes());
        row.add_u64(self.parent_high, high);
        row.add_u64(self.parent_low, low);
        row.add_u64(self.lang, lang_number(passage.lang));
        document.codes.iter().for_each(|one| row.add_text(self.code, code(one)));
        document.readers.iter().for_each(|reader| row.add_text(self.reader, reader));
        document.tags.iter().for_each(|tag| row.add_text(self.tag, tag));
        row.add_u64(self.traits, traits(passage.lang, passage.answers));
        let (title_words, text_words) = (Words::of(&title), Words::of(&text));
        for (words, field) in [(&title_words, self.title_lem), (&text_words, self.body_lem)] {
            let lemmas = words.lemmas(passage.lang, analyzer);
            row.add_text(self.known, each_reader(&lemmas, &document.readers));
            row.add_text(field, lemmas);
        }
        row.add_text(self.title_fold, title_words.folds());
        row.add_text(self.body_fold, text_words.folds());
        row.add_text(self.form, each_reader(&title_words.forms(), &document.readers));
        row.add_text(self.form, each_reader(&text_words.forms(), &document.readers));
        row.add_text(self.section, &passage.section);
        row.add_text(self.text, &text);
        row
    }

    /// What all passages of a document have.
    pub(crate) fn parent(&self, id: Uuid) -> Term {
        Term::from_field_bytes(self.parent, id.as_bytes())
    }
}

/// A language as it is stored.
fn lang_number(lang: Lang) -> u64 {
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

/// Language and kind of section as one number.
fn traits(lang: Lang, answers: Option<Aspect>) -> u64 {
    lang_number(lang) << LANG_SHIFT | answers.map_or(0, aspect_number)
}

/// Whether a passage with these traits is in a language.
pub(crate) fn is_in(traits: u64, lang: Lang) -> bool {
    traits >> LANG_SHIFT == lang_number(lang)
}

/// Whether a passage with these traits answers such questions.
pub(crate) fn is_about(traits: u64, aspect: Aspect) -> bool {
    traits & ((1 << LANG_SHIFT) - 1) == aspect_number(aspect)
}

/// The aspect stands in the bits below the language.
const LANG_SHIFT: u32 = 8;

/// An aspect as it is stored; 0 is none.
fn aspect_number(aspect: Aspect) -> u64 {
    match aspect {
        Aspect::Overview => 1,
        Aspect::Cost => 2,
        Aspect::Time => 3,
        Aspect::Place => 4,
        Aspect::Documents => 5,
        Aspect::Appeal => 6,
    }
}

pub(crate) fn terms(kept: IndexRecordOption) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_index_option(kept);
    TextOptions::default().set_indexing_options(indexing)
}

/// Joined terms as each of the readers knows them; their positions do not matter.
fn each_reader(joined: &str, readers: &[String]) -> String {
    let own = |term: &str| -> Vec<String> {
        readers.iter().map(|reader| for_reader(reader, term)).collect()
    };
    join(split(joined).map(own))
}

/// The terms of keywords.
struct Keywords {
    lemmas: String,
    forms: String,
}

impl Keywords {
    fn of(keywords: &[String], lang: Lang, analyzer: &dyn Analyzer) -> Keywords {
        let phrases = keywords.iter().map(|phrase| Words::of(&tidy(phrase, PASSAGE_CHARS_MAX)));
        let phrases: Vec<Words> = phrases.collect();
        // Far from the phrase before, so that what stands close together is one phrase.
        let lemmas = phrases.iter().map(|words| words.lemmas(lang, analyzer));
        let lemmas: Vec<String> = lemmas.collect();
        let forms: Vec<String> = phrases.iter().map(Words::forms).collect();
        Keywords { lemmas: lemmas.join(&gap(PHRASE_GAP)), forms: forms.join(&gap(1)) }
    }
}

/// The words of a text in lower case, as they are written and folded.
pub(crate) struct Words(Vec<(String, String)>);

impl Words {
    pub(crate) fn of(text: &str) -> Words {
        let both = |lower: String| (fold(&lower), lower);
        Words(words(text).map(|word| both(lower(word.text))).collect())
    }

    pub(crate) fn lemmas(&self, lang: Lang, analyzer: &dyn Analyzer) -> String {
        join(self.0.iter().map(|(_, lower)| analyzer.terms(lower, lang)))
    }

    pub(crate) fn folds(&self) -> String {
        join(self.0.iter().map(|(fold, _)| vec![fold.clone()]))
    }

    fn forms(&self) -> String {
        join(self.0.iter().map(|(fold, lower)| vec![format!("{fold}{FORM_SEPARATOR}{lower}")]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyzer::Morphology;
    use crate::store::Kind;
    use crate::{Change, Passages};

    #[test]
    fn a_language_survives_storage() {
        for lang in [Lang::Pl, Lang::En, Lang::Uk] {
            assert_eq!(lang_of(lang_number(lang)), lang);
        }
    }

    #[test]
    fn traits_tell_language_and_aspect_apart() {
        let english_fees = traits(Lang::En, Some(Aspect::Cost));
        assert!(is_in(english_fees, Lang::En) && !is_in(english_fees, Lang::Pl));
        assert!(is_about(english_fees, Aspect::Cost) && !is_about(english_fees, Aspect::Time));
        assert!(!is_about(traits(Lang::Pl, None), Aspect::Overview));
    }

    #[test]
    fn a_text_becomes_its_terms() {
        let words = Words::of("Mam DOWÓD!");
        let lemmas = words.lemmas(Lang::Pl, &Morphology::new());
        assert!(lemmas.contains("mama\u{1}") && lemmas.ends_with(" dowod"), "{lemmas:?}");
        assert_eq!(words.folds(), "mam dowod");
        assert_eq!(words.forms(), "mam\0mam dowod\0dowód");
    }

    #[test]
    fn replacing_a_document_is_one_batch() {
        let passage = Passage {
            lang: Lang::Pl,
            section: "opis".into(),
            answers: None,
            keywords: vec![],
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
        let (_, passages) = Passages::new();
        let operations = passages.operations(Change::Put(document), &Morphology::new());
        assert_eq!(operations.len(), 3);
        assert!(matches!(operations[0], UserOperation::Delete(_)));
    }
}
