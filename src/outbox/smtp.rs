//! Letters over SMTP.

use std::{fs, path::Path, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{
        Error, PoolConfig,
        client::{Certificate, Tls, TlsParameters},
    },
};
use url::Url;

use crate::{
    error,
    outbox::{Failure, rules::UNREACHABLE},
};

/// One letter takes at most this long, the connection included; four of them end within a lease.
const SEND_SECONDS_MAX: u64 = 60;
/// Connections that are held open.
const CONNECTIONS_MAX: u32 = 2;
/// Refusals of the login: these say nothing about the letter.
const LOGIN_CODES: std::ops::RangeInclusive<u16> = 530..=538;

/// A mail server.
pub struct Smtp(AsyncSmtpTransport<Tokio1Executor>);

impl Smtp {
    /// The server at an address such as `smtps://user:password@host`; its certificate may be signed by
    /// the authorities of a file, too.
    pub fn at(url: &str, authorities: Option<&Path>) -> error::Result<Self> {
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(error::Error::internal)?
            .timeout(Some(Duration::from_secs(SEND_SECONDS_MAX / 2)))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS_MAX));
        if let Some(file) = authorities {
            let told = |error: &dyn std::fmt::Display| {
                error::Error::internal(format!("setting smtp-ca: {}: {error}", file.display()))
            };
            let pem = fs::read(file).map_err(|error| told(&error))?;
            transport = transport.tls(tls(url, &pem).map_err(|error| told(&error))?);
        }
        Ok(Self(transport.build()))
    }

    /// Gives a letter to the server.
    pub async fn send(&self, message: Message) -> Result<(), Failure> {
        let limit = Duration::from_secs(SEND_SECONDS_MAX);
        match tokio::time::timeout(limit, self.0.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(failure(&error)),
            Err(_) => Err(Failure::passing(UNREACHABLE)),
        }
    }

    /// Whether the server answers.
    pub async fn is_there(&self) -> bool {
        let limit = Duration::from_secs(SEND_SECONDS_MAX);
        let answer = tokio::time::timeout(limit, self.0.test_connection()).await;
        matches!(answer, Ok(Ok(true)))
    }
}

/// How an address asks for TLS, as `from_url` reads it, with authorities beside those of the web.
fn tls(url: &str, authorities: &[u8]) -> Result<Tls, Box<dyn std::error::Error>> {
    let url = Url::parse(url)?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let authorities = Certificate::from_pem(authorities)?;
    let parameters = TlsParameters::builder(host).add_root_certificate(authorities).build()?;
    Ok(match (url.scheme(), url.query_pairs().any(|(key, _)| key == "tls")) {
        ("smtps", _) => Tls::Wrapper(parameters),
        // The settings know no other word for it.
        (_, true) => Tls::Required(parameters),
        (_, false) => Tls::None,
    })
}

/// What a refusal means. The server's words are logged, not kept: they may hold the address.
fn failure(error: &Error) -> Failure {
    match error.status() {
        Some(code) => {
            let code = u16::from(code);
            let of_letter = error.is_permanent() && !LOGIN_CODES.contains(&code);
            Failure { code: format!("smtp-{code}"), last: of_letter }
        }
        None if error.is_client() => Failure::passing("smtp-client"),
        None if error.is_tls() => Failure::passing("smtp-tls"),
        None => Failure::passing(UNREACHABLE),
    }
}
