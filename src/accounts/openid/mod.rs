//! OpenID Connect: what is said to providers, and what of their answers is believed.

mod http;
mod logout;
mod provider;
mod registry;

pub use logout::LogoutWord;
pub use provider::OpenId;
pub use registry::Registry;

/// Why a person was not signed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The state is unknown, used or too old.
    #[error("no such sign-in is under way")]
    NotUnderWay,
    /// Another browser has begun it.
    #[error("another browser has begun the sign-in")]
    OtherBrowser,
    /// The answer names another issuer than was asked, or none where it must.
    #[error("the answer is of another issuer")]
    OtherIssuer,
    /// The provider answered with an error, or the person did not want to.
    #[error("the provider refused: {0}")]
    Provider(String),
    /// The token that the provider gave does not stand the checks.
    #[error("the token is not good: {0}")]
    Token(String),
    /// The settings make nothing of the roles that the provider names.
    #[error("no role of the settings")]
    NoRole,
    /// The provider cannot be reached, or does not answer as one.
    #[error("the provider is away: {0}")]
    Away(String),
}

/// Characters of an error of a provider; those of the specifications are shorter.
const ERROR_CHARS_MAX: usize = 40;

impl Refused {
    /// The error that a provider names. It comes by way of the browser, where anybody may have written it,
    /// so that only what can be a code of the specifications is kept.
    pub fn by_provider(error: &str) -> Self {
        let is_code = error.bytes().all(|sign| sign.is_ascii_lowercase() || sign == b'_');
        let known = is_code && error.len() <= ERROR_CHARS_MAX;
        Self::Provider(if known { error } else { "not a code" }.to_owned())
    }

    /// Why, as a code: what a provider says may hold whatever somebody has written.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotUnderWay => "not-under-way",
            Self::OtherBrowser => "other-browser",
            Self::OtherIssuer => "other-issuer",
            Self::Provider(_) => "provider-refused",
            Self::Token(_) => "bad-token",
            Self::NoRole => "no-role",
            Self::Away(_) => "provider-away",
        }
    }
}
