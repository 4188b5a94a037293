//! Signed heads.

use super::super::head::Head;
use crate::kernel::{Error, PublicKey};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

struct Row {
    day: jiff_sqlx::Date,
    seq: i64,
    hash: Vec<u8>,
    signed_at: jiff_sqlx::Timestamp,
    public_key: Vec<u8>,
    signature: Vec<u8>,
}

impl Row {
    /// The head, unless its parts are none.
    fn read(self) -> Option<Head> {
        Some(Head {
            day: self.day.to_jiff(),
            seq: self.seq,
            hash: self.hash.try_into().ok()?,
            signed_at: self.signed_at.to_jiff(),
            key: PublicKey(self.public_key.try_into().ok()?),
            signature: self.signature.try_into().ok()?,
        })
    }
}

/// Every head, by its day; `None` for one that cannot be read as a head.
pub(in crate::audit) async fn all_heads(conn: &mut PgConnection) -> Result<Vec<(Date, Option<Head>)>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT day AS "day: _", seq, hash, signed_at AS "signed_at: _", public_key, signature
           FROM audit_heads ORDER BY day"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.day.to_jiff(), row.read())).collect())
}

/// The heads after a day, oldest first.
pub(in crate::audit) async fn heads_after(
    db: impl PgExecutor<'_>,
    after: Date,
    limit: i64,
) -> Result<Vec<Head>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT day AS "day: _", seq, hash, signed_at AS "signed_at: _", public_key, signature
           FROM audit_heads WHERE day > $1 ORDER BY day LIMIT $2"#,
        after.to_sqlx() as _,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(Row::read).collect())
}

/// Whether a day has its head.
pub(in crate::audit) async fn has_head(db: impl PgExecutor<'_>, day: Date) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM audit_heads WHERE day = $1) AS "exists!""#,
        day.to_sqlx() as _
    )
    .fetch_one(db)
    .await?)
}

/// Keeps a head, unless its day has one. Returns whether it was kept.
pub(in crate::audit) async fn keep_head(conn: &mut PgConnection, id: Uuid, head: &Head) -> Result<bool, Error> {
    let kept = sqlx::query!(
        "INSERT INTO audit_heads (day, id, seq, hash, signed_at, public_key, signature)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (day) DO NOTHING",
        head.day.to_sqlx() as _,
        id,
        head.seq,
        &head.hash[..],
        head.signed_at.to_sqlx() as _,
        &head.key.0[..],
        &head.signature[..]
    )
    .execute(conn)
    .await?;
    Ok(kept.rows_affected() == 1)
}

/// How many entries there are, the latest heads, newest first, and the one of a day.
pub(in crate::audit) async fn standing(
    db: impl PgExecutor<'_>,
    latest: i64,
    day: Option<Date>,
) -> Result<(i64, Vec<Head>, Option<Head>), Error> {
    let rows = sqlx::query!(
        r#"SELECT e.seq AS entries, h.part AS "part?", h.day AS "day?: jiff_sqlx::Date", h.seq AS "seq?", h.hash AS "hash?",
               h.signed_at AS "signed_at?: jiff_sqlx::Timestamp", h.public_key AS "public_key?", h.signature AS "signature?"
           FROM audit_head e
           LEFT JOIN (
               (SELECT 1 AS part, * FROM audit_heads ORDER BY day DESC LIMIT $1)
               UNION ALL
               (SELECT 2 AS part, * FROM audit_heads WHERE day = $2)
           ) h ON true
           ORDER BY h.part, h.day DESC"#,
        latest,
        day.map(ToSqlx::to_sqlx) as _
    )
    .fetch_all(db)
    .await?;
    let entries = rows.first().map_or(0, |row| row.entries);
    let heads = rows.into_iter().filter_map(|row| {
        let head = Row {
            day: row.day?,
            seq: row.seq?,
            hash: row.hash?,
            signed_at: row.signed_at?,
            public_key: row.public_key?,
            signature: row.signature?,
        };
        Some((row.part? == 1, head.read()?))
    });
    let (latest, asked): (Vec<_>, Vec<_>) = heads.partition(|(latest, _)| *latest);
    Ok((entries, latest.into_iter().map(|(_, head)| head).collect(), asked.into_iter().next().map(|(_, head)| head)))
}
