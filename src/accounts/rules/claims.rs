//! What a provider says of a person, and what it means here.

use serde_json::{Map, Value};

use crate::{
    actor::{AccountKind, Role},
    config::Provider,
    words::{self, Lang},
};

/// Characters of a handle.
const HANDLE_CHARS_MAX: usize = 40;
/// Characters of what is taken over of a name or an address.
const TEXT_CHARS_MAX: usize = 200;
/// Handles that histories use for others.
const RESERVED: &[&str] = &["anyone", "resident", "system", "dev", "open311", "client"];

/// A person, as somebody whose word is taken says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who says so: the name of a provider.
    pub provider: String,
    /// The person there; never given to another.
    pub subject: String,
    /// The name for people.
    pub name: String,
    /// The short name that the person goes by.
    pub username: Option<String>,
    /// An address; only one that the provider has confirmed.
    pub email: Option<String>,
    /// The level of assurance.
    pub acr: Option<String>,
    /// The language.
    pub lang: Lang,
    /// The provider's name of its session.
    pub sid: Option<String>,
    /// Role and unit of a member of staff.
    pub role: Option<(Role, Option<String>)>,
}

/// The person of whom a provider tells these claims, once they are believed.
pub fn person(provider: &Provider, claims: &Map<String, Value>) -> Person {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).filter(|t| !t.is_empty());
    let subject = text("sub").unwrap_or_default().to_owned();
    let confirmed = claims.get("email_verified") == Some(&Value::Bool(true));
    let values = values_at(claims, &provider.roles_claim);
    let role = match provider.kind {
        AccountKind::Staff => role_of(provider, &values),
        AccountKind::Resident => None,
    };
    Person {
        provider: provider.name.clone(),
        name: short(text("name").or(text("preferred_username")).unwrap_or(&subject)),
        subject,
        username: text("preferred_username").map(short),
        email: text("email").filter(|_| confirmed).map(short),
        acr: text("acr").map(short),
        lang: words::negotiate(text("locale")),
        sid: text("sid").map(str::to_owned),
        role,
    }
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(TEXT_CHARS_MAX).collect()
}

/// The texts of a claim: one, or a list. The name may lead into others by dots.
pub fn values_at<'a>(claims: &'a Map<String, Value>, path: &str) -> Vec<&'a str> {
    // A name that has dots itself, such as an address, stands as it is.
    let whole = claims.get(path);
    let found = whole.or_else(|| {
        let mut parts = path.split('.');
        let first = claims.get(parts.next()?)?;
        parts.try_fold(first, |found, part| found.get(part))
    });
    match found {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// What the settings make of the roles that a provider names; `None`: nothing.
fn role_of(provider: &Provider, values: &[&str]) -> Option<(Role, Option<String>)> {
    let known = provider.mapping().find(|(value, ..)| values.contains(value));
    known.map(|(_, role, unit)| (role, unit))
}

/// A handle for histories, made of what a person goes by; the number keeps it from others.
pub fn handle(person: &Person, number: usize) -> String {
    let mail = person.email.as_deref().and_then(|email| email.split('@').next());
    let word = person.username.as_deref().or(mail).unwrap_or(&person.name);
    let sign = |c: char| match c.to_ascii_lowercase() {
        c if c.is_ascii_alphanumeric() || "._-".contains(c) => Some(c),
        ' ' => Some('.'),
        _ => None,
    };
    let word: String = word.chars().filter_map(sign).take(HANDLE_CHARS_MAX).collect();
    let word = if word.is_empty() { "staff".to_owned() } else { word };
    match number {
        1 if !RESERVED.contains(&word.as_str()) => word,
        number => format!("{word}-{number}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn roles_are_found_in_texts_lists_and_within_other_claims() {
        let claims = json!({
            "role": "a", "groups": ["a", 1, "b"], "realm_access": { "roles": ["c"] },
            "https://id.example/roles": ["d"]
        });
        let claims = claims.as_object().unwrap();
        for (path, found) in [
            ("role", vec!["a"]),
            ("groups", vec!["a", "b"]),
            ("realm_access.roles", vec!["c"]),
            ("https://id.example/roles", vec!["d"]),
            ("realm_access", vec![]),
            ("missing.roles", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(values_at(claims, path), found, "{path}");
        }
    }

    #[test]
    fn a_handle_is_never_one_of_somebody_else() {
        let person = |username: &str| Person {
            provider: "city".into(),
            subject: "1".into(),
            name: "Żółw".into(),
            username: Some(username.into()),
            email: None,
            acr: None,
            lang: Lang::Pl,
            sid: None,
            role: None,
        };
        for (username, number, expected) in [
            ("Anna.Nowak", 1, "anna.nowak"),
            ("anna", 2, "anna-2"),
            ("system", 1, "system-1"),
            ("dev:editor", 1, "deveditor"),
            ("żółw", 1, "w"),
            ("ąę", 1, "staff"),
        ] {
            assert_eq!(handle(&person(username), number), expected, "{username}");
        }
    }
}
