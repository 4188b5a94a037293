//! Statements about feeds.

use crate::calendars::feeds::{Feed, FeedKind};
use crate::kernel::{Error, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

fn known(kind: &str) -> Result<FeedKind, Error> {
    FeedKind::parse(kind).ok_or_else(|| Error::internal(format!("calendar_feeds.kind holds {kind}")))
}

/// A person's feeds.
pub(in crate::calendars) async fn list(db: impl PgExecutor<'_>, user: UserId) -> Result<Vec<Feed>, Error> {
    let rows = sqlx::query!(
        r#"SELECT kind, created_at AS "made: jiff_sqlx::Timestamp" FROM calendar_feeds WHERE user_id = $1 ORDER BY kind"#,
        user.0
    );
    let rows = rows.fetch_all(db).await?;
    rows.into_iter().map(|row| Ok(Feed { kind: known(&row.kind)?, made: row.made.to_jiff() })).collect()
}

/// Whose feed a hash opens, and what is in it. Not found for people who are suspended or gone.
pub(in crate::calendars) async fn find(db: impl PgExecutor<'_>, hash: &[u8]) -> Result<(UserId, FeedKind), Error> {
    let row = sqlx::query!(
        "SELECT f.user_id, f.kind FROM calendar_feeds f JOIN users u ON u.id = f.user_id
         WHERE f.hash = $1 AND u.suspended_at IS NULL AND u.deleted_at IS NULL",
        hash
    );
    let row = row.fetch_one(db).await?;
    Ok((UserId(row.user_id), known(&row.kind)?))
}

/// Keeps a feed; whether it took the place of an earlier one.
pub(in crate::calendars) async fn put(
    conn: &mut PgConnection,
    (user, kind): (UserId, FeedKind),
    id: Uuid,
    hash: &[u8],
    now: Timestamp,
) -> Result<bool, Error> {
    let renewed = sqlx::query_scalar!(
        r#"INSERT INTO calendar_feeds AS f (user_id, kind, id, hash, created_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (user_id, kind) DO UPDATE SET id = $3, hash = $4, created_at = $5
           RETURNING f.xmax <> 0 AS "renewed!""#,
        user.0,
        kind.name(),
        id,
        hash,
        now.to_sqlx() as _,
    );
    Ok(renewed.fetch_one(conn).await?)
}

/// Ends a feed; whether there was one.
pub(in crate::calendars) async fn delete(conn: &mut PgConnection, user: UserId, kind: FeedKind) -> Result<bool, Error> {
    let done = sqlx::query!("DELETE FROM calendar_feeds WHERE user_id = $1 AND kind = $2", user.0, kind.name());
    Ok(done.execute(conn).await?.rows_affected() == 1)
}
