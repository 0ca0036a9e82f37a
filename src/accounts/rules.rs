//! Development tokens: `dev:editor`, `dev:officer:ZDMK`, `dev:resident:anna`.

use crate::{
    actor::{Actor, Role, Staff},
    config::Profile,
    error::{Error, Result},
};

/// The longest token that is looked at.
const TOKEN_BYTES_MAX: usize = 200;

/// Roles by the word in the token, and whether a unit must follow it.
const ROLES: &[(&str, Role, bool)] = &[
    ("consultant", Role::Consultant, false),
    ("officer", Role::Officer, true),
    ("coordinator", Role::Coordinator, true),
    ("editor", Role::Editor, false),
    ("publisher", Role::Publisher, false),
    ("analyst", Role::Analyst, false),
    ("dpo", Role::Dpo, false),
    ("admin", Role::Admin, false),
];

/// The actor of an `Authorization` header; `Anyone` without one. A token that is not valid is
/// refused, so that nobody takes a failed sign-in for an empty answer.
pub fn authenticate(profile: Profile, authorization: Option<&str>) -> Result<Actor> {
    let Some(header) = authorization else { return Ok(Actor::Anyone) };
    let (scheme, token) = header.split_once(' ').ok_or(Error::Unauthenticated)?;
    let sound = scheme.eq_ignore_ascii_case("bearer") && token.len() <= TOKEN_BYTES_MAX;
    if !sound || profile != Profile::Dev {
        return Err(Error::Unauthenticated);
    }
    development(token.trim()).ok_or(Error::Unauthenticated)
}

/// The actor of a development token. A third part is the unit of an officer or coordinator, and
/// the name of anybody else, so that two publishers can be told apart.
fn development(token: &str) -> Option<Actor> {
    let mut parts = token.strip_prefix("dev:")?.split(':');
    let (word, third, rest) = (parts.next()?, parts.next(), parts.next());
    let sound = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    if rest.is_some() || third.is_some_and(|third| !sound(third)) {
        return None;
    }
    if word == "resident" {
        return third.map(|name| Actor::Resident(name.to_owned()));
    }
    let (_, role, has_unit) = ROLES.iter().find(|(known, ..)| *known == word)?;
    if *has_unit && third.is_none() {
        return None;
    }
    let unit = third.filter(|_| *has_unit).map(str::to_owned);
    Some(Actor::Staff(Staff { name: token.to_owned(), role: *role, unit }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dev(token: &str) -> Result<Actor> {
        authenticate(Profile::Dev, Some(&format!("Bearer {token}")))
    }

    #[test]
    fn no_header_is_anyone_and_a_bad_one_is_refused() {
        assert_eq!(authenticate(Profile::Production, None).unwrap(), Actor::Anyone);
        for bad in ["", "dev", "dev:", "dev:king", "dev:officer", "dev:resident", "dev:editor:a:b"]
        {
            assert!(matches!(dev(bad), Err(Error::Unauthenticated)), "{bad}");
        }
    }

    #[test]
    fn development_tokens_work_in_the_dev_profile_and_nowhere_else() {
        assert!(dev("dev:editor").is_ok());
        let production = authenticate(Profile::Production, Some("Bearer dev:editor"));
        assert!(matches!(production, Err(Error::Unauthenticated)));
    }

    #[test]
    fn an_officer_belongs_to_the_unit_in_the_token() {
        let Actor::Staff(staff) = dev("dev:officer:ZDMK").unwrap() else { panic!("not staff") };
        assert_eq!((staff.role, staff.unit.as_deref()), (Role::Officer, Some("ZDMK")));
        assert_eq!(dev("dev:resident:anna").unwrap(), Actor::Resident("anna".into()));
    }
}
