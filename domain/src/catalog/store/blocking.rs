//! Statements about customers and businesses who keep apart.

use crate::catalog::blocking::{Blocked, Pair, Side};
use crate::kernel::{Error, ProviderId, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::types::Uuid;
use sqlx::{PgConnection, PgExecutor};

/// Waits until no booking between the two is being made, and lets none begin before the end of the transaction.
pub(in crate::catalog) async fn lock(conn: &mut PgConnection, pair: Pair) -> Result<(), Error> {
    sqlx::query!(
        "SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text || $2::uuid::text, 19))",
        pair.customer.0,
        pair.provider.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps a block; says whether the two are two. There is one for each side: a second one brings its reason.
pub(in crate::catalog) async fn insert(
    conn: &mut PgConnection,
    id: Uuid,
    pair: Pair,
    side: Side,
    (by, reason): (UserId, &str),
    now: Timestamp,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "INSERT INTO blocks (id, customer_id, provider_id, side, by_id, reason, at)
         SELECT $1, $2, $3, $4, $5, $6, $7
         WHERE NOT EXISTS (SELECT FROM members m WHERE m.provider_id = $3 AND m.user_id = $2 AND m.active)
         ON CONFLICT (customer_id, provider_id, side) DO UPDATE SET reason = excluded.reason, by_id = excluded.by_id",
        id,
        pair.customer.0,
        pair.provider.0,
        side.name(),
        by.0,
        reason,
        now.to_sqlx() as _,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Which two a block keeps apart, and who made it.
pub(in crate::catalog) async fn find(db: impl PgExecutor<'_>, id: Uuid) -> Result<Option<(Side, Pair)>, Error> {
    let row =
        sqlx::query!("SELECT customer_id, provider_id, side FROM blocks WHERE id = $1", id).fetch_optional(db).await?;
    Ok(row.map(|row| {
        let side = if row.side == Side::Customer.name() { Side::Customer } else { Side::Provider };
        (side, Pair { customer: UserId(row.customer_id), provider: ProviderId(row.provider_id) })
    }))
}

/// Takes a block away; says whether it was there.
pub(in crate::catalog) async fn delete(conn: &mut PgConnection, id: Uuid) -> Result<bool, Error> {
    Ok(sqlx::query!("DELETE FROM blocks WHERE id = $1", id).execute(conn).await?.rows_affected() > 0)
}

/// The businesses a customer has blocked.
pub(in crate::catalog) async fn of_customer(
    db: impl PgExecutor<'_>,
    customer: UserId,
    limit: i64,
) -> Result<Vec<Blocked>, Error> {
    let rows = sqlx::query!(
        r#"SELECT b.id, p.name, p.slug, b.reason, b.at AS "at: jiff_sqlx::Timestamp"
           FROM blocks b JOIN providers p ON p.id = b.provider_id
           WHERE b.customer_id = $1 AND b.side = 'customer' ORDER BY b.id DESC LIMIT $2"#,
        customer.0,
        limit
    )
    .fetch_all(db)
    .await?;
    let blocked = |row: (Uuid, String, String, String, jiff_sqlx::Timestamp)| {
        let (id, name, slug, reason, at) = row;
        Blocked { id, name, slug: Some(slug), reason, at: at.to_jiff() }
    };
    Ok(rows.into_iter().map(|r| blocked((r.id, r.name, r.slug, r.reason, r.at))).collect())
}

/// The customers a business has blocked.
pub(in crate::catalog) async fn of_provider(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    limit: i64,
) -> Result<Vec<Blocked>, Error> {
    let rows = sqlx::query!(
        r#"SELECT b.id, u.first_name || ' ' || u.last_name AS "name!", b.reason, b.at AS "at: jiff_sqlx::Timestamp"
           FROM blocks b JOIN users u ON u.id = b.customer_id
           WHERE b.provider_id = $1 AND b.side = 'provider' ORDER BY b.id DESC LIMIT $2"#,
        provider.0,
        limit
    )
    .fetch_all(db)
    .await?;
    let blocked = |(id, name, reason, at): (Uuid, String, String, jiff_sqlx::Timestamp)| Blocked {
        id,
        name,
        slug: None,
        reason,
        at: at.to_jiff(),
    };
    Ok(rows.into_iter().map(|r| blocked((r.id, r.name, r.reason, r.at))).collect())
}

/// A business by its slug, and whether a customer has blocked it.
pub(in crate::catalog) async fn business(
    db: impl PgExecutor<'_>,
    customer: UserId,
    slug: &str,
) -> Result<Option<(ProviderId, String, bool)>, Error> {
    let row = sqlx::query!(
        r#"SELECT p.id, p.name,
               EXISTS (SELECT FROM blocks b WHERE b.customer_id = $2 AND b.provider_id = p.id AND b.side = 'customer') AS "blocked!"
           FROM providers p WHERE p.slug = $1"#,
        slug,
        customer.0
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (ProviderId(row.id), row.name, row.blocked)))
}

/// Whether one of the two has blocked the other.
pub(in crate::catalog) async fn apart(db: impl PgExecutor<'_>, pair: Pair) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM blocks WHERE customer_id = $1 AND provider_id = $2) AS "apart!""#,
        pair.customer.0,
        pair.provider.0
    )
    .fetch_one(db)
    .await?)
}

/// The same, after waiting for whoever is blocking right now, and holding up whoever would next.
pub(in crate::catalog) async fn keep_apart(conn: &mut PgConnection, pair: Pair) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(r#"SELECT kept_apart($1, $2) AS "apart!""#, pair.customer.0, pair.provider.0)
        .fetch_one(conn)
        .await?)
}
