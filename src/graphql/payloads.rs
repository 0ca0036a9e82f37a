//! The payloads of mutations that give back one thing.

/// Declares payloads: Relay wants each mutation to have its own. First the field with what it says, then
/// the row and how it is seen.
macro_rules! payloads {
    (
        $field:ident: $object:ty = $said:literal,
        $row:ty: $seen:expr;
        $($(#[$doc:meta])* $name:ident),+ $(,)?
    ) => { $(
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $name {
            #[doc = $said]
            $field: Option<$object>,
            /// What to repair; empty when the step was taken.
            errors: Vec<$crate::graphql::UserError>,
        }

        impl $name {
            fn of(
                ctx: &async_graphql::Context<'_>,
                outcome: $crate::error::Result<$row>,
            ) -> $crate::error::Result<Self> {
                let (found, errors) = $crate::graphql::refusals(ctx, outcome)?;
                let seen: fn(&async_graphql::Context<'_>, $row) -> Option<$object> = $seen;
                Ok(Self { $field: found.and_then(|found| seen(ctx, found)), errors })
            }
        }
    )+ };
}

pub(crate) use payloads;
