//! Statements about searches that found nothing.

use crate::catalog::unmet::Unmet;
use crate::kernel::{CategoryId, Error, ProviderId};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use sqlx::types::Uuid;

/// One more search for these words, in a town (or in none) and a category (or in none).
pub(in crate::catalog) async fn count(
    db: impl PgExecutor<'_>,
    (words, place, category): (&str, &str, Option<CategoryId>),
    today: Date,
    most: i64,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO unmet_searches AS u (day, words, place, category_id, times)
         SELECT $1, $2, $3, $4, 1 WHERE (SELECT count(*) FROM unmet_searches WHERE day = $1) < $5
         ON CONFLICT (day, words, place, category_id) DO UPDATE SET times = u.times + 1",
        today.to_sqlx() as _,
        words,
        place,
        category.map_or(Uuid::nil(), |category| category.0),
        most
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was looked for in a business's town, or without a town in one of its categories.
pub(in crate::catalog) async fn near(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    since: Date,
    (fewest, most): (i64, i64),
) -> Result<Vec<Unmet>, Error> {
    let rows = sqlx::query!(
        r#"WITH own AS MATERIALIZED (
               SELECT category_id AS id FROM services WHERE provider_id = $1 AND status IN ('live', 'paused')
               UNION SELECT top_category_id FROM services WHERE provider_id = $1 AND status IN ('live', 'paused')
           )
           SELECT u.words, u.place, sum(u.times) AS "times!"
           FROM unmet_searches u, providers p
           WHERE p.id = $1 AND u.day > $2
             AND (u.place = p.city OR u.place = '' AND u.category_id IN (SELECT id FROM own))
           GROUP BY u.words, u.place HAVING sum(u.times) >= $3
           ORDER BY sum(u.times) DESC, u.words LIMIT $4"#,
        provider.0,
        since.to_sqlx() as _,
        fewest,
        most
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().map(|row| Unmet {
        words: row.words,
        place: row.place,
        times: u32::try_from(row.times).unwrap_or(u32::MAX),
    });
    Ok(rows.collect())
}

/// Forgets what was looked for until a day.
pub(in crate::catalog) async fn forget(db: impl PgExecutor<'_>, until: Date) -> Result<u64, Error> {
    let done = sqlx::query!("DELETE FROM unmet_searches WHERE day <= $1", until.to_sqlx() as _);
    Ok(done.execute(db).await?.rows_affected())
}
