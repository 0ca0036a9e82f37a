//! Development tokens: `dev:editor`, `dev:officer:ZDMK`, `dev:resident:anna`.

use crate::actor::{Actor, Role, Staff};

/// The actor of a development token. A third part is the unit of an officer or coordinator, and
/// the name of anybody else, so that two publishers can be told apart.
pub fn development(token: &str) -> Option<Actor> {
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
    let (role, has_unit) = Role::of_word(word)?;
    if has_unit && third.is_none() {
        return None;
    }
    let unit = third.filter(|_| has_unit).map(str::to_owned);
    Some(Actor::Staff(Staff { name: token.to_owned(), role, unit }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_development_token_is_nobody() {
        for bad in ["", "dev", "dev:", "dev:king", "dev:officer", "dev:resident", "dev:editor:a:b"]
        {
            assert_eq!(development(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_officer_belongs_to_the_unit_in_the_token() {
        let Some(Actor::Staff(staff)) = development("dev:officer:ZDMK") else {
            panic!("not staff")
        };
        assert_eq!((staff.role, staff.unit.as_deref()), (Role::Officer, Some("ZDMK")));
        assert_eq!(development("dev:resident:anna"), Some(Actor::Resident("anna".into())));
    }
}
