//! Words in Polish, English and Ukrainian: labels, refusals, section names.
//!
//! `pl.ftl`, `en.ftl` and `uk.ftl` have the same keys with the same variables (a test holds it).

use std::{collections::BTreeMap, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
pub use kontakt_index::Lang;
use unic_langid::{LanguageIdentifier, langid};

/// A text that is chosen by key and said in the reader's language.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    key: &'static str,
    args: Vec<(&'static str, Arg)>,
}

/// The value of a variable.
#[derive(Clone, Debug, PartialEq)]
enum Arg {
    /// The same in every language.
    Text(String),
    /// The label of a code, such as `card-state-DRAFT`.
    Label(String),
}

impl Message {
    /// The message of a key in the `.ftl` files.
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// The same message with one of its variables set.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, Arg::Text(value.to_string())));
        self
    }

    /// The same message with a variable set to the label of a value, in the reader's language.
    pub fn with_label(
        mut self,
        name: &'static str,
        family: &str,
        value: &impl serde::Serialize,
    ) -> Self {
        self.args.push((name, Arg::Label(format!("{family}-{}", code(value)))));
        self
    }

    /// The text in a language.
    pub fn say(&self, lang: Lang) -> String {
        let value = |arg: &Arg| match arg {
            Arg::Text(text) => text.clone(),
            Arg::Label(key) => say(lang, key, &[]),
        };
        let args: Vec<_> = self.args.iter().map(|(name, arg)| (*name, value(arg))).collect();
        say(lang, self.key, &args)
    }
}

impl From<&'static str> for Message {
    fn from(key: &'static str) -> Self {
        Self::new(key)
    }
}

impl std::fmt::Display for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

/// The label of a code, such as `label(Lang::En, "section", "FEES")`.
pub fn label(lang: Lang, family: &str, code: &str) -> String {
    say(lang, &format!("{family}-{code}"), &[])
}

/// The label of a value whose code is how it is written in files and in the database.
pub fn label_of(lang: Lang, family: &str, value: &impl serde::Serialize) -> String {
    label(lang, family, &code(value))
}

/// The text of a key whose variables are known by name only, such as the words of a letter.
pub fn fill(lang: Lang, key: &str, values: &BTreeMap<String, String>) -> String {
    let args: Vec<_> = values.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    say(lang, key, &args)
}

/// How a value is written in files and in the database.
pub fn code(value: &impl serde::Serialize) -> String {
    let written = serde_json::to_value(value).ok();
    written.and_then(|written| written.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The BCP 47 tag of a language.
pub fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Pl => "pl",
        Lang::En => "en",
        Lang::Uk => "uk",
    }
}

/// The language that an `Accept-Language` header prefers among ours; Polish when it names none.
pub fn negotiate(accept_language: Option<&str>) -> Lang {
    let mut best = (Lang::Pl, 0.0_f32);
    for range in accept_language.unwrap_or_default().split(',').take(RANGES_MAX) {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or_default().trim();
        let quality = parts
            .find_map(|part| part.trim().strip_prefix("q=")?.parse::<f32>().ok())
            .unwrap_or(1.0);
        let lang = match tag.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "pl" => Lang::Pl,
            "en" => Lang::En,
            "uk" => Lang::Uk,
            _ => continue,
        };
        if quality > best.1 {
            best = (lang, quality);
        }
    }
    best.0
}

/// Language ranges of one header that are looked at.
const RANGES_MAX: usize = 20;

type Bundle = FluentBundle<FluentResource>;

static PL: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("pl"), include_str!("pl.ftl")));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("en"), include_str!("en.ftl")));
static UK: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("uk"), include_str!("uk.ftl")));

fn bundle(lang: LanguageIdentifier, source: &str) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![lang]);
    bundle.set_use_isolating(false);
    // A file with a mistake still gives its sound part; the test below finds the mistake.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(sound, _)| sound);
    bundle.add_resource_overriding(resource);
    bundle
}

fn say(lang: Lang, key: &str, args: &[(&str, String)]) -> String {
    let bundle = match lang {
        Lang::Pl => &*PL,
        Lang::En => &*EN,
        Lang::Uk => &*UK,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let mut values = FluentArgs::new();
    for (name, value) in args {
        // Numbers go in as numbers, so that plural forms can be chosen by them.
        match value.parse::<i64>() {
            Ok(number) => values.set(*name, number),
            Err(_) => values.set(*name, value.as_str()),
        }
    }
    bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every key with the variables that its text names.
    fn keys(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        FluentResource::try_new(source.to_owned()).expect("the file has a mistake");
        let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some((key, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                assert!(keys.insert(key.to_owned(), BTreeSet::new()).is_none(), "{key} is twice");
                current = key.to_owned();
            }
            for part in line.split('$').skip(1) {
                let end = part.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(part.len());
                keys.entry(current.clone()).or_default().insert(part[..end].to_owned());
            }
        }
        keys
    }

    #[test]
    fn the_three_languages_have_the_same_keys_and_variables() {
        let polish = keys(include_str!("pl.ftl"));
        assert_eq!(polish, keys(include_str!("en.ftl")));
        assert_eq!(polish, keys(include_str!("uk.ftl")));
    }

    #[test]
    fn the_reader_gets_the_language_preferred_most() {
        assert_eq!(negotiate(None), Lang::Pl);
        assert_eq!(negotiate(Some("de, en;q=0.5, uk;q=0.8")), Lang::Uk);
        assert_eq!(negotiate(Some("en-GB,en;q=0.9")), Lang::En);
        assert_eq!(negotiate(Some(";;q=x,,")), Lang::Pl);
    }
}
