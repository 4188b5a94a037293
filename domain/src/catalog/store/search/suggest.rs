//! Categories, services and businesses whose names hold what was typed, in one statement that costs the same however many
//! services there are.
//!
//! What was typed are beginnings. The table of known words tells which words begin so and how common they are, by a walk
//! of its index, so that the index of listings is asked for whole words only. Words that are rare lead the way: at most
//! [`GATHERED`] listings that hold them are fetched. Where all are common the best [`WALKED`] listings are looked at, which
//! is soon enough; where that finds too little, the rarest leads the way after all.

use crate::catalog::search::{Offered, Suggestion};
use crate::kernel::{Error, UserId};
use sqlx::PgPool;

/// Most listings that are fetched because they hold what was typed.
const GATHERED: i64 = 1000;
/// Most of the best listings that are looked at.
const WALKED: i64 = 1000;
/// Most known words that are looked at for a beginning, and most of them that count: the commonest.
const BEGINNINGS: i64 = 1000;

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
            r#"WITH typed AS MATERIALIZED (
               SELECT ord, plain_text(word) AS word FROM unnest($1::text[]) WITH ORDINALITY u (word, ord)
           ), telling AS MATERIALIZED ( -- "for" says nothing unless it is all there is; what nobody uses was mistyped
               SELECT ord, CASE WHEN length(word) < 4 OR EXISTS (
                          SELECT FROM search_words w WHERE w.word ~>=~ typed.word AND w.word ~<=~ (typed.word || chr(1114111))
                      ) THEN word
                      ELSE coalesce((SELECT s.word FROM search_words s WHERE s.word % typed.word
                                     ORDER BY s.word <-> typed.word LIMIT 1), word) END AS word
               FROM typed
               WHERE ts_lexize('english_stem', word) <> '{}' OR (SELECT count(*) FROM typed) = 1
           ), begun AS MATERIALIZED (
               SELECT t.ord, t.word, k.stems, coalesce(k.frequency, 0) AS frequency
               FROM telling t CROSS JOIN LATERAL (
                   SELECT sum(b.frequency) AS frequency,
                          array_agg(DISTINCT quote_literal(b.stem)) FILTER (WHERE b.place <= 40) AS stems
                   FROM (SELECT s.stem, s.frequency, row_number() OVER (ORDER BY s.frequency DESC) AS place
                         FROM (SELECT * FROM search_words w
                               WHERE w.word ~>=~ t.word AND w.word ~<=~ (t.word || chr(1114111))
                               ORDER BY w.word USING ~<~ LIMIT $2) s) b
               ) k
           ), asked AS MATERIALIZED ( -- each word as the index reads it; one nobody uses stands for itself
               SELECT ord, frequency, '(' || array_to_string(coalesce(stems, ARRAY[quote_literal(word)]), ' | ') || ')' AS any_of,
                      '(' || array_to_string(coalesce(stems, ARRAY[quote_literal(word)]), ':A | ') || ':A)' AS titled
               FROM begun
           ), query AS MATERIALIZED (
               SELECT string_agg(titled, ' & ')::tsquery AS titled, min(frequency) AS rarest,
                      (SELECT any_of FROM asked ORDER BY frequency, ord LIMIT 1)::tsquery AS rare
               FROM asked
           ), walked AS MATERIALIZED (
               SELECT l.service_id, l.title, l.slug, l.provider_name, l.score
               FROM (SELECT * FROM listings WHERE (SELECT rarest FROM query) > $3
                     ORDER BY score DESC, service_id DESC LIMIT $4) l
               WHERE l.words @@ (SELECT titled FROM query) "#
                + $listings
                + r#" LIMIT 5
           ), gathered AS MATERIALIZED (
               SELECT l.service_id, l.title, l.slug, l.provider_name, l.score
               FROM (SELECT * FROM listings WHERE (SELECT count(*) FROM walked) < 5
                         AND words @@ (SELECT rare FROM query) LIMIT $3) l
               WHERE l.words @@ (SELECT titled FROM query) "#
                + $listings
                + r#" ORDER BY l.score DESC LIMIT 5
           )
           SELECT offered AS "offered!", text AS "text!", slug AS "slug!", note AS "note!"
           FROM (
               (SELECT 1 AS offered, name AS text, slug, '' AS note FROM categories
                WHERE to_tsvector('english', plain_text(name || ' ' || keywords)) @@ (SELECT string_agg(any_of, ' & ')::tsquery FROM asked)
                  AND service_count > 0 AND NOT hidden
                ORDER BY service_count DESC LIMIT 3)
               UNION ALL
               (SELECT 2, title, slug, provider_name
                FROM (SELECT * FROM walked UNION SELECT * FROM gathered) found
                ORDER BY score DESC LIMIT 5)
               UNION ALL
               (SELECT 3, name, slug, city
                FROM (SELECT id, name, slug, city, hidden, rating_count FROM providers
                      WHERE to_tsvector('simple', plain_text(name))
                          @@ (SELECT string_agg(quote_literal(word) || ':*', ' & ')::tsquery FROM typed) LIMIT $3) named
                WHERE NOT hidden "#
                + $businesses
                + " ORDER BY rating_count DESC LIMIT 2)
           ) offers LIMIT 8",
            $($argument),+
        )
    };
}

/// The words hold letters and digits only, so they can be put into queries. A visitor's statement does not carry what only
/// concerns those who can block.
pub(in crate::catalog) async fn suggest(
    pool: &PgPool,
    viewer: Option<UserId>,
    words: &[String],
) -> Result<Vec<Suggestion>, Error> {
    let rows = match viewer {
        None => offers!("", "", words, BEGINNINGS, GATHERED, WALKED).fetch_all(pool).await?,
        // In a sub-select the blocks are read once; for most people there are none.
        Some(viewer) => {
            offers!(
                "AND l.service_id <> ALL ((SELECT coalesce(array_agg(a.id), '{}') FROM blocks b
                  JOIN services a ON a.provider_id = b.provider_id WHERE b.customer_id = $5)::uuid[])",
                "AND id <> ALL ((SELECT coalesce(array_agg(b.provider_id), '{}') FROM blocks b
                  WHERE b.customer_id = $5)::uuid[])",
                words,
                BEGINNINGS,
                GATHERED,
                WALKED,
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
