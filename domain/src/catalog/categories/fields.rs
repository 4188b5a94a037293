//! What services of a category tell beside the usual. The fields of a category hold for its services; those of the top
//! of the branch hold for them as well.

use super::arrange::{Towards, moved};
use super::commands::FieldText;
use super::{note, require, stale};
use crate::catalog::store::categories::{self as store, fields};
use crate::kernel::{Actor, CategoryId, Context, Error, Tx, write};
use serde_json::json;
use uuid::Uuid;

/// More fields than this nobody fills in.
const MOST: i64 = 20;

/// Adds a field (`field` is `None`) or changes one. What services have filled in stays.
///
/// # Errors
/// Stale; not found; too many; another kind than services have filled in.
pub async fn save_field(
    ctx: &Context,
    actor: &Actor,
    (category, version): (CategoryId, i32),
    field: Option<Uuid>,
    text: FieldText,
) -> Result<(), Error> {
    require(actor)?;
    let fresh: Uuid = ctx.id();
    write(ctx, actor, move |tx| {
        let text = text.clone();
        Box::pin(async move {
            hold(tx, category, version).await?;
            let (id, action) = match field {
                Some(id) => (id, "category.field_changed"),
                None => (fresh, "category.field_added"),
            };
            let detail = json!({ "field": id, "label": text.label, "kind": text.kind });
            match field {
                None => {
                    if !fields::insert(tx.conn(), category, id, &text, MOST).await? {
                        return Err(Error::invalid("label", format!("{MOST} fields are enough.")));
                    }
                }
                Some(id) => {
                    let (kind, used) = fields::kind(tx.conn(), category, id).await?.ok_or(Error::NotFound)?;
                    if kind != text.kind && used > 0 {
                        let words = "Services have filled it in. Make a new field for another kind.";
                        return Err(Error::invalid("kind", words));
                    }
                    fields::update(tx.conn(), id, &text).await?;
                }
            }
            note(tx, action, category, detail);
            Ok(())
        })
    })
    .await
}

/// Takes a field away, with what services have filled in.
///
/// # Errors
/// Stale; not found.
pub async fn remove_field(
    ctx: &Context,
    actor: &Actor,
    (category, version): (CategoryId, i32),
    field: Uuid,
) -> Result<(), Error> {
    require(actor)?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            hold(tx, category, version).await?;
            if !fields::delete(tx.conn(), category, field).await? {
                return Err(Error::NotFound);
            }
            note(tx, "category.field_removed", category, json!({ "field": field }));
            Ok(())
        })
    })
    .await
}

/// Moves a field one place in its order.
///
/// # Errors
/// Not found.
pub async fn shift_field(
    ctx: &Context,
    actor: &Actor,
    category: CategoryId,
    field: Uuid,
    towards: Towards,
) -> Result<(), Error> {
    require(actor)?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            store::lock(tx.conn()).await?;
            let order = fields::order(tx.conn(), category).await?;
            if !order.contains(&field) {
                return Err(Error::NotFound);
            }
            fields::arrange(tx.conn(), &moved(&order, field, towards)).await?;
            note(tx, "category.field_moved", category, json!({ "field": field }));
            Ok(())
        })
    })
    .await
}

/// The category in the version the form was made from, which is over from now on.
async fn hold(tx: &mut Tx, category: CategoryId, version: i32) -> Result<(), Error> {
    store::lock(tx.conn()).await?;
    let place = store::place(tx.conn(), category).await?.ok_or(Error::NotFound)?;
    if place.version != version {
        return Err(stale());
    }
    store::touch(tx.conn(), category).await
}
