//! The whole tree of categories, also branches with nothing on offer yet.

use super::Category;
use super::store::search as store;
use crate::kernel::{Context, Error};

/// All categories in the order they are shown: one statement.
///
/// # Errors
/// The database is away.
pub async fn all_categories(ctx: &Context) -> Result<Vec<Category>, Error> {
    store::categories(&ctx.pool).await
}
