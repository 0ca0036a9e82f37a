//! What can be done with categories.

use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, Set, sea_query::OnConflict};

use crate::{
    db::Tx,
    error::Result,
    reports::entity::{Category, category},
};

/// All categories in their order.
pub async fn categories(db: &impl ConnectionTrait) -> Result<Vec<Category>> {
    let rows = category::Entity::find().order_by_asc(category::Column::Position).all(db).await?;
    Ok(rows.into_iter().map(|row| row.content).collect())
}

/// Writes categories by their codes.
pub async fn import_categories(tx: &Tx, categories: Vec<Category>) -> Result<()> {
    let rows = (0..).zip(categories).map(|(position, content)| category::ActiveModel {
        code: Set(content.code.clone()),
        position: Set(position),
        content: Set(content),
    });
    let or_replace = OnConflict::column(category::Column::Code)
        .update_columns([category::Column::Position, category::Column::Content])
        .to_owned();
    category::Entity::insert_many(rows).on_conflict(or_replace).exec_without_returning(tx).await?;
    Ok(())
}
