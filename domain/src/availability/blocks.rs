//! Time a member keeps free for themselves.

use super::reserve::{Claim, State, lock_members, reserve};
use super::store;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Action, Actor, Context, Error, MemberId, Object, ProviderId, TimeRange, can, write};
use serde_json::json;
use uuid::Uuid;

/// Blocks a stretch of a member's time.
///
/// # Errors
/// Not one's calendar (not found), or the time is taken (conflict).
pub async fn block(
    ctx: &Context,
    actor: &Actor,
    member: MemberId,
    range: TimeRange,
    note: String,
) -> Result<(), Error> {
    let provider = ProviderId(store::provider_of(&ctx.pool, member).await?);
    may_keep(actor, member, provider)?;
    let for_tx = ctx.clone();
    write(ctx, actor, move |tx| {
        let (ctx, note) = (for_tx.clone(), note.clone());
        Box::pin(async move {
            lock_members(tx.conn(), &[member]).await?;
            let claim = Claim {
                member,
                booking: None,
                state: State::Blocked,
                during: range,
                visit: range,
                expires_at: None,
                note,
            };
            if reserve(&ctx, tx, &claim).await?.is_none() {
                return Err(Error::Conflict("There is a booking or another block in that time.".to_owned()));
            }
            tx.audit(entry("calendar.blocked", member, json!({ "from": range.start, "to": range.end })));
            Ok(())
        })
    })
    .await
}

/// Frees a blocked stretch again.
///
/// # Errors
/// No such block in a calendar of one's own.
pub async fn unblock(ctx: &Context, actor: &Actor, id: Uuid) -> Result<(), Error> {
    let (member, provider) = store::blocked(&ctx.pool, id).await?;
    may_keep(actor, member, ProviderId(provider))?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            if !store::unblock(tx.conn(), id, member).await? {
                return Err(Error::NotFound);
            }
            tx.event("reservations.changed", member);
            tx.audit(entry("calendar.unblocked", member, json!({ "reservation": id })));
            Ok(())
        })
    })
    .await
}

/// Moves a blocked stretch to another time: both or neither.
///
/// # Errors
/// No such block in a calendar of one's own (not found), or the new time is taken (conflict).
pub async fn move_block(ctx: &Context, actor: &Actor, id: Uuid, to: TimeRange) -> Result<(), Error> {
    let (member, provider) = store::blocked(&ctx.pool, id).await?;
    may_keep(actor, member, ProviderId(provider))?;
    let for_tx = ctx.clone();
    write(ctx, actor, move |tx| {
        let ctx = for_tx.clone();
        Box::pin(async move {
            lock_members(tx.conn(), &[member]).await?;
            let note = store::take_block(tx.conn(), id, member).await?.ok_or(Error::NotFound)?;
            let claim =
                Claim { member, booking: None, state: State::Blocked, during: to, visit: to, expires_at: None, note };
            if reserve(&ctx, tx, &claim).await?.is_none() {
                return Err(Error::Conflict("There is a booking or another block in that time.".to_owned()));
            }
            let detail = json!({ "reservation": id, "from": to.start, "to": to.end });
            tx.audit(entry("calendar.block_moved", member, detail));
            Ok(())
        })
    })
    .await
}

/// Other people's calendars do not exist for one.
fn may_keep(actor: &Actor, member: MemberId, provider: ProviderId) -> Result<(), Error> {
    let object = Object { customer: None, provider: Some(provider), member: Some(member) };
    if can(actor, Action::KeepCalendar, &object) { Ok(()) } else { Err(Error::NotFound) }
}

const fn entry(action: &'static str, member: MemberId, detail: serde_json::Value) -> AuditEntry {
    AuditEntry {
        action,
        object_kind: "member",
        object_id: member.0,
        capacity: "provider",
        detail,
        personal: serde_json::Value::Null,
    }
}
