//! A small HTTP client that only looks whether an address answers.
//!
//! On hyper, which the server runs on, and rustls, which the database drivers bring: a larger client
//! would bring many more crates for the sake of redirects.

use std::{collections::HashSet, time::Duration};

use axum::{
    body::Body,
    http::{HeaderValue, Method, Request, Response, StatusCode, header},
};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{self, connect::HttpConnector},
    rt::TokioExecutor,
};
use tokio::time::timeout;
use url::Url;

use crate::commands::Failure;

/// Further redirects are not followed.
const REDIRECTS_MAX: usize = 5;
/// Who asks, as the sites see it in their logs.
const USER_AGENT: &str = concat!("Kontakt/", env!("CARGO_PKG_VERSION"), " (doctor links)");

/// A client with a time limit for each address.
pub struct Client {
    http: legacy::Client<HttpsConnector<HttpConnector>, Body>,
    limit: Duration,
}

impl Client {
    /// A client that knows the public certificate authorities.
    pub fn new(limit: Duration) -> Result<Self, Failure> {
        let provider = rustls::crypto::ring::default_provider();
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(provider)?
            .https_or_http()
            .enable_http1()
            .build();
        let http = legacy::Client::builder(TokioExecutor::new()).build(connector);
        Ok(Self { http, limit })
    }

    /// Whether an address answers, by whatever redirects; else why it does not.
    pub async fn look(&self, url: &Url) -> Result<(), String> {
        match timeout(self.limit, self.follow(url)).await {
            Ok(answer) => answer,
            Err(_) => Err(format!("no answer within {} s", self.limit.as_secs())),
        }
    }

    async fn follow(&self, url: &Url) -> Result<(), String> {
        let (mut url, mut seen) = (url.clone(), HashSet::new());
        loop {
            if !seen.insert(url.clone()) {
                return Err("redirects in a circle".to_owned());
            }
            if seen.len() > REDIRECTS_MAX + 1 {
                return Err(format!("redirects more than {REDIRECTS_MAX} times"));
            }
            let answer = self.ask(&url).await?;
            let status = answer.status();
            if status.is_success() {
                return Ok(());
            }
            let next = answer.headers().get(header::LOCATION).filter(|_| status.is_redirection());
            let next = next.and_then(|next| url.join(next.to_str().ok()?).ok());
            url = next.ok_or_else(|| status.to_string())?;
        }
    }

    /// By HEAD, and by GET where a site does not take that.
    async fn ask(&self, url: &Url) -> Result<Response<Incoming>, String> {
        let answer = self.send(Method::HEAD, url).await?;
        match answer.status() {
            StatusCode::FORBIDDEN | StatusCode::METHOD_NOT_ALLOWED => {
                self.send(Method::GET, url).await
            }
            _ => Ok(answer),
        }
    }

    async fn send(&self, method: Method, url: &Url) -> Result<Response<Incoming>, String> {
        let request = Request::builder()
            .method(method)
            .uri(url.as_str())
            .header(header::USER_AGENT, HeaderValue::from_static(USER_AGENT))
            .header(header::ACCEPT, HeaderValue::from_static("*/*"))
            .body(Body::empty())
            .map_err(|error| error.to_string())?;
        self.http.request(request).await.map_err(|error| cause(&error))
    }
}

/// The innermost error: those around it say no more than that there is one.
fn cause(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), cause)
}
