//! Words that ask but say nothing.
//!
//! They are dropped from queries only: they would match everywhere, and "jak", "gdzie" or "how"
//! would count against a document that lacks them. Folded, sorted, in the three languages of the
//! passages; a word that means something in one of the others is left out.

/// Whether a folded word only asks, joins or points.
pub(crate) fn is_stop_word(folded: &str) -> bool {
    STOP_WORDS.binary_search(&folded).is_ok()
}

#[rustfmt::skip] // one word a line is a page for nothing
const STOP_WORDS: [&str; 262] = [
    "a", "aby", "albo", "ale", "an", "and", "ani", "are", "as", "az", "bardzo", "be", "beda",
    "bede", "bedzie", "bez", "bo", "by", "byc", "byl", "byla", "bylo", "bym", "can", "chce",
    "chcialabym", "chcialbym", "ci", "cie", "co", "cos", "czego", "czemu", "czy", "czyli", "did",
    "dla", "dlaczego", "do", "does", "dokad", "for", "from", "gdy", "gdyby", "gdzie", "go", "have",
    "how", "i", "ich", "if", "ile", "im", "in", "inne", "is", "it", "ja", "jak", "jaka", "jaki",
    "jakich", "jakie", "jakiego", "jakiej", "jako", "je", "jego", "jej", "jesli", "jest", "jestem",
    "jezeli", "juz", "kiedy", "kim", "kogo", "komu", "kto", "ktora", "ktore", "ktorego", "ktorej",
    "ktory", "ktorych", "ktorzy", "lub", "ma", "maja", "mam", "mamy", "me", "mi", "mna", "mnie",
    "moga", "moge", "moj", "moja", "moje", "mojego", "mojej", "moze", "mozna", "musi", "musze",
    "my", "na", "nad", "nalezy", "nam", "nas", "nasz", "nich", "nie", "nim", "niz", "no", "o", "od",
    "ode", "of", "on", "ona", "one", "oni", "ono", "or", "oraz", "our", "po", "pod", "podczas",
    "poniewaz", "potrzebne", "potrzebny", "potrzebuje", "prosze", "przed", "przez", "przy", "robic",
    "sa", "sie", "skad", "swoj", "swoja", "swoje", "ta", "tak", "taka", "taki", "takie", "tam",
    "te", "tego", "tej", "ten", "the", "their", "there", "they", "this", "to", "toba", "trzeba",
    "tu", "ty", "tylko", "tym", "u", "w", "we", "what", "when", "where", "which", "who", "why",
    "wiec", "will", "with", "wszystkie", "wy", "you", "your", "z", "za", "zalatwic", "zalezy", "ze",
    "zeby", "zrobic", "а", "аби", "або", "але", "би", "був", "в", "ви", "вона", "вони", "від",
    "він", "де", "для", "до", "з", "за", "зі", "и", "коли", "куди", "мене", "мені", "ми", "можна",
    "моя", "моє", "моі", "міи", "на", "над", "не", "ні", "по", "потрібно", "при", "про", "під",
    "після", "скільки", "та", "так", "те", "ти", "то", "треба", "у", "хто", "це", "цеи", "ця", "ці",
    "чи", "чому", "що", "щоб", "я", "як", "яка", "яке", "якии", "яким", "якого", "якоі", "які", "є",
    "і", "із",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::{fold, lower};

    #[test]
    fn the_words_are_sorted_and_folded() {
        assert!(STOP_WORDS.is_sorted());
        for word in STOP_WORDS {
            assert_eq!(fold(&lower(word)), word);
        }
    }

    #[test]
    fn questions_are_dropped_and_subjects_are_not() {
        for word in ["jak", "gdzie", "moge", "how", "де", "скільки"] {
            assert!(is_stop_word(word), "{word}");
        }
        for word in ["dowod", "kosztuje", "karta", "get", "паспорт"] {
            assert!(!is_stop_word(word), "{word}");
        }
    }
}
