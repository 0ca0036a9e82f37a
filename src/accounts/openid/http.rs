//! The client that speaks to providers: no redirects, little patience, small answers.

use std::{pin::Pin, time::Duration};

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::{Client, redirect::Policy};

use crate::error::{Error, Result};

/// A provider must be reached, and must have answered, within these times.
const CONNECT_SECONDS_MAX: u64 = 3;
const ANSWER_SECONDS_MAX: u64 = 8;
/// Bytes of an answer.
const ANSWER_BYTES_MAX: usize = 512 * 1024;

/// A client of one provider. Cheap to clone.
#[derive(Clone)]
pub struct Http(Client);

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// It cannot be reached, or not in time.
    #[error("{0}")]
    Failed(#[from] reqwest::Error),
    /// The answer has no end.
    #[error("the answer has more than {ANSWER_BYTES_MAX} bytes")]
    TooLarge,
    /// The answer cannot be passed on.
    #[error("{0}")]
    Odd(#[from] openidconnect::http::Error),
}

impl Http {
    /// A client; it speaks without TLS only with a provider on this machine.
    pub fn new(issuer: &str) -> Result<Self> {
        // Whoever was here first has chosen the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Client::builder()
            .redirect(Policy::none())
            .https_only(issuer.starts_with("https://"))
            .connect_timeout(Duration::from_secs(CONNECT_SECONDS_MAX))
            .timeout(Duration::from_secs(ANSWER_SECONDS_MAX))
            .build()
            .map(Self)
            .map_err(Error::internal)
    }

    async fn send(self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let mut answer = self.0.execute(request.try_into()?).await?;
        let mut built = openidconnect::http::Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            built = built.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await? {
            body.extend_from_slice(&part);
            if body.len() > ANSWER_BYTES_MAX {
                return Err(HttpError::TooLarge);
            }
        }
        Ok(built.body(body)?)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.clone().send(request))
    }
}
