//! The window of a passage that is shown, with the found words marked.

use std::collections::HashMap;
use std::ops::Range;

use crate::Lang;
use crate::analyzer::Analyzer;
use crate::fold::{fold, lower};
use crate::question::Question;
use crate::text::words;

/// With the "…" on either side.
const EXCERPT_CHARS_MAX: usize = 320;
/// A shorter word before a full stop is an abbreviation ("ul.", "art.", "tel."), not a sentence.
const SENTENCE_END_CHARS_MIN: usize = 4;
const CUT: &str = "…";

/// Marks what was asked for, in any inflected form.
pub(crate) struct Marker<'a> {
    analyzer: &'a dyn Analyzer,
    question: &'a Question,
    /// The term of a word, and which of the question's words it is.
    terms: HashMap<&'a str, usize>,
}

/// A found word: where it stands, in characters, and which of the question's words it is.
struct Found {
    at: Range<usize>,
    asked: usize,
}

impl<'a> Marker<'a> {
    pub(crate) fn new(question: &'a Question, analyzer: &'a dyn Analyzer) -> Marker<'a> {
        let numbered = question.words.iter().enumerate();
        let terms = numbered
            .flat_map(|(asked, word)| word.terms.iter().map(move |term| (term.as_str(), asked)))
            .collect();
        Marker { analyzer, question, terms }
    }

    /// The window as plain text, and as HTML.
    pub(crate) fn excerpt(&self, text: &str, lang: Lang) -> (String, String) {
        let chars: Vec<char> = text.chars().collect();
        let found = self.find(text, lang);
        let window = window(&chars, &found);
        let shown = found.iter().map(|found| found.at.clone());
        let shown = shown.filter(|at| at.start >= window.start && at.end <= window.end);
        render(&chars, window.clone(), shown)
    }

    fn find(&self, text: &str, lang: Lang) -> Vec<Found> {
        let (mut found, mut bytes, mut chars) = (Vec::new(), 0, 0);
        for word in words(text) {
            chars += text[bytes..word.start].chars().count();
            let start = chars;
            chars += word.text.chars().count();
            bytes = word.end();
            if let Some(asked) = self.asked(word.text, lang) {
                found.push(Found { at: start..chars, asked });
            }
        }
        found
    }

    fn asked(&self, word: &str, lang: Lang) -> Option<usize> {
        let lower = lower(word);
        let terms = self.analyzer.terms(&lower, lang);
        let by_term = terms.iter().find_map(|term| self.terms.get(term.as_str()).copied());
        by_term.or_else(|| {
            let prefix = self.question.prefix.as_ref()?;
            let last = self.question.words.len().checked_sub(1)?;
            fold(&lower).starts_with(prefix.as_str()).then_some(last)
        })
    }
}

/// The characters to show: around the place where most of the question's words stand together,
/// from the beginning of a sentence and to the end of one where that fits, else at words.
fn window(chars: &[char], found: &[Found]) -> Range<usize> {
    if chars.len() <= EXCERPT_CHARS_MAX {
        return 0..chars.len();
    }
    let room = EXCERPT_CHARS_MAX - 2;
    let core = core(found, room);
    let starts = sentence_starts(chars);
    let sentence = starts.iter().rev().find(|&&start| start <= core.start).copied().unwrap_or(0);
    let start = if core.end - sentence <= room {
        sentence
    } else {
        word_start(chars, core.end.saturating_sub(room).max(core.start.saturating_sub(room / 4)))
            .min(core.start)
    };
    let most = chars.len().min(start + room);
    let whole = starts.iter().rev().map(|&next| text_end(chars, next)).find(|&end| end <= most);
    let end = match whole {
        _ if most == chars.len() => most,
        Some(end) if end >= core.end && end - start >= room / 2 => end,
        _ => word_end(chars, most).max(core.end),
    };
    start..end
}

/// The first stretch that holds the most different words, and of those the most words.
fn core(found: &[Found], room: usize) -> Range<usize> {
    let mut best = (0, 0, 0..0);
    for (first, from) in found.iter().enumerate() {
        let (mut asked, mut count, mut end) = (Vec::new(), 0, from.at.start);
        for one in found[first..].iter().take_while(|one| one.at.end - from.at.start <= room) {
            count += 1;
            end = one.at.end;
            if !asked.contains(&one.asked) {
                asked.push(one.asked);
            }
        }
        if (asked.len(), count) > (best.0, best.1) {
            best = (asked.len(), count, from.at.start..end);
        }
    }
    best.2
}

/// Where sentences and lines begin.
fn sentence_starts(chars: &[char]) -> Vec<usize> {
    let mut starts = vec![0];
    let mut word_chars = 0;
    for (at, pair) in chars.windows(2).enumerate() {
        let [c, next] = [pair[0], pair[1]];
        let is_end = matches!(c, '!' | '?') || (c == '.' && word_chars >= SENTENCE_END_CHARS_MIN);
        let goes_on = chars.get(at + 2).is_none_or(|after| after.is_lowercase());
        if c == '\n' {
            starts.push(at + 1);
        } else if is_end && next == ' ' && !goes_on {
            starts.push(at + 2);
        }
        word_chars = if c.is_alphanumeric() { word_chars + 1 } else { 0 };
    }
    starts
}

/// The end of the text before a sentence's start.
fn text_end(chars: &[char], start: usize) -> usize {
    (0..start).rev().find(|&at| !chars[at].is_whitespace()).map_or(0, |at| at + 1)
}

/// The first beginning of a word from here on; here itself in an endless word.
fn word_start(chars: &[char], from: usize) -> usize {
    let begins = |&at: &usize| at == 0 || chars[at - 1].is_whitespace();
    (from..chars.len()).find(begins).unwrap_or(from)
}

/// The last end of a word up to here; here itself in an endless word.
fn word_end(chars: &[char], to: usize) -> usize {
    let space = (1..=to).rev().find(|&at| chars.get(at).is_none_or(|c| c.is_whitespace()));
    space.map_or(to, |space| text_end(chars, space)).max(1)
}

fn render(
    chars: &[char],
    window: Range<usize>,
    found: impl Iterator<Item = Range<usize>>,
) -> (String, String) {
    let before = if window.start > 0 { CUT } else { "" };
    let after = if window.end < chars.len() { CUT } else { "" };
    let text: String = chars[window.clone()].iter().collect();
    let mut html = before.to_owned();
    let mut done = window.start;
    for at in found {
        escape(&chars[done..at.start], &mut html);
        html.push_str("<mark>");
        escape(&chars[at.clone()], &mut html);
        html.push_str("</mark>");
        done = at.end;
    }
    escape(&chars[done..window.end], &mut html);
    html.push_str(after);
    (format!("{before}{text}{after}"), html)
}

fn escape(chars: &[char], html: &mut String) {
    for c in chars {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(*c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyzer::SnowballPolish;

    fn excerpt(query: &str, text: &str) -> (String, String) {
        let analyzer = SnowballPolish::new();
        let question = Question::new(query, true, &analyzer);
        Marker::new(&question, &analyzer).excerpt(text, Lang::Pl)
    }

    #[test]
    fn inflected_forms_are_marked_and_the_rest_is_escaped() {
        let (text, html) = excerpt("dowod osobisty", "Wydanie <b>dowodu</b> & \"osobistego\"");
        assert_eq!(text, "Wydanie <b>dowodu</b> & \"osobistego\"");
        assert_eq!(
            html,
            "Wydanie &lt;b&gt;<mark>dowodu</mark>&lt;/b&gt; &amp; &quot;<mark>osobistego</mark>&quot;"
        );
    }

    #[test]
    fn what_is_being_typed_is_marked() {
        assert_eq!(excerpt("wniosek rejes", "Rejestracja").1, "<mark>Rejestracja</mark>");
    }

    #[test]
    fn a_long_text_is_cut_at_sentences_around_the_words() {
        let padding = "To jest zdanie o czymś zupełnie innym, niż pytano. ".repeat(10);
        let answer = "Opłata za wydanie paszportu wynosi 140 zł.";
        let (text, html) = excerpt("opłata za paszport", &format!("{padding}{answer} {padding}"));
        assert!(text.starts_with(&format!("…{answer} To jest")), "{text}");
        assert!(text.ends_with("niż pytano.…"), "{text}");
        assert!(
            html.starts_with("…<mark>Opłata</mark> za wydanie <mark>paszportu</mark>"),
            "{html}"
        );
        assert!(text.chars().count() <= 320, "{}", text.chars().count());
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        let text: Vec<char> =
            "Urząd jest przy ul. Wielickiej 28. Zapraszamy. Tel. 12.\nDalej".chars().collect();
        let starts = sentence_starts(&text);
        let sentences: Vec<String> =
            starts.iter().map(|&start| text[start..].iter().take(6).collect()).collect();
        assert_eq!(sentences, ["Urząd ", "Tel. 1", "Dalej"]);
    }

    #[test]
    fn a_text_without_the_words_is_shown_from_its_beginning() {
        let (text, html) = excerpt("paszport", &"słowo ".repeat(100));
        assert!(text.starts_with("słowo słowo") && text.ends_with("słowo…"), "{text}");
        assert_eq!(text, html);
    }

    #[test]
    fn no_text_breaks_the_window() {
        for piece in
            ["x", "dowód ", "a. B", "\n", "🙂", "dowód. Nowy", "Dowód! ", "Nowy dowód.", "ń\u{301}"]
        {
            for times in [0, 1, 7, 80, 161, 319, 320, 321, 900] {
                let text = crate::text::tidy(&piece.repeat(times), 10_000);
                let (shown, html) = excerpt("dowodu nowego", &text);
                assert!(shown.chars().count() <= 320, "{piece:?} x {times}");
                assert_eq!(html.replace("<mark>", "").replace("</mark>", ""), shown);
            }
        }
    }
}
