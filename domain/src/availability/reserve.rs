//! Taking time: the one way in for everybody.

use super::elsewhere::{Imported, split};
use super::store;
use crate::kernel::{BookingId, Context, Error, MemberId, ReservationId, TimeRange, Tx};
use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

/// What a stretch of time is taken for. All of these exclude each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// A checkout is under way; ends by itself.
    Hold,
    /// The provider has been asked.
    Pending,
    /// Agreed.
    Confirmed,
    /// The member keeps it free.
    Blocked,
    /// A calendar kept elsewhere says that the member is busy.
    Imported,
}

impl State {
    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Pending => "pending",
            Self::Confirmed => "confirmed",
            Self::Blocked => "blocked",
            Self::Imported => "imported",
        }
    }
}

/// A stretch of a member's time that somebody wants.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Whose time.
    pub member: MemberId,
    /// For which booking, if for one.
    pub booking: Option<BookingId>,
    /// What for.
    pub state: State,
    /// With buffers.
    pub during: TimeRange,
    /// Without buffers.
    pub visit: TimeRange,
    /// When a hold ends by itself.
    pub expires_at: Option<Timestamp>,
    /// A word for the calendar.
    pub note: String,
}

/// Takes the locks of these members until the transaction ends, always in the same order. Without them
/// the exclusion constraint alone deadlocks when many want the same time.
///
/// # Errors
/// The database is away.
pub async fn lock_members(conn: &mut PgConnection, members: &[MemberId]) -> Result<(), Error> {
    let mut members: Vec<Uuid> = members.iter().map(|member| member.0).collect();
    members.sort_unstable();
    members.dedup();
    store::lock(conn, &members).await
}

/// Takes a stretch of time. The caller holds the member's lock. `None`: it is taken.
///
/// # Errors
/// The database is away.
pub async fn reserve(ctx: &Context, tx: &mut Tx, claim: &Claim) -> Result<Option<ReservationId>, Error> {
    let (id, now): (ReservationId, _) = (ctx.id(), tx.now());
    if !store::insert(tx.conn(), id.0, claim, now).await? {
        return Ok(None);
    }
    tx.event("reservations.changed", claim.member);
    Ok(Some(id))
}

/// Takes many stretches at once, for loading data. Overlaps make the whole call fail.
///
/// # Errors
/// An overlap, or the database is away.
pub async fn reserve_all(ctx: &Context, conn: &mut PgConnection, claims: &[Claim]) -> Result<u64, Error> {
    let ids: Vec<Uuid> = claims.iter().map(|_| ctx.id()).collect();
    store::insert_all(conn, &ids, claims, ctx.clock.now()).await
}

/// Moves a booking's time on to a later state. False: a hold ran out and there is nothing to move.
///
/// # Errors
/// The database is away.
pub async fn promote(tx: &mut Tx, booking: BookingId, to: State) -> Result<bool, Error> {
    let now = tx.now();
    Ok(store::promote(tx.conn(), booking, to, now).await? > 0)
}

/// Gives a booking's time back.
///
/// # Errors
/// The database is away.
pub async fn release(tx: &mut Tx, booking: BookingId, member: MemberId) -> Result<(), Error> {
    store::release(tx.conn(), booking).await?;
    tx.event("reservations.changed", member);
    Ok(())
}

/// Makes the time taken for a calendar kept elsewhere what that calendar says now: what it does not say any more is given
/// back, and what is free of it is taken. Time that is taken already stays whose it is; where that is a booking, the two
/// are told of. The caller holds the member's lock.
///
/// # Errors
/// The database is away.
pub async fn import(
    ctx: &Context,
    tx: &mut Tx,
    (member, source): (MemberId, Uuid),
    busy: &[TimeRange],
    window: TimeRange,
) -> Result<Imported, Error> {
    let now = tx.now();
    let taken = store::calendars::taken_by_others(tx.conn(), member, source, window, now).await?;
    let (wanted, conflicts) = split(busy, &taken);
    let present = store::calendars::imported(tx.conn(), source).await?;
    let over: Vec<Uuid> = present.iter().filter(|(_, range)| !wanted.contains(range)).map(|(id, _)| *id).collect();
    let new: Vec<TimeRange> =
        wanted.into_iter().filter(|range| !present.iter().any(|(_, known)| known == range)).collect();
    let removed = store::calendars::give_back(tx.conn(), source, &over).await?;
    let ids: Vec<Uuid> = new.iter().map(|_| ctx.id()).collect();
    let added = store::calendars::take(tx.conn(), (member, source), &ids, &new, now).await?;
    if added + removed > 0 {
        tx.event("reservations.changed", member);
    }
    Ok(Imported { added, removed, conflicts })
}

/// Gives back all time of a calendar kept elsewhere. The caller holds the member's lock.
///
/// # Errors
/// The database is away.
pub async fn forget_import(tx: &mut Tx, member: MemberId, source: Uuid) -> Result<(), Error> {
    store::calendars::give_back_all(tx.conn(), source).await?;
    tx.event("reservations.changed", member);
    Ok(())
}
