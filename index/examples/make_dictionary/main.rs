//! Makes `index/dictionary/pl.dict` from Morfologik's `polish.dict`; `scripts/dictionary` fetches
//! the package, runs this, and compresses the result.
//!
//! ```text
//! cargo run --release -p kontakt-index --example make_dictionary -- polish.dict pl.dict
//! ```

mod automaton;
mod pack;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;

use kontakt_index::plain;

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [from, to] = &paths[..] else {
        return Err("usage: make_dictionary polish.dict pl.dict".into());
    };
    let bytes = fs::read(from)?;
    let automaton = automaton::Automaton::new(&bytes)?;
    let mut entries = 0_u64;
    let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    automaton.each(&mut |line| {
        let (form, lemma) = read(line)?;
        entries += 1;
        let lemma = plain(&lemma);
        // Entries of several words ("a priori") are never looked up: text is cut into words first.
        if form.chars().chain(lemma.chars()).all(char::is_alphanumeric) {
            words.entry(plain(&form)).or_default().insert(lemma);
        }
        Ok(())
    })?;
    let forms = words.len();
    let packed = pack::pack(words)?;
    println!("{entries} entries, {forms} folded forms, {} bytes", packed.len());
    Ok(fs::write(to, packed)?)
}

/// A form and its lemma, out of `form;coded lemma;tags`.
///
/// The lemma is coded as what differs from the form (Morfologik's "PREFIX" encoder): how many bytes
/// to cut at its beginning and at its end, each as a letter counted from "A", and what to append.
fn read(line: &[u8]) -> Result<(String, String), Box<dyn Error>> {
    let mut parts = line.splitn(3, |byte| *byte == b';');
    let (Some(form), Some([before, after, append @ ..])) = (parts.next(), parts.next()) else {
        return Err(format!("no entry: {}", String::from_utf8_lossy(line)).into());
    };
    let [before, after] = [before, after].map(|letter| usize::from(letter.wrapping_sub(b'A')));
    // 255 stands for "everything".
    let kept = if before == 255 || after == 255 {
        &[]
    } else {
        form.get(before..form.len() - after).ok_or("a lemma is cut beyond its form")?
    };
    let lemma = [kept, append].concat();
    Ok((String::from_utf8(form.to_vec())?, String::from_utf8(lemma)?))
}
