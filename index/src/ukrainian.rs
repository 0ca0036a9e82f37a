//! A light stemmer for Ukrainian, for which Snowball has none: it takes the endings of nouns,
//! adjectives and verbs off, and is the same for texts and questions, which is all that it needs.

/// What is left of a word has at least so many letters.
const STEM_CHARS_MIN: usize = 3;

/// Folded, as the words are: "ї" is "і", "й" is "и". Longest first.
#[rustfmt::skip]
const ENDINGS: [&str; 62] = [
    "ованого", "ування", "увати", "ювати", "ення", "ання", "ають", "яють", "ується", "ається",
    "ться", "ними", "ього", "ьому", "ією", "ості", "істю", "ість", "ами", "ями", "ими", "іми", "ого",
    "ому", "ові", "еві", "єві", "ати", "ити", "іти", "ути", "ять", "уть", "ють", "ать", "іів",
    "іі", "іи", "ии", "ою", "ею", "єю", "ах", "ях", "их", "іх", "ам", "ям", "ом", "ем", "єм",
    "ів", "ії", "ію", "ія", "іє", "еи", "им", "ім", "го", "му", "єт",
];
const VOWELS: &str = "аеєиіоуюяьй";

/// The stem of a folded word.
pub(crate) fn stem(folded: &str) -> &str {
    let keeps = |stem: &&str| stem.chars().count() >= STEM_CHARS_MIN;
    let by_ending = ENDINGS.iter().find_map(|end| folded.strip_suffix(end).filter(keeps));
    if let Some(stem) = by_ending {
        return stem;
    }
    folded.strip_suffix(|c| VOWELS.contains(c)).filter(keeps).unwrap_or(folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::plain;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            &["паспорт", "паспорта", "паспортом", "паспорти", "паспортів"][..],
            &["реєстрація", "реєстрації", "реєстрацію", "реєстрацією"],
            &["машина", "машини", "машину", "машиною"],
            &["дитина", "дитини", "дитину"],
            &["польський", "польського", "польському", "польським"],
        ] {
            let stems: Vec<String> =
                forms.iter().map(|form| stem(&plain(form)).to_owned()).collect();
            assert!(stems.iter().all(|one| *one == stems[0]), "{stems:?}");
        }
    }

    #[test]
    fn short_words_stay_whole() {
        for word in ["та", "дім", "акт"] {
            assert_eq!(stem(word), word);
        }
    }
}
