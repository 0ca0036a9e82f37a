//! Relay's `node` and `nodes`: any object by its global id.

use async_graphql::{Context, ID, Interface, Object};

use crate::{
    articles::{self, ArticleObject},
    cards::{self, CardObject},
    error::{Error, Result},
    graphql::ContextExt,
    ids::{self, NodeKind},
    units::{self, UnitObject},
    words::Message,
};

/// Ids that can be asked for at once.
const IDS_MAX: usize = 100;

/// Anything with an opaque global id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Opaque global id."))]
pub enum Node {
    /// A unit.
    Unit(UnitObject),
    /// A service card.
    ServiceCard(CardObject),
    /// An article.
    Article(ArticleObject),
}

/// Queries by id.
#[derive(Default)]
pub struct NodeQueries;

#[Object]
impl NodeQueries {
    /// The object with a global id; null when there is none that you may see.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id.")] id: ID,
    ) -> Result<Option<Node>> {
        fetch(ctx, &id).await
    }

    /// The objects with these global ids, in their order, null for each that there is not; at
    /// most 100.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global ids.")] ids: Vec<ID>,
    ) -> Result<Option<Vec<Option<Node>>>> {
        if ids.len() > IDS_MAX {
            let message = Message::new("too-many-ids").with("max", IDS_MAX);
            return Err(Error::BadRequest(message));
        }
        let mut nodes = Vec::with_capacity(ids.len());
        for id in &ids {
            nodes.push(fetch(ctx, id).await?);
        }
        Ok(Some(nodes))
    }
}

async fn fetch(ctx: &Context<'_>, id: &str) -> Result<Option<Node>> {
    let bad = || Error::BadRequest(Message::new("bad-id").with("id", id));
    let (kind, key) = ids::parse_global(id).ok_or_else(bad)?;
    let (db, actor) = (ctx.db(), ctx.actor());
    Ok(match kind {
        NodeKind::Unit => {
            let found = units::by_ids(db, &[key]).await?;
            found.into_iter().next().map(|unit| Node::Unit(unit.into()))
        }
        NodeKind::Article => {
            let found = articles::by_ids(db, actor, &[key]).await?;
            found.into_iter().next().map(|article| Node::Article(article.into()))
        }
        NodeKind::ServiceCard => cards::node(ctx, key).await?.map(Node::ServiceCard),
    })
}
