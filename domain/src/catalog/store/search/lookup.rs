//! What must be known before a search can run: the categories, what its words mean, where its town is.
//!
//! Prefixes are ranges up to the highest character, because LIKE takes no index for a pattern it does not know yet.

use crate::catalog::Category;
use crate::catalog::search::{KnownPlace, Lookup, Word};
use crate::kernel::Error;
use sqlx::PgPool;
use sqlx::types::Json;

pub(in crate::catalog) async fn lookup(
    pool: &PgPool,
    words: &[String],
    place: Option<&str>,
) -> Result<Lookup, Error> {
    let row = sqlx::query!(
        r#"SELECT
            (SELECT coalesce(json_agg(json_build_object(
                        'id', c.id, 'parent', c.parent_id, 'slug', c.slug, 'name', c.name, 'blurb', c.blurb,
                        'tint', c.tint, 'picture', c.picture, 'services', c.service_count)
                    ORDER BY c.position, c.name), '[]')
             FROM categories c) AS "categories!: Json<Vec<Category>>",
            (SELECT coalesce(json_agg(json_build_object(
                        'word', t.word, 'stem', t.stem, 'frequency', known.frequency,
                        'meant', CASE WHEN known.frequency IS NULL THEN
                            (SELECT json_build_object('word', w.word, 'stem', w.stem, 'frequency', w.frequency)
                             FROM (SELECT * FROM search_words s WHERE s.word % t.word AND length(t.word) >= 4
                                   ORDER BY s.word <-> t.word LIMIT 8) w
                             ORDER BY similarity(w.word, t.word) + 0.02 * log(w.frequency) DESC LIMIT 1) END)
                    ORDER BY t.ord), '[]')
             FROM (SELECT ord, word, (ts_lexize('english_stem', word))[1] AS stem
                   FROM (SELECT ord, plain_text(typed) AS word FROM unnest($1::text[]) WITH ORDINALITY u (typed, ord)) p) t
             LEFT JOIN LATERAL (
                 SELECT sum(s.frequency) AS frequency FROM search_words s
                 WHERE s.stem ~>=~ t.stem AND s.stem ~<=~ CASE WHEN length(t.stem) >= 4 THEN t.stem || chr(1114111) ELSE t.stem END
             ) known ON true) AS "words!: Json<Vec<Word>>",
            (SELECT json_build_object('name', f.name, 'country', f.country, 'lat', f.lat, 'lng', f.lng)
             FROM (
                 (SELECT * FROM places WHERE plain = plain_text($2) ORDER BY country LIMIT 1)
                 UNION ALL
                 (SELECT * FROM places WHERE plain ~>=~ plain_text($2) AND plain ~<=~ (plain_text($2) || chr(1114111))
                      AND length($2) >= 3 ORDER BY length(plain) LIMIT 1)
                 UNION ALL
                 (SELECT * FROM places WHERE plain % plain_text($2) ORDER BY plain <-> plain_text($2) LIMIT 1)
                 LIMIT 1
             ) f) AS "place: Json<KnownPlace>""#,
        words,
        place
    )
    .fetch_one(pool)
    .await?;
    Ok(Lookup { categories: row.categories.0, words: row.words.0, place: row.place.map(|place| place.0) })
}
