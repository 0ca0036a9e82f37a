//! Parameters of an address or of a form. An empty one is the same as none.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, header},
};
use chrono::{DateTime, Utc};
use percent_encoding::percent_decode_str;

use crate::{
    error::{Problem, ProblemCode},
    open311::refused::Refused,
    words::Message,
};

/// Bytes of a form.
const FORM_BYTES_MAX: usize = 64 * 1024;
/// Parameters of one request.
const PARAMETERS_MAX: usize = 200;
/// The type of a form.
const FORM: &str = "application/x-www-form-urlencoded";

/// What was given, in its order, without what is empty.
#[derive(Debug, Default)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads `name=value&..`. Only a name that ends in `[]` may come twice.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let mut known: Vec<(String, String)> = Vec::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name)?, decoded(value)?);
            if value.is_empty() {
                continue;
            }
            if value.contains('\0') {
                return Err(Refused::bad("nul-character"));
            }
            if known.len() == PARAMETERS_MAX {
                let message = Message::new("open311-many-parameters").with("max", PARAMETERS_MAX);
                return Err(Refused::bad(message));
            }
            if !name.ends_with("[]") && known.iter().any(|(other, _)| *other == name) {
                let message = Message::new("open311-twice").with("name", &name);
                return Err(Refused::bad(message));
            }
            known.push((name, value));
        }
        Ok(Self(known))
    }

    /// Reads the form that a request brings.
    pub async fn of_form(headers: &HeaderMap, body: Body) -> Result<Self, Refused> {
        // The body is read before anything is refused, or clients lose the answer to a broken pipe.
        let bytes = to_bytes(body, FORM_BYTES_MAX).await;
        if !is_form(headers) {
            return Err(Refused::bad(Message::new("open311-form").with("type", FORM)));
        }
        let too_large =
            |_| Refused::bad(Message::new("body-too-large").with("max", FORM_BYTES_MAX));
        let bytes = bytes.map_err(too_large)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| Refused::bad("open311-not-utf-8"))?;
        Self::parse(text)
    }

    /// A parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All parameters in their order.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The entries of a list that is separated by commas.
    pub fn entries(&self, name: &str, max: usize) -> Result<Vec<String>, Refused> {
        let entries = self.get(name).unwrap_or_default().split(',').map(str::trim);
        let entries: Vec<String> =
            entries.filter(|entry| !entry.is_empty()).map(str::to_owned).collect();
        if entries.len() > max {
            return Err(problem(name, Message::new("too-many").with("max", max)));
        }
        Ok(entries)
    }

    /// An instant with its zone.
    pub fn instant(&self, name: &str) -> Result<Option<DateTime<Utc>>, Refused> {
        let Some(text) = self.get(name) else { return Ok(None) };
        // A plus sign that was not encoded comes as a space.
        let read = text.trim().replace(' ', "+").parse::<DateTime<Utc>>();
        read.map(Some).map_err(|_| problem(name, "open311-not-an-instant"))
    }

    /// A whole number from 1 to a limit.
    pub fn count(&self, name: &str, max: u64) -> Result<Option<u64>, Refused> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let number = text.parse().ok().filter(|number| (1..=max).contains(number));
        let wrong = || problem(name, Message::new("open311-not-a-count").with("max", max));
        number.map(Some).ok_or_else(wrong)
    }
}

/// Something that is wrong with one parameter.
pub fn problem(name: &str, message: impl Into<Message>) -> Refused {
    Problem { code: ProblemCode::Invalid, field: vec![name.to_owned()], message: message.into() }
        .into()
}

fn decoded(text: &str) -> Result<String, Refused> {
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8();
    Ok(decoded.map_err(|_| Refused::bad("open311-not-utf-8"))?.into_owned())
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let mut parts = kind.unwrap_or_default().split(';').map(str::trim);
    let is_form = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case(FORM));
    let other = |part: &str| {
        let charset = part.to_ascii_lowercase();
        charset.strip_prefix("charset=").is_some_and(|name| name.trim_matches('"') != "utf-8")
    };
    is_form && !parts.any(other)
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::*;

    #[test]
    fn parameters_are_decoded_and_empty_ones_are_none() {
        let read = Parameters::parse("a=b+c%C4%85&e=&a%5Bx%5D%5B%5D=1&a[x][]=2&f").unwrap();
        let all: Vec<_> = read.all().collect();
        assert_eq!(all, [("a", "b cą"), ("a[x][]", "1"), ("a[x][]", "2")]);
        assert_eq!((read.get("a"), read.get("e")), (Some("b cą"), None));
    }

    #[test]
    fn what_comes_twice_or_is_no_text_or_is_too_much_is_refused() {
        let many: String = (0..=PARAMETERS_MAX).map(|i| format!("p{i}=1&")).collect();
        for text in ["a=1&a=2", "a=%FF", &many] {
            let refused = Parameters::parse(text).unwrap_err();
            assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "{text}");
        }
    }

    #[test]
    fn an_instant_has_a_zone() {
        let instant = |text: &str| {
            let read = Parameters::parse(&format!("at={text}")).unwrap();
            read.instant("at").map(|at| at.unwrap().to_rfc3339()).ok()
        };
        let expected = Some("2026-11-20T09:00:00+00:00".to_owned());
        for text in
            ["2026-11-20T09:00:00Z", "2026-11-20T10:00:00%2B01:00", "2026-11-20T10:00:00+01:00"]
        {
            assert_eq!(instant(text), expected, "{text}");
        }
        assert_eq!((instant("2026-11-20T09:00:00"), instant("yesterday")), (None, None));
    }
}
