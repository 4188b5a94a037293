//! Statements about calendars kept elsewhere.

use crate::calendars::sources::Source;
use crate::kernel::{Error, MemberId, ProviderId, TimeRange, Zone};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

/// The active people of a business, or one of them, and its zone.
pub(in crate::calendars) async fn people(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    member: Option<MemberId>,
) -> Result<(Zone, Vec<(MemberId, String)>), Error> {
    let rows = sqlx::query!(
        r#"SELECT p.zone, m.id AS "id?", told_name(m) AS name FROM providers p
        LEFT JOIN members m ON m.provider_id = p.id AND m.active AND ($2::uuid IS NULL OR m.id = $2)
        WHERE p.id = $1 ORDER BY m.position, m.id"#,
        provider.0,
        member.map(|member| member.0),
    );
    let rows = rows.fetch_all(db).await?;
    let zone = rows.first().and_then(|row| Zone::parse(&row.zone)).ok_or(Error::NotFound)?;
    Ok((zone, rows.into_iter().filter_map(|row| Some((MemberId(row.id?), row.name?))).collect()))
}

/// The sources of a business, or of one of its people.
pub(in crate::calendars) async fn list(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    member: Option<MemberId>,
) -> Result<Vec<Source>, Error> {
    let rows = sqlx::query!(
        r#"SELECT s.id, s.member_id, told_name(m) AS "member_name!", s.name, s.host, r.reason, r.busy, r.unread,
            r.read_at AS "read_at: jiff_sqlx::Timestamp", r.failing_since AS "failing_since: jiff_sqlx::Timestamp",
            r.conflicts AS "conflicts: Json<Vec<(i64, i64)>>"
        FROM members m
        JOIN calendar_sources s ON s.member_id = m.id
        JOIN calendar_readings r ON r.source_id = s.id
        WHERE m.provider_id = $1 AND ($2::uuid IS NULL OR m.id = $2)
        ORDER BY m.position, m.id, s.id"#,
        provider.0,
        member.map(|member| member.0),
    );
    let at = |micros| Timestamp::from_microsecond(micros).ok();
    let rows = rows.fetch_all(db).await?.into_iter();
    Ok(rows
        .map(|row| Source {
            id: row.id,
            member: MemberId(row.member_id),
            member_name: row.member_name,
            name: row.name,
            host: row.host,
            read_at: row.read_at.map(jiff_sqlx::Timestamp::to_jiff),
            failing: row.failing_since.map(jiff_sqlx::Timestamp::to_jiff).zip(row.reason),
            busy: u32::try_from(row.busy).unwrap_or(0),
            unread: u32::try_from(row.unread).unwrap_or(0),
            conflicts: row
                .conflicts
                .0
                .into_iter()
                .filter_map(|(from, to)| TimeRange::new(at(from)?, at(to)?))
                .collect(),
        })
        .collect())
}

/// The business a member belongs to, also while they rest; of those who left, none.
pub(in crate::calendars) async fn provider_of(db: impl PgExecutor<'_>, member: MemberId) -> Result<ProviderId, Error> {
    let found = sqlx::query_scalar!("SELECT provider_id FROM members WHERE id = $1 AND left_at IS NULL", member.0);
    Ok(ProviderId(found.fetch_one(db).await?))
}

/// How many sources a member has.
pub(in crate::calendars) async fn count(conn: &mut PgConnection, member: MemberId) -> Result<i64, Error> {
    let count =
        sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM calendar_sources WHERE member_id = $1"#, member.0);
    Ok(count.fetch_one(conn).await?)
}

/// Keeps a source, to be read at once.
pub(in crate::calendars) async fn put(
    conn: &mut PgConnection,
    (id, member): (Uuid, MemberId),
    (name, host): (&str, &str),
    sealed: &[u8],
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "WITH source AS (
            INSERT INTO calendar_sources (id, member_id, name, host, sealed, created_at) VALUES ($1, $2, $3, $4, $5, $6)
            RETURNING id)
         INSERT INTO calendar_readings (source_id, due_at) SELECT id, $6 FROM source",
        id,
        member.0,
        name,
        host,
        sealed,
        now.to_sqlx() as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whose source it is.
pub(in crate::calendars) async fn whose(db: impl PgExecutor<'_>, id: Uuid) -> Result<MemberId, Error> {
    let found = sqlx::query_scalar!("SELECT member_id FROM calendar_sources WHERE id = $1", id);
    Ok(MemberId(found.fetch_one(db).await?))
}

/// Removes a source; whether it was there.
pub(in crate::calendars) async fn delete(conn: &mut PgConnection, id: Uuid) -> Result<bool, Error> {
    let done = sqlx::query!("DELETE FROM calendar_sources WHERE id = $1", id).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

/// Removes all sources of a member; says which.
pub(in crate::calendars) async fn delete_all(conn: &mut PgConnection, member: MemberId) -> Result<Vec<Uuid>, Error> {
    let gone = sqlx::query_scalar!("DELETE FROM calendar_sources WHERE member_id = $1 RETURNING id", member.0);
    Ok(gone.fetch_all(conn).await?)
}

/// What reading a source needs.
pub(in crate::calendars) struct ToRead {
    pub member: MemberId,
    pub zone: Zone,
    pub sealed: Vec<u8>,
}

/// A source of somebody who is still there.
pub(in crate::calendars) async fn to_read(db: impl PgExecutor<'_>, id: Uuid) -> Result<Option<ToRead>, Error> {
    let row = sqlx::query!(
        "SELECT s.member_id, s.sealed, p.zone FROM calendar_sources s
         JOIN members m ON m.id = s.member_id AND m.active JOIN providers p ON p.id = m.provider_id WHERE s.id = $1",
        id
    );
    let row = row.fetch_optional(db).await?;
    Ok(row.map(|row| ToRead {
        member: MemberId(row.member_id),
        zone: Zone::parse(&row.zone).unwrap_or_else(Zone::utc),
        sealed: row.sealed,
    }))
}

/// Whether a source's time has come.
pub(in crate::calendars) async fn any_due(db: impl PgExecutor<'_>, now: Timestamp) -> Result<bool, Error> {
    let due = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM calendar_readings WHERE due_at <= $1) AS "due!""#,
        now.to_sqlx() as _
    );
    Ok(due.fetch_one(db).await?)
}

/// Takes the sources whose time has come, and says when it comes again: what failed for a day is asked for every hour.
pub(in crate::calendars) async fn take_due(
    conn: &mut PgConnection,
    now: Timestamp,
    next: Timestamp,
    limit: i64,
) -> Result<Vec<Uuid>, Error> {
    let due = sqlx::query_scalar!(
        "UPDATE calendar_readings
         SET due_at = CASE WHEN failing_since < $1::timestamptz - interval '1 day' THEN $1 + interval '1 hour' ELSE $2 END
         WHERE source_id IN (
            SELECT source_id FROM calendar_readings WHERE due_at <= $1 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING source_id",
        now.to_sqlx() as _,
        next.to_sqlx() as _,
        limit,
    );
    Ok(due.fetch_all(conn).await?)
}

/// Writes down that a source could not be read: since when, and why lately. Says whether that was not since `old` and nobody
/// was told of it yet.
pub(in crate::calendars) async fn failed(
    db: impl PgExecutor<'_>,
    id: Uuid,
    reason: &str,
    (old, now): (Timestamp, Timestamp),
) -> Result<bool, Error> {
    let untold = sqlx::query_scalar!(
        r#"UPDATE calendar_readings SET failing_since = coalesce(failing_since, $3), reason = $2 WHERE source_id = $1
           RETURNING told_at IS NULL AND coalesce(read_at, failing_since) < $4 AS "untold!""#,
        id,
        reason,
        now.to_sqlx() as _,
        old.to_sqlx() as _,
    );
    Ok(untold.fetch_optional(db).await?.unwrap_or(false))
}

/// Writes down what a source told.
pub(in crate::calendars) async fn read_well(
    conn: &mut PgConnection,
    id: Uuid,
    (busy, unread): (usize, usize),
    conflicts: &[TimeRange],
    now: Timestamp,
) -> Result<(), Error> {
    let conflicts: Vec<_> =
        conflicts.iter().map(|range| (range.start.as_microsecond(), range.end.as_microsecond())).collect();
    sqlx::query!(
        "UPDATE calendar_readings SET read_at = $2, failing_since = NULL, reason = NULL, told_at = NULL, busy = $3, unread = $4, conflicts = $5
         WHERE source_id = $1",
        id,
        now.to_sqlx() as _,
        i32::try_from(busy).unwrap_or(i32::MAX),
        i32::try_from(unread).unwrap_or(i32::MAX),
        json!(conflicts),
    )
    .execute(conn)
    .await?;
    Ok(())
}
