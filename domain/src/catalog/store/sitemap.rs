//! Addresses for search engines.

use crate::catalog::sitemap::Listed;
use crate::kernel::Error;
use sqlx::PgConnection;

/// All public pages by kind and slug, at most `limit`.
pub(in crate::catalog) async fn pages(conn: &mut PgConnection, limit: i64) -> Result<Vec<(Listed, String)>, Error> {
    let rows = sqlx::query!(
        r#"(SELECT 'categories' AS "kind!", slug AS "slug!" FROM categories WHERE NOT hidden ORDER BY slug)
           UNION ALL (SELECT 'providers', slug FROM providers WHERE NOT hidden ORDER BY slug LIMIT $1)
           UNION ALL (SELECT 'services', s.slug FROM services s JOIN providers p ON p.id = s.provider_id
                      WHERE s.status = 'live' AND NOT p.hidden ORDER BY s.slug LIMIT $1)
           LIMIT $1"#,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().filter_map(|row| Some((Listed::parse(&row.kind)?, row.slug))).collect())
}

/// The first slug of every part of each kind. Walks the indexes of slugs from end to end.
pub(in crate::catalog) async fn beginnings(
    conn: &mut PgConnection,
    largest: i64,
) -> Result<Vec<(Listed, String)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT kind AS "kind!", slug AS "slug!"
           FROM (SELECT 'categories' AS kind, slug, row_number() OVER (ORDER BY slug) AS number FROM categories WHERE NOT hidden
                 UNION ALL
                 SELECT 'providers', slug, row_number() OVER (ORDER BY slug) FROM providers
                 UNION ALL
                 SELECT 'services', slug, row_number() OVER (ORDER BY slug) FROM services WHERE status = 'live') pages
           WHERE (number - 1) % $1 = 0
           ORDER BY kind, slug"#,
        largest
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().filter_map(|row| Some((Listed::parse(&row.kind)?, row.slug))).collect())
}

/// Slugs of a kind from `from` on, in order.
pub(in crate::catalog) async fn part(
    conn: &mut PgConnection,
    listed: Listed,
    from: &str,
    limit: i64,
) -> Result<Vec<String>, Error> {
    let slugs = match listed {
        Listed::Category => {
            sqlx::query_scalar!(
                "SELECT slug FROM categories WHERE slug >= $1 AND NOT hidden ORDER BY slug LIMIT $2",
                from,
                limit
            )
            .fetch_all(conn)
            .await
        }
        Listed::Provider => {
            sqlx::query_scalar!(
                "SELECT slug FROM providers WHERE slug >= $1 AND NOT hidden ORDER BY slug LIMIT $2",
                from,
                limit
            )
            .fetch_all(conn)
            .await
        }
        Listed::Service => {
            sqlx::query_scalar!(
                "SELECT s.slug FROM services s JOIN providers p ON p.id = s.provider_id
                 WHERE s.slug >= $1 AND s.status = 'live' AND NOT p.hidden ORDER BY s.slug LIMIT $2",
                from,
                limit
            )
            .fetch_all(conn)
            .await
        }
    };
    Ok(slugs?)
}
