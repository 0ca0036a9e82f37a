//! Packs forms and lemmas as `src/dictionary.rs` reads them.
//!
//! Forms stand in a finite state transducer. What it gives is the number of a rule set: a rule cuts
//! letters off the form's end and appends others. Few sets serve many words, as all words of one
//! declension share them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;

use tantivy_fst::MapBuilder;

/// All words, in the layout of `src/dictionary.rs`.
pub fn pack(words: BTreeMap<String, BTreeSet<String>>) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut uses: HashMap<Vec<u8>, u64> = HashMap::new();
    for (form, lemmas) in &words {
        *uses.entry(rules(form, lemmas)?).or_default() += 1;
    }
    let mut sets: Vec<(Vec<u8>, u64)> = uses.into_iter().collect();
    // Frequent sets get small numbers, which makes the transducer smaller.
    sets.sort_by(|(one, a), (two, b)| b.cmp(a).then_with(|| one.cmp(two)));
    let numbers: HashMap<&[u8], u64> =
        sets.iter().map(|(set, _)| set.as_slice()).zip(0..).collect();

    let mut forms = MapBuilder::memory();
    for (form, lemmas) in &words {
        forms.insert(form, numbers[rules(form, lemmas)?.as_slice()])?;
    }
    let forms = forms.into_inner()?;

    let number = |length: usize| u32::try_from(length).map(u32::to_le_bytes);
    let mut packed = Vec::new();
    packed.extend(number(forms.len())?);
    packed.extend(number(sets.len())?);
    packed.extend(forms);
    let mut end = 0;
    for (set, _) in &sets {
        end += set.len();
        packed.extend(number(end)?);
    }
    sets.iter().for_each(|(set, _)| packed.extend(set));
    Ok(packed)
}

/// For each lemma: how many bytes of the form to cut, how many to append, and these.
fn rules(form: &str, lemmas: &BTreeSet<String>) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut rules = Vec::new();
    for lemma in lemmas {
        let same = form.chars().zip(lemma.chars()).take_while(|(a, b)| a == b);
        let same: usize = same.map(|(c, _)| c.len_utf8()).sum();
        let append = &lemma[same..];
        rules.push(u8::try_from(form.len() - same)?);
        rules.push(u8::try_from(append.len())?);
        rules.extend(append.as_bytes());
    }
    Ok(rules)
}
