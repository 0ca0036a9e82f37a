//! The window of a passage that is shown, with the found words marked.

use std::ops::Range;

use crate::rerank::{Match, Window};
use crate::text::words;

/// With the "…" on either side.
const EXCERPT_CHARS_MAX: usize = 320;
/// A shorter word before a full stop is an abbreviation ("ul.", "art.", "tel."), not a sentence.
const SENTENCE_END_CHARS_MIN: usize = 4;
const CUT: &str = "…";

/// The passage that answers, as plain text and as HTML: the window, widened to sentences.
pub(crate) fn excerpt(text: &str, found: &Match, window: &Window) -> (String, String) {
    let chars: Vec<char> = text.chars().collect();
    let found = found_words(text, found, window);
    let shown = frame(&chars, &found);
    let within = |at: &Range<usize>| at.start >= shown.start && at.end <= shown.end;
    render(&chars, shown.clone(), found.iter().map(|found| found.at.clone()).filter(within))
}

/// A found word: where it stands, in characters, and whether it stands in the window.
struct Found {
    at: Range<usize>,
    in_window: bool,
}

fn found_words(text: &str, found: &Match, window: &Window) -> Vec<Found> {
    let (mut all, mut bytes, mut chars) = (Vec::new(), 0, 0);
    let mut places = found.places.iter().enumerate().peekable();
    for (position, word) in (0..).zip(words(text)) {
        let mut in_window = None;
        while let Some((at, _)) = places.next_if(|(_, place)| place.position == position) {
            in_window = Some(in_window == Some(true) || window.places.contains(&at));
        }
        if let Some(in_window) = in_window {
            let start = chars + text[bytes..word.start].chars().count();
            let end = start + word.text.chars().count();
            (chars, bytes) = (end, word.end());
            all.push(Found { at: start..end, in_window });
        }
        if places.peek().is_none() {
            break;
        }
    }
    all
}

/// The characters to show: around the window, from the beginning of a sentence and to the end of
/// one where that fits, else at words.
fn frame(chars: &[char], found: &[Found]) -> Range<usize> {
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

/// Where the words of the window stand, as far as there is room.
fn core(found: &[Found], room: usize) -> Range<usize> {
    let mut of_window = found.iter().filter(|found| found.in_window).map(|found| &found.at);
    let Some(first) = of_window.next() else { return 0..0 };
    let last = of_window.take_while(|at| at.end - first.start <= room).last().unwrap_or(first);
    first.start..last.end.min(first.start + room)
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
    use crate::tests::{ask, card, index_of};

    /// What is shown of a card with this text.
    fn excerpt(query: &str, text: &str) -> (String, String) {
        // Asked for by its code, so that it is found whatever the text says.
        let (_folder, index) = index_of(vec![card(1, "QQ-77", "Karta", text)]);
        let query = crate::Query { typing: true, ..ask(&format!("QQ-77 {query}")) };
        let page = index.search(&query).unwrap();
        let passage = page.hits.into_iter().next().unwrap().passage;
        (passage.text, passage.html)
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
