//! Rows of services nobody sees yet, and what a listing takes from elsewhere.

use crate::catalog::listing::{Beginning, Listing};
use crate::catalog::store::bookable::currency;
use crate::catalog::store::count;
use crate::catalog::{BookingMode, CancellationPolicy, Kind, Place, Surcharges, Unit};
use crate::kernel::{Error, MemberId, ProviderId, ServiceId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};
use std::collections::BTreeMap;

/// A listing with nothing but what it begins with: the place and the area of the business, everybody who works there, and the money
/// of its latest service, else of its country.
pub(in crate::catalog) async fn blank(
    conn: &mut PgConnection,
    provider: ProviderId,
    beginning: &Beginning,
) -> Result<Listing, Error> {
    let row = sqlx::query!(
        r#"SELECT p.city, p.lat, p.lng, p.radius_km,
               coalesce((SELECT s.currency FROM services s WHERE s.provider_id = p.id ORDER BY s.created_at DESC LIMIT 1),
                   CASE p.country WHEN 'GB' THEN 'GBP' WHEN 'US' THEN 'USD' WHEN 'CH' THEN 'CHF' WHEN 'JP' THEN 'JPY'
                   ELSE 'EUR' END) AS "currency!",
               (SELECT coalesce(json_agg(m.id ORDER BY m.position, m.id), '[]')
                FROM members m WHERE m.provider_id = p.id AND m.active) AS "members!: Json<Vec<MemberId>>",
               EXISTS (SELECT FROM categories c LEFT JOIN categories t ON t.id = c.parent_id
                       WHERE c.id = $2 AND NOT c.hidden AND NOT coalesce(t.hidden, false)) AS "category!"
           FROM providers p WHERE p.id = $1"#,
        provider.0,
        beginning.category.0
    )
    .fetch_one(conn)
    .await?;
    if !row.category {
        return Err(Error::invalid("category", "Choose where people find it."));
    }
    let delivery = beginning.kind == Kind::Delivery;
    Ok(Listing {
        title: beginning.title.clone(),
        summary: String::new(),
        description: String::new(),
        includes: Vec::new(),
        category: beginning.category,
        told: BTreeMap::new(),
        kind: beginning.kind,
        pricing: beginning.pricing,
        price_minor: None,
        currency: currency(&row.currency)?,
        duration_min: 60,
        max_duration_min: 60,
        delivery_days: if delivery { 7 } else { 0 },
        unit: Unit::default(),
        surcharges: Surcharges::default(),
        packages: Vec::new(),
        extras: Vec::new(),
        questions: Vec::new(),
        booking_mode: BookingMode::Instant,
        cancellation_policy: CancellationPolicy::Flexible,
        place: if delivery { Place::Remote } else { Place::Customer },
        city: row.city,
        lat: row.lat,
        lng: row.lng,
        radius_km: count(row.radius_km),
        slot_interval_min: 30,
        buffer_before_min: 0,
        buffer_after_min: 0,
        min_notice_min: 120,
        horizon_days: 60,
        daily_limit: None,
        members: row.members.0,
        pictures: Vec::new(),
    })
}

/// One address of a service is made at a time, until the end of the transaction: two titles alike do not meet.
pub(super) async fn alone(conn: &mut PgConnection) -> Result<(), Error> {
    sqlx::query!("SELECT pg_advisory_xact_lock(22)").execute(conn).await?;
    Ok(())
}

/// What a form may have begun already.
pub(in crate::catalog) struct Begun {
    pub slug: String,
    pub provider: ProviderId,
    pub title: String,
}

/// The service of this id, if there is one. From here on nobody else begins any until the end of the transaction.
pub(in crate::catalog) async fn begun(conn: &mut PgConnection, id: ServiceId) -> Result<Option<Begun>, Error> {
    alone(&mut *conn).await?;
    let begun = sqlx::query_as!(
        Begun,
        r#"SELECT slug, provider_id AS "provider: ProviderId", title FROM services WHERE id = $1"#,
        id.0
    );
    Ok(begun.fetch_optional(conn).await?)
}

/// The row of a service, a draft. Its address is made from the title, told apart by the beginning of `suffix`, or all of it,
/// where that is taken; the words are addresses of ours. Returns it.
pub(in crate::catalog) async fn insert(
    conn: &mut PgConnection,
    id: ServiceId,
    provider: ProviderId,
    listing: &Listing,
    suffix: &str,
    now: Timestamp,
) -> Result<String, Error> {
    alone(&mut *conn).await?;
    let slug = sqlx::query_scalar!(
        "WITH plain AS (
             SELECT coalesce(nullif(trim(both '-' from left(regexp_replace(plain_text($4::text), '[^a-z0-9]+', '-', 'g'), 80)), ''),
                             'service') AS word
         ), wanted AS (
             SELECT slug FROM plain, unnest(ARRAY[word, word || '-' || left($5::text, 4), word || '-' || $5::text])
                 WITH ORDINALITY AS wished (slug, place)
             WHERE slug NOT IN ('new', 'suggest')
               AND NOT EXISTS (SELECT FROM services s WHERE s.slug = wished.slug)
               AND NOT EXISTS (SELECT FROM service_slugs f WHERE f.slug = wished.slug)
             ORDER BY place LIMIT 1
         ), top AS (
             WITH RECURSIVE up AS (
                 SELECT id, parent_id FROM categories WHERE id = $3
                 UNION ALL SELECT c.id, c.parent_id FROM up JOIN categories c ON c.id = up.parent_id)
             SELECT id FROM up WHERE parent_id IS NULL
         )
         INSERT INTO services (id, slug, provider_id, category_id, top_category_id, title, summary, kind, pricing, price_minor,
             currency, duration_min, max_duration_min, delivery_days, place, city, lat, lng, radius_km, zone, status, created_at)
         SELECT $1, wanted.slug, p.id, $3, top.id, $4, '', $6, $7, 0, $8, 60, 60, $9, $10, $11, $12, $13, $14, p.zone, 'draft', $15
         FROM wanted, top, providers p WHERE p.id = $2
         RETURNING slug",
        id.0,
        provider.0,
        listing.category.0,
        listing.title,
        suffix,
        listing.kind.name(),
        listing.pricing.name(),
        listing.currency.code(),
        i32::try_from(listing.delivery_days).unwrap_or(0),
        listing.place.name(),
        listing.city,
        listing.lat,
        listing.lng,
        i32::try_from(listing.radius_km).unwrap_or(25),
        now.to_sqlx() as _,
    );
    Ok(slug.fetch_one(conn).await?)
}

/// Name and position of a town: that of the business itself, or one people can search.
pub(in crate::catalog) async fn town(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    city: &str,
) -> Result<Option<(String, f64, f64)>, Error> {
    let row = sqlx::query!(
        r#"SELECT found.name AS "name!", found.lat AS "lat!", found.lng AS "lng!"
           FROM (SELECT 1 AS place, p.city AS name, p.lat, p.lng FROM providers p
                 WHERE p.id = $1 AND plain_text(p.city) = plain_text($2)
                 UNION ALL
                 SELECT CASE WHEN o.country = p.country THEN 2 ELSE 3 END, o.name, o.lat, o.lng
                 FROM places o, providers p WHERE o.plain = plain_text($2) AND p.id = $1) found
           ORDER BY found.place, found.name LIMIT 1"#,
        provider.0,
        city
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.name, row.lat, row.lng)))
}

/// Locks pictures that were sent until the end of the transaction, so that none is found unused meanwhile.
pub(in crate::catalog) async fn hold_pictures(conn: &mut PgConnection, keys: &[String]) -> Result<(), Error> {
    sqlx::query!(r#"SELECT 1 AS "held!" FROM pictures WHERE key = ANY($1) ORDER BY key FOR UPDATE"#, keys)
        .fetch_all(conn)
        .await?;
    Ok(())
}
