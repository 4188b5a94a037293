//! What the front page shows.

use super::cards::{cards, hits};
use super::count;
use crate::catalog::Category;
use crate::catalog::home::{FEWEST_NEAR, FREE_SHOWN};
use crate::catalog::published::PublishedReview;
use crate::catalog::search::Hit;
use crate::kernel::{CategoryId, Error, Zone};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use sqlx::types::Json;

/// All categories that have something on offer, in the order they are shown.
pub(in crate::catalog) async fn categories(conn: &mut PgConnection) -> Result<Vec<Category>, Error> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id: CategoryId", parent_id AS "parent_id: CategoryId", slug, name, blurb, tint, picture,
                  service_count
           FROM categories WHERE service_count > 0 AND NOT hidden ORDER BY position, id"#
    )
    .fetch_all(conn)
    .await?;
    let categories = rows.into_iter().map(|row| Category {
        id: row.id,
        parent: row.parent_id,
        slug: row.slug,
        name: row.name,
        blurb: row.blurb,
        tint: row.tint,
        picture: row.picture,
        services: count(row.service_count),
    });
    Ok(categories.collect())
}

/// Of each branch the visit with the soonest free time among its best dozen, soonest first: in the
/// viewer's zone if there are enough, and whether that is so. OFFSET 0 keeps the planner from walking all
/// openings by time in search of that dozen.
pub(in crate::catalog) async fn free_soon(
    conn: &mut PgConnection,
    zone: Option<&Zone>,
    now: Timestamp,
) -> Result<(Vec<Hit>, bool), Error> {
    let until = now.checked_add(SignedDuration::from_hours(7 * 24)).unwrap_or(Timestamp::MAX);
    let rows = cards!(
        "free.near",
        "WITH tops AS (
             SELECT id FROM categories WHERE parent_id IS NULL AND service_count > 0 AND NOT hidden ORDER BY position LIMIT 16
         ), near AS MATERIALIZED (
             SELECT best.*, true AS near FROM tops, LATERAL (
                 SELECT service_id, next_free
                 FROM (SELECT b.service_id, f.next_free
                       FROM (SELECT service_id FROM listings
                             WHERE zone = $1 AND top_category_id = tops.id AND kind = 'visit'
                             ORDER BY score DESC, service_id DESC LIMIT 12) b
                       JOIN service_openings f ON f.service_id = b.service_id OFFSET 0) twelve
                 WHERE next_free >= $2 AND next_free < $3 ORDER BY next_free LIMIT 1) best
         ), free AS (
             SELECT * FROM near WHERE (SELECT count(*) FROM near) >= $4
             UNION ALL
             SELECT best.*, false FROM tops, LATERAL (
                 SELECT service_id, next_free
                 FROM (SELECT b.service_id, f.next_free
                       FROM (SELECT service_id FROM listings
                             WHERE top_category_id = tops.id AND kind = 'visit'
                             ORDER BY score DESC, service_id DESC LIMIT 12) b
                       JOIN service_openings f ON f.service_id = b.service_id OFFSET 0) twelve
                 WHERE next_free >= $2 AND next_free < $3 ORDER BY next_free LIMIT 1) best
             WHERE (SELECT count(*) FROM near) < $4)",
        "FROM free JOIN listings l ON l.service_id = free.service_id
         JOIN service_openings o ON o.service_id = free.service_id
         ORDER BY o.next_free, l.score DESC LIMIT $5",
        zone.map(Zone::name),
        now.to_sqlx() as _,
        until.to_sqlx() as _,
        FEWEST_NEAR,
        i64::try_from(FREE_SHOWN).unwrap_or(i64::MAX),
    )
    .fetch_all(conn)
    .await?;
    let near = rows.first().is_some_and(|row| row.mark);
    Ok((hits(rows, now)?, near))
}

/// The latest praise that fits a card, of different branches.
pub(in crate::catalog) async fn voices(conn: &mut PgConnection, limit: i64) -> Result<Vec<PublishedReview>, Error> {
    let voices = sqlx::query_scalar!(
        r#"SELECT coalesce(json_agg(v ORDER BY v.at DESC, v.id DESC), '[]') AS "voices!: Json<Vec<PublishedReview>>"
           FROM (SELECT * FROM (
                     SELECT DISTINCT ON (s.top_category_id) r.id,
                            u.first_name || ' ' || left(u.last_name, 1) || '.' AS author, u.picture, r.rating, r.title,
                            r.body, r.created_at AS at, s.slug AS service_slug, s.title AS service_title
                     FROM (SELECT * FROM reviews WHERE rating = 5 AND length(body) BETWEEN 60 AND 240
                           ORDER BY created_at DESC, id DESC LIMIT 30) r
                     JOIN users u ON u.id = r.customer_id
                     JOIN services s ON s.id = r.service_id AND s.status = 'live'
                     JOIN providers p ON p.id = s.provider_id AND NOT p.hidden
                     ORDER BY s.top_category_id, r.created_at DESC, r.id DESC) different
                 ORDER BY at DESC, id DESC LIMIT $1) v"#,
        limit
    )
    .fetch_one(conn)
    .await?;
    Ok(voices.0)
}
