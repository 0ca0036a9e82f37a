//! Providers of sign-in, as the setting `provider` lists them.

use std::{collections::HashSet, fmt, path::PathBuf};

use serde::Deserialize;

use crate::{
    actor::{AccountKind, Role},
    config::is_this_machine,
};

/// Providers of one installation.
const PROVIDERS_MAX: usize = 10;
/// Characters of the name of a provider, which stands in addresses.
const NAME_CHARS_MAX: usize = 30;
/// Names that are the ways in without a provider.
const OWN_NAMES: &[&str] = &["dev", "e-mail"];

/// A provider of OpenID Connect whose word about a person is taken.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Its name in addresses: small letters, digits and dashes.
    pub name: String,
    /// Its name for people; the name when nothing is said.
    #[serde(default)]
    pub label: String,
    /// Its issuer, exactly as it names itself.
    pub issuer: String,
    /// The name under which it knows this service.
    pub client_id: String,
    /// The secret that it shares with this service.
    pub client_secret: Option<Hidden>,
    /// The file that holds this secret.
    pub client_secret_file: Option<PathBuf>,
    /// Whose accounts it vouches for.
    pub kind: AccountKind,
    /// What it is asked for beside `openid`.
    #[serde(default = "usual_scopes")]
    pub scopes: Vec<String>,
    /// The claim that holds roles, such as `groups`, or `realm_access.roles` within another.
    #[serde(default)]
    pub roles_claim: String,
    /// What values of that claim mean, such as `editor` or `officer:ZDMK`; the first that a person has
    /// counts.
    #[serde(default)]
    pub roles: toml::Table,
    /// The levels of assurance of which one is required; none: any will do.
    #[serde(default)]
    pub acr: Vec<String>,
}

/// A text that is never shown.
#[derive(Clone, Deserialize)]
pub struct Hidden(pub String);

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

fn usual_scopes() -> Vec<String> {
    ["profile", "email"].map(str::to_owned).to_vec()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    #[serde(default)]
    provider: Vec<Provider>,
}

/// The providers of a TOML text with `[[provider]]` tables, or what is wrong with it.
pub fn parse(text: &str) -> Result<Vec<Provider>, String> {
    let listed: Listed = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    let mut providers = listed.provider;
    if providers.len() > PROVIDERS_MAX {
        return Err(format!("at most {PROVIDERS_MAX} providers"));
    }
    let mut names = HashSet::new();
    for provider in &mut providers {
        let name = provider.name.clone();
        provider.check().map_err(|wanted| format!("for provider {name:?} {wanted}"))?;
        if !names.insert(name.clone()) {
            return Err(format!("one provider of the name {name:?}"));
        }
    }
    Ok(providers)
}

impl Provider {
    /// What staff may do by the roles that the provider names, most important first.
    pub fn mapping(&self) -> impl Iterator<Item = (&str, Role, Option<String>)> {
        self.roles.iter().filter_map(|(value, meaning)| {
            let (role, unit) = Role::parse(meaning.as_str()?)?;
            Some((value.as_str(), role, unit))
        })
    }

    fn check(&mut self) -> Result<(), &'static str> {
        let sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let sound = (1..=NAME_CHARS_MAX).contains(&self.name.len()) && self.name.chars().all(sign);
        if !sound || OWN_NAMES.contains(&self.name.as_str()) {
            return Err("a name of small letters, digits and dashes, not dev or e-mail");
        }
        if self.label.is_empty() {
            self.label.clone_from(&self.name);
        }
        if !is_issuer(&self.issuer) {
            return Err("an issuer with https://, or with http:// on this machine");
        }
        if self.client_secret.is_some() && self.client_secret_file.is_some() {
            return Err("client_secret or client_secret_file, not both");
        }
        let staff = self.kind == AccountKind::Staff;
        if staff && (self.roles_claim.is_empty() || self.roles.is_empty()) {
            return Err("roles_claim and roles, for kind = \"staff\"");
        }
        if self.mapping().count() != self.roles.len() {
            return Err("roles such as \"editor\" or \"officer:ZDMK\"");
        }
        Ok(())
    }
}

fn is_issuer(issuer: &str) -> bool {
    let Ok(url) = url::Url::parse(issuer) else { return false };
    let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    let local = || url.host_str().is_some_and(is_this_machine);
    plain && (url.scheme() == "https" || (url.scheme() == "http" && local()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAFF: &str = "[[provider]]\nname = 'city'\nissuer = 'https://id.example'\nclient_id = 'k'\n\
        client_secret = 'never shown'\nkind = 'staff'\nroles_claim = 'groups'\n";

    #[test]
    fn roles_count_in_the_order_in_which_they_are_written() {
        let text = format!("{STAFF}roles = {{ zz = 'editor', aa = 'officer:ZDMK' }}");
        let found = parse(&text).unwrap().remove(0);
        let mapping: Vec<_> = found.mapping().collect();
        let expected = [("zz", Role::Editor, None), ("aa", Role::Officer, Some("ZDMK".to_owned()))];
        assert_eq!(mapping, expected);
        assert_eq!((&*found.label, found.scopes.join(" ")), ("city", "profile email".to_owned()));
        assert!(!format!("{found:?}").contains("never shown"));
    }

    #[test]
    fn what_cannot_work_is_refused_at_start() {
        let resident = |changed: &str| {
            let text =
                "name = 'n'\nissuer = 'https://id.example'\nclient_id = 'k'\nkind = 'resident'\n";
            let (key, _) = changed.split_once(' ').unwrap();
            let kept: Vec<_> = text.lines().filter(|line| !line.starts_with(key)).collect();
            format!("[[provider]]\n{}\n{changed}\n", kept.join("\n"))
        };
        assert!(parse(&resident("label = 'x'")).is_ok());
        assert!(parse(&resident("issuer = 'http://127.0.0.1:9/x'")).is_ok());
        for wrong in [
            "name = 'dev'",
            "name = 'A'",
            "name = ''",
            "issuer = 'http://id.example'",
            "issuer = 'id.example'",
            "issuer = 'https://a:b@id.example'",
            "kind = 'king'",
            "kind = 'staff'",
            "secret = 'unknown key'",
            "roles = { a = 'king' }",
            "roles = { a = 'officer' }",
            "roles = { a = 'editor:SA' }",
        ] {
            assert!(parse(&resident(wrong)).is_err(), "{wrong}");
        }
        assert!(parse(&resident("label = 'x'").repeat(2)).is_err(), "the same name twice");
        assert!(parse(&format!("{STAFF}roles = {{ }}")).is_err(), "staff without roles");
    }
}
