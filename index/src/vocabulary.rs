//! What words the index has, and how many passages have each.

use std::collections::HashMap;

use levenshtein_automata::DFA;
use tantivy::termdict::TermStreamer;
use tantivy::{Searcher, Term};
use tantivy_fst::Automaton;

use crate::near::{Near, UpTo};
use crate::schema::{FORM_SEPARATOR, Fields};

/// The words of one view of the index.
pub(crate) struct Vocabulary<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
}

impl<'a> Vocabulary<'a> {
    pub(crate) fn new(searcher: &'a Searcher, fields: &'a Fields) -> Vocabulary<'a> {
        Vocabulary { searcher, fields }
    }

    /// How many passages have the term in text, title or keywords, whichever are most.
    pub(crate) fn having(&self, term: &str) -> tantivy::Result<u64> {
        let of = |field| self.searcher.doc_freq(&Term::from_field_text(field, term));
        let (body, title) = (of(self.fields.body_lem)?, of(self.fields.title_lem)?);
        Ok(body.max(title).max(of(self.fields.keys_lem)?))
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
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.form)?;
            gather(
                inverted.terms().range().ge(prefix).lt(after(prefix)).into_stream()?,
                &mut found,
            );
        }
        let mut found: Vec<(String, u64)> = found.into_iter().collect();
        found.sort_unstable_by(|(one, a), (two, b)| b.cmp(a).then_with(|| one.cmp(two)));
        found.truncate(limit);
        Ok(found.into_iter().map(|(form, _)| form).collect())
    }

    /// The folded forms that are as near as the automaton allows, and how many passages have each.
    pub(crate) fn near(&self, dfa: &DFA) -> tantivy::Result<HashMap<String, u64>> {
        let mut found = HashMap::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.form)?;
            let near = UpTo(FORM_SEPARATOR as u8, Near(dfa));
            gather(inverted.terms().search(near).into_stream()?, &mut found);
        }
        Ok(found)
    }

    /// How the folded form is mostly written: "dowod" is "dowód". None when it stands nowhere.
    pub(crate) fn surface(&self, fold: &str) -> tantivy::Result<Option<String>> {
        let mut written: HashMap<String, u64> = HashMap::new();
        let first = format!("{fold}{FORM_SEPARATOR}");
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.form)?;
            let mut terms = inverted.terms().range().ge(&first).lt(after(&first)).into_stream()?;
            while let Some((term, info)) = terms.next() {
                let surface = str::from_utf8(term).ok().and_then(|term| term.strip_prefix(&first));
                if let Some(surface) = surface {
                    *written.entry(surface.to_owned()).or_default() += u64::from(info.doc_freq);
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

/// Counts the folded forms of a stream.
fn gather<A: Automaton>(mut terms: TermStreamer<'_, A>, found: &mut HashMap<String, u64>)
where
    A::State: Clone,
{
    while let Some((term, info)) = terms.next() {
        let form = str::from_utf8(term).ok().and_then(|term| term.split_once(FORM_SEPARATOR));
        if let Some((folded, _)) = form {
            *found.entry(folded.to_owned()).or_default() += u64::from(info.doc_freq);
        }
    }
}
