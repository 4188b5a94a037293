//! Moving a visit.

use crate::kernel::{BookingId, Error, MemberId, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

/// A move, ready to be written.
pub(in crate::bookings) struct Moved<'m> {
    pub booking: BookingId,
    pub from: Timestamp,
    pub visit: (Timestamp, Timestamp),
    pub clock_at: Option<Timestamp>,
    /// When open answers are asked for once more, if there are any.
    pub ask_again_at: Option<Timestamp>,
    pub actor: Option<UserId>,
    pub capacity: &'m str,
    pub note: &'m str,
    pub key: Uuid,
    pub now: Timestamp,
}

/// What the form of a key has done to a booking's visit.
pub(in crate::bookings) struct Done {
    /// When it begins since, if it was moved.
    pub start: Option<Timestamp>,
    /// Who does it since, if it was given to somebody.
    pub member: Option<MemberId>,
}

/// What the form of a key has done to a booking's visit, if it has done something.
pub(in crate::bookings) async fn by_key(
    conn: &mut PgConnection,
    booking: BookingId,
    key: Uuid,
) -> Result<Option<Done>, Error> {
    let found = sqlx::query!(
        r#"SELECT starts_after AS "start: jiff_sqlx::Timestamp", member_after FROM booking_events
        WHERE booking_id = $1 AND key = $2"#,
        booking.0,
        key
    );
    let done = found.fetch_optional(conn).await?.map(|row| Done {
        start: row.start.map(jiff_sqlx::Timestamp::to_jiff),
        member: row.member_after.map(MemberId),
    });
    Ok(done)
}

/// Moves the visit and adds the line to the history, in one statement. The start that was agreed first stays known.
pub(in crate::bookings) async fn write(conn: &mut PgConnection, m: &Moved<'_>) -> Result<(), Error> {
    sqlx::query!(
        "WITH moved AS (
            UPDATE bookings SET starts_at = $3, ends_at = $4, agreed_starts_at = coalesce(agreed_starts_at, starts_at),
                clock_at = $5, updated_at = $6,
                ask_again_at = CASE WHEN answered_at IS NULL AND jsonb_path_exists(questions, '$[*] ? (@.required == true)')
                    THEN $11::timestamptz END
            WHERE id = $1 RETURNING id, state)
         INSERT INTO booking_events (booking_id, seq, at, event, from_state, to_state, actor_id, capacity, note,
            starts_before, starts_after, key)
         SELECT id, (SELECT coalesce(max(seq), 0) + 1 FROM booking_events WHERE booking_id = $1), $6, 'reschedule', state, state,
            $7, $8, $9, $2, $3, $10
         FROM moved",
        m.booking.0,
        m.from.to_sqlx() as _,
        m.visit.0.to_sqlx() as _,
        m.visit.1.to_sqlx() as _,
        m.clock_at.map(ToSqlx::to_sqlx) as _,
        m.now.to_sqlx() as _,
        m.actor.map(|actor| actor.0),
        m.capacity,
        m.note,
        m.key,
        m.ask_again_at.map(ToSqlx::to_sqlx) as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}
