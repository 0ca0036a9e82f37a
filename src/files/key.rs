//! Keys of photos that were uploaded and wait for their report. Whoever has the key has uploaded
//! the photo: it is signed, so that nobody can name the photo of somebody else or make one up.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::{
    error::{Problem, ProblemCode, Result},
    files::StoredPhoto,
    secrets::Secrets,
};

/// What the signature is for.
const PURPOSE: &str = "photo";
/// A key holds for this long.
const KEY_HOURS_MAX: i64 = 24;
/// Bytes of the signature, at the end of a key.
const SIGNATURE_BYTES: usize = 32;
/// Characters of a key; longer texts are not looked at.
const KEY_CHARS_MAX: usize = 400;

/// Signs keys and knows its own.
#[derive(Clone)]
pub struct Keys(Hmac<Sha256>);

impl Keys {
    /// Keys that this installation has signed.
    pub fn new(secrets: &Secrets) -> Self {
        Self(secrets.mac(PURPOSE))
    }

    /// Until when a key holds that is signed now.
    pub fn until(now: DateTime<Utc>) -> DateTime<Utc> {
        now + Duration::hours(KEY_HOURS_MAX)
    }

    /// The key of a photo, from now on.
    pub fn sign(&self, photo: &StoredPhoto, now: DateTime<Utc>) -> String {
        let StoredPhoto { file, thumbnail, width, height, bytes } = photo;
        let until = Self::until(now).timestamp();
        let text = format!("{file}.{thumbnail}.{width}.{height}.{bytes}.{until}");
        let signature = self.0.clone().chain_update(&text).finalize().into_bytes();
        URL_SAFE_NO_PAD.encode([text.as_bytes(), &signature].concat())
    }

    /// The photo of a key that this service gave out not too long ago; else the refusal of the
    /// field that brought it.
    pub fn verify(
        &self,
        key: &str,
        field: &str,
        now: DateTime<Utc>,
    ) -> Result<StoredPhoto, Problem> {
        let photo = self.read(key).filter(|(_, until)| now.timestamp() < *until);
        let refuse = || Problem::at(field, ProblemCode::Invalid, "photo-key");
        photo.map(|(photo, _)| photo).ok_or_else(refuse)
    }

    /// What was signed, and until when it holds, in seconds since 1970.
    fn read(&self, key: &str) -> Option<(StoredPhoto, i64)> {
        if key.len() > KEY_CHARS_MAX {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(key).ok()?;
        let (text, signature) = bytes.split_last_chunk::<SIGNATURE_BYTES>()?;
        self.0.clone().chain_update(text).verify_slice(signature).ok()?;
        let mut parts = std::str::from_utf8(text).ok()?.split('.');
        let photo = StoredPhoto {
            file: parts.next()?.to_owned(),
            thumbnail: parts.next()?.to_owned(),
            width: parts.next()?.parse().ok()?,
            height: parts.next()?.parse().ok()?,
            bytes: parts.next()?.parse().ok()?,
        };
        Some((photo, parts.next()?.parse().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo() -> StoredPhoto {
        let (file, thumbnail) = ("a".repeat(64), "b".repeat(64));
        StoredPhoto { file, thumbnail, width: 2_560, height: 1_920, bytes: 1_234_567 }
    }

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap() + Duration::hours(hours)
    }

    #[test]
    fn a_key_gives_back_its_photo_for_a_day() {
        let keys = Keys::new(&Secrets::of("secret").unwrap());
        let key = keys.sign(&photo(), at(0));
        assert!(key.len() <= KEY_CHARS_MAX, "{}", key.len());
        assert_eq!(keys.verify(&key, "photos.0", at(23)), Ok(photo()));
        let late = Problem::at("photos.0", ProblemCode::Invalid, "photo-key");
        assert_eq!(keys.verify(&key, "photos.0", at(24)), Err(late));
    }

    #[test]
    fn a_key_that_was_touched_or_signed_elsewhere_is_none() {
        let keys = Keys::new(&Secrets::of("secret").unwrap());
        let foreign = Keys::new(&Secrets::of("another").unwrap()).sign(&photo(), at(0));
        let good = URL_SAFE_NO_PAD.decode(keys.sign(&photo(), at(0))).unwrap();
        let touched = (0..good.len()).map(|place| {
            let mut bytes = good.clone();
            bytes[place] ^= 1;
            URL_SAFE_NO_PAD.encode(bytes)
        });
        let others = ["", "x", "żółw", &"A".repeat(KEY_CHARS_MAX + 1), &foreign].map(str::to_owned);
        for key in touched.chain(others) {
            assert!(keys.verify(&key, "photo", at(0)).is_err(), "{key}");
        }
    }
}
