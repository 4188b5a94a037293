//! Categories, services and businesses whose names hold what was typed, in one statement.

use crate::catalog::search::{Offered, Suggestion};
use crate::kernel::Error;
use sqlx::PgPool;

/// The words hold letters and digits only, so they can be put into queries and patterns.
pub(in crate::catalog) async fn suggest(pool: &PgPool, words: &[String]) -> Result<Vec<Suggestion>, Error> {
    let titled: Vec<String> = words.iter().map(|word| format!("{word}:*A")).collect();
    let named: Vec<String> = words.iter().map(|word| format!("{word}:*")).collect();
    let pattern = format!("%{}%", words.join("%"));
    let rows = sqlx::query!(
        r#"SELECT offered AS "offered!", text AS "text!", slug AS "slug!", note AS "note!"
           FROM (
               (SELECT 1 AS offered, name AS text, slug, '' AS note FROM categories
                WHERE to_tsvector('english', plain_text(name || ' ' || keywords)) @@ to_tsquery('english', plain_text($2))
                  AND service_count > 0 AND NOT hidden
                ORDER BY service_count DESC LIMIT 3)
               UNION ALL
               (SELECT 2, title, slug, provider_name
                FROM (SELECT title, slug, provider_name, score FROM listings
                      WHERE words @@ to_tsquery('english', plain_text($1)) LIMIT 200) found
                ORDER BY score DESC LIMIT 5)
               UNION ALL
               (SELECT 3, name, slug, city FROM providers
                WHERE plain_text(name) LIKE plain_text($3) AND NOT hidden ORDER BY rating_count DESC LIMIT 2)
           ) offers LIMIT 8"#,
        titled.join(" & "),
        named.join(" & "),
        pattern
    )
    .fetch_all(pool)
    .await?;
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
