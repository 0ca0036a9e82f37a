//! One provider: the way there, and the way back.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::{
    AdditionalClaims, AdditionalProviderMetadata, AuthenticationContextClass, AuthenticationFlow,
    AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields, IdTokenVerifier, IssuerUrl,
    Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, ProviderMetadata, RedirectUrl,
    Scope, StandardErrorResponse, StandardTokenResponse, TokenResponse, UserInfoClaims,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreClaimName, CoreClaimType, CoreClientAuthMethod,
        CoreErrorResponseType, CoreGenderClaim, CoreGrantType, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm,
        CoreResponseMode, CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
        CoreSubjectIdentifierType, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::sync::Mutex;
use url::Url;

use crate::{
    accounts::{
        openid::{Refused, http::Http},
        rules::{self, Person},
    },
    actor::AccountKind,
    config::Provider,
    error::Result,
    ids,
};

/// What a provider says of itself is read again after so long, and after as long at the earliest when
/// it signs with a key that nobody knows.
const KNOWN_MINUTES: i64 = 60;
const KEYS_SECONDS_MIN: i64 = 60;
/// Seconds by which clocks may differ.
pub(super) const SKEW_SECONDS: i64 = 60;
/// The signatures that are believed: those whose key only the provider has.
pub(super) const ALGORITHMS: &[CoreJwsSigningAlgorithm] = &[
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What a provider says of itself beside what every provider does.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Further {
    pub end_session_endpoint: Option<Url>,
    authorization_response_iss_parameter_supported: Option<bool>,
}

impl AdditionalProviderMetadata for Further {}

/// Claims that the specification does not name, such as roles.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct OtherClaims(Map<String, Value>);

impl AdditionalClaims for OtherClaims {}

pub(super) type Metadata = ProviderMetadata<
    Further,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

type Tokens = StandardTokenResponse<
    IdTokenFields<
        OtherClaims,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

type Speaker = Client<
    OtherClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A provider of the settings.
pub struct OpenId {
    /// What the settings say of it.
    pub settings: Provider,
    secret: Option<ClientSecret>,
    http: Http,
    known: Mutex<Option<Known>>,
}

#[derive(Clone)]
struct Known {
    metadata: Arc<Metadata>,
    read_at: DateTime<Utc>,
}

/// A sign-in that goes to a provider.
pub struct Begun {
    /// Where the browser is sent.
    pub url: String,
    /// What the answer must carry.
    pub state: String,
    /// What the token must carry.
    pub nonce: String,
    /// What shows the provider that the code was asked for here.
    pub verifier: String,
}

impl OpenId {
    /// A provider, of which nothing is asked yet.
    pub fn new(settings: Provider, secret: Option<String>) -> Result<Self> {
        let http = Http::new(&settings.issuer)?;
        let secret = secret.map(ClientSecret::new);
        Ok(Self { settings, secret, http, known: Mutex::default() })
    }

    /// Sends somebody to the provider, to be sent back to `redirect`.
    pub async fn begin(&self, redirect: &str, now: DateTime<Utc>) -> Result<Begun, Refused> {
        let metadata = self.metadata(now).await?;
        let speaker = self.speaker(&metadata, redirect)?;
        let begun = Begun {
            url: String::new(),
            state: ids::token(),
            nonce: ids::token(),
            verifier: ids::token(),
        };
        let verifier = PkceCodeVerifier::new(begun.verifier.clone());
        let (state, nonce) = (begun.state.clone(), begun.nonce.clone());
        let mut asked = speaker
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                || CsrfToken::new(state),
                || Nonce::new(nonce),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .add_scopes(self.settings.scopes.iter().cloned().map(Scope::new));
        for acr in &self.settings.acr {
            asked = asked.add_auth_context_value(AuthenticationContextClass::new(acr.clone()));
        }
        let (url, ..) = asked.url();
        Ok(Begun { url: url.into(), ..begun })
    }

    /// Whether an answer is of this provider (RFC 9207): what another one answers must never be sent
    /// to this one.
    pub async fn is_issuer(
        &self,
        named: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<bool, Refused> {
        let metadata = self.metadata(now).await?;
        let must = metadata.additional_metadata().authorization_response_iss_parameter_supported;
        Ok(match named {
            Some(named) => named == metadata.issuer().as_str(),
            None => must != Some(true),
        })
    }

    /// Who signed in, by the code of the answer.
    pub async fn finish(
        &self,
        code: String,
        verifier: String,
        nonce: String,
        redirect: &str,
        now: DateTime<Utc>,
    ) -> Result<Person, Refused> {
        let metadata = self.metadata(now).await?;
        let speaker = self.speaker(&metadata, redirect)?;
        let tokens = speaker
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| Refused::Away(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .request_async(&self.http)
            .await
            .map_err(refusal)?;
        let missing = || Refused::Token("there is none".to_owned());
        let token = tokens.id_token().ok_or_else(missing)?;
        let nonce = Nonce::new(nonce);
        let claims = match token.claims(&self.verifier(&metadata, now), &nonce) {
            Ok(claims) => claims,
            // It may sign with a key that is newer than what is known of it.
            Err(_) => {
                let metadata = self.metadata_anew(now).await?;
                token
                    .claims(&self.verifier(&metadata, now), &nonce)
                    .map_err(|error| Refused::Token(error_chain(&error)))?
            }
        };
        // The library leaves this one to us: the token was made for somebody else to use.
        let foreign = claims.authorized_party().is_some_and(|azp| **azp != self.settings.client_id);
        if foreign {
            return Err(Refused::Token("it was made for another client".to_owned()));
        }
        let mut told = claims_of(claims)?;
        if metadata.userinfo_endpoint().is_some() && !self.is_enough(&told) {
            let subject = Some(claims.subject().clone());
            let further: UserInfoClaims<OtherClaims, CoreGenderClaim> = speaker
                .user_info(tokens.access_token().clone(), subject)
                .map_err(|error| Refused::Away(error.to_string()))?
                .request_async(&self.http)
                .await
                .map_err(|error| Refused::Token(error_chain(&error)))?;
            // What is signed stands over what is only told.
            let signed = std::mem::replace(&mut told, claims_of(&further)?);
            told.extend(signed);
        }
        Ok(rules::person(&self.settings, &told))
    }

    /// Whether the token alone tells what is needed: many providers tell names and roles only to who
    /// asks for them with the access token.
    fn is_enough(&self, told: &Map<String, Value>) -> bool {
        let staff = self.settings.kind == AccountKind::Staff;
        let roles = || !rules::values_at(told, &self.settings.roles_claim).is_empty();
        told.contains_key("name") && (!staff || roles())
    }

    /// Where the provider's own session can be ended; `None` where it has no such place.
    pub async fn end_session_url(&self, back: &str, now: DateTime<Utc>) -> Option<String> {
        let metadata = self.metadata(now).await.ok()?;
        let mut url = metadata.additional_metadata().end_session_endpoint.clone()?;
        url.query_pairs_mut()
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("post_logout_redirect_uri", back);
        Some(url.into())
    }

    fn speaker(&self, metadata: &Metadata, redirect: &str) -> Result<Speaker, Refused> {
        let (id, secret) = (ClientId::new(self.settings.client_id.clone()), self.secret.clone());
        let redirect = RedirectUrl::new(redirect.to_owned())
            .map_err(|error| Refused::Away(error.to_string()))?;
        Ok(Speaker::from_provider_metadata(metadata.clone(), id, secret).set_redirect_uri(redirect))
    }

    fn verifier(
        &self,
        metadata: &Metadata,
        now: DateTime<Utc>,
    ) -> IdTokenVerifier<'_, CoreJsonWebKey> {
        let id = ClientId::new(self.settings.client_id.clone());
        let keys = metadata.jwks().clone();
        IdTokenVerifier::new_public_client(id, metadata.issuer().clone(), keys)
            .set_allowed_algs(ALGORITHMS.iter().cloned())
            .set_time_fn(move || now)
            .set_issue_time_verifier_fn(move |issued| {
                let early = issued > now + TimeDelta::seconds(SKEW_SECONDS);
                if early { Err("it was issued in the future".to_owned()) } else { Ok(()) }
            })
            .set_auth_context_verifier_fn(move |acr| {
                let wanted = &self.settings.acr;
                let met = acr.is_some_and(|acr| wanted.contains(&**acr));
                if wanted.is_empty() || met { Ok(()) } else { Err("too weak".to_owned()) }
            })
    }

    /// What the provider says of itself.
    pub(super) async fn metadata(&self, now: DateTime<Utc>) -> Result<Arc<Metadata>, Refused> {
        self.read(now, TimeDelta::minutes(KNOWN_MINUTES)).await
    }

    /// The same, as it is now; asked for once in a while.
    pub(super) async fn metadata_anew(&self, now: DateTime<Utc>) -> Result<Arc<Metadata>, Refused> {
        self.read(now, TimeDelta::seconds(KEYS_SECONDS_MIN)).await
    }

    async fn read(&self, now: DateTime<Utc>, age: TimeDelta) -> Result<Arc<Metadata>, Refused> {
        // Held while it is asked: those who come meanwhile want the same answer.
        let mut known = self.known.lock().await;
        if let Some(known) = known.as_ref().filter(|known| now - known.read_at < age) {
            return Ok(Arc::clone(&known.metadata));
        }
        let away = |error: &dyn std::error::Error| Refused::Away(error_chain(error));
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(|error| away(&error))?;
        let metadata = Metadata::discover_async(issuer, &self.http).await;
        let metadata = Arc::new(metadata.map_err(|error| away(&error))?);
        *known = Some(Known { metadata: Arc::clone(&metadata), read_at: now });
        Ok(metadata)
    }
}

/// Only the kind of error: what else a provider says may tell of the person.
fn refusal<E: std::error::Error + 'static>(
    error: openidconnect::RequestTokenError<E, StandardErrorResponse<CoreErrorResponseType>>,
) -> Refused {
    use openidconnect::RequestTokenError::{Other, Parse, Request, ServerResponse};
    match error {
        ServerResponse(told) => Refused::by_provider(told.error().as_ref()),
        Request(error) => Refused::Away(error_chain(&error)),
        // What cannot be read may be quoted, and may tell of the person.
        Parse(..) => Refused::Token("the answer cannot be read".to_owned()),
        Other(text) => Refused::Away(text),
    }
}

fn error_chain(error: &dyn std::error::Error) -> String {
    let rest = error.source().map(error_chain);
    rest.map_or_else(|| error.to_string(), |rest| format!("{error}: {rest}"))
}

/// All claims by their names.
fn claims_of(claims: &impl Serialize) -> Result<Map<String, Value>, Refused> {
    match serde_json::to_value(claims) {
        Ok(Value::Object(claims)) => Ok(claims),
        _ => Err(Refused::Token("its claims cannot be read".to_owned())),
    }
}
