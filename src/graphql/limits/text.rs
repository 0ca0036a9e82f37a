//! What a text may be before it is parsed.

use crate::{
    graphql::limits::{DEPTH_MAX, Refusal, TOKENS_MAX},
    words::Message,
};

/// Characters of a document.
const QUERY_CHARS_MAX: usize = 16 * 1024;
/// Brackets within brackets, counted before parsing so that the parser's stack is safe.
const NESTING_MAX: usize = 64;

/// Refuses a text that should not even be parsed.
pub fn check_text(query: &str) -> Result<(), Refusal> {
    if query.chars().count() > QUERY_CHARS_MAX {
        let message = Message::new("query-too-long").with("max", QUERY_CHARS_MAX);
        return Err(("TOO_COMPLEX", message));
    }
    let (tokens, nesting) = count_tokens(query);
    if tokens > TOKENS_MAX {
        return Err(("TOO_COMPLEX", Message::new("too-many-tokens").with("max", TOKENS_MAX)));
    }
    if nesting > NESTING_MAX {
        return Err(("TOO_COMPLEX", Message::new("too-deep").with("max", DEPTH_MAX)));
    }
    Ok(())
}

/// Tokens and the deepest nesting of brackets. What the grammar takes for a string or a comment
/// must end here where it ends there, or brackets could hide in it.
fn count_tokens(query: &str) -> (usize, usize) {
    let (mut tokens, mut nesting, mut deepest) = (0, 0_usize, 0);
    let mut rest = query;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '#' => rest.find(LINE_ENDS).unwrap_or(rest.len()),
            '"' => string_length(rest),
            c if is_of_name(c) => rest.find(|c| !is_of_name(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        rest = &rest[length..];
        tokens += usize::from(first != '#' && first != ',' && !first.is_whitespace());
        match first {
            '{' | '[' | '(' => nesting += 1,
            '}' | ']' | ')' => nesting = nesting.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(nesting);
    }
    (tokens, deepest)
}

const LINE_ENDS: [char; 2] = ['\n', '\r'];
const BLOCK: &str = "\"\"\"";

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Bytes of the string with which a text begins. One that is not closed ends with its line, a
/// block with the text.
fn string_length(text: &str) -> usize {
    if let Some(block) = text.strip_prefix(BLOCK) {
        let mut ends = block.match_indices(BLOCK).map(|(at, _)| at);
        let end = ends.find(|at| !block[..*at].ends_with('\\'));
        return end.map_or(text.len(), |at| BLOCK.len() + at + BLOCK.len());
    }
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            c if LINE_ENDS.contains(&c) => return at,
            c => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_brackets_are_counted_before_parsing() {
        assert_eq!(count_tokens("{ a(b: \"x { \\\" y\") # {{{\n }"), (8, 2));
        assert_eq!(count_tokens("a, b\t\u{17c}1 $c"), (5, 0));
        assert!(check_text(&"{a".repeat(100)).is_err());
        assert!(check_text(&"a ".repeat(1_001)).is_err());
        assert!(check_text(&"a".repeat(20_000)).is_err());
        assert!(check_text("{ search(query: \"jak\") { totalCount } }").is_ok());
    }

    #[test]
    fn nothing_hides_in_strings_or_comments() {
        for (text, counted) in [
            (r#""""a"b""" {{"#, (3, 2)),
            (r#""""a\""" {{ """ {"#, (2, 1)),
            ("\"\"\"\n# \"\"\" {{", (3, 2)),
            (r#""" {{"#, (3, 2)),
            (r#""\" {{" {"#, (2, 1)),
            ("\"open {\n{{", (3, 2)),
            ("\"open \\\n{{", (3, 2)),
            ("# a { \r{{", (2, 2)),
            ("\"open {{", (1, 0)),
            ("\"\"\" open {{", (1, 0)),
        ] {
            assert_eq!(count_tokens(text), counted, "{text}");
        }
    }
}
