//! How retention, deletions and erasure are seen and asked for.

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};

use crate::{
    audit::Period,
    graphql::{Connection, ContextExt, Nullable, UserError, refusals},
    ids::{self, NodeKind},
    page::PageRequest,
    permissions::{NO_UNIT, Permission},
    privacy::{
        actions::{self, Affected},
        entity::{Deletion, ErasePersonInput, ErasureReason},
        rules::{CLASSES, Class},
    },
    words,
};

/// A class of personal data in the API.
pub struct ClassObject(&'static Class);

/// A class of personal data, and how long it is kept.
#[Object(name = "RetentionClass")]
impl ClassObject {
    /// Its code, such as `contact`, which deletions name.
    async fn code(&self) -> &str {
        self.0.code
    }

    /// What it is and when its time begins, in the reader's language.
    async fn label(&self, ctx: &Context<'_>) -> String {
        words::label(ctx.lang(), "retention", self.0.code)
    }

    /// Days for which it is kept; 0 for less than one.
    async fn days(&self, ctx: &Context<'_>) -> i64 {
        self.0.days(&ctx.caller().app.config)
    }

    /// The law behind it, in Polish.
    async fn basis(&self) -> &str {
        self.0.basis
    }

    /// The setting that says how long; null where nothing changes it.
    async fn setting(&self) -> Option<&str> {
        self.0.setting()
    }

    /// Whether it is deleted when its time is over; what is not is kept at least so long.
    async fn deleted(&self) -> bool {
        self.0.is_deleted()
    }
}

/// A deletion in the API.
pub struct DeletionObject(pub Deletion);

/// Something that was deleted: what and why, never whose.
#[Object(name = "Deletion")]
impl DeletionObject {
    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.0.at
    }

    /// The class of data, as `retention` lists them, or `person` for somebody who was forgotten.
    async fn class(&self) -> &str {
        &self.0.class
    }

    /// How many things of it.
    async fn count(&self) -> i64 {
        self.0.count
    }

    /// Who, by the handle; `system` when time alone did it.
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// Why.
    async fn reason(&self) -> ErasureReason {
        self.0.reason
    }

    /// The numbers of the reports that it was about; the reports are still there.
    async fn report_numbers(&self) -> &[String] {
        &self.0.reports.0
    }
}

/// Somebody whose data was looked at, in the API.
pub struct AffectedObject(pub Affected);

/// Somebody whose contact data was looked at by somebody, without these data.
#[Object(name = "AffectedPerson")]
impl AffectedObject {
    /// The number of the report whose contact it was.
    async fn report_number(&self) -> Option<&str> {
        Some(&self.0.report.as_ref()?.number)
    }

    /// The global id of the account that the report is in; null where it is in none.
    async fn account(&self) -> Option<ID> {
        let account = self.0.report.as_ref()?.account.as_deref()?;
        Some(ids::global(NodeKind::Account, account.parse().ok()?).into())
    }

    /// Who looked, by the handle.
    async fn actor(&self) -> &str {
        &self.0.looks.actor
    }

    /// How often in the period.
    async fn looks(&self) -> i64 {
        self.0.looks.looks
    }

    /// The first time in the period.
    async fn first_at(&self) -> DateTime<Utc> {
        self.0.looks.first_at
    }

    /// The last time in the period.
    async fn last_at(&self) -> DateTime<Utc> {
        self.0.looks.last_at
    }
}

/// Reading what is kept, and what was deleted.
#[derive(Default)]
pub struct PrivacyQueries;

#[Object]
impl PrivacyQueries {
    /// All classes of personal data with the time for which each is kept. The data-protection officer and
    /// administrators.
    #[graphql(visible = "crate::graphql::staff")]
    async fn retention(&self, ctx: &Context<'_>) -> Nullable<Vec<ClassObject>> {
        let allowed = ctx.actor().must(Permission::ReadRetention, NO_UNIT);
        Some(allowed.map(|()| CLASSES.iter().map(ClassObject).collect()))
    }

    /// Whose contact data was looked at in a period, by whom and how often, from the audit: what has to be
    /// known within 72 hours of a breach (RODO, art. 33). One entry for each report and looker. The
    /// data-protection officer.
    #[graphql(visible = "crate::graphql::staff")]
    async fn affected_persons(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From this instant on.")] from: DateTime<Utc>,
        #[graphql(desc = "Before this instant.")] to: DateTime<Utc>,
        #[graphql(desc = "Of one person or program, by its handle; of all when nothing is said.")]
        actor: Option<String>,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<Connection<AffectedObject>> {
        let (period, page) = (Period { from, to, actor }, PageRequest { first, after });
        let page = actions::affected(ctx.db(), ctx.actor(), &period, &page).await;
        Some(page.map(|page| Connection::of(page, AffectedObject)))
    }

    /// What was deleted because its time was over or a person was forgotten, newest first. It holds no
    /// personal data. The data-protection officer and administrators.
    #[graphql(visible = "crate::graphql::staff")]
    async fn deletions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<Connection<DeletionObject>> {
        let page = actions::list(ctx.db(), ctx.actor(), &PageRequest { first, after }).await;
        Some(page.map(|page| Connection::of(page, DeletionObject)))
    }
}

/// The answer of `erasePerson`.
#[derive(SimpleObject)]
pub struct ErasePersonPayload {
    /// The numbers of the reports that it was about; none when it was done before.
    report_numbers: Option<Vec<String>>,
    /// What to repair; empty when it was done.
    errors: Vec<UserError>,
}

/// Having somebody forgotten.
#[derive(Default)]
pub struct PrivacyMutations;

#[Object]
impl PrivacyMutations {
    /// Forgets a person for good, in backups too: the contact data, letters that wait, what the address
    /// follows; with an account also its name, address and sessions, and the contacts of all its reports.
    /// The reports stay, and what is counted of them. Again, it changes nothing more. The data-protection
    /// officer; with the secret token of a report whoever filed it, for that report alone. Refused with
    /// REQUIRED at `number` when not one report or account is named, with NOT_ALLOWED at `account` for
    /// staff; NOT_FOUND for what there is not, and for a wrong token.
    async fn erase_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and why.")] input: ErasePersonInput,
    ) -> Nullable<ErasePersonPayload> {
        let desk = &ctx.caller().app.desk;
        let erase = async |tx: &_| actions::erase_person(tx, desk, ctx.actor(), input).await;
        let outcome = refusals(ctx, ctx.write(erase).await);
        Some(outcome.map(|(report_numbers, errors)| ErasePersonPayload { report_numbers, errors }))
    }
}
