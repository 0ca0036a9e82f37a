//! How a person's data are asked for over the API.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use crate::{
    accounts::{self, AccountId},
    audit::LookReason,
    cases::export::{actions, entity::SCHEMA_VERSION},
    error::{Error, Result},
    graphql::{ContextExt, Nullable, UserError, refusals},
    ids::{self, NodeKind},
};

/// Where all your data are to be had.
#[derive(SimpleObject)]
pub struct MyData {
    /// The version of the document, which `docs/accounts.md` describes.
    schema_version: u32,
    /// Path of the document as JSON, for programs; for the browser in which you are signed in.
    json_url: &'static str,
    /// Path of the same as a page to read and print, in your language.
    html_url: &'static str,
}

/// Queries on one's own data.
#[derive(Default)]
pub struct ExportQueries;

#[Object]
impl ExportQueries {
    /// Where to get everything that is known of you: the account, sessions, reports with their history
    /// and photos, what you support, letters, consents, and who looked at how to reach you (RODO, art. 15
    /// and 20). Each download costs 500 points. Signed-in residents.
    async fn export_my_data(&self, ctx: &Context<'_>) -> Nullable<MyData> {
        let asked = accounts::resident(ctx.db(), &ctx.caller().identity).await;
        Some(asked.map(|_| MyData {
            schema_version: SCHEMA_VERSION,
            json_url: "/my-data.json",
            html_url: "/my-data.html",
        }))
    }
}

/// Of whom everything is gathered, and why.
#[derive(InputObject)]
pub struct ExportPersonInput {
    /// The account, by the global id that its owner sees as `me.id`.
    account: ID,
    /// Why: DATA_REQUEST when the person has asked, after it was shown who it is.
    reason: LookReason,
}

/// The answer of `exportPerson`.
#[derive(SimpleObject)]
pub struct ExportPersonPayload {
    /// The document of `/my-data.json` as text; null when the step was refused.
    json: Option<String>,
    /// What to repair; empty when the step was taken.
    errors: Vec<UserError>,
}

/// Mutations that gather data on behalf of their owners.
#[derive(Default)]
pub struct ExportMutations;

#[Object]
impl ExportMutations {
    /// Gathers everything that is known of a resident who has asked for it otherwise than signed in and
    /// has shown who it is. It is kept in the audit, with the reason, and the person sees it there too.
    /// NOT_FOUND for what is no account of a resident. The data-protection officer.
    #[graphql(visible = "crate::graphql::staff")]
    async fn export_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of whom, and why.")] input: ExportPersonInput,
    ) -> Nullable<ExportPersonPayload> {
        let id = ids::parse_global_as(NodeKind::Account, &input.account).map(AccountId);
        let vault = &ctx.caller().app.desk.vault;
        let gathered = ctx.write(async |tx| {
            let data = actions::of_account(tx, vault, ctx.actor(), id, input.reason).await?;
            serde_json::to_string(&data).map_err(Error::internal)
        });
        let outcome: Result<String> = gathered.await;
        Some(refusals(ctx, outcome).map(|(json, errors)| ExportPersonPayload { json, errors }))
    }
}
