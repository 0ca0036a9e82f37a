//! Tokens that only this installation can have given out.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::{
    db::{Tx, facts},
    error::{Error, Result},
};

/// Bytes of a token: 128 bits, which nobody guesses.
const TOKEN_BYTES: usize = 16;

/// The key of this installation. Cheap to clone; never shown.
#[derive(Clone)]
pub struct Secrets(Hmac<Sha256>);

impl Secrets {
    /// The key, drawn at first use.
    pub async fn open(tx: &Tx) -> Result<Self> {
        Self::of(&facts::token_secret(tx).await?)
    }

    /// The key that is made of a secret.
    pub fn of(secret: &str) -> Result<Self> {
        Hmac::new_from_slice(secret.as_bytes()).map(Self).map_err(Error::internal)
    }

    /// Signs what is meant for one purpose, and for no other.
    pub fn mac(&self, purpose: &str) -> Hmac<Sha256> {
        // The length keeps apart what would else be one text.
        let length = (purpose.len() as u64).to_be_bytes();
        self.0.clone().chain_update(length).chain_update(purpose)
    }

    /// The token of a thing for one purpose: the same whenever it is asked for.
    pub fn token(&self, purpose: &str, thing: &[u8]) -> String {
        URL_SAFE_NO_PAD
            .encode(&self.mac(purpose).chain_update(thing).finalize().into_bytes()[..TOKEN_BYTES])
    }

    /// Whether a token is the one of a thing; takes as long for a wrong one as for the right one.
    pub fn is_token(&self, purpose: &str, thing: &[u8], token: &str) -> bool {
        let Ok(token) = URL_SAFE_NO_PAD.decode(token) else { return false };
        let signed = self.mac(purpose).chain_update(thing);
        token.len() == TOKEN_BYTES && signed.verify_truncated_left(&token).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_one_thing_and_one_purpose() {
        let secrets = Secrets::of("secret").unwrap();
        let token = secrets.token("tracking", b"report");
        assert_eq!(token.len(), 22);
        assert!(secrets.is_token("tracking", b"report", &token));
        for (purpose, thing, token) in [
            ("tracking", &b"other"[..], token.as_str()),
            ("trackin", b"greport", &token),
            ("tracking", b"report", &token[..20]),
            ("tracking", b"report", ""),
            ("tracking", b"report", "żółw"),
        ] {
            assert!(!secrets.is_token(purpose, thing, token), "{purpose} {token}");
        }
        let foreign = Secrets::of("another").unwrap().token("tracking", b"report");
        assert!(!secrets.is_token("tracking", b"report", &foreign));
    }
}
