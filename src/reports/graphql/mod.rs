//! How categories and reports are seen.

mod bulk;
mod categories;
mod external;
mod filing;
mod live;
mod object;
mod parts;
mod queries;
mod together;
mod work;

use crate::{actor::Actor, error::Result, graphql::ContextExt};

pub use bulk::BulkMutations;
pub use categories::{CategoryMutations, CategoryObject, CategoryQueries};
pub use external::{ExternalMutations, ExternalObject, ExternalQueries};
pub use filing::FilingMutations;
pub use live::ReportSubscriptions;
pub use object::{PersonalDataFound, ReportObject, found_in, outcome_label};
pub use parts::{AssignmentObject, PhotoObject, RelationObject, TimelineObject};
pub use queries::{ReportConnection, ReportQueries};
pub use together::{Reading, Together, objects};
pub use work::WorkMutations;

/// The reports with these keys that the caller may see, in no order.
pub async fn reports(
    ctx: &async_graphql::Context<'_>,
    keys: &[uuid::Uuid],
) -> Result<Vec<ReportObject>> {
    let found = super::actions::by_ids(ctx.db(), ctx.actor(), keys).await?;
    Ok(objects(found, false))
}

/// The same, of which a resident sees the own ones as their holder.
pub async fn own_and_others(
    ctx: &async_graphql::Context<'_>,
    keys: &[uuid::Uuid],
) -> Result<Vec<ReportObject>> {
    let found = super::actions::by_ids(ctx.db(), ctx.actor(), keys).await?;
    let is_own = |report: &super::entity::Report| match ctx.actor() {
        Actor::Resident(account) => report.account.as_ref() == Some(account),
        _ => false,
    };
    let (own, others): (Vec<_>, Vec<_>) = found.into_iter().partition(is_own);
    Ok([objects(own, true), objects(others, false)].concat())
}
