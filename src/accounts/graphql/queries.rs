//! Queries on accounts and sessions.

use async_graphql::{Context, Object};
use uuid::Uuid;

use crate::{
    accounts::{
        actions,
        graphql::{AccountObject, MeObject, SessionObject, objects::SignInOption},
        openid::OpenId,
    },
    actor::AccountKind,
    config::Profile,
    error::Result,
    graphql::{Connection, ContextExt, Nullable},
    page::PageRequest,
    words::Message,
};

/// Queries on accounts and sessions.
#[derive(Default)]
pub struct AccountQueries;

#[Object]
impl AccountQueries {
    /// The signed-in person who asks; null for everybody else.
    async fn me(&self, ctx: &Context<'_>) -> Nullable<MeObject> {
        let owner = match ctx.caller().identity.account() {
            Some(id) => actions::owner(ctx.db(), id).await,
            None => Ok(None),
        };
        owner.map(|owner| MeObject::of(ctx.actor(), owner)).transpose()
    }

    /// Your open sessions, newest first, at most 20; none when you are not signed in.
    async fn my_sessions(&self, ctx: &Context<'_>) -> Nullable<Vec<SessionObject>> {
        Some(sessions(ctx).await)
    }

    /// The ways to sign in, in the order in which they are to be offered.
    async fn sign_in_options(&self, ctx: &Context<'_>) -> Nullable<Vec<SignInOption>> {
        let app = &ctx.caller().app;
        let of_provider = |known: &OpenId| SignInOption {
            name: known.settings.name.clone(),
            label: known.settings.label.clone(),
            kind: Some(known.settings.kind),
            url: format!("/auth/sign-in/{}", known.settings.name),
        };
        let mut options: Vec<_> = app.providers.all().iter().map(of_provider).collect();
        if options.is_empty() && app.config.profile == Profile::Dev {
            let (name, label) = ("dev".to_owned(), "Development".to_owned());
            options.push(SignInOption { name, label, kind: None, url: "/auth/dev".to_owned() });
        }
        let (name, kind) = ("e-mail".to_owned(), Some(AccountKind::Resident));
        let label = Message::new("link-label").say(ctx.lang());
        options.push(SignInOption { name, label, kind, url: "/auth/e-mail".to_owned() });
        Some(Ok(options))
    }

    /// All accounts, newest first. Administrators.
    #[graphql(visible = "crate::graphql::staff")]
    async fn accounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Entries on the page, 0 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Nullable<Connection<AccountObject>> {
        let page = actions::list(ctx.db(), ctx.actor(), &PageRequest { first, after }).await;
        Some(page.map(|page| Connection::of(page, AccountObject)))
    }
}

/// The open sessions of the caller.
pub async fn sessions(ctx: &Context<'_>) -> Result<Vec<SessionObject>> {
    let identity = &ctx.caller().identity;
    let mine = actions::mine(ctx.db(), identity, ctx.now()).await?;
    Ok(mine.into_iter().map(|one| SessionObject::new(one, identity.session())).collect())
}

/// The accounts with these keys that the caller may see, in no order.
pub async fn accounts(ctx: &Context<'_>, keys: &[Uuid]) -> Result<Vec<AccountObject>> {
    let found = actions::by_ids(ctx.db(), ctx.actor(), keys).await?;
    Ok(found.into_iter().map(AccountObject).collect())
}
