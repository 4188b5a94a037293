//! Statements about searches that found nothing.

use crate::catalog::unmet::Unmet;
use crate::kernel::{CategoryId, Error, ProviderId};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use sqlx::types::Uuid;

/// Somebody looked for these words, in a town (or in none) and a category (or in none). Whoever did so before changes
/// nothing.
pub(in crate::catalog) async fn count(
    db: impl PgExecutor<'_>,
    (words, place, category): (&str, &str, Option<CategoryId>),
    seeker: &[u8],
    today: Date,
    most: i64,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO unmet_searches AS u (day, words, place, category_id, times, seekers)
         SELECT $1, $2, $3, $4, 1, ARRAY[$6::bytea] WHERE (SELECT count(*) FROM unmet_searches WHERE day = $1) < $5
         ON CONFLICT (day, words, place, category_id) DO UPDATE
         SET times = u.times + 1, seekers = u.seekers || excluded.seekers
         WHERE u.seekers && excluded.seekers IS FALSE AND cardinality(u.seekers) < 1000",
        today.to_sqlx() as _,
        words,
        place,
        category.map_or(Uuid::nil(), |category| category.0),
        most,
        seeker
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was looked for in a town near a business, or without a town in one of its categories. Near is what it reaches, and
/// its own town in any case.
pub(in crate::catalog) async fn near(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    since: Date,
    (fewest, most): (i64, i64),
    least_km: f64,
) -> Result<Vec<Unmet>, Error> {
    let rows = sqlx::query!(
        r#"WITH own AS MATERIALIZED (
               SELECT category_id AS id FROM services WHERE provider_id = $1 AND status IN ('live', 'paused')
               UNION SELECT top_category_id FROM services WHERE provider_id = $1 AND status IN ('live', 'paused')
           ), near AS MATERIALIZED (
               SELECT p.city AS name FROM providers p WHERE p.id = $1
               UNION
               SELECT t.name FROM providers p
               CROSS JOIN LATERAL (SELECT greatest(coalesce(max(s.radius_km), 0)::float8, $5::float8) AS km
                                   FROM services s WHERE s.provider_id = p.id AND s.status IN ('live', 'paused')) reach
               JOIN places t ON t.country = p.country
                   AND t.lat BETWEEN p.lat - reach.km / 111.0 AND p.lat + reach.km / 111.0
                   AND 6371.0 * acos(least(1, sin(radians(p.lat)) * sin(radians(t.lat))
                       + cos(radians(p.lat)) * cos(radians(t.lat)) * cos(radians(t.lng - p.lng)))) <= reach.km
               WHERE p.id = $1
           )
           SELECT u.words, u.place, count(DISTINCT seeker) AS "people!"
           FROM unmet_searches u CROSS JOIN LATERAL unnest(u.seekers) seeker
           WHERE u.day > $2
             AND (u.place IN (SELECT name FROM near) OR u.place = '' AND u.category_id IN (SELECT id FROM own))
           GROUP BY u.words, u.place HAVING count(DISTINCT seeker) >= $3
           ORDER BY count(DISTINCT seeker) DESC, u.words LIMIT $4"#,
        provider.0,
        since.to_sqlx() as _,
        fewest,
        most,
        least_km
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().map(|row| Unmet {
        words: row.words,
        place: row.place,
        people: u32::try_from(row.people).unwrap_or(u32::MAX),
    });
    Ok(rows.collect())
}

/// Forgets what was looked for until a day.
pub(in crate::catalog) async fn forget(db: impl PgExecutor<'_>, until: Date) -> Result<u64, Error> {
    let done = sqlx::query!("DELETE FROM unmet_searches WHERE day <= $1", until.to_sqlx() as _);
    Ok(done.execute(db).await?.rows_affected())
}
