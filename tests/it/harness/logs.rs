//! The log of all tests, in which nothing of a person and nothing secret may ever stand. Every line that
//! an installation can have written is looked through as it comes; a find fails the tests that run.

use std::{
    fmt::{Debug, Write},
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use kontakt::personal;
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};
use tracing_subscriber::{
    Layer, filter::filter_fn, layer::Context, layer::SubscriberExt, util::SubscriberInitExt,
};

/// What the people of these tests are called, write and search for, and what they keep to themselves.
/// Addresses, telephone numbers, PESELs and plates are known by their form.
pub const MARKED: &[&str] = &[
    "Anna Nowak",
    "Testowa",
    DESCRIPTION,
    "Numer 14.",
    "Dalej ciemno",
    "Wodnik",
    "zarnoksiężnik",
    "hrząszcz",
    "geheim",
    super::provider::SECRET,
];

/// What a resident writes of a lamp.
pub const DESCRIPTION: &str = "Nie świeci latarnia przy przejściu dla pieszych.";

/// From here on what has upper and lower letters and digits is a secret: 128 bits have 22 characters.
const SECRET_CHARS_MIN: usize = 22;

/// Listens to everything from now on, once for all tests.
pub fn listen() {
    static LISTENING: OnceLock<()> = OnceLock::new();
    LISTENING.get_or_init(|| {
        let listener = Listener(Arc::clone(finds())).with_filter(filter_fn(may_be_written));
        tracing_subscriber::registry().with(listener).init();
    });
}

/// Whether an installation can have it written: what is ours and of requests from `debug` on, the rest
/// from `info` on.
fn may_be_written(of: &Metadata<'_>) -> bool {
    let is_of = |names: &[&str]| names.iter().any(|known| of.target().starts_with(known));
    let most = if is_of(&["kontakt", "tower_http"]) { Level::DEBUG } else { Level::INFO };
    // The bucket and the mail server of the tests are no part of an installation.
    *of.level() <= most && !is_of(&["s3s", "mailin"])
}

/// Looks through what a process of its own has written.
pub fn look_through(log: &str) {
    for line in log.lines() {
        note(finds(), line);
    }
}

/// Fails when anything was found, in whatever test.
pub fn assert_clean() {
    let found = finds().lock().unwrap().clone();
    assert_eq!(found, Vec::<String>::new(), "what must not be logged");
}

fn finds() -> &'static Arc<Mutex<Vec<String>>> {
    static FINDS: OnceLock<Arc<Mutex<Vec<String>>>> = OnceLock::new();
    FINDS.get_or_init(Arc::default)
}

fn note(finds: &Mutex<Vec<String>>, line: &str) {
    if let Some(what) = forbidden(line) {
        finds.lock().unwrap().push(format!("{what:?} in {line}"));
    }
}

/// What must not stand in a line of a log.
fn forbidden(line: &str) -> Option<&str> {
    let marked = MARKED.iter().find(|marked| line.contains(**marked)).copied();
    let personal = || {
        let found = personal::find(line).into_iter().find(|found| !is_fraction(line, found.start));
        found.map(|found| &line[found.start..found.end])
    };
    marked.or_else(personal).or_else(|| secret(line))
}

/// Whether digits stand behind a point, as those of seconds do: telephone numbers do not.
fn is_fraction(line: &str, start: usize) -> bool {
    let before = line[..start].strip_suffix('.');
    before.is_some_and(|whole| whole.ends_with(|last: char| last.is_ascii_digit()))
}

fn secret(line: &str) -> Option<&str> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    let has = |word: &str, kind: fn(&char) -> bool| word.chars().any(|letter| kind(&letter));
    line.split(|letter| !is_part(letter)).find(|word| {
        word.len() >= SECRET_CHARS_MIN
            && has(word, char::is_ascii_uppercase)
            && has(word, char::is_ascii_lowercase)
            && has(word, char::is_ascii_digit)
    })
}

/// Requests of which the log of all tests has heard.
static REQUESTS: AtomicUsize = AtomicUsize::new(0);

struct Listener(Arc<Mutex<Vec<String>>>);

impl<S: Subscriber> Layer<S> for Listener {
    fn on_new_span(&self, attributes: &span::Attributes<'_>, _: &span::Id, _: Context<'_, S>) {
        let mut line = Line(attributes.metadata().name().to_owned());
        attributes.record(&mut line);
        REQUESTS.fetch_add(usize::from(line.0.starts_with("request method=")), Ordering::Relaxed);
        note(&self.0, &line.0);
    }

    fn on_record(&self, _: &span::Id, values: &span::Record<'_>, _: Context<'_, S>) {
        let mut line = Line(String::new());
        values.record(&mut line);
        note(&self.0, &line.0);
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line(event.metadata().target().to_owned());
        event.record(&mut line);
        note(&self.0, &line.0);
    }
}

/// How many errors are logged on this thread while something is done.
pub async fn errors_in(work: impl Future) -> usize {
    let count = Arc::new(AtomicUsize::new(0));
    let subscriber = tracing_subscriber::registry().with(Errors(Arc::clone(&count)));
    let _here = tracing::subscriber::set_default(subscriber);
    work.await;
    count.load(Ordering::Relaxed)
}

struct Errors(Arc<AtomicUsize>);

impl<S: Subscriber> Layer<S> for Errors {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let is_error = *event.metadata().level() == Level::ERROR;
        self.0.fetch_add(usize::from(is_error), Ordering::Relaxed);
    }
}

/// The fields of an event one after the other.
struct Line(String);

impl Visit for Line {
    fn record_str(&mut self, field: &Field, value: &str) {
        let _ = write!(self.0, " {}={value}", field.name());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

#[test]
fn what_must_not_be_logged_is_found_wherever_it_stands() {
    let found = Arc::new(Mutex::new(Vec::new()));
    let listener = Listener(Arc::clone(&found)).with_filter(filter_fn(may_be_written));
    let subscriber = tracing_subscriber::registry().with(listener);
    let secret = kontakt::ids::token();
    tracing::subscriber::with_default(subscriber, || {
        tracing::warn!(target: "kontakt", "the letter to anna@example.org");
        tracing::debug!(target: "kontakt::reports", phone = "600 100 200", "called");
        tracing::error!(target: "kontakt", error = ?Some("44051401359"), "failed");
        tracing::info_span!(target: "kontakt", "request", path = format!("/auth/e-mail/{secret}"))
            .in_scope(|| tracing::info!(target: "sqlx", "said {DESCRIPTION:?}"));
        tracing::debug!(target: "kontakt", name = "Anna Nowak");
        // What nobody can have written, and what tells nothing.
        tracing::debug!(target: "sqlx", "anna@example.org");
        tracing::info!(target: "kontakt", id = %uuid::Uuid::from_u128(7), count = 600, "in 0.122206494 s");
        tracing::info!(target: "kontakt", file = kontakt::ids::digest("a photo"), "deleted");
    });
    let found = found.lock().unwrap().clone();
    assert_eq!(found.len(), 6, "{found:#?}");
    for (line, what) in found.iter().zip([
        "anna@example.org",
        "600 100 200",
        "44051401359",
        secret.as_str(),
        DESCRIPTION,
        "Anna Nowak",
    ]) {
        assert!(line.starts_with(&format!("{what:?} in ")), "{line}");
    }
}

#[tokio::test]
async fn requests_of_all_tests_are_heard_of() {
    let service = super::empty_service().await;
    let before = REQUESTS.load(Ordering::Relaxed);
    service.anyone().ask("{ me { name } }").await.data("");
    assert!(REQUESTS.load(Ordering::Relaxed) > before);
}
