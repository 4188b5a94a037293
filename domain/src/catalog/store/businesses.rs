//! Statements that begin, hide and show businesses.

use crate::catalog::open_business::NewBusiness;
use crate::kernel::{Error, ProviderId, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// The first that nobody has: the name, the name with the town, then with a number. Two who open at once wait for each
/// other here.
pub(in crate::catalog) async fn free_slug(conn: &mut PgConnection, name: &str, town: &str) -> Result<String, Error> {
    sqlx::query!("SELECT pg_advisory_xact_lock(21)").execute(&mut *conn).await?;
    let slug = sqlx::query_scalar!(
        r#"SELECT slug AS "slug!" FROM (
               SELECT 0 AS place, $1::text AS slug
               UNION ALL SELECT 1, $1 || '-' || $2
               UNION ALL SELECT n, $1 || '-' || $2 || '-' || n FROM generate_series(2, 10000) n) wished
           WHERE NOT EXISTS (SELECT FROM providers p WHERE p.slug = wished.slug)
             AND NOT EXISTS (SELECT FROM provider_slugs f WHERE f.slug = wished.slug)
           ORDER BY place LIMIT 1"#,
        name,
        town
    );
    Ok(slug.fetch_one(conn).await?)
}

/// A business with its owner, who is shown with the picture of their login.
pub(in crate::catalog) async fn open(
    conn: &mut PgConnection,
    business: &NewBusiness,
    slug: &str,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "WITH person AS (SELECT first_name || ' ' || last_name AS name, picture FROM users WHERE id = $3),
              provider AS (
                  INSERT INTO providers (id, slug, name, kind, headline, about, picture, city, country, lat, lng, zone,
                                         verified_at, created_at, radius_km, postal_codes, skills, payout_country,
                                         postal_code)
                  SELECT $1, $4, $5, $6, $7, $8, CASE WHEN $6 = 'sole' THEN person.picture END, $9, $10, $11, $12, $13,
                         $14, $14, $15, $16, $17, $18, $19 FROM person)
         INSERT INTO members (id, provider_id, user_id, name, role, picture)
         SELECT $2, $1, $3, trim(person.name), 'owner', person.picture FROM person",
        business.id.0,
        business.member.0,
        business.owner.0,
        slug,
        business.name,
        business.kind.name(),
        business.headline,
        business.about,
        business.city,
        business.country,
        business.lat,
        business.lng,
        business.zone.name(),
        now.to_sqlx() as _,
        business.radius_km,
        &business.postal_codes,
        &business.skills,
        business.payout_country,
        business.postal_code,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::catalog) async fn suspend(
    conn: &mut PgConnection,
    provider: ProviderId,
    suspended: Option<(Timestamp, &str)>,
) -> Result<bool, Error> {
    let (at, reason) = suspended.map_or((None, ""), |(at, reason)| (Some(at.to_sqlx()), reason));
    let done = sqlx::query!(
        "UPDATE providers SET suspended_at = $2, suspended_reason = $3
         WHERE id = $1 AND (suspended_at IS NULL) <> ($2::timestamptz IS NULL)",
        provider.0,
        at as _,
        reason
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub(in crate::catalog) async fn papers_over(
    conn: &mut PgConnection,
    provider: ProviderId,
    since: Option<Timestamp>,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE providers SET papers_over_at = $2
         WHERE id = $1 AND (papers_over_at IS NULL) <> ($2::timestamptz IS NULL)",
        provider.0,
        since.map(ToSqlx::to_sqlx) as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub(in crate::catalog) async fn owners(conn: &mut PgConnection, provider: ProviderId) -> Result<Vec<UserId>, Error> {
    let owners = sqlx::query_scalar!(
        r#"SELECT user_id AS "user!: UserId" FROM members
           WHERE provider_id = $1 AND role = 'owner' AND active AND user_id IS NOT NULL ORDER BY id"#,
        provider.0
    );
    Ok(owners.fetch_all(conn).await?)
}
