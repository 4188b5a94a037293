//! Time a member keeps free for themselves.

use super::reserve::{Claim, State, lock_members, reserve};
use super::store;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{
    Action, Actor, Context, Error, MemberId, Object, ProviderId, ReservationId, TimeRange, UserId, can, write,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use uuid::Uuid;

/// How long past blocks are told to calendars that subscribe.
const TOLD: SignedDuration = SignedDuration::from_hours(60 * 24);

/// Time a member keeps free.
#[derive(Clone, Debug)]
pub struct Block {
    /// Which one.
    pub id: ReservationId,
    /// When.
    pub range: TimeRange,
    /// A word for the calendar; may be empty.
    pub note: String,
    /// When it was made.
    pub made: Timestamp,
}

/// Time a person keeps free, in all businesses they work for; the latest first, not older than two months.
///
/// # Errors
/// The database is away.
pub async fn blocks_of(ctx: &Context, person: UserId) -> Result<Vec<Block>, Error> {
    let since = ctx.clock.now().checked_sub(TOLD).map_err(Error::internal)?;
    store::calendars::blocks_of(&ctx.pool, person, since).await
}

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
