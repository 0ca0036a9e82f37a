//! A provider of OpenID Connect that answers whatever it is told to.

use std::sync::{Arc, Mutex};

use axum::{
    Form, Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::{net::TcpListener, task::JoinHandle};

use super::{Answer, Browser};

pub const CLIENT: &str = "kontakt";
pub const SECRET: &str = "the-secret-of-the-client";

/// How a token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// As it should be.
    Well,
    /// By a key of somebody else, under the name of the right one.
    ByAnotherKey,
    /// By the right key under a name that nobody knows.
    UnderAnotherName,
    /// With the secret of the client.
    WithTheSecret,
    /// Not at all.
    Not,
}

/// A provider on a port of its own; it ends when it is dropped.
pub struct Provider {
    pub issuer: String,
    state: Arc<Stub>,
    server: JoinHandle<()>,
}

struct Stub {
    issuer: String,
    key: Mutex<(String, EcdsaKeyPair)>,
    other: EcdsaKeyPair,
    answer: Mutex<(Value, Signed)>,
    metadata: Mutex<Value>,
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Provider {
    /// Starts one.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Stub {
            issuer: issuer.clone(),
            key: Mutex::new(("first".to_owned(), key())),
            other: key(),
            answer: Mutex::new((json!({}), Signed::Well)),
            metadata: Mutex::new(json!({})),
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .with_state(state.clone());
        let server = tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        Self { issuer, state, server }
    }

    /// The settings that name it; `further` are lines of TOML.
    pub fn settings(&self, name: &str, kind: &str, further: &str) -> String {
        format!(
            "[[provider]]\nname = '{name}'\nlabel = 'Provider {name}'\nissuer = '{}'\n\
             client_id = '{CLIENT}'\nclient_secret = '{SECRET}'\nkind = '{kind}'\n{further}\n",
            self.issuer
        )
    }

    /// Says something of itself that others do not.
    pub fn says(&self, metadata: Value) {
        *self.state.metadata.lock().unwrap() = metadata;
    }

    /// Signs with a new key from now on.
    pub fn turn_key(&self) {
        *self.state.key.lock().unwrap() = ("second".to_owned(), key());
    }

    /// What it answers to the next code.
    pub fn answers(&self, claims: Value, signed: Signed) {
        *self.state.answer.lock().unwrap() = (claims, signed);
    }

    /// The claims of a token for a person, as they should be.
    pub fn claims(&self, subject: &str, nonce: &str, now: DateTime<Utc>) -> Value {
        json!({
            "iss": self.issuer, "aud": CLIENT, "sub": subject, "nonce": nonce,
            "iat": now.timestamp(), "exp": now.timestamp() + 300,
            "name": "Anna Nowak", "preferred_username": "anna.nowak",
            "email": "anna@example.org", "email_verified": true, "sid": "sid-1",
        })
    }

    /// The claims of a word that a session has ended.
    pub fn word(&self, id: &str, now: DateTime<Utc>) -> Value {
        json!({
            "iss": self.issuer, "aud": CLIENT, "jti": id, "sub": "s-1", "sid": "sid-1",
            "iat": now.timestamp(), "exp": now.timestamp() + 120,
            "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
        })
    }

    /// Signs claims.
    pub fn sign(&self, claims: &Value, signed: Signed) -> String {
        self.state.sign(claims, signed)
    }
}

fn key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let secret = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(algorithm, secret.as_ref(), &random).unwrap()
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Stub {
    fn sign(&self, claims: &Value, signed: Signed) -> String {
        let own = self.key.lock().unwrap();
        let header = match signed {
            Signed::Not => json!({ "alg": "none" }),
            Signed::WithTheSecret => json!({ "alg": "HS256" }),
            Signed::UnderAnotherName => json!({ "alg": "ES256", "kid": "unknown" }),
            Signed::Well | Signed::ByAnotherKey => json!({ "alg": "ES256", "kid": own.0 }),
        };
        let text = format!("{}.{}", encoded(header.to_string()), encoded(claims.to_string()));
        let by = |key: &EcdsaKeyPair| {
            key.sign(&SystemRandom::new(), text.as_bytes()).unwrap().as_ref().to_vec()
        };
        let signature = match signed {
            Signed::Not => Vec::new(),
            Signed::ByAnotherKey => by(&self.other),
            Signed::Well | Signed::UnderAnotherName => by(&own.1),
            Signed::WithTheSecret => {
                let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, SECRET.as_bytes());
                ring::hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
            }
        };
        format!("{text}.{}", encoded(signature))
    }
}

async fn discovery(State(stub): State<Arc<Stub>>) -> Json<Value> {
    let issuer = &stub.issuer;
    let mut metadata = json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/jwks"),
        "end_session_endpoint": format!("{issuer}/leave"),
        "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
        "authorization_response_iss_parameter_supported": true,
    });
    for (name, value) in stub.metadata.lock().unwrap().as_object().unwrap() {
        metadata[name] = value.clone();
    }
    Json(metadata)
}

async fn keys(State(stub): State<Arc<Stub>>) -> Json<Value> {
    let key = stub.key.lock().unwrap();
    let point = key.1.public_key().as_ref();
    let (x, y) = (encoded(&point[1..33]), encoded(&point[33..]));
    let kid = &key.0;
    Json(
        json!({ "keys": [{ "kty": "EC", "crv": "P-256", "use": "sig", "kid": kid, "x": x, "y": y }] }),
    )
}

/// The code is the challenge, so that it is good for whoever knows what that was made of.
async fn token(
    State(stub): State<Arc<Stub>>,
    headers: HeaderMap,
    Form(form): Form<std::collections::HashMap<String, String>>,
) -> Response {
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{CLIENT}:{SECRET}"));
    let known = headers.get("authorization").is_some_and(|v| *v == format!("Basic {basic}"));
    let challenge = encoded(Sha256::digest(&form["code_verifier"]));
    if !known || challenge != form["code"] || form["grant_type"] != "authorization_code" {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" })))
            .into_response();
    }
    let (claims, signed) = stub.answer.lock().unwrap().clone();
    let token = stub.sign(&claims, signed);
    Json(json!({ "access_token": "a", "token_type": "Bearer", "id_token": token })).into_response()
}

/// A sign-in that has gone to a provider.
pub struct Under {
    pub provider: String,
    pub query: std::collections::HashMap<String, String>,
}

impl Under {
    /// Begins one in a browser.
    pub async fn begin(browser: &mut Browser<'_>, provider: &str, return_to: &str) -> Self {
        let answer = browser.get(&format!("/auth/sign-in/{provider}?return={return_to}")).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        let url = url::Url::parse(answer.header("location")).unwrap();
        let query = url.query_pairs().into_owned().collect();
        Self { provider: provider.to_owned(), query }
    }

    /// The address to which the provider sends the browser back.
    pub fn back(&self, issuer: &str) -> String {
        format!(
            "/auth/callback/{}?code={}&state={}&iss={issuer}",
            self.provider, self.query["code_challenge"], self.query["state"]
        )
    }

    /// The nonce that the token must carry.
    pub fn nonce(&self) -> &str {
        &self.query["nonce"]
    }
}

/// Signs somebody in, as it should be; gives the last answer.
pub async fn sign_in(
    browser: &mut Browser<'_>,
    provider: &Provider,
    name: &str,
    claims: Value,
    now: DateTime<Utc>,
) -> Answer {
    let under = Under::begin(browser, name, "/there").await;
    let mut whole = provider.claims("s-1", under.nonce(), now);
    for (claim, value) in claims.as_object().unwrap() {
        whole[claim] = value.clone();
    }
    provider.answers(whole, Signed::Well);
    browser.get(&under.back(&provider.issuer)).await
}
