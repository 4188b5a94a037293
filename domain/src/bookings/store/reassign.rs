//! Giving a visit to somebody else of the business.

use crate::kernel::{BookingId, Error, MemberId, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

/// A visit that is given, ready to be written.
pub(in crate::bookings) struct Given<'g> {
    pub booking: BookingId,
    pub from: MemberId,
    pub to: MemberId,
    pub actor: Option<UserId>,
    pub capacity: &'g str,
    pub note: &'g str,
    pub key: Uuid,
    pub now: Timestamp,
}

/// Gives the visit and adds the line to the history, in one statement. Time, price, state and clock stay.
pub(in crate::bookings) async fn write(conn: &mut PgConnection, g: &Given<'_>) -> Result<(), Error> {
    sqlx::query!(
        "WITH given AS (UPDATE bookings SET member_id = $3, updated_at = $4 WHERE id = $1 RETURNING id, state)
         INSERT INTO booking_events (booking_id, seq, at, event, from_state, to_state, actor_id, capacity, note,
            member_before, member_after, key)
         SELECT id, (SELECT coalesce(max(seq), 0) + 1 FROM booking_events WHERE booking_id = $1), $4, 'reassign', state, state,
            $5, $6, $7, $2, $3, $8
         FROM given",
        g.booking.0,
        g.from.0,
        g.to.0,
        g.now.to_sqlx() as _,
        g.actor.map(|actor| actor.0),
        g.capacity,
        g.note,
        g.key,
    )
    .execute(conn)
    .await?;
    Ok(())
}
