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

    /// Where the words stand.
    pub(crate) fn index(&self) -> (&'a Searcher, &'a Fields) {
        (self.searcher, self.fields)
    }

    /// How many passages have the term.
    pub(crate) fn having(&self, term: &str) -> tantivy::Result<u64> {
        let mut having = 0;
        for reader in self.readers {
            let term = Term::from_field_text(self.fields.known, &for_reader(reader, term));
            having += self.searcher.doc_freq(&term)?;
        }
        Ok(having)
    }

    /// How much a word says that so many passages have (its idf); nothing, when none has it.
    pub(crate) fn weight(&self, having: u64) -> f32 {
        if having == 0 {
            return 0.0;
        }
        let lacking = self.searcher.num_docs().saturating_sub(having);
        (1.0 + (lacking as f32 + 0.5) / (having as f32 + 0.5)).ln()
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

    /// The folded forms that are as near as the automaton allows, and how many passages have each.
    pub(crate) fn near(&self, dfa: &DFA) -> tantivy::Result<HashMap<String, u64>> {
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

    /// How the folded form is mostly written: "dowod" is "dowód". None when it stands nowhere.
    pub(crate) fn surface(&self, fold: &str) -> tantivy::Result<Option<String>> {
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
