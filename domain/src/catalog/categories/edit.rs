//! Adding and changing categories.

use super::commands::{CategoryText, slug_of};
use super::{note, require, stale};
use crate::catalog::store::categories as store;
use crate::kernel::{Actor, CategoryId, Context, Error, Tx, write};
use serde_json::json;

/// Adds a category, last among its siblings.
///
/// # Errors
/// Messages beside the fields; a branch cannot grow on a branch of a branch.
pub async fn add(ctx: &Context, actor: &Actor, text: CategoryText) -> Result<CategoryId, Error> {
    require(actor)?;
    let id: CategoryId = ctx.id();
    write(ctx, actor, move |tx| {
        let text = text.clone();
        Box::pin(async move {
            store::lock(tx.conn()).await?;
            may_grow(tx, None, text.parent).await?;
            let slug = text.slug.clone().unwrap_or_else(|| slug_of(&text.name));
            free(tx, id, &slug).await?;
            store::insert(tx.conn(), id, &slug, &text).await?;
            note(tx, "category.added", id, json!({ "slug": slug, "parent": text.parent }));
            Ok::<_, Error>(id)
        })
    })
    .await
}

/// Changes a category. With another parent its services move along; with another address the former one leads there.
///
/// # Errors
/// Messages beside the fields; a conflict when somebody changed it after `version`.
pub async fn change(
    ctx: &Context,
    actor: &Actor,
    id: CategoryId,
    version: i32,
    text: CategoryText,
) -> Result<(), Error> {
    require(actor)?;
    write(ctx, actor, move |tx| {
        let text = text.clone();
        Box::pin(async move {
            store::lock(tx.conn()).await?;
            let before = store::place(tx.conn(), id).await?.ok_or(Error::NotFound)?;
            if before.version != version {
                return Err(stale());
            }
            let slug = text.slug.clone().unwrap_or_else(|| before.slug.clone());
            if slug != before.slug {
                free(tx, id, &slug).await?;
                store::keep_slug(tx.conn(), id, &before.slug, &slug).await?;
            }
            if text.parent != before.parent {
                may_grow(tx, Some(id), text.parent).await?;
            }
            store::update(tx.conn(), id, &slug, &text).await?;
            if text.parent != before.parent {
                store::lift(tx.conn(), id, text.parent).await?;
                store::recount(tx.conn()).await?;
            }
            let detail = json!({ "slug": slug, "was": before.slug, "parent": text.parent, "hidden": text.hidden });
            note(tx, "category.changed", id, detail);
            Ok(())
        })
    })
    .await
}

/// Two levels: who has branches grows on none, and nobody grows on a branch.
async fn may_grow(tx: &mut Tx, id: Option<CategoryId>, parent: Option<CategoryId>) -> Result<(), Error> {
    let Some(parent) = parent else { return Ok(()) };
    if id == Some(parent) {
        return Err(Error::invalid("parent", "A category does not grow on itself."));
    }
    let above = store::place(tx.conn(), parent).await?;
    let above = above.ok_or_else(|| Error::invalid("parent", "Choose a category from the list."))?;
    if above.parent.is_some() {
        return Err(Error::invalid("parent", "There are two levels: choose one at the top."));
    }
    if let Some(id) = id
        && store::place(tx.conn(), id).await?.is_some_and(|own| own.branches)
    {
        return Err(Error::invalid("parent", "It has branches of its own. Move them first."));
    }
    Ok(())
}

async fn free(tx: &mut Tx, id: CategoryId, slug: &str) -> Result<(), Error> {
    if store::is_free(tx.conn(), id, slug).await? {
        return Ok(());
    }
    Err(Error::invalid("slug", "Another category has or had this address. Type another one."))
}
