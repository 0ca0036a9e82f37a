//! The cookies: that of the session, and that of a browser in which a sign-in is under way.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::{accounts::SIGN_IN_MINUTES, config::Profile};

/// What a cookie is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The secret of the session, until the browser is closed; the service ends it earlier.
    Session,
    /// What shows that a sign-in is finished in the browser that began it.
    Browser,
}

impl Cookie {
    /// The prefix makes browsers take the cookie over TLS only, and from this very host. In development
    /// there is no TLS, and not every browser takes a secure cookie from `http://localhost`.
    fn name(self, profile: Profile) -> &'static str {
        match (self, profile) {
            (Self::Session, Profile::Production) => "__Host-kontakt",
            (Self::Browser, Profile::Production) => "__Host-kontakt-sign-in",
            (Self::Session, Profile::Dev) => "kontakt",
            (Self::Browser, Profile::Dev) => "kontakt-sign-in",
        }
    }

    /// The value that a browser shows.
    pub fn of(self, headers: &HeaderMap, profile: Profile) -> Option<&str> {
        let name = self.name(profile);
        let shown = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = shown.flat_map(|value| value.split(';')).filter_map(|p| p.split_once('='));
        pairs.find(|(known, _)| known.trim() == name).map(|(_, value)| value.trim())
    }

    /// The header that gives a browser the cookie.
    pub fn set(self, profile: Profile, value: &str) -> Option<HeaderValue> {
        let age = match self {
            Self::Session => String::new(),
            Self::Browser => format!("; Max-Age={}", SIGN_IN_MINUTES * 60),
        };
        self.write(profile, value, &age)
    }

    /// The header that takes it back.
    pub fn clear(self, profile: Profile) -> Option<HeaderValue> {
        self.write(profile, "", "; Max-Age=0")
    }

    fn write(self, profile: Profile, value: &str, age: &str) -> Option<HeaderValue> {
        let secure = if profile == Profile::Production { "; Secure" } else { "" };
        let name = self.name(profile);
        let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
        HeaderValue::try_from(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_of_production_has_all_that_keeps_it() {
        let set = Cookie::Session.set(Profile::Production, "s").unwrap();
        assert_eq!(set, "__Host-kontakt=s; Path=/; HttpOnly; SameSite=Lax; Secure");
        let clear = Cookie::Session.clear(Profile::Dev).unwrap();
        assert_eq!(clear, "kontakt=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }

    #[test]
    fn a_cookie_is_found_among_others_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append("cookie", HeaderValue::from_static("a=b; kontakt-sign-in=x"));
        headers.append("cookie", HeaderValue::from_static("kontaktx=c;kontakt=d=e"));
        assert_eq!(Cookie::Session.of(&headers, Profile::Dev), Some("d=e"));
        assert_eq!(Cookie::Browser.of(&headers, Profile::Dev), Some("x"));
        assert_eq!(Cookie::Session.of(&headers, Profile::Production), None);
    }
}
