//! Statements about calendars elsewhere that are out of date.

use crate::kernel::{Error, MemberId, ProviderId, UserId, Zone};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

/// A source that is out of date.
pub(in crate::calendars) struct Stale {
    pub member: MemberId,
    pub member_name: String,
    pub name: String,
    pub host: String,
    pub reason: String,
    pub zone: Zone,
    /// Since when nothing of it is known.
    pub since: Timestamp,
    pub people: Vec<Reader>,
}

/// Who is told.
pub(in crate::calendars) struct Reader {
    pub user: UserId,
    pub email: String,
    pub first_name: String,
    /// It is their own calendar.
    pub own: bool,
}

/// Sources of a business, or of one of its people, that have not been read since an instant.
pub(in crate::calendars) async fn names(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    member: Option<MemberId>,
    old: Timestamp,
) -> Result<Vec<(String, String)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT s.name, told_name(m) AS "member_name!" FROM members m
         JOIN calendar_sources s ON s.member_id = m.id JOIN calendar_readings r ON r.source_id = s.id
         WHERE m.provider_id = $1 AND m.active AND ($2::uuid IS NULL OR m.id = $2)
           AND coalesce(r.read_at, r.failing_since) < $3
         ORDER BY m.position, m.id, s.id"#,
        provider.0,
        member.map(|member| member.0),
        old.to_sqlx() as _,
    );
    let rows = rows.fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.member_name)).collect())
}

/// Notes that people are told now, if a source has not been read since `old` and nobody was told of it yet. Told is whose
/// calendar it is; of people without a login, those who manage the business.
pub(in crate::calendars) async fn take(
    conn: &mut PgConnection,
    source: Uuid,
    old: Timestamp,
    now: Timestamp,
) -> Result<Option<Stale>, Error> {
    let rows = sqlx::query!(
        r#"WITH told AS (
               UPDATE calendar_readings SET told_at = $3
               WHERE source_id = $1 AND told_at IS NULL AND failing_since IS NOT NULL
                 AND coalesce(read_at, failing_since) < $2
               RETURNING source_id, reason, coalesce(read_at, failing_since) AS since)
           SELECT s.member_id AS "member: MemberId", told_name(m) AS "member_name!", s.name, s.host, told.reason AS "reason!",
               told.since AS "since!: jiff_sqlx::Timestamp", p.zone, u.id AS "user?: UserId", u.email AS "email?",
               u.first_name AS "first_name?", t.id IS NOT DISTINCT FROM m.id AS "own!"
           FROM told JOIN calendar_sources s ON s.id = told.source_id JOIN members m ON m.id = s.member_id
           JOIN providers p ON p.id = m.provider_id
           LEFT JOIN (members t JOIN users u ON u.id = t.user_id AND u.deleted_at IS NULL)
               ON t.provider_id = p.id AND t.active AND (t.id = m.id OR m.user_id IS NULL AND t.role <> 'member')
           ORDER BY t.position, t.id"#,
        source,
        old.to_sqlx() as _,
        now.to_sqlx() as _,
    )
    .fetch_all(conn)
    .await?;
    let mut found: Option<Stale> = None;
    for row in rows {
        let stale = found.get_or_insert_with(|| Stale {
            member: row.member,
            member_name: row.member_name,
            name: row.name,
            host: row.host,
            reason: row.reason,
            zone: Zone::parse(&row.zone).unwrap_or_else(Zone::utc),
            since: row.since.to_jiff(),
            people: Vec::new(),
        });
        if let (Some(user), Some(email), Some(first_name)) = (row.user, row.email, row.first_name) {
            stale.people.push(Reader { user, email, first_name, own: row.own });
        }
    }
    Ok(found)
}
