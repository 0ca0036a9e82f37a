//! A client that sends requests through the router.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use serde_json::{Value, json};
use tower::ServiceExt;

/// A client with the headers that it sends.
#[derive(Clone)]
pub struct Client<'a> {
    router: &'a Router,
    headers: Vec<(String, String)>,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub text: String,
}

impl<'a> Client<'a> {
    pub fn new(router: &'a Router) -> Self {
        Self { router, headers: Vec::new() }
    }

    /// The same client with one header more.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sends a GraphQL document.
    pub async fn ask(&self, query: &str) -> Answer {
        self.ask_with(query, json!({})).await
    }

    /// Sends a GraphQL document with variables.
    pub async fn ask_with(&self, query: &str, variables: Value) -> Answer {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let client = self.clone().header("content-type", "application/json");
        client.send("POST", "/graphql", body).await
    }

    /// Sends any request.
    pub async fn send(&self, method: &str, path: &str, body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request.body(body.into()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, bytes, text }
    }
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    /// A header; empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// A part of the data by JSON pointer; fails when there were errors.
    pub fn data(&self, pointer: &str) -> Value {
        let body = self.json();
        assert_eq!(body.get("errors"), None, "{body:#}");
        let found = body["data"].pointer(pointer).cloned();
        found.unwrap_or_else(|| panic!("nothing at {pointer} in {body:#}"))
    }

    /// The code of the only error.
    pub fn error_code(&self) -> String {
        let body = self.json();
        let errors = body["errors"].as_array().unwrap_or_else(|| panic!("no errors: {body:#}"));
        assert_eq!(errors.len(), 1, "{body:#}");
        errors[0]["extensions"]["code"].as_str().unwrap().to_owned()
    }

    /// Codes and fields of the refusals in a mutation's payload, such as `CONFLICT id`.
    pub fn refusals(&self, mutation: &str) -> Vec<String> {
        let errors = self.data(&format!("/{mutation}/errors"));
        let refusal = |error: &Value| {
            let field: Vec<&str> = error["field"]
                .as_array()
                .unwrap()
                .iter()
                .map(|part| part.as_str().unwrap())
                .collect();
            format!("{} {}", error["code"].as_str().unwrap(), field.join("."))
        };
        errors.as_array().unwrap().iter().map(refusal).collect()
    }
}
