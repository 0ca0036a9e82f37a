//! A world in which everything that the table speaks of has happened once.

use chrono::Duration;
use image::ImageFormat;
use kontakt::{
    accounts::{self, NewToken},
    ids::{self, NodeKind},
    outbox::{self, Letter, Recipient, Template},
    words::Lang,
};
use serde_json::{Value, json};

use crate::{
    fields::table::{
        CONTACTS, DESK, INSIGHTS, NOBODY, NOTES, PROPOSALS, STAFF_KNOWLEDGE, TEACHERS, TEMPLATES,
        UNIT, WRITERS,
    },
    harness::{
        Browser, Client, Service,
        cards::{call, content, draft, step},
        form, forms, gaps, proposals,
        reports::{self, Filed, filed_by, take_step, verified},
        routing::{directed, worded},
        rules::taught,
        service,
    },
};

/// What is said of the person and the matter, where it is said.
const NAME: &str = "Anna Testowa";
const EMAIL: &str = "anna.testowa@example.org";
const PHONE: &str = "600 100 201";
const PHONE_IN_WORDS: &str = "601 202 303";
const QUESTION: &str = "Przy którym słupku?";
const SUPPLEMENT: &str = "Przy trzecim, obok mojej furtki.";
const NOTE: &str = "Dzwoniła zdenerwowana.";
const INTERNAL: &str = "Ekipa zapomniała.";
const SENT_BACK: &str = "To nie nasza działka.";
const FEEDBACK: &str = "Dalej się chwieje.";
const OUTSIDE_NOTE: &str = "Tauron zwleka.";
const DRAFT: &str = "Karta jeszcze tajna";
const STAFF_ARTICLE: &str = "Chrząszcz";
const TEMPLATE: &str = "szablon-swiata";
const PROPOSAL: &str = "Propozycja dla SA.";
const RULE: &str = "regula-swiata";
const SYNONYM: &str = "frazasynonimu";
const GAP: &str = "lukawswiecie";

/// The service, and the names of what is in it.
pub struct World {
    pub service: Service,
    cookie: String,
    tokens: Vec<(&'static str, String)>,
    open: Filed,
    secret: Filed,
    names: Vec<(&'static str, String)>,
    hidden_photos: Vec<String>,
}

impl World {
    pub async fn new() -> Self {
        let service = service().await;
        // First, as two hours pass until a gap is found.
        let gap = gap(&service).await;
        let open = report(&service, false).await;
        let secret = report(&service, true).await;
        finish(&service, &open).await;
        verified(&service, json!({ "category": "roads", "answers": [] })).await;
        let body = body(&service, &secret).await;
        service.import_articles(&[("dla-pracownikow", STAFF_ARTICLE, "STAFF")]).await;
        directed(&service, RULE, &["SA"]).await;
        taught(&service, "Synonym", SYNONYM, json!({ "means": ["dowód osobisty"] })).await;
        let (live, hidden) = cards(&service).await;
        taught(&service, "BestBet", "pytanie świata", json!({ "answers": [live] })).await;
        let (cookie, account) = people(&service).await;
        letter(&service, &open).await;
        written(&service, "formularz-swiata").await;
        forgotten(&service).await;
        let text = |id: &Value| id.as_str().unwrap().to_owned();
        let names = vec![
            ("BODY", body),
            ("NUMBER", open.number.clone()),
            ("PHONED", phoned(&service).await),
            ("IDEA", ideas(&service).await),
            ("TEMPLATE", text(&worded(&service, TEMPLATE, "SA").await)),
            ("PROPOSAL", text(&proposals::words(&service, PROPOSAL, "SA").await)),
            ("CARD", text(&live)),
            ("DRAFT", text(&hidden)),
            ("GAP", gap),
            ("ACCOUNT", account),
        ];
        let hidden_photos = hidden_photos(&service, &[&open, &secret]).await;
        let tokens = tokens(&service).await;
        service.settle().await;
        // An entry of the audit, whatever else there is.
        service.staff("editor").ask("{ auditLog { nodes { number } } }").await;
        Self { service, cookie, tokens, open, secret, names, hidden_photos }
    }

    /// A client as which a reader asks.
    pub fn client(&self, reader: &str) -> Client<'_> {
        let anyone = self.service.anyone();
        if let Some((_, secret)) = self.tokens.iter().find(|(scope, _)| *scope == reader) {
            return anyone.header("authorization", &format!("Bearer {secret}"));
        }
        match reader {
            "anyone" | "holder" => anyone,
            "session" => {
                anyone.header("cookie", &self.cookie).header("sec-fetch-site", "same-origin")
            }
            role => self.service.staff(role),
        }
    }

    /// A query with the names of this world, as a reader asks it.
    pub fn query(&self, reader: &str, query: &str) -> String {
        let report = |filed: &Filed| match reader {
            "holder" => format!("number: \"{}\", trackingToken: \"{}\"", filed.number, filed.token),
            _ => format!("number: \"{}\"", filed.number),
        };
        let query = query.replace("(OPEN)", &format!("({})", report(&self.open)));
        let query = query.replace("(SECRET)", &format!("({})", report(&self.secret)));
        self.names.iter().fold(query, |query, (name, value)| {
            query.replace(&format!("\"{name}\""), &format!("\"{value}\""))
        })
    }

    /// What a name stands for.
    pub fn name(&self, name: &str) -> &str {
        &self.names.iter().find(|(known, _)| *known == name).unwrap().1
    }

    /// Texts that only some may read, wherever they ask, and these.
    pub fn marks(&self) -> Vec<(String, Vec<&'static str>)> {
        let gap = [WRITERS, INSIGHTS].concat();
        let mut marks: Vec<(String, Vec<&str>)> = vec![
            (GAP.to_owned(), gap),
            (self.open.token.clone(), NOBODY.to_vec()),
            (self.secret.token.clone(), NOBODY.to_vec()),
            (self.name("BODY").to_owned(), UNIT.to_vec()),
        ];
        for text in [NAME, EMAIL, PHONE, PHONE_IN_WORDS, QUESTION, SUPPLEMENT, FEEDBACK] {
            marks.push((text.to_owned(), CONTACTS.to_vec()));
        }
        for text in [NOTE, INTERNAL, SENT_BACK, OUTSIDE_NOTE] {
            marks.push((text.to_owned(), NOTES.to_vec()));
        }
        for (text, readers) in [
            (DRAFT, WRITERS),
            (STAFF_ARTICLE, STAFF_KNOWLEDGE),
            (TEMPLATE, TEMPLATES),
            (PROPOSAL, PROPOSALS),
            (RULE, DESK),
            (SYNONYM, TEACHERS),
        ] {
            marks.push((text.to_owned(), readers.to_vec()));
        }
        marks.extend(self.hidden_photos.iter().map(|url| (url.clone(), CONTACTS.to_vec())));
        marks
    }

    /// The reports: one that everybody sees, one that only some do.
    pub fn reports(&self) -> [&Filed; 2] {
        [&self.open, &self.secret]
    }
}

/// A report of the resident that unit SA has taken, with all that can be said around it.
async fn report(service: &Service, sensitive: bool) -> Filed {
    let mut keys = Vec::new();
    for width in [20, 30] {
        let width = width + u32::from(sensitive);
        let photo = form::photo(width, 10, ImageFormat::Png);
        let sent = form::upload(&service.anyone(), &photo).await;
        keys.push(sent.data("/uploadPhoto/photo/key"));
    }
    let anna = service.staff("resident:anna");
    let words = format!("Słupek się chwieje, tel. {PHONE_IN_WORDS}.");
    let fields = json!({ "category": "roads", "description": words, "photos": keys,
        "answers": [{ "question": "where", "values": ["pavement"] }],
        "contact": { "name": NAME, "email": EMAIL, "phone": PHONE } });
    let filed = filed_by(&anna, fields).await;
    let officer = "officer:SA";
    let units = json!({ "units": ["SA", "ZZM"] });
    let reading = json!({ "sensitive": sensitive, "hiddenPhotos": [1] });
    for (role, mutation, fields) in [
        ("consultant", "verifyReport", reading),
        ("consultant", "forwardReport", units),
        ("officer:ZZM", "sendBackReport", json!({ "reason": SENT_BACK, "suggestedUnit": "SA" })),
        (officer, "takeReport", json!({})),
        ("consultant", "noteReport", json!({ "message": NOTE })),
        (officer, "askReporter", json!({ "message": QUESTION })),
    ] {
        take_step(service, role, mutation, &filed, fields).await;
    }
    let input = json!({ "report": reports::holder(&filed), "text": SUPPLEMENT });
    let answer = reports::call(&anna, "supplementReport", input).await;
    assert_eq!(answer.refusals("supplementReport"), Vec::<String>::new());
    let fields = json!({ "body": "Tauron", "message": "Pytamy.", "note": OUTSIDE_NOTE });
    take_step(service, officer, "sendReportOutside", &filed, fields).await;
    filed
}

/// A report that a consultant has taken down: its number.
async fn phoned(service: &Service) -> String {
    let words = format!("Kałuża, tel. {PHONE_IN_WORDS}.");
    let fields = json!({ "channel": "PHONE", "description": words, "contact": { "name": NAME } });
    let filed = filed_by(&service.staff("consultant"), fields).await;
    take_step(service, "consultant", "verifyReport", &filed, json!({})).await;
    take_step(service, "consultant", "noteReport", &filed, json!({ "message": NOTE })).await;
    filed.number
}

/// A form that is live, and is being written anew.
async fn written(service: &Service, slug: &str) {
    forms::live(service, slug).await;
    let input = json!({ "slug": slug, "expectedVersion": 2, "content": forms::content("Nowszy"), "changeNote": "Nowszy." });
    forms::done(&service.staff("editor"), "saveFormDraft", input).await;
}

/// Somebody who is not known any more.
async fn forgotten(service: &Service) {
    let fields = json!({ "contact": { "phone": "12 616 55 55" } });
    let filed = filed_by(&service.anyone(), fields).await;
    let query = "mutation($n: String!) { erasePerson(input: { number: $n, reason: REQUEST }) { errors { code } } }";
    let done = service.staff("dpo").ask_with(query, json!({ "n": filed.number })).await;
    assert_eq!(done.refusals("erasePerson"), Vec::<String>::new());
}

/// A letter about a report.
async fn letter(service: &Service, filed: &Filed) {
    let key = ids::parse_global_as(NodeKind::Report, filed.id.as_str().unwrap());
    let letter = Letter {
        to: Recipient::Address(EMAIL.to_owned()),
        language: Lang::Pl,
        template: Template::ReportForwarded,
        variables: Default::default(),
        dedup: "the letter of the world".to_owned(),
        expires_at: None,
        event: None,
        subject: key,
    };
    service.db().write(async |tx| outbox::mail(tx, letter).await).await.unwrap();
}

/// Brings a report to its end, and beyond.
async fn finish(service: &Service, filed: &Filed) {
    let answer =
        json!({ "outcome": "RESOLVED", "publicAnswer": "Już stoi.", "internalAnswer": INTERNAL });
    for (role, mutation, fields) in [
        ("officer:SA", "returnReportFromOutside", json!({ "message": "Wróciło." })),
        ("officer:SA", "answerReport", answer),
        ("consultant", "closeReport", json!({})),
    ] {
        take_step(service, role, mutation, filed, fields).await;
    }
    let anna = service.staff("resident:anna");
    let input = json!({ "report": reports::holder(filed), "satisfied": false,
        "reasons": ["OTHER"], "text": FEEDBACK });
    let rated = reports::call(&anna, "giveReportFeedback", input).await;
    assert_eq!(rated.refusals("giveReportFeedback"), Vec::<String>::new());
}

/// The token of the body outside the city that has a report.
async fn body(service: &Service, filed: &Filed) -> String {
    let officer = service.staff("officer:SA");
    let seen = reports::seen(&officer, &filed.number, "externalAssignments { token }").await;
    seen["externalAssignments"][0]["token"].as_str().unwrap().to_owned()
}

/// Two ideas that have to do with each other: the id of one.
async fn ideas(service: &Service) -> String {
    let idea = json!({ "kind": "IDEA", "category": "idea-roads" });
    let one = verified(service, idea.clone()).await;
    let other = verified(service, idea).await;
    let input = json!({ "id": one.id, "other": other.id, "kind": "SIMILAR" });
    let related = reports::call(&service.staff("consultant"), "relateIdeas", input).await;
    assert_eq!(related.refusals("relateIdeas"), Vec::<String>::new());
    one.id.as_str().unwrap().to_owned()
}

/// A card that is live with a draft beside it, and one that is only a draft; both of SA.
async fn cards(service: &Service) -> (Value, Value) {
    let (editor, publisher) = (service.staff("editor"), service.staff("publisher:jan"));
    let live = draft(service, "zywa").await;
    let version = step(&editor, "submitServiceCard", &live, 1).await;
    let version = step(&publisher, "approveServiceCard", &live, version).await;
    let version = step(&publisher, "publishServiceCard", &live, version).await;
    let input = json!({ "id": live, "expectedVersion": version, "content": content(DRAFT) });
    let edited = call(&editor, "editServiceCard", input).await;
    assert_eq!(edited.refusals("editServiceCard"), Vec::<String>::new());
    (live, draft(service, "tajna").await)
}

/// A gap of SA: its id.
async fn gap(service: &Service) -> String {
    let id = gaps::found(service, GAP).await["id"].clone();
    let assign = json!({ "id": id, "expectedVersion": 1, "unit": "SA", "dueOn": "2027-11-20" });
    let assigned = gaps::step(&service.staff("publisher"), "assign", assign).await;
    assert_eq!(assigned.refusals("assignKnowledgeGap"), Vec::<String>::new());
    id.as_str().unwrap().to_owned()
}

/// The addresses of photos that not everybody may see.
async fn hidden_photos(service: &Service, reports: &[&Filed]) -> Vec<String> {
    let mut urls = Vec::new();
    for filed in reports {
        let seen = reports::held(service, filed, "photos { hidden url thumbnailUrl }").await;
        let hidden = seen["photos"].as_array().unwrap().iter().filter(|one| one["hidden"] == true);
        let both = hidden.flat_map(|one| [one["url"].clone(), one["thumbnailUrl"].clone()]);
        urls.extend(both.map(|url| url.as_str().unwrap().to_owned()));
    }
    assert_eq!(urls.len(), 4);
    urls
}

/// Accounts: of a resident, who is signed in with a cookie, and of a member of staff, by its id.
async fn people(service: &Service) -> (String, String) {
    let staff = Browser::of(service, "consultant").await;
    let account = staff.me("id").await["id"].as_str().unwrap().to_owned();
    let browser = Browser::of(service, "resident:ewa").await;
    (format!("kontakt={}", browser.cookies["kontakt"]), account)
}

/// Applications with one scope each.
async fn tokens(service: &Service) -> Vec<(&'static str, String)> {
    let mut tokens = Vec::new();
    for scope in ["reports:file", "reports:read", "statistics:read", "calls:log"] {
        let (name, scopes) = (scope.replace(':', "-"), vec![scope.to_owned()]);
        let expires_at = service.clock.now() + Duration::days(30);
        let new = NewToken { name: &name, scopes, expires_at, owner: None };
        let made = async |tx: &_| accounts::create_token(tx, new).await;
        tokens.push((scope, service.db().write(made).await.unwrap()));
    }
    tokens
}
