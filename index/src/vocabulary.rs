//! What words the index has for its readers, and how many passages have each.
//!
//! Every word is kept once for each who may read it: what is repaired, completed or proposed tells
//! nobody of words that stand only where they may not read.

use std::collections::HashMap;

use levenshtein_automata::DFA;
use tantivy::termdict::TermStreamer;
use tantivy::{Searcher, Term};
use tantivy_fst::Automaton;

use crate::near::{After, Near, UpTo};
use crate::schema::{FORM_SEPARATOR, Fields, for_reader};

/// What a question's words are held against: all that somebody may read.
pub(crate) trait Words {
    /// How many texts there are.
    fn texts(&self) -> u64;

    /// How many texts have the term.
    fn having(&self, term: &str) -> tantivy::Result<u64>;

    /// The folded forms that are as near as the automaton allows, and how many texts have each.
    fn near(&self, dfa: &DFA) -> tantivy::Result<HashMap<String, u64>>;

    /// How the folded form is mostly written: "dowod" is "dowód". None when it stands nowhere.
    fn surface(&self, fold: &str) -> tantivy::Result<Option<String>>;

    /// How much a word says that so many texts have (its idf); nothing, when none has it.
    fn weight(&self, having: u64) -> f32 {
        if having == 0 {
            return 0.0;
        }
        let lacking = self.texts().saturating_sub(having);
        (1.0 + (lacking as f32 + 0.5) / (having as f32 + 0.5)).ln()
    }
}

/// The words of one view of the index, as some readers see them.
pub(crate) struct Vocabulary<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    readers: &'a [String],
}

impl<'a> Vocabulary<'a> {
    pub(crate) fn new(
        searcher: &'a Searcher,
        fields: &'a Fields,
        readers: &'a [String],
    ) -> Vocabulary<'a> {
        Vocabulary { searcher, fields, readers }
    }

    /// The folded forms that begin so, most frequent first, at most `limit`.
    pub(crate) fn beginning(&self, prefix: &str, limit: usize) -> tantivy::Result<Vec<String>> {
        let mut found = HashMap::new();
        for reader in self.readers {
            let first = for_reader(reader, prefix);
            for segment in self.searcher.segment_readers() {
                let inverted = segment.inverted_index(self.fields.form)?;
                let terms = inverted.terms().range().ge(&first).lt(after(&first)).into_stream()?;
                gather(terms, reader, &mut found);
            }
        }
        let mut found: Vec<(String, u64)> = found.into_iter().collect();
        found.sort_unstable_by(|(one, a), (two, b)| b.cmp(a).then_with(|| one.cmp(two)));
        found.truncate(limit);
        Ok(found.into_iter().map(|(form, _)| form).collect())
    }
}

impl Words for Vocabulary<'_> {
    fn texts(&self) -> u64 {
        self.searcher.num_docs()
    }

    fn having(&self, term: &str) -> tantivy::Result<u64> {
        let mut having = 0;
        for reader in self.readers {
            let term = Term::from_field_text(self.fields.known, &for_reader(reader, term));
            having += self.searcher.doc_freq(&term)?;
        }
        Ok(having)
    }

    fn near(&self, dfa: &DFA) -> tantivy::Result<HashMap<String, u64>> {
        let mut found = HashMap::new();
        for reader in self.readers {
            let first = for_reader(reader, "");
            for segment in self.searcher.segment_readers() {
                let inverted = segment.inverted_index(self.fields.form)?;
                let near = After(first.as_bytes(), UpTo(FORM_SEPARATOR as u8, Near(dfa)));
                gather(inverted.terms().search(near).into_stream()?, reader, &mut found);
            }
        }
        Ok(found)
    }

    fn surface(&self, fold: &str) -> tantivy::Result<Option<String>> {
        let mut written: HashMap<String, u64> = HashMap::new();
        for reader in self.readers {
            let first = for_reader(reader, &format!("{fold}{FORM_SEPARATOR}"));
            for segment in self.searcher.segment_readers() {
                let inverted = segment.inverted_index(self.fields.form)?;
                let mut terms =
                    inverted.terms().range().ge(&first).lt(after(&first)).into_stream()?;
                while let Some((term, info)) = terms.next() {
                    let term = str::from_utf8(term).ok();
                    if let Some(surface) = term.and_then(|term| term.strip_prefix(&first)) {
                        *written.entry(surface.to_owned()).or_default() += u64::from(info.doc_freq);
                    }
                }
            }
        }
        let by_use = |(one, a): &(String, u64), (two, b): &(String, u64)| {
            a.cmp(b).then_with(|| two.cmp(one))
        };
        Ok(written.into_iter().max_by(by_use).map(|(surface, _)| surface))
    }
}

/// The first key after all that begin so: no byte of UTF-8 is 255.
fn after(prefix: &str) -> Vec<u8> {
    [prefix.as_bytes(), &[0xFF]].concat()
}

/// Counts a reader's folded forms of a stream.
fn gather<A: Automaton>(
    mut terms: TermStreamer<'_, A>,
    reader: &str,
    found: &mut HashMap<String, u64>,
) where
    A::State: Clone,
{
    let first = for_reader(reader, "");
    while let Some((term, info)) = terms.next() {
        let own = str::from_utf8(term).ok().and_then(|term| term.strip_prefix(&first));
        if let Some((folded, _)) = own.and_then(|form| form.split_once(FORM_SEPARATOR)) {
            *found.entry(folded.to_owned()).or_default() += u64::from(info.doc_freq);
        }
    }
}
