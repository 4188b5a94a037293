//! Categories, services and businesses whose names hold what was typed, in one statement.

use crate::catalog::search::{Offered, Suggestion};
use crate::kernel::{Error, UserId};
use sqlx::PgPool;

struct Row {
    offered: i32,
    text: String,
    slug: String,
    note: String,
}

/// `$listings` and `$businesses` narrow to whom the viewer may meet.
macro_rules! offers {
    ($listings:literal, $businesses:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"SELECT offered AS "offered!", text AS "text!", slug AS "slug!", note AS "note!"
           FROM (
               (SELECT 1 AS offered, name AS text, slug, '' AS note FROM categories
                WHERE to_tsvector('english', plain_text(name || ' ' || keywords)) @@ to_tsquery('english', plain_text($2))
                  AND service_count > 0 AND NOT hidden
                ORDER BY service_count DESC LIMIT 3)
               UNION ALL
               (SELECT 2, title, slug, provider_name
                FROM (SELECT title, slug, provider_name, score FROM listings
                      WHERE words @@ to_tsquery('english', plain_text($1)) "#
                + $listings
                + r#" LIMIT 200) found
                ORDER BY score DESC LIMIT 5)
               UNION ALL
               (SELECT 3, name, slug, city FROM providers
                WHERE plain_text(name) LIKE plain_text($3) AND NOT hidden "#
                + $businesses
                + " ORDER BY rating_count DESC LIMIT 2)
           ) offers LIMIT 8",
            $($argument),+
        )
    };
}

/// The words hold letters and digits only, so they can be put into queries and patterns. A visitor's statement does not
/// carry what only concerns those who can block.
pub(in crate::catalog) async fn suggest(
    pool: &PgPool,
    viewer: Option<UserId>,
    words: &[String],
) -> Result<Vec<Suggestion>, Error> {
    let titled: Vec<String> = words.iter().map(|word| format!("{word}:*A")).collect();
    let named: Vec<String> = words.iter().map(|word| format!("{word}:*")).collect();
    let (titled, named) = (titled.join(" & "), named.join(" & "));
    let pattern = format!("%{}%", words.join("%"));
    let rows = match viewer {
        None => offers!("", "", titled, named, pattern).fetch_all(pool).await?,
        // In a sub-select the blocks are read once; for most people there are none.
        Some(viewer) => {
            offers!(
                "AND service_id <> ALL ((SELECT coalesce(array_agg(a.id), '{}') FROM blocks b
                  JOIN services a ON a.provider_id = b.provider_id WHERE b.customer_id = $4)::uuid[])",
                "AND id <> ALL ((SELECT coalesce(array_agg(b.provider_id), '{}') FROM blocks b
                  WHERE b.customer_id = $4)::uuid[])",
                titled,
                named,
                pattern,
                viewer.0,
            )
            .fetch_all(pool)
            .await?
        }
    };
    let suggestions = rows.into_iter().map(|row| Suggestion {
        offered: match row.offered {
            1 => Offered::Category,
            2 => Offered::Service,
            _ => Offered::Provider,
        },
        text: row.text,
        slug: row.slug,
        note: row.note,
    });
    Ok(suggestions.collect())
}
