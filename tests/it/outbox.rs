//! Letters on their way: over a real SMTP server on loopback, and as files.

use std::fs;

use chrono::{Duration, TimeDelta};
use kontakt::{
    app::App,
    clock::Clock,
    config::Config,
    db::Db,
    error::Result,
    outbox::{
        self, Compose, Content, Delivery, DeliveryState, Letter, Mailer, Recipient, Sender,
        TRIES_MAX, Template, Webhooks,
    },
    words::Lang,
};
use tempfile::TempDir;
use uuid::Uuid;

use crate::harness::{
    Start,
    authority::Authority,
    fresh,
    mail::{MailServer, Tls, Word},
    now,
};

const FROM: &str = "Kontakt <kontakt@krakow.example>";
/// What the letters of these tests are about.
const SUBJECT: Uuid = Uuid::from_u128(7);

/// Knows nobody but addresses.
struct Nobody;

impl Compose for Nobody {
    async fn compose(&self, _: &Delivery, _: &Recipient) -> Result<Content> {
        Ok(Content::Nothing("nobody"))
    }
}

struct Post {
    db: Db,
    config: Config,
    clock: Clock,
    sender: Sender<Nobody>,
    _data: TempDir,
}

async fn post(settings: &[(&str, &str)]) -> Post {
    let start = fresh(Start::Empty, settings).await;
    let clock = Clock::standing_at(now());
    let db = App::open_database(&start.config, clock.clone(), true).await.unwrap();
    let sender = sender(&db, &start.config);
    Post { db, config: start.config, clock, sender, _data: start.data }
}

fn sender(db: &Db, config: &Config) -> Sender<Nobody> {
    Sender::new(db.clone(), Mailer::of(config).unwrap(), Webhooks::of(config).unwrap(), Nobody)
}

async fn post_over(server: &MailServer) -> Post {
    post(&[("smtp-url", &server.url()), ("mail-from", FROM)]).await
}

fn sign_in(to: &str) -> Letter {
    Letter {
        to: Recipient::Address(to.to_owned()),
        language: Lang::Pl,
        template: Template::SignIn,
        variables: [
            ("minutes", "15".to_owned()),
            ("link", "https://kontakt.example/sign-in?token=geheim".to_owned()),
        ]
        .into(),
        dedup: format!("test:{to}"),
        expires_at: None,
        event: None,
        subject: Some(SUBJECT),
    }
}

impl Post {
    async fn mail(&self, letter: Letter) -> bool {
        self.db.write(async |tx| outbox::mail(tx, letter).await).await.unwrap()
    }

    async fn deliveries(&self) -> Vec<Delivery> {
        outbox::of_subject(self.db.reader(), SUBJECT).await.unwrap()
    }

    async fn states(&self) -> Vec<(DeliveryState, i32, Option<String>)> {
        let states = |all: Vec<Delivery>| {
            all.into_iter().map(|one| (one.state, one.attempts, one.last_error)).collect()
        };
        states(self.deliveries().await)
    }
}

#[tokio::test]
async fn a_letter_goes_to_the_mail_server_once_and_is_forgotten() {
    let server = MailServer::start().await;
    let post = post_over(&server).await;
    assert!(post.mail(sign_in("anna@example.org")).await);
    assert!(!post.mail(sign_in("anna@example.org")).await, "the same letter is sent once");
    assert_eq!(post.sender.send_due().await.unwrap(), 1);
    assert_eq!(post.sender.send_due().await.unwrap(), 0);
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].to, ["anna@example.org"]);
    assert!(taken[0].text.contains("From: Kontakt <kontakt@krakow.example>\r\n"));
    let [delivery] = &post.deliveries().await[..] else { panic!("one delivery") };
    assert_eq!((delivery.state, delivery.attempts), (DeliveryState::Sent, 1));
    // Neither the address nor the link is kept.
    assert_eq!((delivery.recipient.as_str(), delivery.variables.0.len()), ("", 0));
}

#[tokio::test]
async fn without_a_mail_server_a_letter_is_a_file() {
    let post = post(&[]).await;
    post.mail(sign_in("anna@example.org")).await;
    post.sender.send_due().await.unwrap();
    let id = post.deliveries().await[0].id;
    let file = post.config.data.join("mail").join(format!("{id}.eml"));
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains("To: anna@example.org\r\n"), "{text}");
    assert!(text.contains("https://kontakt.example/sign-in?token"), "{text}");
}

#[tokio::test]
async fn what_the_server_refuses_for_now_is_tried_again_and_what_it_refuses_for_good_is_not() {
    let server = MailServer::start().await;
    let post = post_over(&server).await;
    server.refuse(&[451]);
    post.mail(sign_in("anna@example.org")).await;
    post.sender.send_due().await.unwrap();
    let waits = (DeliveryState::Failed, 1, Some("smtp-451".to_owned()));
    assert_eq!(post.states().await, [waits]);
    assert_eq!(post.sender.send_due().await.unwrap(), 0, "not before its time");
    post.clock.advance(Duration::seconds(60));
    post.sender.send_due().await.unwrap();
    assert_eq!(post.states().await, [(DeliveryState::Sent, 2, None)]);

    server.refuse(&[550]);
    post.mail(sign_in("nobody@example.org")).await;
    post.mail(sign_in("ewa@example.org")).await;
    post.sender.send_due().await.unwrap();
    let dead = (DeliveryState::Dead, 1, Some("smtp-550".to_owned()));
    let sent = |tries| (DeliveryState::Sent, tries, None);
    assert_eq!(post.states().await, [sent(2), dead, sent(1)]);
    assert_eq!(server.taken().len(), 2);
}

#[tokio::test]
async fn a_letter_that_waited_for_the_server_leaves_as_soon_as_that_is_back() {
    let server = MailServer::start().await;
    let post = post_over(&server).await;
    let address = server.address;
    drop(server);
    post.mail(sign_in("anna@example.org")).await;
    for _ in 0..4 {
        post.sender.send_due().await.unwrap();
        post.clock.advance(Duration::minutes(10));
    }
    post.sender.send_due().await.unwrap();
    let [(state, tries, error)] = &post.states().await[..] else { panic!("one delivery") };
    assert_eq!((*state, error.as_deref()), (DeliveryState::Failed, Some("unreachable")));
    // The next try is still some time off; a look at the server finds it back.
    post.sender.look_again().await.unwrap();
    assert_eq!(post.sender.send_due().await.unwrap(), 0);
    let server = MailServer::start_at(address).await;
    post.sender.look_again().await.unwrap();
    assert_eq!(post.sender.send_due().await.unwrap(), 1);
    assert_eq!(post.states().await, [(DeliveryState::Sent, tries + 1, None)]);
    assert_eq!(server.taken().len(), 1);
}

#[tokio::test]
async fn a_letter_is_given_up_after_twelve_tries_and_holds_up_no_other() {
    let server = MailServer::start().await;
    let post = post_over(&server).await;
    post.mail(sign_in("anna@example.org")).await;
    server.refuse(&[451; TRIES_MAX as usize]);
    for _ in 0..TRIES_MAX {
        post.sender.send_due().await.unwrap();
        post.clock.advance(Duration::hours(8));
    }
    post.mail(sign_in("ewa@example.org")).await;
    post.sender.send_due().await.unwrap();
    let dead = (DeliveryState::Dead, TRIES_MAX, Some("smtp-451".to_owned()));
    assert_eq!(post.states().await, [dead, (DeliveryState::Sent, 1, None)]);
    let counts = outbox::counts(post.db.reader()).await.unwrap();
    assert_eq!((counts.queued, counts.failed, counts.dead), (0, 0, 1));
}

#[tokio::test]
async fn a_letter_that_is_too_late_is_not_sent() {
    let server = MailServer::start().await;
    let post = post_over(&server).await;
    let end = Some(now() + TimeDelta::minutes(15));
    post.mail(Letter { expires_at: end, ..sign_in("anna@example.org") }).await;
    post.clock.advance(Duration::minutes(15));
    post.sender.send_due().await.unwrap();
    let late = (DeliveryState::Suppressed, 1, Some("expired".to_owned()));
    assert_eq!(post.states().await, [late]);
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn an_address_that_would_write_headers_is_refused_for_good() {
    let server = MailServer::start().await;
    let post = post_over(&server).await;
    post.mail(sign_in("anna@example.org\r\nBcc: ewa@example.org")).await;
    post.sender.send_due().await.unwrap();
    let dead = (DeliveryState::Dead, 1, Some("control-character".to_owned()));
    assert_eq!(post.states().await, [dead]);
    assert!(server.taken().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_send_every_letter_once() {
    let server = MailServer::start().await;
    let post = post_over(&server).await;
    let other = App::open_database(&post.config, post.clock.clone(), true).await.unwrap();
    let other = sender(&other, &post.config);
    for number in 0..40 {
        post.mail(sign_in(&format!("a{number}@example.org"))).await;
    }
    let (here, there) = tokio::join!(post.sender.send_due(), other.send_due());
    assert_eq!(here.unwrap() + there.unwrap(), 40);
    let mut to: Vec<String> = server.taken().into_iter().flat_map(|taken| taken.to).collect();
    to.sort();
    to.dedup();
    assert_eq!((to.len(), server.taken().len()), (40, 40));
    assert!(post.states().await.iter().all(|state| *state == (DeliveryState::Sent, 1, None)));
}

/// What becomes of a letter over a server, as the settings name it.
async fn sent_by(
    server: &MailServer,
    url: &str,
    authority: Option<&Authority>,
) -> (DeliveryState, i32, Option<String>) {
    let file = authority.map(|known| known.file().to_str().unwrap().to_owned());
    let settings =
        [("smtp-url", url), ("mail-from", FROM), ("smtp-ca", file.as_deref().unwrap_or_default())];
    let post = post(&settings).await;
    post.mail(sign_in("anna@example.org")).await;
    post.sender.send_due().await.unwrap();
    let taken = server.taken();
    let [state] = &post.states().await[..] else { panic!("one delivery") };
    assert_eq!(taken.len(), usize::from(state.0 == DeliveryState::Sent));
    state.clone()
}

fn not_sent(why: &str) -> (DeliveryState, i32, Option<String>) {
    (DeliveryState::Failed, 1, Some(why.to_owned()))
}

#[tokio::test]
async fn a_letter_goes_by_tls_to_a_server_whose_authority_is_known() {
    let authority = Authority::new();
    let acceptor = authority.server("127.0.0.1");
    let at_once = MailServer::start_with(Tls::AtOnce(acceptor.clone())).await;
    let after_word = MailServer::start_with(Tls::AfterWord(acceptor)).await;
    for (server, url) in [
        (&at_once, format!("smtps://{}", at_once.address)),
        (&after_word, format!("smtp://{}?tls=required", after_word.address)),
    ] {
        let sent = sent_by(server, &url, Some(&authority)).await;
        assert_eq!(sent, (DeliveryState::Sent, 1, None), "{url}");
    }
}

#[tokio::test]
async fn a_letter_does_not_go_to_a_server_for_which_nobody_known_vouches() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    let acceptor = authority.server("127.0.0.1");
    let at_once = MailServer::start_with(Tls::AtOnce(acceptor.clone())).await;
    let after_word = MailServer::start_with(Tls::AfterWord(acceptor)).await;
    let other_name = authority.server("mail.example");
    let other_name = MailServer::start_with(Tls::AtOnce(other_name)).await;
    for (server, scheme, query, known) in [
        (&at_once, "smtps", "", None),
        (&at_once, "smtps", "", Some(&stranger)),
        (&after_word, "smtp", "?tls=required", None),
        (&after_word, "smtp", "?tls=required", Some(&stranger)),
        (&other_name, "smtps", "", Some(&authority)),
    ] {
        let url = format!("{scheme}://{}{query}", server.address);
        assert_eq!(sent_by(server, &url, known).await, not_sent("unreachable"), "{url}");
    }
}

#[tokio::test]
async fn a_letter_that_must_go_by_tls_does_not_go_in_the_open() {
    let authority = Authority::new();
    let server = MailServer::start().await;
    for (scheme, query) in [("smtp", "?tls=required"), ("smtps", "")] {
        let url = format!("{scheme}://{}{query}", server.address);
        let (state, ..) = sent_by(&server, &url, Some(&authority)).await;
        assert_eq!(state, DeliveryState::Failed, "{url}");
    }
}

#[tokio::test]
async fn at_whichever_word_a_server_refuses_a_letter_is_sent_again_or_given_up() {
    let server = MailServer::start().await;
    let post = post_over(&server).await;
    for (place, word) in [Word::From, Word::To, Word::Data, Word::End].into_iter().enumerate() {
        server.refuse_at(word, 451);
        post.mail(sign_in(&format!("again{place}@example.org"))).await;
        post.sender.send_due().await.unwrap();
        let last = post.states().await.pop().unwrap();
        assert_eq!(last, not_sent("smtp-451"), "{word:?}");
        post.clock.advance(Duration::minutes(5));
        post.sender.send_due().await.unwrap();
        assert_eq!(post.states().await.pop().unwrap(), (DeliveryState::Sent, 2, None), "{word:?}");
        assert_eq!(server.taken().len(), place + 1);

        server.refuse_at(word, 554);
        post.mail(sign_in(&format!("never{place}@example.org"))).await;
        post.sender.send_due().await.unwrap();
        let dead = (DeliveryState::Dead, 1, Some("smtp-554".to_owned()));
        assert_eq!(post.states().await.pop().unwrap(), dead, "{word:?}");
        assert_eq!(server.taken().len(), place + 1);
    }
}
