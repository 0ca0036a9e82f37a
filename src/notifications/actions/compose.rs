//! What a letter about a report says: found when it is sent, from the report as it is then.

use uuid::Uuid;

use crate::{
    actor::Actor,
    db::Db,
    error::Result,
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
        let (Recipient::Subscription(id), Some(template)) = (to, delivery.template) else {
            return Ok(Content::Nothing("nobody"));
        };
        let Some((subscription, report)) = self.about(*id).await? else {
            return Ok(Content::Nothing("gone"));
        };
        if let Some(why) = rules::refusal(template, &subscription, &report) {
            return Ok(Content::Nothing(why));
        }
        let Some(address) = self.address(&subscription).await? else {
            return Ok(Content::Nothing("no-address"));
        };
        let words = self.words(template, &subscription, &report).await?;
        Ok(Content::Mail(words.mail(delivery.id, address)))
    }
}

impl Composer {
    async fn about(&self, id: Uuid) -> Result<Option<(Subscription, Report)>> {
        let db = self.db.reader();
        let Some(subscription) = subscribe::find(db, id).await? else { return Ok(None) };
        let report = reports::by_ids(db, &Actor::System, &[subscription.report_id.0]).await?.pop();
        Ok(report.map(|report| (subscription, report)))
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

    async fn words(
        &self,
        template: Template,
        subscription: &Subscription,
        report: &Report,
    ) -> Result<Words> {
        let language = words::negotiate(Some(&subscription.lang));
        let is_question = rules::is_question(template);
        let token = rules::is_contact(subscription).then(|| self.desk.tracking_token(report.id));
        Ok(Words {
            template,
            language,
            variables: self.variables(template, report, language).await?,
            quotes: self.quotes(template, report, language).await?,
            link: match is_question {
                true => Some(self.links.confirm(subscription)),
                false => self.links.report(&report.number, token.as_deref()),
            },
            unsubscribe: (!is_question).then(|| self.links.unsubscribe(subscription.id)),
        })
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
