//! What an access token may be like.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    actor::Scope,
    error::{Problem, ProblemCode},
    words::Message,
};

/// How access tokens begin, so that a leaked one is known for what it is.
pub const TOKEN_PREFIX: &str = "kontakt_";
/// Characters of the name of an application.
const NAME_CHARS_MAX: usize = 50;
/// Days after which a token ends at the latest.
const DAYS_MAX: i64 = 366;

/// Everything that is wrong with a token that is to be made.
pub fn token_problems(
    name: &str,
    scopes: &[String],
    expires: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !(1..=NAME_CHARS_MAX).contains(&name.len()) || !name.chars().all(sign) {
        let message = Message::new("token-name").with("max", NAME_CHARS_MAX);
        problems.push(Problem::at("name", ProblemCode::Invalid, message));
    }
    for word in scopes.iter().filter(|word| Scope::of_word(word).is_none()) {
        let known = Scope::words().collect::<Vec<_>>().join(", ");
        let message = Message::new("token-scope").with("scope", word).with("known", known);
        problems.push(Problem::at("scope", ProblemCode::Unknown, message));
    }
    if expires <= now || expires > now + TimeDelta::days(DAYS_MAX) {
        let message = Message::new("token-expires").with("max", DAYS_MAX);
        problems.push(Problem::at("expires", ProblemCode::Invalid, message));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_a_name_known_scopes_and_an_end_within_a_year() {
        let now: DateTime<Utc> = "2026-11-20T09:00:00Z".parse().unwrap();
        let fields = |name: &str, scope: &str, days| {
            let scopes = [scope.to_owned()];
            let found = token_problems(name, &scopes, now + TimeDelta::days(days), now);
            found.into_iter().flat_map(|problem| problem.field).collect::<Vec<_>>()
        };
        assert_eq!(fields("spacer-2", "reports:file", 366), Vec::<String>::new());
        assert_eq!(fields("Spacer", "reports:eat", 0), ["name", "scope", "expires"]);
        assert_eq!(fields("", "reports:read", 367), ["name", "expires"]);
    }
}
