//! What must be known before a search can run: the categories and what they can be narrowed by, what its words mean,
//! where its town is.
//!
//! What was typed goes through sub-selects, so that the plan does not depend on it and is made once, not for
//! every search. Prefixes are ranges up to the highest character, because LIKE takes no index for a pattern
//! it does not know yet.

use crate::catalog::Category;
use crate::catalog::search::{KnownPlace, Lookup, SearchField, Word};
use crate::catalog::store::count;
use crate::kernel::{CategoryId, Error};
use sqlx::PgPool;
use sqlx::types::Json;

/// The fields are those of the category with this address, present or former, and of the one it grows on.
pub(in crate::catalog) async fn lookup(
    pool: &PgPool,
    words: &[String],
    place: Option<&str>,
    category: Option<&str>,
) -> Result<Lookup, Error> {
    if words.is_empty() && place.is_none() && category.is_none() {
        return Ok(Lookup { categories: categories(pool).await?, ..Lookup::default() });
    }
    let rows = sqlx::query!(
        r#"SELECT c.id AS "id: CategoryId", c.parent_id AS "parent: CategoryId", c.slug, c.name, c.blurb, c.tint,
            c.picture, c.service_count,
            CASE WHEN row_number() OVER () = 1 THEN
                (SELECT json_agg(json_build_object(
                        'word', t.word, 'stem', t.stem, 'frequency', known.frequency, 'stems', known.stems,
                        'meant', CASE WHEN known.frequency IS NULL THEN
                            (SELECT json_build_object('word', w.word, 'stem', w.stem, 'frequency', w.frequency)
                             FROM (SELECT * FROM search_words s WHERE s.word % t.word AND length(t.word) >= 4
                                   ORDER BY s.word <-> t.word LIMIT 8) w
                             ORDER BY similarity(w.word, t.word) + 0.02 * log(w.frequency) DESC LIMIT 1) END)
                    ORDER BY t.ord)
                 FROM (SELECT ord, word, (ts_lexize('english_stem', word))[1] AS stem
                       FROM (SELECT ord, plain_text(typed) AS word
                             FROM unnest((SELECT $1::text[])) WITH ORDINALITY u (typed, ord)
                             OFFSET 0) p
                       OFFSET 0) t
                 LEFT JOIN LATERAL (
                     SELECT sum(s.frequency) AS frequency,
                            CASE WHEN count(DISTINCT s.stem) <= 6 THEN array_agg(DISTINCT s.stem) END AS stems
                     FROM search_words s
                     WHERE s.stem ~>=~ t.stem
                       AND s.stem ~<=~ CASE WHEN length(t.stem) >= 4 THEN t.stem || chr(1114111) ELSE t.stem END
                 ) known ON true) END AS "words: Json<Vec<Word>>",
            CASE WHEN row_number() OVER () = 1 THEN
                (SELECT json_build_object('name', f.name, 'country', f.country, 'lat', f.lat, 'lng', f.lng)
                 FROM (SELECT plain_text(typed) AS plain FROM (SELECT $2::text AS typed OFFSET 0) t OFFSET 0) sought,
                 LATERAL (
                     (SELECT * FROM places p WHERE p.plain = sought.plain ORDER BY country LIMIT 1)
                     UNION ALL
                     (SELECT * FROM places p WHERE p.plain ~>=~ sought.plain AND p.plain ~<=~ (sought.plain || chr(1114111))
                          AND length(sought.plain) >= 3 ORDER BY length(p.plain) LIMIT 1)
                     UNION ALL
                     (SELECT * FROM places p WHERE p.plain % sought.plain ORDER BY p.plain <-> sought.plain LIMIT 1)
                     LIMIT 1
                 ) f) END AS "place: Json<KnownPlace>",
            CASE WHEN row_number() OVER () = 1 THEN
                (SELECT json_agg(json_build_object('id', f.id, 'key', f.key, 'label', f.label, 'kind', f.kind,
                            'options', f.options) ORDER BY f.category_id = here.id, f.position, f.id)
                 FROM (SELECT k.id, k.parent_id FROM categories k
                       WHERE k.id = coalesce((SELECT id FROM categories WHERE slug = $3),
                                             (SELECT category_id FROM category_slugs WHERE slug = $3))) here
                 JOIN category_fields f ON f.category_id IN (here.id, here.parent_id)
                 WHERE f.searchable AND f.kind IN ('choice', 'yes_no')) END AS "fields: Json<Vec<SearchField>>"
           FROM categories c ORDER BY c.position, c.name"#,
        words,
        place,
        category
    )
    .fetch_all(pool)
    .await?;
    let mut found = Lookup { categories: Vec::with_capacity(rows.len()), ..Lookup::default() };
    for row in rows {
        found.words.extend(row.words.into_iter().flat_map(|words| words.0));
        found.fields.extend(row.fields.into_iter().flat_map(|fields| fields.0));
        found.place = found.place.or(row.place.map(|place| place.0));
        found.categories.push(Category {
            id: row.id,
            parent: row.parent,
            slug: row.slug,
            name: row.name,
            blurb: row.blurb,
            tint: row.tint,
            picture: row.picture,
            services: count(row.service_count),
        });
    }
    Ok(found)
}

async fn categories(pool: &PgPool) -> Result<Vec<Category>, Error> {
    let rows = sqlx::query!(
        r#"SELECT c.id AS "id: CategoryId", c.parent_id AS "parent: CategoryId", c.slug, c.name, c.blurb, c.tint,
                  c.picture, c.service_count
           FROM categories c ORDER BY c.position, c.name"#
    )
    .fetch_all(pool)
    .await?;
    let categories = rows.into_iter().map(|row| Category {
        id: row.id,
        parent: row.parent,
        slug: row.slug,
        name: row.name,
        blurb: row.blurb,
        tint: row.tint,
        picture: row.picture,
        services: count(row.service_count),
    });
    Ok(categories.collect())
}
