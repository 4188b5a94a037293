//! The counters' statements.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgPool;

use super::Limit;

/// A counter after something was added to it.
pub struct Counter {
    pub kind: String,
    pub subject: String,
    pub spent: i32,
    pub expires: Timestamp,
}

/// Adds `cost` to each counter, starting a new window where the old one is over. Rows are taken in
/// one order, so that two statements over the same counters cannot wait for each other in a circle.
pub async fn add(pool: &PgPool, wanted: &[(&Limit, String)], cost: i32, now: Timestamp) -> sqlx::Result<Vec<Counter>> {
    let kinds: Vec<String> = wanted.iter().map(|(limit, _)| limit.name.to_owned()).collect();
    let subjects: Vec<String> = wanted.iter().map(|(_, subject)| subject.clone()).collect();
    let windows: Vec<f64> = wanted.iter().map(|(limit, _)| limit.window.as_secs_f64()).collect();
    let rows = sqlx::query!(
        r#"
        INSERT INTO rate_limits AS counter (kind, subject, spent, expires)
        SELECT wanted.kind, wanted.subject, $4, $5::timestamptz + make_interval(secs => wanted.window_s)
        FROM unnest($1::text[], $2::text[], $3::float8[]) AS wanted (kind, subject, window_s)
        ORDER BY wanted.kind, wanted.subject
        ON CONFLICT (kind, subject) DO UPDATE SET
            spent = CASE WHEN counter.expires <= $5 THEN excluded.spent ELSE least(counter.spent + excluded.spent, 1000000000) END,
            expires = CASE WHEN counter.expires <= $5 THEN excluded.expires ELSE counter.expires END
        RETURNING kind, subject, spent, expires AS "expires: jiff_sqlx::Timestamp"
        "#,
        &kinds,
        &subjects,
        &windows,
        cost.clamp(0, 1_000_000),
        now.to_sqlx() as _,
    )
    .fetch_all(pool)
    .await?;
    let counters = rows.into_iter().map(|row| Counter {
        kind: row.kind,
        subject: row.subject,
        spent: row.spent,
        expires: row.expires.to_jiff(),
    });
    Ok(counters.collect())
}

/// Deletes counters whose window is over.
pub async fn sweep(pool: &PgPool, now: Timestamp) -> sqlx::Result<u64> {
    let done = sqlx::query!("DELETE FROM rate_limits WHERE expires <= $1", now.to_sqlx() as _).execute(pool).await?;
    Ok(done.rows_affected())
}
