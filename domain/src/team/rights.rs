//! Who may do what to a team. Who may not learns that there is nothing.

use super::MemberRole;
use super::store::members::Target;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Action, Actor, Error, MemberId, Object, ProviderId, Tx, can};
use serde_json::Value;
use uuid::Uuid;

/// Lets those in who may do it to a business.
pub(super) fn require(actor: &Actor, action: Action, provider: ProviderId) -> Result<(), Error> {
    actor.signed_in()?;
    if may(actor, action, provider) { Ok(()) } else { Err(Error::NotFound) }
}

pub(super) fn may(actor: &Actor, action: Action, provider: ProviderId) -> bool {
    can(actor, action, &Object { provider: Some(provider), ..Object::default() })
}

/// Owners are made and unmade by owners only.
pub(super) fn over(actor: &Actor, provider: ProviderId, roles: &[MemberRole]) -> Result<(), Error> {
    require(actor, Action::ManageTeam, provider)?;
    if roles.contains(&MemberRole::Owner) && !may(actor, Action::ManageOwners, provider) {
        return Err(Error::Conflict("Only owners decide about owners.".to_owned()));
    }
    Ok(())
}

/// The member a change is about, held until the change is over.
pub(super) async fn hold(tx: &mut Tx, provider: ProviderId, member: MemberId) -> Result<Target, Error> {
    let target = super::store::members::hold(tx.conn(), provider, member).await?;
    target.filter(|target| !target.left).ok_or(Error::NotFound)
}

/// An entry about a member. Names stand in `personal`, because people can be forgotten.
pub(super) fn note(tx: &mut Tx, action: &'static str, member: MemberId, detail: Value, personal: Value) {
    tx.audit(entry(action, "member", member.0, detail, personal));
}

pub(super) const fn entry(
    action: &'static str,
    object_kind: &'static str,
    object_id: Uuid,
    detail: Value,
    personal: Value,
) -> AuditEntry {
    AuditEntry { action, object_kind, object_id, capacity: "provider", detail, personal }
}

/// What is said when the database keeps the last owner.
pub(super) fn last_owner() -> Error {
    Error::Conflict("A business needs an owner. Make somebody else an owner first.".to_owned())
}
