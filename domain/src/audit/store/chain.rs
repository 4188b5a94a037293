//! The chain as it is hashed, in its order.

use crate::kernel::Error;
use sqlx::{PgConnection, PgExecutor, PgPool, Postgres, Transaction};
use uuid::Uuid;

/// An entry as its hash covers it. Instants are Postgres' own eight bytes: those of tampered rows may be none that
/// anything else can read.
pub(in crate::audit) struct ChainRow {
    pub seq: i64,
    pub at: Vec<u8>,
    pub actor_id: Option<Uuid>,
    pub capacity: String,
    pub action: String,
    pub object_kind: String,
    pub object_id: Uuid,
    pub detail: String,
    pub request_id: Option<Uuid>,
    pub personal_commitment: Vec<u8>,
    pub prev_hash: Vec<u8>,
    pub hash: Vec<u8>,
    pub salt: Option<Vec<u8>>,
    pub content: Option<String>,
}

/// A transaction that sees the history as it is now, whatever is appended meanwhile.
pub(in crate::audit) async fn snapshot(pool: &PgPool) -> Result<Transaction<'static, Postgres>, Error> {
    Ok(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
}

/// The next entries after a number, with their personal details as far as they were not forgotten. The number is named
/// for both tables: a merge would otherwise read the second one from its beginning every time.
pub(in crate::audit) async fn chain(conn: &mut PgConnection, after: i64, limit: i64) -> Result<Vec<ChainRow>, Error> {
    Ok(sqlx::query_as!(
        ChainRow,
        r#"SELECT e.seq, timestamptz_send(e.at) AS "at!", e.actor_id, e.capacity, e.action, e.object_kind, e.object_id,
               e.detail::text AS "detail!", e.request_id, e.personal_commitment, e.prev_hash, e.hash,
               p.salt AS "salt?", p.content::text AS "content?"
           FROM audit_entries e LEFT JOIN audit_personal p ON p.seq = e.seq AND p.seq > $1
           WHERE e.seq > $1 ORDER BY e.seq LIMIT $2"#,
        after,
        limit
    )
    .fetch_all(conn)
    .await?)
}

/// Number and hash of the last entry, as the next one will find them.
pub(in crate::audit) async fn end(conn: &mut PgConnection) -> Result<(i64, Vec<u8>), Error> {
    // A row somebody deleted is an end before the beginning.
    let end = sqlx::query!("SELECT seq, hash FROM audit_head").fetch_optional(conn).await?;
    Ok(end.map_or((0, Vec::new()), |end| (end.seq, end.hash)))
}

/// Number of the last entry.
pub(in crate::audit) async fn last(db: impl PgExecutor<'_>) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!("SELECT seq FROM audit_head").fetch_one(db).await?)
}
