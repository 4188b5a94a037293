//! Statements that change what a business is registered with.

use crate::catalog::change_business::NewPlace;
use crate::kernel::{Error, ProviderId, ServiceId};
use sqlx::{PgConnection, PgExecutor};

/// Its new name; says its town.
pub(in crate::catalog) async fn rename(
    conn: &mut PgConnection,
    provider: ProviderId,
    name: &str,
) -> Result<String, Error> {
    let town = sqlx::query_scalar!("UPDATE providers SET name = $2 WHERE id = $1 RETURNING city", provider.0, name);
    Ok(town.fetch_one(conn).await?)
}

/// The first address nobody else has or had: the name, the name with the town, then with a number. An address the business
/// had before becomes its own again.
pub(in crate::catalog) async fn readdress(
    conn: &mut PgConnection,
    provider: ProviderId,
    name: &str,
    town: &str,
) -> Result<String, Error> {
    // The lock of those who open a business: two who want the same word wait for each other.
    sqlx::query!("SELECT pg_advisory_xact_lock(21)").execute(&mut *conn).await?;
    let row = sqlx::query!(
        r#"SELECT p.slug, wished.slug AS "wanted!"
           FROM providers p, (
               SELECT 0 AS place, $2::text AS slug
               UNION ALL SELECT 1, $2 || '-' || $3
               UNION ALL SELECT n, $2 || '-' || $3 || '-' || n FROM generate_series(2, 10000) n) wished
           WHERE p.id = $1
             AND NOT EXISTS (SELECT FROM providers o WHERE o.slug = wished.slug AND o.id <> $1)
             AND NOT EXISTS (SELECT FROM provider_slugs f WHERE f.slug = wished.slug AND f.provider_id <> $1)
           ORDER BY wished.place LIMIT 1"#,
        provider.0,
        name,
        town
    )
    .fetch_one(&mut *conn)
    .await?;
    if row.slug == row.wanted {
        return Ok(row.slug);
    }
    sqlx::query!("DELETE FROM provider_slugs WHERE slug = $1 AND provider_id = $2", row.wanted, provider.0)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "WITH before AS (INSERT INTO provider_slugs (slug, provider_id) VALUES ($2, $1) ON CONFLICT DO NOTHING)
         UPDATE providers SET slug = $3 WHERE id = $1",
        provider.0,
        row.slug,
        row.wanted
    )
    .execute(conn)
    .await?;
    Ok(row.wanted)
}

/// Where earnings go.
pub(in crate::catalog) async fn set_payout_country(
    conn: &mut PgConnection,
    provider: ProviderId,
    country: &str,
) -> Result<(), Error> {
    sqlx::query!("UPDATE providers SET payout_country = $2 WHERE id = $1", provider.0, country).execute(conn).await?;
    Ok(())
}

/// The town it leaves; nothing when it has moved since it was seen.
pub(in crate::catalog) async fn move_row(
    conn: &mut PgConnection,
    provider: ProviderId,
    seen: i32,
    place: &NewPlace,
) -> Result<Option<String>, Error> {
    let town = sqlx::query_scalar!(
        r#"WITH before AS (SELECT id, city FROM providers WHERE id = $1 AND moved = $2 FOR UPDATE)
           UPDATE providers p SET city = $3, postal_code = $4, lat = $5, lng = $6, moved = moved + 1
           FROM before WHERE p.id = before.id AND p.moved = $2 RETURNING before.city AS "city!""#,
        provider.0,
        seen,
        place.city,
        place.postal_code,
        place.lat,
        place.lng
    );
    Ok(town.fetch_optional(conn).await?)
}

/// Takes along the services that start from a town, and texts about them that are not on show. The rows of the services are
/// changed after all: that is what makes lists and squares follow.
pub(in crate::catalog) async fn move_services(
    conn: &mut PgConnection,
    provider: ProviderId,
    left: &str,
    place: &NewPlace,
) -> Result<Vec<ServiceId>, Error> {
    let moved = sqlx::query_scalar!(
        r#"WITH texts AS (
               UPDATE service_revisions r
               SET content = r.content || jsonb_build_object('city', $3::text, 'lat', $4::float8, 'lng', $5::float8)
               FROM services s
               WHERE s.id = r.service_id AND s.provider_id = $1 AND r.state IN ('draft', 'submitted', 'declined')
                 AND plain_text(r.content ->> 'city') = plain_text($2::text)
               RETURNING r.service_id
           )
           UPDATE services s SET version = s.version + 1,
               city = CASE WHEN plain_text(s.city) = plain_text($2) THEN $3 ELSE s.city END,
               lat = CASE WHEN plain_text(s.city) = plain_text($2) THEN $4 ELSE s.lat END,
               lng = CASE WHEN plain_text(s.city) = plain_text($2) THEN $5 ELSE s.lng END
           WHERE s.provider_id = $1
             AND (plain_text(s.city) = plain_text($2) OR s.id IN (SELECT service_id FROM texts))
           RETURNING s.id AS "id: ServiceId""#,
        provider.0,
        left,
        place.city,
        place.lat,
        place.lng
    );
    Ok(moved.fetch_all(conn).await?)
}

/// The present address of a business that had this one before.
pub(in crate::catalog) async fn renamed(db: impl PgExecutor<'_>, slug: &str) -> Result<Option<String>, Error> {
    let present = sqlx::query_scalar!(
        "SELECT p.slug FROM provider_slugs f JOIN providers p ON p.id = f.provider_id WHERE f.slug = $1",
        slug
    );
    Ok(present.fetch_optional(db).await?)
}
