//! How categories and reports are seen.

/// Declares the payload of one mutation: Relay wants each to have its own. The first word says whether
/// the caller is the person who filed the report.
macro_rules! payloads {
    ($holder:literal, $($(#[$doc:meta])* $name:ident),+ $(,)?) => { $(
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $name {
            /// The report as it is now; null when the step was refused.
            report: Option<$crate::reports::graphql::ReportObject>,
            /// What to repair; empty when the step was taken.
            errors: Vec<$crate::graphql::UserError>,
        }

        impl $name {
            fn of(
                ctx: &async_graphql::Context<'_>,
                outcome: $crate::error::Result<$crate::reports::entity::Report>,
            ) -> $crate::error::Result<Self> {
                let (found, errors) = $crate::graphql::refusals(ctx, outcome)?;
                let object = |report| $crate::reports::graphql::objects(vec![report], $holder).pop();
                Ok(Self { report: found.and_then(object), errors })
            }
        }
    )+ };
}

mod bulk;
mod categories;
mod filing;
mod live;
mod object;
mod parts;
mod queries;
mod together;
mod work;

use crate::{error::Result, graphql::ContextExt};

pub use bulk::BulkMutations;
pub use categories::{CategoryObject, CategoryQueries};
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
