//! A browser that keeps cookies.

use std::collections::BTreeMap;

use axum::Router;
use serde_json::json;

use super::{Answer, Client, Service};

/// A browser with its cookies.
#[derive(Clone)]
pub struct Browser<'a> {
    router: &'a Router,
    pub cookies: BTreeMap<String, String>,
}

impl<'a> Browser<'a> {
    /// A browser without cookies.
    pub fn new(service: &'a Service) -> Self {
        Self { router: &service.router, cookies: BTreeMap::new() }
    }

    /// One in which somebody has signed in by the sign-in of development.
    pub async fn of(service: &'a Service, who: &str) -> Self {
        let mut browser = Self::new(service);
        browser.develop(who).await;
        browser
    }

    /// Signs in by the sign-in of development.
    pub async fn develop(&mut self, who: &str) -> Answer {
        let answer = self.post("/auth/dev", &format!("token=dev:{who}&return=/there")).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        answer
    }

    /// Follows a link from wherever.
    pub async fn get(&mut self, path: &str) -> Answer {
        let answer = self.client().send("GET", path, "").await;
        self.keep(&answer);
        answer
    }

    /// Sends a form of our own page.
    pub async fn post(&mut self, path: &str, form: &str) -> Answer {
        let client = self
            .client()
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        let answer = client.send("POST", path, form.to_owned()).await;
        self.keep(&answer);
        answer
    }

    /// Asks the API from our own page.
    pub async fn ask(&self, query: &str) -> Answer {
        self.ask_with(query, json!({})).await
    }

    /// The same with variables.
    pub async fn ask_with(&self, query: &str, variables: serde_json::Value) -> Answer {
        let client = self.client().header("sec-fetch-site", "same-origin");
        client.ask_with(query, variables).await
    }

    /// Who the API says that it is: `me`, with these fields.
    pub async fn me(&self, fields: &str) -> serde_json::Value {
        self.ask(&format!("{{ me {{ {fields} }} }}")).await.data("/me")
    }

    /// A client that shows the cookies, and nothing of where it comes from.
    pub fn client(&self) -> Client<'a> {
        let pairs: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        match pairs.is_empty() {
            true => Client::new(self.router),
            false => Client::new(self.router).header("cookie", &pairs.join("; ")),
        }
    }

    fn keep(&mut self, answer: &Answer) {
        for set in answer.headers.get_all("set-cookie") {
            let set = set.to_str().unwrap();
            let (name, rest) = set.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            match set.contains("Max-Age=0") {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
    }
}
