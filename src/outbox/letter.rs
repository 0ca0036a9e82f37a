//! The words of a letter, found in the language of whoever reads it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    outbox::{
        Mail,
        entity::{Recipient, Template, Variables},
    },
    words::{self, Lang},
};

/// A letter to put on its way.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Who gets it.
    pub to: Recipient,
    /// The language of the person.
    pub language: Lang,
    /// Which letter it is.
    pub template: Template,
    /// What it says that is about no stored thing. A `link` becomes the button of the letter.
    pub variables: Variables,
    /// A letter with the same text here is the same letter: it is sent once.
    pub dedup: String,
    /// When it is too late to send it.
    pub expires_at: Option<DateTime<Utc>>,
    /// The entry of the spine that it tells of.
    pub event: Option<i64>,
    /// The thing that it is about.
    pub subject: Option<Uuid>,
}

/// What a letter says.
#[derive(Clone, Debug)]
pub struct Words {
    /// Which letter it is.
    pub template: Template,
    /// The language of the person.
    pub language: Lang,
    /// The variables of the words.
    pub variables: Variables,
    /// What others wrote, each below a heading.
    pub quotes: Vec<(String, String)>,
    /// Where the button leads.
    pub link: Option<String>,
    /// Where the person says that no more letters are wanted.
    pub unsubscribe: Option<String>,
}

impl Words {
    /// The letter as it goes to an address.
    pub fn mail(&self, id: Uuid, to: String) -> Mail {
        Mail {
            id,
            to,
            language: self.language,
            subject: self.say("subject"),
            text: self.text(),
            html: self.html(),
            unsubscribe: self.unsubscribe.clone(),
        }
    }

    fn say(&self, part: &str) -> String {
        let key = format!("mail-{part}-{}", words::code(&self.template));
        words::fill(self.language, &key, &self.variables.0)
    }

    fn common(&self, part: &str) -> String {
        words::fill(self.language, &format!("mail-{part}"), &self.variables.0)
    }

    fn text(&self) -> String {
        let mut parts = vec![self.common("greeting"), self.say("text")];
        parts.extend(self.quotes.iter().map(|(heading, text)| format!("{heading}\n{text}")));
        parts.extend(self.link.iter().map(|link| format!("{}\n{link}", self.say("action"))));
        parts.push(self.common("farewell"));
        if let Some(link) = &self.unsubscribe {
            parts.push(format!("{}\n{link}", self.common("unsubscribe")));
        }
        parts.join("\n\n") + "\n"
    }

    fn html(&self) -> String {
        let mut body = paragraphs(&self.common("greeting")) + &paragraphs(&self.say("text"));
        for (heading, text) in &self.quotes {
            let (heading, text) = (escaped(heading), paragraphs(text));
            body +=
                &format!("<p><strong>{heading}</strong></p>\n<blockquote>{text}</blockquote>\n");
        }
        if let Some(link) = &self.link {
            let (link, action) = (escaped(link), escaped(&self.say("action")));
            body += &format!("<p><a href=\"{link}\">{action}</a></p>\n");
        }
        body += &paragraphs(&self.common("farewell"));
        if let Some(link) = &self.unsubscribe {
            let (link, label) = (escaped(link), escaped(&self.common("unsubscribe")));
            body += &format!("<p><small><a href=\"{link}\">{label}</a></small></p>\n");
        }
        let (lang, title) = (words::tag(self.language), escaped(&self.say("subject")));
        format!(
            "<!doctype html>\n<html lang=\"{lang}\">\n<head><meta charset=\"utf-8\">\
             <title>{title}</title></head>\n<body>\n{body}</body>\n</html>\n"
        )
    }
}

/// The subject of a letter, which names nothing but the number of a report.
pub fn subject(template: Template, language: Lang, number: String) -> String {
    let key = format!("mail-subject-{}", words::code(&template));
    words::fill(language, &key, &Variables::from([("number", number)]).0)
}

/// A letter with made-up content, to look at.
pub fn preview(template: Template, language: Lang) -> Mail {
    let sample = |name: &str| (name.to_owned(), words::label(language, "mail-sample", name));
    let names = ["number", "category", "stage", "outcome", "units", "days", "minutes", "day"];
    let is_report = template.is_about_report();
    let leads = is_report || matches!(template, Template::SignIn | Template::ConfirmAddress);
    let quote = match template {
        Template::ReportNeedsInfo => Some("question"),
        Template::ReportAnswered | Template::ReportClosed => Some("answer"),
        _ => None,
    };
    let quoted = |what: &str| {
        let text = words::label(language, "mail-sample", what);
        (words::label(language, "mail-quote", what), text)
    };
    let confirms = matches!(template, Template::ConfirmContact | Template::ConfirmFollow);
    let words = Words {
        template,
        language,
        variables: Variables(names.into_iter().map(sample).collect()),
        quotes: quote.map(quoted).into_iter().collect(),
        link: leads.then(|| "https://kontakt.example.org/…".to_owned()),
        unsubscribe: (is_report && !confirms)
            .then(|| "https://kontakt.example.org/mail/unsubscribe/…".to_owned()),
    };
    words.mail(Uuid::nil(), "anna@example.org".to_owned())
}

fn paragraphs(text: &str) -> String {
    let lines = |part: &str| escaped(part).replace('\n', "<br>\n");
    text.split("\n\n").map(|part| format!("<p>{}</p>\n", lines(part))).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn every_letter_has_its_words_in_every_language() {
        for template in Template::iter() {
            for language in [Lang::Pl, Lang::En, Lang::Uk] {
                let mail = preview(template, language);
                for part in [&mail.subject, &mail.text, &mail.html] {
                    let gap = ["{", "mail-", "$"].iter().find(|sign| part.contains(**sign));
                    let gap = gap.filter(|_| !part.contains("/mail/"));
                    assert_eq!(gap, None, "{template:?} {language:?}: {part}");
                }
                assert!(!mail.subject.contains(char::is_control));
            }
        }
    }

    #[test]
    fn what_others_wrote_is_text_in_the_page() {
        let words = Words {
            template: Template::ReportNeedsInfo,
            language: Lang::En,
            variables: [("number", "<b>".to_owned())].into(),
            quotes: vec![("A\"".to_owned(), "<script>\n\n&".to_owned())],
            link: Some("https://k.example/?a=1&b=\"".to_owned()),
            unsubscribe: None,
        };
        let html = words.html();
        assert!(html.contains("<p>&lt;script&gt;</p>\n<p>&amp;</p>"), "{html}");
        assert!(html.contains("href=\"https://k.example/?a=1&amp;b=&quot;\""), "{html}");
        assert!(!html.contains("<script>") && !html.contains("<b>"), "{html}");
    }
}
