//! How letters are seen and asked for.

use async_graphql::{Context, Enum, Object, SimpleObject};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    error::Result,
    graphql::{ContextExt, Nullable, UserError, refusals},
    notifications::{actions, entity::FollowReportByEmailInput},
    outbox::{self, Delivery, DeliveryKind, DeliveryState, Recipient, Template},
    permissions::Permission,
    words,
};

/// Who a delivery is for, without telling who that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum DeliveryRecipient {
    /// Somebody with an e-mail address: the person who filed the report, or one who follows it.
    Person,
    /// Another service.
    Webhook,
}

/// A delivery in the API.
pub struct DeliveryObject(Delivery);

/// A letter, or a call of another service, about a report.
#[Object(name = "Delivery")]
impl DeliveryObject {
    /// What is sent.
    async fn kind(&self) -> DeliveryKind {
        self.0.kind
    }

    /// Which letter it is; null for a call.
    async fn template(&self) -> Option<Template> {
        self.0.template
    }

    /// For whom it is.
    async fn recipient(&self) -> DeliveryRecipient {
        match self.0.recipient.parse() {
            Ok(Recipient::Webhook(_)) => DeliveryRecipient::Webhook,
            _ => DeliveryRecipient::Person,
        }
    }

    /// What became of it so far.
    async fn state(&self) -> DeliveryState {
        self.0.state
    }

    /// What became of it so far, in the reader's language.
    async fn state_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "delivery-state", &self.0.state)
    }

    /// How often it was tried; at most 12 times.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// Why it was not sent, as a code such as `smtp-550`, `unreachable` or `unsubscribed`.
    async fn last_error(&self) -> Option<&str> {
        self.0.last_error.as_deref()
    }

    /// When it is tried next; null when it is through.
    async fn next_at(&self) -> Option<DateTime<Utc>> {
        self.0.next_at
    }

    /// When it was written down.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When its state last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }
}

/// The deliveries about a thing, first to last.
pub async fn deliveries(ctx: &Context<'_>, subject: Uuid) -> Result<Vec<DeliveryObject>> {
    let all = outbox::of_subject(ctx.db(), subject).await?;
    Ok(all.into_iter().map(DeliveryObject).collect())
}

/// A letter with made-up content.
#[derive(SimpleObject)]
pub struct MailPreview {
    /// The subject line.
    subject: String,
    /// The plain text.
    text: String,
    /// The same as a page.
    html: String,
}

/// What can be seen of letters.
#[derive(Default)]
pub struct NotificationQueries;

#[Object]
impl NotificationQueries {
    /// A letter with made-up content, in the language of `Accept-Language`. Coordinators and
    /// administrators.
    #[graphql(visible = "crate::graphql::staff")]
    async fn mail_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which letter.")] template: Template,
    ) -> Nullable<MailPreview> {
        let allowed = ctx.actor().must_some(&[Permission::DirectReports]);
        Some(allowed.map(|()| {
            let mail = outbox::preview(template, ctx.lang());
            MailPreview { subject: mail.subject, text: mail.text, html: mail.html }
        }))
    }
}

/// The answer of `followReportByEmail`.
#[derive(SimpleObject)]
pub struct FollowReportByEmailPayload {
    /// Whether it was understood. It is the same whether the address is known already or not; letters
    /// come when it was confirmed by the link in the first one.
    accepted: bool,
    /// What to repair; empty when it was understood.
    errors: Vec<UserError>,
}

/// What can be asked for.
#[derive(Default)]
pub struct NotificationMutations;

#[Object]
impl NotificationMutations {
    /// Lets somebody hear by e-mail what becomes of a public report: a letter asks first whether the
    /// address is theirs; its link is good for 7 days, and nothing else goes there before. Letters come
    /// in the language of `Accept-Language`, each with a link that ends them. Refused with INVALID at
    /// `email`; NOT_FOUND for a report that is not public. Everybody.
    async fn follow_report_by_email(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report, and the address.")] input: FollowReportByEmailInput,
    ) -> Nullable<FollowReportByEmailPayload> {
        let app = &ctx.caller().app;
        let (desk, links, lang) = (&app.desk, &app.links, ctx.lang());
        let follow = async |tx: &_| {
            actions::follow_by_email(tx, desk, links, ctx.actor(), lang, input).await
        };
        let outcome = ctx.write(follow).await;
        Some(
            refusals(ctx, outcome).map(|(done, errors)| FollowReportByEmailPayload {
                accepted: done.is_some(),
                errors,
            }),
        )
    }
}
