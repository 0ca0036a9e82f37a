//! How the audit is seen.

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};

use crate::{
    audit::{
        actions,
        entity::{Act, AuditEntry, AuditFilter, LookReason},
    },
    events::Subject,
    graphql::{Connection, ContextExt, Nullable},
    ids::{self, NodeKind},
    page::PageRequest,
    words,
};

/// An act in the API.
pub struct AuditObject(pub AuditEntry);

/// Something that somebody with power did, or was refused.
#[Object(name = "AuditEntry")]
impl AuditObject {
    /// Its place in the audit, from 1, without gaps.
    fn number(&self) -> i64 {
        self.0.id
    }

    /// When.
    fn at(&self) -> DateTime<Utc> {
        self.0.at
    }

    /// Who, by the handle; residents are `resident` here, their accounts stand as what it was done to.
    fn actor(&self) -> &str {
        &self.0.actor
    }

    /// What.
    fn act(&self) -> Act {
        self.0.act
    }

    /// What, in the reader's language.
    fn act_label(&self, ctx: &Context<'_>) -> String {
        words::label_of(ctx.lang(), "audit-act", &self.0.act)
    }

    /// The global id of what it was done to; null where it was done to nothing, or to nothing that `node`
    /// fetches.
    fn subject(&self) -> Option<ID> {
        let kind = match self.0.subject_kind? {
            Subject::Report => NodeKind::Report,
            Subject::Card => NodeKind::ServiceCard,
            Subject::Article => NodeKind::Article,
            Subject::Unit => NodeKind::Unit,
            Subject::Account => NodeKind::Account,
            _ => return None,
        };
        Some(ids::global(kind, self.0.subject_id?).into())
    }

    /// Why, where a reason is asked for.
    fn reason(&self) -> Option<LookReason> {
        self.0.reason
    }

    /// What more there is to know, such as the field that was refused.
    fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }
}

/// Reading the audit.
#[derive(Default)]
pub struct AuditQueries;

#[Object]
impl AuditQueries {
    /// What people with power did, which personal data they saw and why, and who was refused; newest first.
    /// It is only ever added to, and `kontakt audit verify` shows that nothing was changed. For the
    /// data-protection officer.
    #[graphql(visible = "crate::graphql::staff")]
    async fn audit_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which entries; all when nothing is said.")] filter: Option<AuditFilter>,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<Connection<AuditObject>> {
        let page = PageRequest { first, after };
        let page = actions::list(ctx.db(), ctx.actor(), &filter.unwrap_or_default(), &page).await;
        Some(page.map(|page| Connection::of(page, AuditObject)))
    }
}
