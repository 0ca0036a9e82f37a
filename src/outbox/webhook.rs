//! Calls of other services: signed, over TLS, to where the settings say and nowhere else.

use std::{
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{
        Client, Error as ClientError,
        connect::{HttpConnector, dns::Name},
    },
    rt::TokioExecutor,
};
use sha2::Sha256;
use tower_service::Service;
use url::Host;

use crate::{
    config::{Config, Webhook},
    error::{Error, Result},
    outbox::{Failure, networks, rules::UNREACHABLE},
};

/// One call takes at most this long; four of them end within a lease.
const CALL_SECONDS_MAX: u64 = 10;
/// The header with the time and the signature.
const SIGNATURE: &str = "kontakt-signature";
/// Who calls.
const USER_AGENT: &str = concat!("Kontakt/", env!("CARGO_PKG_VERSION"), " (webhook)");

/// Calls the webhooks of the settings.
pub struct Webhooks {
    known: Vec<Webhook>,
    hosts: Arc<Vec<String>>,
    client: Client<HttpsConnector<HttpConnector<Guard>>, Body>,
}

impl Webhooks {
    /// Those of the settings.
    pub fn of(config: &Config) -> Result<Self> {
        let hosts = Arc::new(config.webhook_hosts.clone());
        let mut connector = HttpConnector::new_with_resolver(Guard { hosts: hosts.clone() });
        connector.enforce_http(false);
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())
            .map_err(Error::internal)?
            .https_or_http()
            .enable_http1()
            .wrap_connector(connector);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Ok(Self { known: config.webhooks.clone(), hosts, client })
    }

    /// Calls a webhook with a body.
    pub async fn call(&self, name: &str, body: String, at: DateTime<Utc>) -> Result<(), Failure> {
        let Some(hook) = self.known.iter().find(|hook| hook.name == name) else {
            return Err(Failure::lasting("webhook-unknown"));
        };
        // A host that is an address passes by the resolver.
        if let Some(address) = literal(&hook.url)
            && !self.may(&address.to_string(), address)
        {
            return Err(Failure::passing(PRIVATE));
        }
        let request = Request::post(hook.url.as_str())
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, USER_AGENT)
            .header(SIGNATURE, signature(&hook.secret, &body, at))
            .body(Body::from(body))
            .map_err(|_| Failure::lasting("webhook-request"))?;
        let limit = Duration::from_secs(CALL_SECONDS_MAX);
        match tokio::time::timeout(limit, self.client.request(request)).await {
            Ok(Ok(answer)) => judge(answer.status()),
            Ok(Err(error)) => Err(failure(&error)),
            Err(_) => Err(Failure::passing(UNREACHABLE)),
        }
    }

    fn may(&self, host: &str, address: IpAddr) -> bool {
        networks::is_public(address) || self.hosts.iter().any(|known| known == host)
    }
}

/// The code of a host that lies in a private network, and is not one of those that may.
const PRIVATE: &str = "webhook-private";

fn literal(url: &url::Url) -> Option<IpAddr> {
    match url.host()? {
        Host::Ipv4(address) => Some(address.into()),
        Host::Ipv6(address) => Some(address.into()),
        Host::Domain(_) => None,
    }
}

/// The time, and what the secret makes of time and body: whoever knows the secret knows that the call
/// is ours, and how old it is.
fn signature(secret: &str, body: &str, at: DateTime<Utc>) -> String {
    let at = at.timestamp();
    // A key of HMAC may have any length.
    let signed = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .map(|mac| mac.chain_update(format!("{at}.{body}")).finalize().into_bytes());
    format!("t={at},v1={}", signed.map(hex::encode).unwrap_or_default())
}

/// What an answer means. A redirect is never followed: it would lead where the settings do not.
fn judge(status: StatusCode) -> Result<(), Failure> {
    let code = format!("http-{}", status.as_u16());
    match status {
        _ if status.is_success() => Ok(()),
        _ if status.is_redirection() || status == StatusCode::GONE => Err(Failure::lasting(code)),
        _ => Err(Failure::passing(code)),
    }
}

fn failure(error: &ClientError) -> Failure {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(inner) = cause {
        if inner.to_string() == PRIVATE {
            return Failure::passing(PRIVATE);
        }
        cause = inner.source();
    }
    Failure::passing(UNREACHABLE)
}

/// Finds the addresses of a host, and refuses one of which any lies in a private network: what is
/// connected to is what was looked at.
#[derive(Clone)]
struct Guard {
    hosts: Arc<Vec<String>>,
}

impl Service<Name> for Guard {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let hosts = self.hosts.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Vec<SocketAddr> = found.collect();
            let allowed = hosts.iter().any(|known| known == name.as_str());
            if allowed || found.iter().all(|one| networks::is_public(one.ip())) {
                return Ok(found.into_iter());
            }
            Err(io::Error::other(PRIVATE))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_what_anybody_with_the_secret_can_compute() {
        let at = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        // printf '1790000000.{}' | openssl dgst -sha256 -hmac secret
        assert_eq!(
            signature("secret", "{}", at),
            "t=1790000000,v1=d0cadd434460d4af55e7ab90d79c1802591d7001a77c9e06471d0e3ec8cc85ae"
        );
        assert_ne!(signature("secret", "{ }", at), signature("secret", "{}", at));
        assert_ne!(signature("other", "{}", at), signature("secret", "{}", at));
    }
}
