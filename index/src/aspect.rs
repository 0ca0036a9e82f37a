//! What a question wants to know of its matter: what it costs, how long, where, with what.

use std::ops::Range;

use crate::Aspect;

/// Words that ask for an aspect, folded; a star stands for any ending. The longest pattern that is
/// found counts, of equals the first.
#[rustfmt::skip]
const PATTERNS: &[(&str, Aspect)] = &[
    ("ile kosztuj*", Aspect::Cost), ("jaki koszt*", Aspect::Cost), ("jaka oplat*", Aspect::Cost),
    ("jakie oplat*", Aspect::Cost), ("ile sie placi*", Aspect::Cost), ("ile zaplac*", Aspect::Cost),
    ("ile plac*", Aspect::Cost), ("czy jest platn*", Aspect::Cost), ("czy platn*", Aspect::Cost),
    ("czy cos sie placi", Aspect::Cost), ("za darmo", Aspect::Cost), ("bezplatn*", Aspect::Cost),
    ("cena", Aspect::Cost), ("cennik*", Aspect::Cost), ("koszt*", Aspect::Cost), ("stawk*", Aspect::Cost),
    ("how much", Aspect::Cost), ("cost*", Aspect::Cost), ("fee*", Aspect::Cost), ("price*", Aspect::Cost),
    ("скільки коштує", Aspect::Cost), ("вартість", Aspect::Cost),
    ("ile sie czeka*", Aspect::Time), ("ile czeka*", Aspect::Time), ("jak dlugo*", Aspect::Time),
    ("ile trwa*", Aspect::Time), ("jaki termin*", Aspect::Time), ("w jakim terminie", Aspect::Time),
    ("do kiedy", Aspect::Time), ("ile dni", Aspect::Time), ("ile czasu", Aspect::Time),
    ("kiedy bedzie", Aspect::Time), ("ile mam czasu", Aspect::Time), ("termin", Aspect::Time),
    ("how long", Aspect::Time), ("deadline*", Aspect::Time), ("скільки чекати", Aspect::Time), ("як довго", Aspect::Time),
    ("gdzie", Aspect::Place), ("dokad", Aspect::Place), ("w ktorym urzedzie", Aspect::Place),
    ("jaki adres", Aspect::Place), ("pod jakim adresem", Aspect::Place), ("adres*", Aspect::Place),
    ("godzin* otwarcia", Aspect::Place), ("where", Aspect::Place), ("address*", Aspect::Place), ("де", Aspect::Place), ("куди", Aspect::Place),
    ("jakie dokument*", Aspect::Documents), ("jakich dokument*", Aspect::Documents),
    ("co potrzeb*", Aspect::Documents), ("co jest potrzebn*", Aspect::Documents),
    ("co zabrac", Aspect::Documents), ("co wziac", Aspect::Documents), ("co przyniesc", Aspect::Documents),
    ("jakie papier*", Aspect::Documents), ("jakie zalacznik*", Aspect::Documents),
    ("dokumenty potrzebn*", Aspect::Documents), ("potrzebne dokument*", Aspect::Documents),
    ("wymagane dokument*", Aspect::Documents), ("what documents", Aspect::Documents),
    ("which documents", Aspect::Documents), ("documents", Aspect::Documents), ("які документ*", Aspect::Documents),
    ("jak sie odwol*", Aspect::Appeal), ("odwolan*", Aspect::Appeal), ("odwolac sie", Aspect::Appeal),
    ("how to appeal", Aspect::Appeal), ("appeal*", Aspect::Appeal), ("оскарж*", Aspect::Appeal),
];

/// The aspect that is asked for, and which of the words ask for it.
pub(crate) fn read(folds: &[&str]) -> Option<(Aspect, Range<usize>)> {
    let mut found: Option<(Aspect, Range<usize>)> = None;
    for (pattern, aspect) in PATTERNS {
        let pattern: Vec<&str> = pattern.split(' ').collect();
        let fits = |run: &[&str]| run.iter().zip(&pattern).all(|(word, wanted)| is(word, wanted));
        let longest = found.as_ref().map_or(0, |(_, at)| at.len());
        if pattern.len() > longest
            && let Some(start) = folds.windows(pattern.len()).position(fits)
        {
            found = Some((*aspect, start..start + pattern.len()));
        }
    }
    found
}

fn is(word: &str, wanted: &str) -> bool {
    wanted.strip_suffix('*').map_or(word == wanted, |beginning| word.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::plain;

    fn aspect(text: &str) -> Option<Aspect> {
        let folded = plain(text);
        read(&folded.split(' ').collect::<Vec<_>>()).map(|(aspect, _)| aspect)
    }

    #[test]
    fn people_ask_for_aspects_in_many_ways() {
        for (text, asked) in [
            ("ile kosztuje odpis aktu urodzenia", Some(Aspect::Cost)),
            ("jaki jest termin na zameldowanie", Some(Aspect::Time)),
            ("ile się czeka na dowód", Some(Aspect::Time)),
            ("gdzie złożyć wniosek", Some(Aspect::Place)),
            ("jakie dokumenty do ślubu", Some(Aspect::Documents)),
            ("co potrzebuję do rejestracji auta", Some(Aspect::Documents)),
            ("jak się odwołać od mandatu", Some(Aspect::Appeal)),
            ("how much is a parking ticket", Some(Aspect::Cost)),
            ("скільки коштує паркування", Some(Aspect::Cost)),
            ("zgubiłam dowód", None),
            ("", None),
        ] {
            assert_eq!(aspect(text), asked, "{text}");
        }
    }

    #[test]
    fn the_patterns_are_folded() {
        for (pattern, _) in PATTERNS {
            assert_eq!(plain(pattern), *pattern);
        }
    }
}
