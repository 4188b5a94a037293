//! Statements about services people keep.

use super::cards::{cards, hits};
use crate::catalog::favorites::Favorite;
use crate::catalog::search::Hit;
use crate::kernel::page::PAGE_SIZE;
use crate::kernel::{Error, ServiceId, UserId};
use jiff::Timestamp;
use jiff_sqlx::{Timestamp as Stored, ToSqlx};
use sqlx::types::Uuid;
use sqlx::{PgConnection, PgPool};

/// What became of a wish to keep a service.
pub(in crate::catalog) enum Kept {
    New(ServiceId),
    Already,
    TooMany,
}

/// Keeps a service that is or was on offer, if there is room; `None` if there is none of that name. Names it had before
/// count as well.
pub(in crate::catalog) async fn keep(
    conn: &mut PgConnection,
    user: UserId,
    slug: &str,
    now: Timestamp,
    most: i64,
) -> Result<Option<Kept>, Error> {
    let row = sqlx::query!(
        r#"WITH meant AS (
               SELECT id FROM services WHERE status IN ('live', 'paused')
                 AND id = coalesce((SELECT id FROM services WHERE slug = $2),
                                   (SELECT service_id FROM service_slugs WHERE slug = $2))
           ), added AS (
               INSERT INTO favorites (user_id, service_id, at)
               SELECT $1, id, $3 FROM meant WHERE (SELECT count(*) FROM favorites WHERE user_id = $1) < $4
               ON CONFLICT DO NOTHING RETURNING service_id
           )
           SELECT id AS "id: ServiceId", EXISTS (SELECT FROM added) AS "added!",
                  EXISTS (SELECT FROM favorites f WHERE f.user_id = $1 AND f.service_id = meant.id) AS "had!"
           FROM meant"#,
        user.0,
        slug,
        now.to_sqlx() as _,
        most
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| match (row.added, row.had) {
        (true, _) => Kept::New(row.id),
        (false, true) => Kept::Already,
        (false, false) => Kept::TooMany,
    }))
}

/// Lets a service go; says which, if it was kept.
pub(in crate::catalog) async fn let_go(
    conn: &mut PgConnection,
    user: UserId,
    slug: &str,
) -> Result<Option<ServiceId>, Error> {
    let gone = sqlx::query_scalar!(
        "DELETE FROM favorites f WHERE f.user_id = $1
           AND f.service_id = coalesce((SELECT id FROM services WHERE slug = $2),
                                       (SELECT service_id FROM service_slugs WHERE slug = $2))
         RETURNING f.service_id",
        user.0,
        slug
    );
    Ok(gone.fetch_optional(conn).await?.map(ServiceId))
}

/// A page of what somebody keeps and one more, the latest first, without cards.
pub(in crate::catalog) async fn list(
    db: &PgPool,
    user: UserId,
    words: &str,
    after: Option<(Timestamp, Uuid)>,
) -> Result<Vec<Favorite>, Error> {
    let words: String = words.trim().chars().take(80).collect();
    let pattern = format!("%{}%", words.replace(['%', '_', '\\'], " "));
    let (at, id) = after.unwrap_or((Timestamp::MAX, Uuid::max()));
    let rows = sqlx::query!(
        r#"SELECT f.service_id AS "service: ServiceId", f.at AS "at: Stored", s.slug, s.title, p.name
           FROM favorites f JOIN services s ON s.id = f.service_id JOIN providers p ON p.id = s.provider_id
           WHERE f.user_id = $1 AND (f.at, f.service_id) < ($3, $4)
             AND plain_text(s.title || ' ' || p.name) LIKE plain_text($2)
           ORDER BY f.at DESC, f.service_id DESC LIMIT $5"#,
        user.0,
        pattern,
        at.to_sqlx() as _,
        id,
        i64::try_from(PAGE_SIZE + 1).unwrap_or(21)
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().map(|row| Favorite {
        service: row.service,
        slug: row.slug,
        title: row.title,
        provider: row.name,
        since: row.at.to_jiff(),
        hit: None,
    });
    Ok(rows.collect())
}

/// The cards of those that are on offer.
pub(in crate::catalog) async fn cards(db: &PgPool, services: &[ServiceId], now: Timestamp) -> Result<Vec<Hit>, Error> {
    let ids: Vec<Uuid> = services.iter().map(|service| service.0).collect();
    let rows = cards!(
        "true",
        "",
        "FROM listings l
         LEFT JOIN LATERAL (SELECT f.next_free FROM service_openings f WHERE f.service_id = l.service_id LIMIT 1) o ON true
         WHERE l.service_id = ANY ($1)",
        &ids
    );
    hits(rows.fetch_all(db).await?, now)
}
