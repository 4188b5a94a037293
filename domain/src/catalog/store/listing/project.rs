//! The rows customers see, written from a listing that goes on show.

use super::begin::alone;
use crate::catalog::Pricing;
use crate::catalog::listing::Listing;
use crate::kernel::{Error, ServiceId};
use sqlx::PgConnection;
use sqlx::types::{Json, Uuid};

/// Makes the rows of a service what its listing says. Members who left the business are left out; tiers that are gone
/// stay for the bookings that chose them. `package_ids` are for tiers that are new, one for each.
pub(in crate::catalog) async fn project(
    conn: &mut PgConnection,
    service: ServiceId,
    listing: &Listing,
    package_ids: &[Uuid],
) -> Result<(), Error> {
    // First, because the row's own change is what makes lists look again.
    terms(conn, service, listing).await?;
    service_row(conn, service, listing).await?;
    packages(conn, service, listing, package_ids).await?;
    sqlx::query!(
        "WITH gone AS (DELETE FROM extras WHERE service_id = $1 AND id NOT IN (
             SELECT (e ->> 'id')::uuid FROM jsonb_array_elements($2::jsonb -> 'extras') e))
         INSERT INTO extras (id, service_id, name, price_minor, extra_min, extra_days, position)
         SELECT (e ->> 'id')::uuid, $1, e ->> 'name', (e ->> 'price_minor')::bigint, (e ->> 'extra_min')::int,
                (e ->> 'extra_days')::int, place::int
         FROM jsonb_array_elements($2::jsonb -> 'extras') WITH ORDINALITY u (e, place)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, price_minor = excluded.price_minor,
             extra_min = excluded.extra_min, extra_days = excluded.extra_days, position = excluded.position",
        service.0,
        Json(listing) as _
    )
    .execute(&mut *conn)
    .await?;
    let members: Vec<_> = listing.members.iter().map(|member| member.0).collect();
    sqlx::query!(
        "WITH gone AS (DELETE FROM service_members WHERE service_id = $1 AND member_id <> ALL($2))
         INSERT INTO service_members (service_id, member_id)
         SELECT s.id, m.id FROM services s JOIN members m ON m.provider_id = s.provider_id
         WHERE s.id = $1 AND m.id = ANY($2) AND m.active ON CONFLICT DO NOTHING",
        service.0,
        &members
    )
    .execute(&mut *conn)
    .await?;
    told(conn, service, listing).await?;
    pictures(conn, service, listing).await
}

/// What it says in the fields of its category. A field that is gone since then is not filled in.
async fn told(conn: &mut PgConnection, service: ServiceId, listing: &Listing) -> Result<(), Error> {
    sqlx::query!(
        "WITH said AS (
             SELECT f.id, a.answer ->> 'value' AS value
             FROM jsonb_each($2::jsonb -> 'told') AS a (field, answer)
             JOIN category_fields f ON f.id = a.field::uuid AND f.kind = a.answer ->> 'kind'
         ), gone AS (
             DELETE FROM service_fields WHERE service_id = $1 AND field_id NOT IN (SELECT id FROM said)
         )
         INSERT INTO service_fields (service_id, field_id, value) SELECT $1, id, value FROM said
         ON CONFLICT (service_id, field_id) DO UPDATE SET value = excluded.value
         WHERE service_fields.value <> excluded.value",
        service.0,
        Json(listing) as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn service_row(conn: &mut PgConnection, service: ServiceId, listing: &Listing) -> Result<(), Error> {
    let number = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
    let done = sqlx::query!(
        "WITH RECURSIVE up AS (
             SELECT id, parent_id FROM categories WHERE id = $5
             UNION ALL SELECT c.id, c.parent_id FROM up JOIN categories c ON c.id = up.parent_id)
         UPDATE services SET title = $2, summary = $3, description = $4, category_id = $5,
             top_category_id = (SELECT id FROM up WHERE parent_id IS NULL), includes = $6, kind = $7, pricing = $8,
             price_minor = $9, currency = $10, duration_min = $11::int, max_duration_min = greatest($11::int, $12::int),
             delivery_days = $13, place = $14, city = $15, lat = $16, lng = $17, radius_km = $18,
             booking_mode = $19, cancellation_policy = $20, slot_interval_min = $21, buffer_before_min = $22,
             buffer_after_min = $23, min_notice_min = $24, horizon_days = $25, daily_limit = $26
         WHERE id = $1 AND EXISTS (SELECT FROM up)",
        service.0,
        listing.title,
        listing.summary,
        listing.description,
        listing.category.0,
        &listing.includes,
        listing.kind.name(),
        listing.pricing.name(),
        listing.from_minor().unwrap_or(0),
        listing.currency.code(),
        number(listing.duration_min),
        number(listing.max_duration_min),
        number(listing.delivery_days),
        listing.place.name(),
        listing.city,
        listing.lat,
        listing.lng,
        number(listing.radius_km),
        listing.booking_mode.name(),
        listing.cancellation_policy.name(),
        number(listing.slot_interval_min),
        number(listing.buffer_before_min),
        number(listing.buffer_after_min),
        number(listing.min_notice_min),
        number(listing.horizon_days),
        listing.daily_limit.map(number),
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 0 {
        return Err(Error::invalid("category", "This category is gone. Choose another one."));
    }
    Ok(())
}

/// Bookings that are made already keep their price and what they were asked.
async fn terms(conn: &mut PgConnection, service: ServiceId, listing: &Listing) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE services SET questions = $2, surcharges = $3, unit = $4
         WHERE id = $1 AND (questions, surcharges, unit) <> ($2, $3, $4)",
        service.0,
        Json(&listing.questions) as _,
        Json(&listing.surcharges) as _,
        Json(&listing.unit) as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn packages(conn: &mut PgConnection, service: ServiceId, listing: &Listing, ids: &[Uuid]) -> Result<(), Error> {
    let offered = if listing.pricing == Pricing::Packages { listing.packages.as_slice() } else { &[] };
    let tiers: Vec<String> = offered.iter().map(|package| package.tier.name().to_owned()).collect();
    sqlx::query!(
        "UPDATE packages SET withdrawn = tier <> ALL($2) WHERE service_id = $1 AND withdrawn <> (tier <> ALL($2))",
        service.0,
        &tiers
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO packages (id, service_id, tier, name, description, includes, price_minor, duration_min, delivery_days,
             revisions)
         SELECT ($3::uuid[])[place], $1, k ->> 'tier', k ->> 'name', k ->> 'description',
                ARRAY(SELECT jsonb_array_elements_text(k -> 'includes')), (k ->> 'price_minor')::bigint,
                (k ->> 'duration_min')::int, (k ->> 'delivery_days')::int, (k ->> 'revisions')::int
         FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY u (k, place)
         ON CONFLICT (service_id, tier) DO UPDATE SET name = excluded.name, description = excluded.description,
             includes = excluded.includes, price_minor = excluded.price_minor, duration_min = excluded.duration_min,
             delivery_days = excluded.delivery_days, revisions = excluded.revisions",
        service.0,
        Json(offered) as _,
        ids
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Nothing is touched when the pictures are the same: every change of them works the lists out again.
async fn pictures(conn: &mut PgConnection, service: ServiceId, listing: &Listing) -> Result<(), Error> {
    let rows = sqlx::query!(
        "SELECT key, alt, colour FROM service_pictures WHERE service_id = $1 ORDER BY position",
        service.0
    )
    .fetch_all(&mut *conn)
    .await?;
    let same = rows.len() == listing.pictures.len()
        && rows
            .iter()
            .zip(&listing.pictures)
            .all(|(row, picture)| (&row.key, &row.alt, &row.colour) == (&picture.key, &picture.alt, &picture.colour));
    if same {
        return Ok(());
    }
    sqlx::query!("DELETE FROM service_pictures WHERE service_id = $1", service.0).execute(&mut *conn).await?;
    sqlx::query!(
        "INSERT INTO service_pictures (service_id, position, key, alt, colour)
         SELECT $1, place::int - 1, p ->> 'key', p ->> 'alt', p ->> 'colour'
         FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY u (p, place)",
        service.0,
        Json(&listing.pictures) as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The title customers see.
pub(in crate::catalog) async fn title(conn: &mut PgConnection, service: ServiceId) -> Result<String, Error> {
    Ok(sqlx::query_scalar!("SELECT title FROM services WHERE id = $1", service.0).fetch_one(conn).await?)
}

/// A title that is another one makes a new address; the one before leads to it. The beginning of `suffix`, or all of it,
/// tells apart what is taken. An address the service had before becomes its own again.
pub(in crate::catalog) async fn readdress(
    conn: &mut PgConnection,
    service: ServiceId,
    suffix: &str,
) -> Result<(), Error> {
    alone(&mut *conn).await?;
    let row = sqlx::query!(
        r#"WITH plain AS (
               SELECT s.slug, coalesce(nullif(trim(both '-' from
                          left(regexp_replace(plain_text(s.title), '[^a-z0-9]+', '-', 'g'), 80)), ''), 'service') AS word
               FROM services s WHERE s.id = $1)
           SELECT plain.slug, wished.slug AS "wanted!", word AS "word!"
           FROM plain, unnest(ARRAY[word, word || '-' || left($2::text, 4), word || '-' || $2::text])
               WITH ORDINALITY AS wished (slug, place)
           WHERE wished.slug NOT IN ('new', 'suggest')
             AND NOT EXISTS (SELECT FROM services o WHERE o.slug = wished.slug AND o.id <> $1)
             AND NOT EXISTS (SELECT FROM service_slugs f WHERE f.slug = wished.slug AND f.service_id <> $1)
           ORDER BY place LIMIT 1"#,
        service.0,
        suffix
    )
    .fetch_one(&mut *conn)
    .await?;
    // The same word with something that tells it apart is the same address.
    if row.slug == row.word || row.slug.strip_prefix(&format!("{}-", row.word)).is_some_and(tells_apart) {
        return Ok(());
    }
    sqlx::query!("DELETE FROM service_slugs WHERE slug = $1 AND service_id = $2", row.wanted, service.0)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "WITH before AS (INSERT INTO service_slugs (slug, service_id) VALUES ($2, $1) ON CONFLICT DO NOTHING)
         UPDATE services SET slug = $3 WHERE id = $1",
        service.0,
        row.slug,
        row.wanted
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A few letters and digits behind a title, such as ours or those of loaded services.
fn tells_apart(rest: &str) -> bool {
    (1..=8).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}
