//! One text, sealed with one key for one place. Pure, but for the chance of keys and nonces.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use uuid::Uuid;

use crate::{
    error::{Error, Result},
    ids,
};

/// Bytes of a nonce: so many that it may be drawn by chance as often as one likes.
const NONCE_BYTES: usize = 24;

/// Where a sealed text stands. What was sealed for one place opens at no other, so that nobody can show
/// the contact of one report as that of another by copying a cell.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The table.
    pub table: &'static str,
    /// The key of the row.
    pub row: Uuid,
    /// The column.
    pub column: &'static str,
}

impl Place {
    fn written(&self) -> String {
        format!("{}\n{}\n{}", self.table, self.row, self.column)
    }
}

/// A key of 256 bits. Never shown.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// A new one.
    pub fn drawn() -> Self {
        Self(ids::chance())
    }

    /// The one of these bytes. Errors: for any number of them but 32.
    pub fn of(bytes: &[u8]) -> Result<Self> {
        let bytes = bytes.try_into().map_err(|_| Error::internal("a key of another length"))?;
        Ok(Self(bytes))
    }

    /// What wraps this key under another one.
    pub(super) fn wrapped_by(&self, other: &Self, place: &Place) -> Result<String> {
        other.seal_bytes(place, &self.0)
    }

    /// The key that was wrapped by this one.
    pub(super) fn unwrap(&self, place: &Place, wrapped: &str) -> Result<Self> {
        Self::of(&self.open_bytes(place, wrapped)?)
    }

    /// Seals a text.
    pub fn seal(&self, place: &Place, text: &str) -> Result<String> {
        self.seal_bytes(place, text.as_bytes())
    }

    /// Opens a text. Errors: for what was sealed with another key or for another place, or was changed.
    pub fn open(&self, place: &Place, sealed: &str) -> Result<String> {
        String::from_utf8(self.open_bytes(place, sealed)?).map_err(|_| broken(place))
    }

    fn seal_bytes(&self, place: &Place, plain: &[u8]) -> Result<String> {
        let mut nonce = [0; NONCE_BYTES];
        nonce.copy_from_slice(&ids::chance()[..NONCE_BYTES]);
        let told = place.written();
        let payload = Payload { msg: plain, aad: told.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| Error::internal("a text cannot be sealed"))?;
        Ok(URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat()))
    }

    fn open_bytes(&self, place: &Place, sealed: &str) -> Result<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| broken(place))?;
        let (nonce, sealed) =
            bytes.split_first_chunk::<NONCE_BYTES>().ok_or_else(|| broken(place))?;
        let told = place.written();
        let payload = Payload { msg: sealed, aad: told.as_bytes() };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| broken(place))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

fn broken(place: &Place) -> Error {
    let Place { table, row, column } = place;
    Error::internal(format!("{table}.{column} of {row} does not open with its key"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(row: u128, column: &'static str) -> Place {
        Place { table: "t", row: Uuid::from_u128(row), column }
    }

    #[test]
    fn a_text_opens_with_its_key_at_its_place_and_with_nothing_else() {
        let key = Key::drawn();
        let sealed = key.seal(&place(1, "email"), "anna@example.org").unwrap();
        assert_eq!(key.open(&place(1, "email"), &sealed).unwrap(), "anna@example.org");
        assert!(!sealed.contains("anna"));
        assert!(key.open(&place(2, "email"), &sealed).is_err());
        assert!(key.open(&place(1, "phone"), &sealed).is_err());
        assert!(Key::drawn().open(&place(1, "email"), &sealed).is_err());
        for changed in ["", "AAAA", &sealed[1..], &sealed[..sealed.len() - 2], "żółw"] {
            assert!(key.open(&place(1, "email"), changed).is_err(), "{changed}");
        }
    }

    #[test]
    fn the_same_text_is_never_sealed_to_the_same() {
        let key = Key::drawn();
        let seal = || key.seal(&place(1, "email"), "anna@example.org").unwrap();
        assert_ne!(seal(), seal());
    }
}
