//! Statements about where places are.

use crate::catalog::import_places::PlaceLine;
use crate::kernel::geocoder::Located;
use crate::kernel::{Error, Zone};
use sqlx::{PgConnection, PgExecutor};

/// The nearest that is known: the longest of these postal codes, else the town.
pub(in crate::catalog) async fn locate(
    db: impl PgExecutor<'_>,
    country: &str,
    codes: &[String],
    city: &str,
) -> Result<Option<Located>, Error> {
    let row = sqlx::query!(
        r#"SELECT lat AS "lat!", lng AS "lng!", zone, by_code AS "by_code!" FROM (
               (SELECT lat, lng, zone, true AS by_code FROM postal_codes WHERE country = $1 AND code = ANY($2)
                ORDER BY length(code) DESC LIMIT 1)
               UNION ALL
               (SELECT lat, lng, zone, false FROM places WHERE plain = plain_text($3) AND country = $1 LIMIT 1)) found
           LIMIT 1"#,
        country,
        codes,
        city
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Located {
        lat: row.lat,
        lng: row.lng,
        zone: row.zone.as_deref().and_then(Zone::parse),
        by_code: row.by_code,
    }))
}

/// The countries that have a known place, one step along the index for each.
pub(in crate::catalog) async fn countries(db: impl PgExecutor<'_>) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar!(
        r#"WITH RECURSIVE known AS (
               (SELECT country FROM places ORDER BY country LIMIT 1)
               UNION ALL
               SELECT (SELECT p.country FROM places p WHERE p.country > known.country ORDER BY p.country LIMIT 1)
               FROM known WHERE known.country IS NOT NULL)
           SELECT country::text AS "country!" FROM known WHERE country IS NOT NULL"#
    )
    .fetch_all(db)
    .await?)
}

/// Towns of a country called alike.
pub(in crate::catalog) async fn alike(
    db: impl PgExecutor<'_>,
    city: &str,
    country: &str,
    limit: i64,
) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar!(
        "SELECT name FROM places WHERE country = $2 AND plain % plain_text($1) ORDER BY plain <-> plain_text($1) LIMIT $3",
        city,
        country,
        limit
    )
    .fetch_all(db)
    .await?)
}

struct Columns {
    countries: Vec<String>,
    codes: Vec<String>,
    names: Vec<String>,
    lats: Vec<f64>,
    lngs: Vec<f64>,
    zones: Vec<String>,
}

fn columns(places: &[PlaceLine]) -> Columns {
    Columns {
        countries: places.iter().map(|place| place.country.clone()).collect(),
        codes: places.iter().map(|place| place.code.clone()).collect(),
        names: places.iter().map(|place| place.name.clone()).collect(),
        lats: places.iter().map(|place| place.lat).collect(),
        lngs: places.iter().map(|place| place.lng).collect(),
        zones: places.iter().map(|place| place.zone.clone()).collect(),
    }
}

/// Towns, in the middle of all lines that name them. Of those that are known the lines say more, or nothing new when
/// they are only `known_by_codes`.
pub(in crate::catalog) async fn keep_towns(
    conn: &mut PgConnection,
    places: &[PlaceLine],
    known_by_codes: bool,
) -> Result<(), Error> {
    let all = columns(places);
    sqlx::query!(
        "INSERT INTO places (country, name, lat, lng, zone)
         SELECT country, name, avg(lat), avg(lng), nullif(max(zone), '')
         FROM unnest($1::text[], $2::text[], $3::float8[], $4::float8[], $5::text[]) AS t (country, name, lat, lng, zone)
         GROUP BY country, name
         ON CONFLICT (name, country) DO UPDATE SET lat = excluded.lat, lng = excluded.lng,
             zone = coalesce(excluded.zone, places.zone)
         WHERE NOT $6",
        &all.countries,
        &all.names,
        &all.lats,
        &all.lngs,
        &all.zones,
        known_by_codes
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Postal codes, each named once.
pub(in crate::catalog) async fn keep_codes(conn: &mut PgConnection, places: &[PlaceLine]) -> Result<(), Error> {
    let all = columns(places);
    sqlx::query!(
        "INSERT INTO postal_codes (country, code, name, lat, lng, zone)
         SELECT country, code, name, lat, lng, nullif(zone, '')
         FROM unnest($1::text[], $2::text[], $3::text[], $4::float8[], $5::float8[], $6::text[])
             AS t (country, code, name, lat, lng, zone)
         ON CONFLICT (country, code) DO UPDATE SET name = excluded.name, lat = excluded.lat, lng = excluded.lng,
             zone = coalesce(excluded.zone, postal_codes.zone)",
        &all.countries,
        &all.codes,
        &all.names,
        &all.lats,
        &all.lngs,
        &all.zones
    )
    .execute(conn)
    .await?;
    Ok(())
}
