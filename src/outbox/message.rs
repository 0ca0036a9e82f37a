//! A letter in the form in which mail servers take it.

use chrono::{DateTime, Utc};
use lettre::{
    Message,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use uuid::Uuid;

use crate::{
    outbox::Failure,
    words::{self, Lang},
};

/// A letter, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The delivery, by which mail servers know the letter again.
    pub id: Uuid,
    /// The address.
    pub to: String,
    /// The language.
    pub language: Lang,
    /// One line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as a page.
    pub html: String,
    /// Where the person says that no more letters are wanted.
    pub unsubscribe: Option<String>,
}

/// Makes the message. A field with a line break or another control character is refused: it could
/// write headers of its own.
pub fn message(from: &Mailbox, mail: &Mail, at: DateTime<Utc>) -> Result<Message, Failure> {
    let fields = [&mail.to, &mail.subject];
    if fields.into_iter().chain(&mail.unsubscribe).any(|field| field.contains(char::is_control)) {
        return Err(Failure::lasting("control-character"));
    }
    let to: Mailbox = mail.to.parse().map_err(|_| Failure::lasting("bad-address"))?;
    let mut builder = Message::builder()
        .from(from.clone())
        .to(to)
        .date(at.into())
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())))
        .subject(mail.subject.clone())
        .raw_header(header("Content-Language", words::tag(mail.language)))
        // So that no answering machine answers.
        .raw_header(header("Auto-Submitted", "auto-generated"));
    if let Some(link) = &mail.unsubscribe {
        builder = builder
            .raw_header(header("List-Unsubscribe", &format!("<{link}>")))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    let parts = MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone());
    builder.multipart(parts).map_err(|_| Failure::lasting("bad-message"))
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail() -> Mail {
        Mail {
            id: Uuid::from_u128(7),
            to: "anna@example.org".to_owned(),
            language: Lang::Uk,
            subject: "Звернення KCK-2026-000001".to_owned(),
            text: "Текст\n".to_owned(),
            html: "<p>Текст</p>\n".to_owned(),
            unsubscribe: Some("https://k.example/mail/unsubscribe/x".to_owned()),
        }
    }

    fn written(mail: &Mail) -> Result<String, Failure> {
        let from = "Kontakt <kontakt@k.example>".parse().unwrap();
        let at = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let message = message(&from, mail, at)?;
        Ok(String::from_utf8(message.formatted()).unwrap())
    }

    #[test]
    fn a_message_carries_what_mail_servers_and_readers_want_to_know() {
        let text = written(&mail()).unwrap();
        for line in [
            "Message-ID: <00000000-0000-0000-0000-000000000007@k.example>\r\n",
            "Content-Language: uk\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "List-Unsubscribe: <https://k.example/mail/unsubscribe/x>\r\n",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
            "Content-Type: text/plain; charset=utf-8\r\n",
            "Content-Type: text/html; charset=utf-8\r\n",
        ] {
            assert!(text.contains(line), "{line} is not in {text}");
        }
    }

    #[test]
    fn no_field_may_write_headers_of_its_own() {
        for evil in ["a\r\nBcc: b@example.org", "a\nb", "a\rb", "a\0b"] {
            for spoil in [
                (|mail, evil| mail.to = evil) as fn(&mut Mail, String),
                |mail, evil| mail.subject = evil,
                |mail, evil| mail.unsubscribe = Some(evil),
            ] {
                let mut mail = mail();
                spoil(&mut mail, evil.to_owned());
                assert_eq!(written(&mail), Err(Failure::lasting("control-character")));
            }
        }
        for address in ["anna", "anna@", "a b@example.org", "a@example.org, b@example.org"] {
            let mail = Mail { to: address.to_owned(), ..mail() };
            assert_eq!(written(&mail), Err(Failure::lasting("bad-address")), "{address}");
        }
    }
}
