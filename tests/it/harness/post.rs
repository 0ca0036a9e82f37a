//! A service whose letters go to a real mail server on loopback.

use chrono::Duration;
use kontakt::{
    app::App,
    events::Shared,
    jobs,
    notifications::{Composer, Notifications},
    outbox::Sender,
};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::{
    Answer, Service,
    mail::{MailServer, Taken},
    reports::{Filed, filed, seen, take_step},
    service_with,
};

/// The address of the one who files.
pub const ANNA: &str = "anna@example.org";
const FROM: &str = "Kontakt <kontakt@krakow.example>";
const PAGE: &str = "https://portal.example/reports/{number}#{token}";

/// A service whose letters go to a mail server.
pub struct Post {
    pub service: Service,
    pub server: MailServer,
    pub follower: Mutex<Shared<Notifications>>,
    pub sender: Sender<Composer>,
}

/// Such a service.
pub async fn post() -> Post {
    let server = MailServer::start().await;
    let url = server.url();
    let settings = [("smtp-url", url.as_str()), ("mail-from", FROM), ("report-page", PAGE)];
    let service = service_with(&settings).await;
    let (follower, sender) = parts(&service.app).await;
    Post { service, server, follower: Mutex::new(follower), sender }
}

/// The follower that writes letters down, and the sender.
pub async fn parts(app: &App) -> (Shared<Notifications>, Sender<Composer>) {
    (jobs::follower(app).await.unwrap(), jobs::sender(app).unwrap())
}

impl Post {
    /// Writes down and sends what is to be sent now; gives the letters that came of it.
    pub async fn deliver(&self) -> Vec<Taken> {
        let before = self.server.taken().len();
        self.follower.lock().await.catch_up().await.unwrap();
        self.sender.send_due().await.unwrap();
        self.server.taken().split_off(before)
    }

    /// The only letter that comes of what happened.
    pub async fn letter(&self) -> Taken {
        let mut letters = self.deliver().await;
        assert_eq!(letters.len(), 1, "{letters:#?}");
        letters.remove(0)
    }

    /// Presses the button of a page.
    pub async fn press(&self, path: &str) -> Answer {
        let client = self.service.anyone().header("accept-language", "en");
        client.send("POST", path, "List-Unsubscribe=One-Click").await
    }

    /// A report whose author has confirmed the address; the first letters are through.
    pub async fn confirmed(&self) -> Filed {
        let filed = filed(&self.service, contact()).await;
        let path = self.letter().await.path("/mail/confirm/");
        assert_eq!(self.press(&path).await.status, 200);
        self.letter().await;
        filed
    }

    /// Takes a step a minute later.
    pub async fn step(&self, role: &str, mutation: &str, filed: &Filed, fields: Value) {
        self.service.clock.advance(Duration::minutes(1));
        take_step(&self.service, role, mutation, filed, fields).await;
    }

    /// Asks for letters about a report.
    pub async fn follow(&self, number: &str, email: &str) -> Answer {
        let query = "mutation($input: FollowReportByEmailInput!) {
            followReportByEmail(input: $input) { accepted errors { code field } } }";
        let input = json!({ "input": { "number": number, "email": email } });
        self.service.anyone().header("accept-language", "en").ask_with(query, input).await
    }

    /// Letters about a report as staff sees them: template, state and error.
    pub async fn deliveries(&self, filed: &Filed) -> Vec<String> {
        let fields = "deliveries { template state lastError recipient }";
        let consultant = self.service.staff("consultant");
        let all = seen(&consultant, &filed.number, fields).await["deliveries"].clone();
        let text = |one: &Value| {
            assert_eq!(one["recipient"], "PERSON");
            let error = one["lastError"].as_str().map(|code| format!(" {code}"));
            let (template, state) = (one["template"].as_str(), one["state"].as_str());
            format!("{} {}{}", template.unwrap(), state.unwrap(), error.unwrap_or_default())
        };
        all.as_array().unwrap().iter().map(text).collect()
    }
}

/// The fields of a report with an address.
pub fn contact() -> Value {
    json!({ "contact": { "email": ANNA, "name": "Anna Nowak" } })
}
