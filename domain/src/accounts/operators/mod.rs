//! What operators do with accounts: find people, suspend and restore them, log them out, give roles, act for them.

mod behalf;
mod clear_factor;
mod find;
mod invite;
mod refused;
mod suspend;
mod view;

pub use behalf::{TASK_END_ACT, act_for, lapse_act, refuse_acts, stop_acting};
pub use clear_factor::clear_second_factor;
pub use find::{find_person, people, waiting};
pub use invite::{accept_invitation, invitation, invitations, invite, invite_from_here, revoke_invitation};
pub use refused::note_refusal;
pub use suspend::{Suspended, appeal, end_sessions, restore, suspend, take_role};
pub use view::{Figures, Invitation, PeopleFilter, Person, PersonRow, Suspension};

use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Action, Actor, Error, Object, Role, Tx, UserId, can};
use serde_json::{Value, json};

/// Who may not do it does not learn that there is anything to do.
fn require(actor: &Actor, action: Action) -> Result<UserId, Error> {
    let user = actor.signed_in()?;
    if can(actor, action, &Object::default()) { Ok(user) } else { Err(Error::NotFound) }
}

/// The role in which an operator acts, for the record: the highest they have.
fn capacity(actor: &Actor) -> &'static str {
    let highest =
        [Role::System, Role::Superadmin, Role::Admin, Role::OpsManager, Role::OnboardingManager, Role::Auditor];
    highest.into_iter().find(|role| actor.has(*role)).map_or("customer", Role::name)
}

fn note(tx: &mut Tx, action: &'static str, user: UserId, detail: Value, words: &str) {
    let entry = AuditEntry {
        action,
        object_kind: "user",
        object_id: user.0,
        capacity: capacity(tx.actor()),
        detail,
        personal: json!({ "words": words }),
    };
    tx.audit(entry);
}
