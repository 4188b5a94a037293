//! A text on its way: drafted, handed in, decided about, on show, replaced.

use crate::catalog::Status;
use crate::catalog::listing::Listing;
use crate::kernel::{Error, MemberId, ProviderId, ServiceId, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use sqlx::types::Json;

/// Takes a service in hand until the end of the transaction, if it still has this version; the version grows.
pub(in crate::catalog) async fn take(conn: &mut PgConnection, service: ServiceId, version: i32) -> Result<bool, Error> {
    let done =
        sqlx::query!("UPDATE services SET version = version + 1 WHERE id = $1 AND version = $2", service.0, version);
    Ok(done.execute(conn).await?.rows_affected() > 0)
}

/// Writes the draft of a service: the one that is open, or a new one. What customers see without anybody having
/// written a revision becomes the first one. Returns the draft's number.
pub(in crate::catalog) async fn put_draft(
    conn: &mut PgConnection,
    service: ServiceId,
    listing: &Listing,
    author: UserId,
    now: Timestamp,
) -> Result<i32, Error> {
    sqlx::query!(
        "INSERT INTO service_revisions (service_id, number, state, content, created_at, updated_at, live_at)
         SELECT s.id, 1, 'live', service_content(s.id), s.created_at, s.created_at, s.created_at
         FROM services s
         WHERE s.id = $1 AND s.status IN ('live', 'paused', 'archived')
           AND NOT EXISTS (SELECT FROM service_revisions r WHERE r.service_id = s.id)",
        service.0
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("UPDATE services SET status = 'draft' WHERE id = $1 AND status = 'review'", service.0)
        .execute(&mut *conn)
        .await?;
    let number = sqlx::query_scalar!(
        "INSERT INTO service_revisions (service_id, number, state, content, author_id, created_at, updated_at)
         SELECT $1, coalesce((SELECT max(number) FROM service_revisions WHERE service_id = $1), 0) + 1, 'draft', $2, $3, $4, $4
         ON CONFLICT (service_id) WHERE state IN ('draft', 'submitted')
         DO UPDATE SET content = excluded.content, author_id = excluded.author_id, updated_at = excluded.updated_at,
             state = 'draft', submitted_at = NULL
         RETURNING number",
        service.0,
        Json(listing) as _,
        author.0,
        now.to_sqlx() as _,
    );
    Ok(number.fetch_one(conn).await?)
}

/// A draft waits for review from now on; a service nobody has seen yet waits as a whole.
pub(in crate::catalog) async fn submit(
    conn: &mut PgConnection,
    service: ServiceId,
    number: i32,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "WITH waiting AS (UPDATE services SET status = 'review' WHERE id = $1 AND status = 'draft')
         UPDATE service_revisions SET state = 'submitted', submitted_at = $3
         WHERE service_id = $1 AND number = $2 AND state = 'draft'",
        service.0,
        number,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The business of a service, and who works there now.
pub(in crate::catalog) async fn behind(
    conn: &mut PgConnection,
    service: ServiceId,
) -> Result<(ProviderId, Vec<MemberId>), Error> {
    let row = sqlx::query!(
        r#"SELECT s.provider_id AS "provider: ProviderId",
               ARRAY(SELECT m.id FROM members m WHERE m.provider_id = s.provider_id AND m.active) AS "team!"
           FROM services s WHERE s.id = $1"#,
        service.0
    )
    .fetch_one(conn)
    .await?;
    Ok((row.provider, row.team.into_iter().map(MemberId).collect()))
}

/// What waits for review.
pub(in crate::catalog) async fn submitted(
    conn: &mut PgConnection,
    service: ServiceId,
) -> Result<Option<(i32, Listing)>, Error> {
    let row = sqlx::query!(
        r#"SELECT number, content AS "content: Json<Listing>" FROM service_revisions
           WHERE service_id = $1 AND state = 'submitted'"#,
        service.0
    );
    Ok(row.fetch_optional(conn).await?.map(|row| (row.number, row.content.0)))
}

/// A text goes on show: what was on show, and what was sent back before, is replaced. A service nobody has seen yet is
/// live from now on; a paused one stays paused.
pub(in crate::catalog) async fn go_live(
    conn: &mut PgConnection,
    service: ServiceId,
    number: i32,
    reviewer: Option<UserId>,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE service_revisions SET state = 'replaced'
         WHERE service_id = $1 AND number <> $2 AND state IN ('live', 'declined')",
        service.0,
        number
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "WITH shown AS (UPDATE services SET status = 'live' WHERE id = $1 AND status IN ('draft', 'review'))
         UPDATE service_revisions SET state = 'live', live_at = $4, decided_at = $4, reviewer_id = $3
         WHERE service_id = $1 AND number = $2",
        service.0,
        number,
        reviewer.map(|user| user.0),
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What waits is sent back, with a word.
pub(in crate::catalog) async fn decline(
    conn: &mut PgConnection,
    service: ServiceId,
    number: i32,
    reviewer: UserId,
    note: &str,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "WITH again AS (UPDATE services SET status = 'draft' WHERE id = $1 AND status = 'review')
         UPDATE service_revisions SET state = 'declined', decided_at = $4, reviewer_id = $3, note = $5
         WHERE service_id = $1 AND number = $2 AND state = 'submitted'",
        service.0,
        number,
        reviewer.0,
        now.to_sqlx() as _,
        note
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A text is thrown away, and those that were sent back before it.
pub(in crate::catalog) async fn drop_revision(
    conn: &mut PgConnection,
    service: ServiceId,
    number: i32,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE service_revisions SET state = 'replaced', decided_at = coalesce(decided_at, $3)
         WHERE service_id = $1 AND (number = $2 OR state = 'declined')",
        service.0,
        number,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What waits for review is a draft again.
pub(in crate::catalog) async fn withdraw(conn: &mut PgConnection, service: ServiceId) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE service_revisions SET state = 'draft', submitted_at = NULL WHERE service_id = $1 AND state = 'submitted'",
        service.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How far a service is.
pub(in crate::catalog) async fn set_status(
    conn: &mut PgConnection,
    service: ServiceId,
    status: Status,
) -> Result<(), Error> {
    sqlx::query!("UPDATE services SET status = $2 WHERE id = $1", service.0, status.name()).execute(conn).await?;
    Ok(())
}
