//! Keeping the tree of categories: two levels, since searches know a service's category and the top of its branch.
//! Operators add, rename, move, hide and merge; services and counts follow, and former addresses lead to the present
//! one. Every form carries the version it was made from, so that nobody overwrites what they have not seen.

mod arrange;
mod commands;
mod edit;
mod fields;
mod find;
mod views;

pub use arrange::{Towards, merge, shift};
pub use commands::{CategoryText, FieldText, TINTS, TypedCategory, TypedField};
pub use edit::{add, change};
pub use fields::{remove_field, save_field, shift_field};
pub use find::{category, moved, shelves, tree};
pub use views::{Branch, CategoryPage};

use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Action, Actor, CategoryId, Error, Object, Role, Tx, can};
use serde_json::Value;

/// Who may not does not learn that there is anything to do.
fn require(actor: &Actor) -> Result<(), Error> {
    actor.signed_in()?;
    if can(actor, Action::ManageCategories, &Object::default()) { Ok(()) } else { Err(Error::NotFound) }
}

fn note(tx: &mut Tx, action: &'static str, category: CategoryId, detail: Value) {
    let capacity = if tx.actor().has(Role::Superadmin) { Role::Superadmin } else { Role::Admin };
    tx.audit(AuditEntry {
        action,
        object_kind: "category",
        object_id: category.0,
        capacity: capacity.name(),
        detail,
        personal: Value::Null,
    });
}

/// What is said to a form that was made from an older version.
fn stale() -> Error {
    Error::Conflict(
        "Somebody changed this category while you were at it. Above stands how it is now, below what you typed. Save \
         again to replace it."
            .to_owned(),
    )
}
