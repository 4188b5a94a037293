//! Looking at the tree.

use super::require;
use super::views::{Branch, CategoryPage};
use crate::catalog::Shelves;
use crate::catalog::store::categories as store;
use crate::kernel::{Actor, CategoryId, Context, Error};

/// The whole tree in the order it is shown, without what has become part of others: one statement.
///
/// # Errors
/// Not found for those who may not see it.
pub async fn tree(ctx: &Context, actor: &Actor) -> Result<Vec<Branch>, Error> {
    require(actor)?;
    store::tree(&ctx.pool).await
}

/// A category with its fields: two statements.
///
/// # Errors
/// Not found, also for those who may not see it.
pub async fn category(ctx: &Context, actor: &Actor, id: CategoryId) -> Result<CategoryPage, Error> {
    require(actor)?;
    let tree = store::tree(&ctx.pool).await?;
    let branch = tree.iter().find(|branch| branch.id == id).cloned().ok_or(Error::NotFound)?;
    store::one(&ctx.pool, branch, tree).await
}

/// Where a category stands that had this address before. One statement.
///
/// # Errors
/// The database is away.
pub async fn moved(ctx: &Context, slug: &str) -> Result<Option<String>, Error> {
    store::moved(&ctx.pool, slug).await
}

/// The categories services can stand in, with what they are asked there: one statement.
///
/// # Errors
/// The database is away.
pub async fn shelves(ctx: &Context) -> Result<Shelves, Error> {
    store::fields::shelves(&ctx.pool).await
}
