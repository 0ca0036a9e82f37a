//! How the terms of a text are handed to tantivy: as one string that it takes apart again.
//!
//! A space ends a word, `SAME` stands between terms of one word, which have the same position.
//! Tokens in a list would be copied several times, which made indexing half as fast.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name under which fields know the tokenizer.
pub(crate) const TOKENIZER: &str = "terms";

const WORD: char = ' ';
const SAME: char = '\u{1}';

/// Joins the terms of words; a word without terms keeps its place.
pub(crate) fn join<'a>(words: impl Iterator<Item = Vec<String>> + 'a) -> String {
    let mut joined = String::new();
    for (place, terms) in words.enumerate() {
        if place > 0 {
            joined.push(WORD);
        }
        for (number, term) in terms.iter().enumerate() {
            if number > 0 {
                joined.push(SAME);
            }
            joined.push_str(term);
        }
    }
    joined
}

/// The terms that were joined.
pub(crate) fn split(joined: &str) -> impl Iterator<Item = &str> {
    joined.split([WORD, SAME]).filter(|term| !term.is_empty())
}

/// What puts a following text so many words later.
pub(crate) fn gap(words: usize) -> String {
    WORD.to_string().repeat(words)
}

/// Takes joined terms apart.
#[derive(Clone, Default)]
pub(crate) struct Terms {
    token: Token,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = Taken<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Taken<'a> {
        self.token = Token { position: 0, ..Token::default() };
        Taken { rest: text, token: &mut self.token }
    }
}

/// The terms of a string, one after another.
pub(crate) struct Taken<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl TokenStream for Taken<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let end = self.rest.find([WORD, SAME]);
            let term = &self.rest[..end.unwrap_or(self.rest.len())];
            if !term.is_empty() {
                self.token.text.clear();
                self.token.text.push_str(term);
                // What ends the term is looked at in the next step.
                self.rest = &self.rest[term.len()..];
                return true;
            }
            let mut rest = self.rest.chars();
            match rest.next() {
                Some(WORD) => self.token.position += 1,
                Some(_) => {}
                None => return false,
            }
            self.rest = rest.as_str();
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(text: &str) -> Vec<(usize, String)> {
        let mut taken = Vec::new();
        let mut terms = Terms::default();
        let mut stream = terms.token_stream(text);
        while stream.advance() {
            taken.push((stream.token().position, stream.token().text.clone()));
        }
        taken
    }

    #[test]
    fn what_is_joined_is_taken_apart_with_its_positions() {
        let words = [vec!["mama", "miec"], vec![], vec!["dowod"]];
        let words = words.map(|terms| terms.into_iter().map(str::to_owned).collect());
        let joined = join(words.into_iter());
        let terms = [(0, "mama"), (0, "miec"), (2, "dowod")];
        assert_eq!(take(&joined), terms.map(|(at, term)| (at, term.to_owned())));
        assert_eq!(take(&format!("{}{joined}", gap(20)))[2], (22, "dowod".to_owned()));
    }

    #[test]
    fn nothing_has_no_terms() {
        for text in ["", "   ", "\u{1}"] {
            assert_eq!(take(text), []);
        }
    }
}
