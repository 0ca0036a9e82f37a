//! Life events by which cards are grouped: a closed vocabulary, compiled in.

use std::sync::LazyLock;

use async_graphql::SimpleObject;
use serde::Deserialize;

use crate::words::Lang;

/// A life event, such as moving house.
#[derive(Clone, Debug, SimpleObject)]
pub struct LifeEvent {
    /// The code, such as `moving`.
    pub code: String,
    /// The name in the reader's language.
    pub label: String,
}

#[derive(Deserialize)]
struct Vocabulary {
    life_event: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    code: String,
    name: String,
    name_en: String,
    name_uk: String,
}

static VOCABULARY: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    // A test holds that the file is sound; the list would be empty otherwise.
    toml::from_str::<Vocabulary>(include_str!("../../content/life-events.toml"))
        .map(|vocabulary| vocabulary.life_event)
        .unwrap_or_default()
});

/// The codes of all life events.
pub fn codes() -> Vec<&'static str> {
    VOCABULARY.iter().map(|event| event.code.as_str()).collect()
}

/// The name of a life event in a language; none for an unknown code.
pub fn label(code: &str, lang: Lang) -> Option<String> {
    let event = VOCABULARY.iter().find(|event| event.code == code)?;
    let label = match lang {
        Lang::Pl => &event.name,
        Lang::En => &event.name_en,
        Lang::Uk => &event.name_uk,
    };
    Some(label.clone())
}

/// The life events with these codes, in a language; unknown codes are left out.
pub fn labelled<'a>(codes: impl Iterator<Item = &'a str>, lang: Lang) -> Vec<LifeEvent> {
    codes
        .filter_map(|code| Some(LifeEvent { code: code.to_owned(), label: label(code, lang)? }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_is_sound_and_speaks_three_languages() {
        assert!(codes().len() >= 20);
        assert_eq!(labelled(["moving", "x"].into_iter(), Lang::En)[0].label, "Moving house");
    }
}
