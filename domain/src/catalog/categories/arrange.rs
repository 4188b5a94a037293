//! The order of siblings, and making one category part of another.

use super::{note, require, stale};
use crate::catalog::store::categories as store;
use crate::kernel::{Actor, CategoryId, Context, Error, write};
use serde_json::json;

/// Which way something is moved in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Towards {
    /// One place towards the first.
    Up,
    /// One place towards the last.
    Down,
}

impl Towards {
    /// The way of a form's word.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "up" => Some(Self::Up),
            "down" => Some(Self::Down),
            _ => None,
        }
    }
}

/// The order with one of them moved a place; at an end nothing moves.
pub(super) fn moved<T: PartialEq + Copy>(order: &[T], which: T, towards: Towards) -> Vec<T> {
    let mut order = order.to_vec();
    let Some(at) = order.iter().position(|one| *one == which) else { return order };
    match towards {
        Towards::Up if at > 0 => order.swap(at, at - 1),
        Towards::Down if at + 1 < order.len() => order.swap(at, at + 1),
        Towards::Up | Towards::Down => {}
    }
    order
}

/// Moves a category one place among its siblings. Needs no version: it says where to, not how everything is.
///
/// # Errors
/// Not found.
pub async fn shift(ctx: &Context, actor: &Actor, id: CategoryId, towards: Towards) -> Result<(), Error> {
    require(actor)?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            store::lock(tx.conn()).await?;
            let siblings = store::siblings(tx.conn(), id).await?;
            if !siblings.contains(&id) {
                return Err(Error::NotFound);
            }
            let order = moved(&siblings, id, towards);
            store::arrange(tx.conn(), &order).await?;
            note(tx, "category.moved", id, json!({ "place": order.iter().position(|one| *one == id) }));
            Ok(())
        })
    })
    .await
}

/// Makes a category part of another one: its services, branches and fields move there, its addresses lead there.
/// Returns how many services moved, whatever their state.
///
/// # Errors
/// Stale; itself; one with branches goes into one at the top only.
pub async fn merge(
    ctx: &Context,
    actor: &Actor,
    id: CategoryId,
    version: i32,
    into: Option<CategoryId>,
) -> Result<u64, Error> {
    require(actor)?;
    let into = into.ok_or_else(|| Error::invalid("into", "Choose a category from the list."))?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            store::lock(tx.conn()).await?;
            let from = store::place(tx.conn(), id).await?.ok_or(Error::NotFound)?;
            let to = store::place(tx.conn(), into).await?;
            let to = to.filter(|_| into != id).ok_or_else(|| Error::invalid("into", "Choose another category."))?;
            if from.version != version {
                return Err(stale());
            }
            if from.branches && (to.parent.is_some()) {
                return Err(Error::invalid(
                    "into",
                    "It has branches: choose a category at the top, or move them first.",
                ));
            }
            let top = to.parent.unwrap_or(into);
            store::fold(tx.conn(), id, into).await?;
            let services = store::move_services(tx.conn(), id, into, top).await?;
            store::recount(tx.conn()).await?;
            note(tx, "category.merged", id, json!({ "slug": from.slug, "into": into, "services": services }));
            Ok::<_, Error>(services)
        })
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::{Towards, moved};

    #[test]
    fn one_place_at_a_time_and_not_beyond_the_ends() {
        let order = [1, 2, 3];
        assert_eq!(moved(&order, 2, Towards::Up), [2, 1, 3]);
        assert_eq!(moved(&order, 2, Towards::Down), [1, 3, 2]);
        assert_eq!(moved(&order, 1, Towards::Up), order);
        assert_eq!(moved(&order, 3, Towards::Down), order);
        assert_eq!(moved(&order, 9, Towards::Up), order);
    }
}
