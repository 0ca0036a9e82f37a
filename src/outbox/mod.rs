//! What leaves the house: letters and calls of webhooks, written down in the same write as what they
//! tell of, and sent by a worker that does not give up at once.
//!
//! A row says to whom, in which language and by which template; the words are found at the time of
//! sending. What was sent is sent once: only a machine that dies between the answer of the mail server
//! and the note of it sends again, under the same `Message-ID`.

mod actions;
mod entity;
pub mod folder;
mod letter;
mod message;
mod networks;
mod rules;
mod smtp;
mod webhook;
mod worker;

pub use actions::{
    Counts, KEPT_DAYS, anything_old, call, counts, forget_old, forget_to, mail, mail_all,
    of_subject, retry_dead, sent_to,
};
pub use entity::*;
pub use letter::{Letter, Words, preview, subject};
pub use message::Mail;
pub use rules::{Failure, TRIES_MAX};
pub use webhook::Webhooks;
pub use worker::{Compose, Content, Mailer, Sender};
