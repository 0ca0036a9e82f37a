//! The word of a provider that a session has ended (OpenID Connect Back-Channel Logout 1.0).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use openidconnect::{JsonWebKey, JsonWebKeyId, core::CoreJwsSigningAlgorithm};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::accounts::openid::{
    OpenId, Refused,
    provider::{ALGORITHMS, Metadata, SKEW_SECONDS},
};

/// The event that such a word tells of.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// Bytes of such a word.
const WORD_BYTES_MAX: usize = 16 * 1024;
/// Seconds that may lie between the word and its arrival.
const AGE_SECONDS_MAX: i64 = 300;

/// What a provider says has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutWord {
    /// The name of this very word; each is taken once.
    pub id: String,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
    /// Whose sessions.
    pub subject: Option<String>,
    /// Which session.
    pub sid: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    alg: CoreJwsSigningAlgorithm,
    kid: Option<JsonWebKeyId>,
    typ: Option<String>,
    crit: Option<Value>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    iat: i64,
    exp: i64,
    jti: String,
    sub: Option<String>,
    sid: Option<String>,
    events: Map<String, Value>,
    nonce: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

impl OpenId {
    /// Reads the word, and holds it against everything that the specification asks.
    pub async fn logout_word(
        &self,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<LogoutWord, Refused> {
        let metadata = self.metadata(now).await?;
        let claims = match signed_claims(token, &metadata) {
            Ok(claims) => claims,
            // It may sign with a key that is newer than what is known of it.
            Err(_) => signed_claims(token, &*self.metadata_anew(now).await?).map_err(bad)?,
        };
        let issuer = metadata.issuer().as_str();
        check(claims, issuer, &self.settings.client_id, now).map_err(bad)
    }
}

fn bad(why: &str) -> Refused {
    Refused::Token(why.to_owned())
}

/// The claims, when a key of the provider has signed them.
fn signed_claims(token: &str, metadata: &Metadata) -> Result<Claims, &'static str> {
    if token.len() > WORD_BYTES_MAX {
        return Err("it is too long");
    }
    let (signed, signature) = token.rsplit_once('.').ok_or("it is no token")?;
    let (header, claims) = signed.split_once('.').ok_or("it is no token")?;
    let header: Header = part(header)?;
    let typed = header.typ.as_deref().is_none_or(|typ| {
        ["jwt", "logout+jwt"].iter().any(|known| typ.eq_ignore_ascii_case(known))
    });
    if !typed || header.crit.is_some() || !ALGORITHMS.contains(&header.alg) {
        return Err("it is signed in a way that is not believed");
    }
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| "it is no token")?;
    let mut keys = metadata.jwks().keys().iter();
    let named = |key: &&openidconnect::core::CoreJsonWebKey| {
        header.kid.is_none() || key.key_id() == header.kid.as_ref()
    };
    let signs = |key: &openidconnect::core::CoreJsonWebKey| {
        key.verify_signature(&header.alg, signed.as_bytes(), &signature).is_ok()
    };
    if !keys.by_ref().filter(named).any(signs) {
        return Err("no key of the provider has signed it");
    }
    part(claims)
}

fn part<T: DeserializeOwned>(text: &str) -> Result<T, &'static str> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| "it is no token")?;
    serde_json::from_slice(&bytes).map_err(|_| "it lacks what it must have")
}

fn check(
    claims: Claims,
    issuer: &str,
    client: &str,
    now: DateTime<Utc>,
) -> Result<LogoutWord, &'static str> {
    let here = match &claims.aud {
        Audience::One(one) => one == client,
        Audience::Many(many) => many.iter().any(|one| one == client),
    };
    let age = now.timestamp().saturating_sub(claims.iat);
    let expires_at = DateTime::from_timestamp(claims.exp, 0).ok_or("it ends at no time")?;
    if claims.iss != issuer || !here {
        return Err("it is not from there to here");
    }
    if expires_at <= now || !(-SKEW_SECONDS..=AGE_SECONDS_MAX).contains(&age) {
        return Err("it is too old");
    }
    // A token of a sign-in carries a nonce; it must never be taken for this.
    if claims.nonce.is_some() || !claims.events.get(EVENT).is_some_and(Value::is_object) {
        return Err("it tells of something else");
    }
    if claims.sub.is_none() && claims.sid.is_none() {
        return Err("it names nobody");
    }
    Ok(LogoutWord { id: claims.jti, expires_at, subject: claims.sub, sid: claims.sid })
}
