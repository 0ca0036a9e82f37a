//! What a letter about a report says: found when it is sent, from the report as it is then.

use uuid::Uuid;

use crate::{
    accounts::{self, AccountId},
    actor::Actor,
    db::Db,
    error::{Error, Result},
    notifications::{
        Links, Subscription,
        actions::{addresses, subscribe},
        rules::{self, CONFIRM_DAYS},
    },
    outbox::{Compose, Content, Delivery, Recipient, Template, Variables, Words},
    reports::{self, AssignmentStage, Desk, Report, Step},
    units,
    words::{self, Lang},
};

/// Finds the words of letters about reports.
pub struct Composer {
    /// The database.
    pub db: Db,
    /// What is at hand for reports.
    pub desk: Desk,
    /// The links of letters.
    pub links: Links,
}

impl Compose for Composer {
    async fn compose(&self, delivery: &Delivery, to: &Recipient) -> Result<Content> {
        let Some(template) = delivery.template else { return Ok(Content::Nothing("nobody")) };
        let reader = match to {
            Recipient::Subscription(id) => self.of_subscription(*id, template).await?,
            Recipient::Account(id) => {
                self.of_account(AccountId(*id), delivery.subject_id, template).await?
            }
            _ => Err("nobody"),
        };
        let reader = match reader {
            Ok(reader) => reader,
            Err(why) => return Ok(Content::Nothing(why)),
        };
        let language = words::negotiate(Some(&delivery.lang));
        let words = Words {
            template,
            language,
            variables: self.variables(template, &reader.report, language).await?,
            quotes: self.quotes(template, &reader.report, language).await?,
            link: reader.link,
            unsubscribe: reader.unsubscribe,
        };
        Ok(Content::Mail(words.mail(delivery.id, reader.address)))
    }
}

/// Who reads a letter about a report, and where its links lead.
struct Reader {
    report: Report,
    address: String,
    link: Option<String>,
    unsubscribe: Option<String>,
}

/// A reader, or why there is none, as a code.
type Found = Result<Reader, &'static str>;

impl Composer {
    async fn of_subscription(&self, id: Uuid, template: Template) -> Result<Found> {
        let Some(subscription) = subscribe::find(self.db.reader(), id).await? else {
            return Ok(Err("gone"));
        };
        let Some(report) = self.report(subscription.report_id.0).await? else {
            return Ok(Err("gone"));
        };
        if let Some(why) = rules::refusal(template, &subscription, &report) {
            return Ok(Err(why));
        }
        let Some(address) = self.address(&subscription).await? else {
            return Ok(Err("no-address"));
        };
        let is_question = rules::is_question(template);
        Ok(Ok(Reader {
            address,
            link: match is_question {
                true => Some(self.links.confirm(&subscription)),
                false => self.link(&report, rules::is_contact(&subscription)),
            },
            unsubscribe: (!is_question).then(|| self.links.unsubscribe(subscription.id)),
            report,
        }))
    }

    /// The owner of an account, who may have chosen otherwise since the letter was written down.
    async fn of_account(
        &self,
        id: AccountId,
        report: Option<Uuid>,
        template: Template,
    ) -> Result<Found> {
        let db = self.db.reader();
        let Some(report) = self.report(report.unwrap_or_default()).await? else {
            return Ok(Err("gone"));
        };
        let Some(reader) = accounts::readers(db, vec![id]).await?.pop() else {
            return Ok(Err("no-address"));
        };
        let account = id.0.to_string();
        let is_author = report.account.as_ref() == Some(&account);
        let follows = async || {
            let known = reports::of_account(db, report.id, &account).await?;
            Ok::<_, Error>(known.is_some_and(|(_, follows)| follows))
        };
        if !reader.letters.want(rules::kind_of(template)) || !(is_author || follows().await?) {
            return Ok(Err("unsubscribed"));
        }
        if !is_author && !report.public {
            return Ok(Err("not-public"));
        }
        let Some(address) = reader.email else { return Ok(Err("no-address")) };
        Ok(Ok(Reader {
            address,
            link: self.link(&report, is_author),
            unsubscribe: Some(self.links.nothing(id.0)),
            report,
        }))
    }

    async fn report(&self, id: Uuid) -> Result<Option<Report>> {
        Ok(reports::by_ids(self.db.reader(), &Actor::System, &[id]).await?.pop())
    }

    /// The page of a report, with the secret token for the person who filed it.
    fn link(&self, report: &Report, is_author: bool) -> Option<String> {
        let token = is_author.then(|| self.desk.tracking_token(report.id));
        self.links.report(&report.number, token.as_deref())
    }

    /// The address, if it is still the one that was confirmed.
    async fn address(&self, subscription: &Subscription) -> Result<Option<String>> {
        let (db, vault) = (self.db.reader(), &self.desk.vault);
        if subscription.email.is_some() {
            return addresses::opened(db, vault, subscription).await;
        }
        let contact = reports::contact(db, vault, subscription.report_id).await?;
        let email = contact.and_then(|contact| contact.email);
        Ok(email.filter(|email| self.links.who(email) == subscription.who))
    }

    async fn variables(
        &self,
        template: Template,
        report: &Report,
        language: Lang,
    ) -> Result<Variables> {
        let register = self.desk.register(self.db.reader()).await?;
        let category = register.category(&report.category);
        let days = match template {
            Template::ReportNeedsInfo => reports::WAITS_DAYS.to_string(),
            Template::ReportClosed => reports::REOPENS_DAYS.to_string(),
            _ => CONFIRM_DAYS.to_string(),
        };
        let outcome = match report.outcome {
            Some(outcome) => reports::outcome_label(language, report.kind, outcome),
            None => words::label(language, "mail", "no-outcome"),
        };
        let units = self.answers(report).await?.into_iter().map(|(unit, _)| unit);
        Ok([
            ("number", report.number.clone()),
            (
                "category",
                category.map_or(&*report.category, |known| known.name_in(language)).into(),
            ),
            ("stage", words::label_of(language, "report-stage", &report.stage)),
            ("outcome", outcome),
            ("units", units.collect::<Vec<_>>().join(", ")),
            ("days", days),
        ]
        .into())
    }

    /// What a letter repeats of what others wrote: the question to the person, or the public answers.
    async fn quotes(
        &self,
        template: Template,
        report: &Report,
        language: Lang,
    ) -> Result<Vec<(String, String)>> {
        match template {
            Template::ReportNeedsInfo => {
                let histories = reports::timelines(self.db.reader(), &[report.id]).await?;
                let history = histories.into_values().flatten();
                let asked = history.filter(|past| past.step == Step::Ask).last();
                let heading = words::label(language, "mail-quote", "question");
                Ok(asked
                    .and_then(|past| past.text)
                    .map(|text| (heading, text))
                    .into_iter()
                    .collect())
            }
            Template::ReportAnswered | Template::ReportClosed => {
                let answers = self.answers(report).await?;
                let said = |(unit, answer): (String, Option<String>)| Some((unit, answer?));
                Ok(answers.into_iter().filter_map(said).collect())
            }
            _ => Ok(Vec::new()),
        }
    }

    /// The units that have a report now, by name, with what they answered.
    async fn answers(&self, report: &Report) -> Result<Vec<(String, Option<String>)>> {
        let db = self.db.reader();
        let all = reports::assignments(db, &[report.id]).await?.remove(&report.id);
        let current = all
            .unwrap_or_default()
            .into_iter()
            .filter(|one| one.round == report.reopened && one.stage != AssignmentStage::SentBack);
        let current: Vec<_> = current.collect();
        let codes: Vec<String> = current.iter().map(|one| one.unit.clone()).collect();
        let units = units::by_codes(db, &codes).await?;
        let name = |code: &str| {
            let found = units.iter().find(|unit| unit.code == code);
            found.map_or_else(|| code.to_owned(), |unit| unit.content.name.clone())
        };
        Ok(current.into_iter().map(|one| (name(&one.unit), one.public_answer)).collect())
    }
}
