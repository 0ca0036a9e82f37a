//! The document of a person's data as a page: its parts in their order, each under its name.

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Warsaw;
use serde_json::{Map, Value};

use crate::{
    cases::export::PersonalData,
    error::{Error, Result},
    sign_in::escaped,
    words::{self, Lang, Message},
};

/// Every field of the document in the order of reading; a test holds that none is missing.
const FIELDS: &[&str] = &[
    "schemaVersion",
    "madeAt",
    "complete",
    "account",
    "reports",
    "supports",
    "letters",
    "consents",
    "looks",
    "sessions",
    "signIns", // the whole
    "at",
    "number",
    "id",
    "provider",
    "subject",
    "name",
    "nameOfProvider",
    "email",
    "emailOfProvider",
    "unconfirmedEmail",
    "phone",
    "language",
    "districts",
    "assurance",
    "lettersWanted",
    "createdAt",
    "signedInAt",
    "seenTimelineAt",
    "erasedFrom", // the account
    "any",
    "received",
    "forwarded",
    "answered",
    "needsInfo",
    "other", // letters wanted
    "agent",
    "usedAt",
    "expiresAt",
    "endedAt", // sessions
    "kind",
    "category",
    "channel",
    "receivedAt",
    "claimedAt",
    "description",
    "publicDescription",
    "answers",
    "question",
    "values",
    "latitude",
    "longitude",
    "address",
    "district",
    "contact",
    "photos",
    "step",
    "stage",
    "outcome",
    "reason",
    "expectedBy",
    "resolvedOn",
    "closedAt",
    "units",
    "history",
    "feedback",
    "unit",
    "standing",
    "sentAt",
    "publicAnswer",
    "answeredAt",
    "text",
    "satisfied",
    "reasons",
    "allowsContact", // reports
    "follows",
    "letter",
    "state",
    "changedAt",
    "givenAt",
    "duty",
    "lookReason", // the rest
];

/// The fields that hold codes, with the families of their labels.
const CODES: &[(&str, &[&str])] = &[
    ("channel", &["report-channel"]),
    ("kind", &["report-kind"]),
    // What became of a problem, or of an idea.
    ("outcome", &["report-outcome", "idea-outcome"]),
    ("stage", &["report-stage"]),
    ("standing", &["assignment-stage"]),
    ("state", &["delivery-state"]),
    ("step", &["report-step"]),
];

/// What stands below the headline, as HTML.
pub fn body(data: &PersonalData, lang: Lang) -> Result<String> {
    let Value::Object(whole) = serde_json::to_value(data).map_err(Error::internal)? else {
        return Err(Error::internal("the document is no object"));
    };
    let print = escaped(&Message::new("my-data-print").say(lang));
    let part = |(name, value): (&str, &Value)| {
        format!("<h2>{}</h2>\n{}", label(lang, name), html(name, value, lang))
    };
    Ok(format!("<p>{print}</p>\n") + &ordered(&whole).into_iter().map(part).collect::<String>())
}

fn html(name: &str, value: &Value, lang: Lang) -> String {
    match value {
        Value::Object(fields) => {
            let field = |(name, value): (&str, &Value)| {
                format!("<dt>{}</dt><dd>{}</dd>\n", label(lang, name), html(name, value, lang))
            };
            let fields: String = ordered(fields).into_iter().map(field).collect();
            format!("<dl>\n{fields}</dl>\n")
        }
        Value::Array(all) if all.is_empty() => text(&say(lang, "my-data-nothing")),
        Value::Array(all) => {
            let item = |one: &Value| format!("<li>{}</li>\n", html(name, one, lang));
            format!("<ol>\n{}</ol>\n", all.iter().map(item).collect::<String>())
        }
        Value::Null => text(&say(lang, "my-data-nothing")),
        Value::Bool(yes) => text(&say(lang, if *yes { "my-data-yes" } else { "my-data-no" })),
        Value::Number(number) => text(&number.to_string()),
        Value::String(said) => text(&read(name, said, lang)),
    }
}

/// A text as people read it: codes by their labels, instants in local time.
fn read(name: &str, said: &str, lang: Lang) -> String {
    if let Some((_, families)) = CODES.iter().find(|(known, _)| *known == name) {
        let named = families.iter().map(|family| (family, words::label(lang, family, said)));
        // What has no label is given back as its key.
        let mut labels = named.filter(|(family, label)| *label != format!("{family}-{said}"));
        return labels.next().map_or_else(|| said.to_owned(), |(_, label)| label);
    }
    match said.parse::<DateTime<Utc>>() {
        Ok(at) => at.with_timezone(&Warsaw).format("%Y-%m-%d %H:%M:%S").to_string(),
        Err(_) => said.to_owned(),
    }
}

/// The fields in the order of reading.
fn ordered(fields: &Map<String, Value>) -> Vec<(&str, &Value)> {
    let place = |name: &str| FIELDS.iter().position(|known| *known == name);
    let mut all: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value)).collect();
    all.sort_by_key(|(name, _)| place(name).unwrap_or(FIELDS.len()));
    all
}

fn label(lang: Lang, name: &str) -> String {
    escaped(&words::label(lang, "my-data-field", name))
}

fn say(lang: Lang, key: &'static str) -> String {
    Message::new(key).say(lang)
}

fn text(said: &str) -> String {
    escaped(said).replace('\n', "<br>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_name_in_every_language() {
        for lang in [Lang::Pl, Lang::En, Lang::Uk] {
            for name in FIELDS {
                assert!(!label(lang, name).starts_with("my-data"), "{name} {lang:?}");
            }
        }
    }

    #[test]
    fn codes_instants_and_texts_are_read_as_people_do() {
        for (name, said, wanted) in [
            ("step", "FILE", words::label(Lang::En, "report-step", "FILE")),
            ("outcome", "IMPLEMENTED", words::label(Lang::En, "idea-outcome", "IMPLEMENTED")),
            ("step", "FUTURE", "FUTURE".to_owned()),
            ("at", "2026-11-20T09:00:00Z", "2026-11-20 10:00:00".to_owned()),
            ("text", "FILE", "FILE".to_owned()),
        ] {
            assert_eq!(read(name, said, Lang::En), wanted, "{name}");
        }
    }
}
