//! What calendars outside of the house are told and tell.

use super::super::blocks::Block;
use super::super::elsewhere::Occupied;
use super::super::reserve::State;
use crate::kernel::{Error, MemberId, ReservationId, TimeRange, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

/// Time a person keeps free, in all businesses they work for, that ends after an instant.
pub(in crate::availability) async fn blocks_of(
    db: impl PgExecutor<'_>,
    person: UserId,
    since: Timestamp,
) -> Result<Vec<Block>, Error> {
    let rows = sqlx::query!(
        r#"SELECT r.id, r.note, r.created_at AS "made: jiff_sqlx::Timestamp",
            r.visit_starts AS "starts: jiff_sqlx::Timestamp", r.visit_ends AS "ends: jiff_sqlx::Timestamp"
        FROM members m JOIN reservations r ON r.member_id = m.id AND r.during && tstzrange($2, NULL) AND r.state = 'blocked'
        WHERE m.user_id = $1 AND m.active ORDER BY r.visit_starts DESC, r.id LIMIT 1000"#,
        person.0,
        since.to_sqlx() as _,
    );
    let rows = rows.fetch_all(db).await?.into_iter();
    let blocks = rows.filter_map(|row| {
        let range = TimeRange::new(row.starts.to_jiff(), row.ends.to_jiff())?;
        Some(Block { id: ReservationId(row.id), range, note: row.note, made: row.made.to_jiff() })
    });
    Ok(blocks.collect())
}

/// What of a member's time others than a source have taken in a window, in order. Holds that ran out are given back first.
pub(in crate::availability) async fn taken_by_others(
    conn: &mut PgConnection,
    member: MemberId,
    source: Uuid,
    window: TimeRange,
    now: Timestamp,
) -> Result<Vec<Occupied>, Error> {
    sqlx::query!(
        "UPDATE reservations SET state = 'released' WHERE member_id = $1 AND state = 'hold' AND expires_at <= $4
         AND during && tstzrange($2, $3)",
        member.0,
        window.start.to_sqlx() as _,
        window.end.to_sqlx() as _,
        now.to_sqlx() as _,
    )
    .execute(&mut *conn)
    .await?;
    let rows = sqlx::query!(
        r#"SELECT lower(during) AS "from!: jiff_sqlx::Timestamp", upper(during) AS "to!: jiff_sqlx::Timestamp",
            visit_starts AS "starts: jiff_sqlx::Timestamp", visit_ends AS "ends: jiff_sqlx::Timestamp",
            booking_id IS NOT NULL AS "booked!"
        FROM reservations
        WHERE member_id = $1 AND during && tstzrange($2, $3) AND source_id IS DISTINCT FROM $4
          AND state IN ('hold', 'pending', 'confirmed', 'blocked', 'imported')
        ORDER BY lower(during)"#,
        member.0,
        window.start.to_sqlx() as _,
        window.end.to_sqlx() as _,
        source,
    );
    let rows = rows.fetch_all(conn).await?.into_iter();
    let taken = rows.filter_map(|row| {
        let during = TimeRange::new(row.from.to_jiff(), row.to.to_jiff())?;
        let visit = TimeRange::new(row.starts.to_jiff(), row.ends.to_jiff()).filter(|_| row.booked);
        Some(Occupied { during, visit })
    });
    Ok(taken.collect())
}

/// What is taken for a source.
pub(in crate::availability) async fn imported(
    conn: &mut PgConnection,
    source: Uuid,
) -> Result<Vec<(Uuid, TimeRange)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT id, lower(during) AS "from!: jiff_sqlx::Timestamp", upper(during) AS "to!: jiff_sqlx::Timestamp"
        FROM reservations WHERE source_id = $1"#,
        source
    );
    let rows = rows.fetch_all(conn).await?.into_iter();
    Ok(rows.filter_map(|row| Some((row.id, TimeRange::new(row.from.to_jiff(), row.to.to_jiff())?))).collect())
}

/// Takes stretches for a source that are free.
pub(in crate::availability) async fn take(
    conn: &mut PgConnection,
    (member, source): (MemberId, Uuid),
    ids: &[Uuid],
    ranges: &[TimeRange],
    now: Timestamp,
) -> Result<u64, Error> {
    let from: Vec<i64> = ranges.iter().map(|range| range.start.as_microsecond()).collect();
    let to: Vec<i64> = ranges.iter().map(|range| range.end.as_microsecond()).collect();
    let done = sqlx::query!(
        "INSERT INTO reservations (id, member_id, state, during, visit_starts, visit_ends, created_at, source_id)
         SELECT id, $1, $2, tstzrange(at(starts), at(ends)), at(starts), at(ends), $7, $3
         FROM unnest($4::uuid[], $5::bigint[], $6::bigint[]) AS t (id, starts, ends) ORDER BY starts
         ON CONFLICT DO NOTHING",
        member.0,
        State::Imported.name(),
        source,
        ids,
        &from,
        &to,
        now.to_sqlx() as _,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Gives stretches of a source back. Nobody booked them, so they leave no trace.
pub(in crate::availability) async fn give_back(
    conn: &mut PgConnection,
    source: Uuid,
    ids: &[Uuid],
) -> Result<u64, Error> {
    let done = sqlx::query!("DELETE FROM reservations WHERE source_id = $1 AND id = ANY($2)", source, ids);
    Ok(done.execute(conn).await?.rows_affected())
}

/// Gives everything of a source back.
pub(in crate::availability) async fn give_back_all(conn: &mut PgConnection, source: Uuid) -> Result<(), Error> {
    sqlx::query!("DELETE FROM reservations WHERE source_id = $1", source).execute(conn).await?;
    Ok(())
}
