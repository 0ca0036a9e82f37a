//! Letters over SMTP.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{Error, PoolConfig},
};

use crate::outbox::{Failure, rules::UNREACHABLE};

/// One letter takes at most this long, the connection included; four of them end within a lease.
const SEND_SECONDS_MAX: u64 = 60;
/// Connections that are held open.
const CONNECTIONS_MAX: u32 = 2;
/// Refusals of the login: these say nothing about the letter.
const LOGIN_CODES: std::ops::RangeInclusive<u16> = 530..=538;

/// A mail server.
pub struct Smtp(AsyncSmtpTransport<Tokio1Executor>);

impl Smtp {
    /// The server at an address such as `smtps://user:password@host`.
    pub fn at(url: &str) -> Result<Self, Error> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?
            .timeout(Some(Duration::from_secs(SEND_SECONDS_MAX / 2)))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS_MAX))
            .build();
        Ok(Self(transport))
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
