//! A service with everything a booking needs, in one statement.

use crate::catalog::{
    At, Base, Bookable, BookableMember, BookingMode, CancellationPolicy, Extra, Kind, OwnPlace, Package, Place, Priced,
    Pricing, Question, ServiceKey, ServicePicture, Status, Surcharges, Travel, Unit,
};
use crate::kernel::{Currency, Error, Money, ProviderId, ServiceId, Zone};
use sqlx::PgConnection;
use sqlx::types::Json;

/// A count of the schema, where checks keep it from being negative.
pub(super) fn count(stored: i32) -> u32 {
    u32::try_from(stored).unwrap_or(0)
}

/// A currency as stored.
pub(super) fn currency(code: &str) -> Result<Currency, Error> {
    Currency::parse(code).ok_or_else(|| Error::internal(format!("stored currency {code}")))
}

/// Loads a service for booking, in one statement.
///
/// # Errors
/// [`Error::NotFound`] if there is no such service.
pub async fn bookable(conn: &mut PgConnection, key: impl Into<ServiceKey<'_>>) -> Result<Bookable, Error> {
    let (id, slug) = match key.into() {
        ServiceKey::Id(id) => (Some(id.0), None),
        ServiceKey::Slug(slug) => (None, Some(slug)),
    };
    let row = sqlx::query!(
        r#"SELECT s.id AS "id: ServiceId", s.slug, s.provider_id AS "provider: ProviderId",
                  p.name AS provider_name, p.slug AS provider_slug, CASE WHEN p.hidden AND s.status = 'live' THEN 'paused' ELSE s.status END AS "status!: Status",
                  s.title, s.kind AS "kind: Kind", s.pricing AS "pricing: Pricing", s.price_minor, s.currency,
                  s.duration_min, s.max_duration_min, s.delivery_days, s.place AS "place: Place", s.city, s.zone,
                  s.lat, s.lng, s.radius_km, p.country, p.postal_codes,
                  (SELECT c.slug FROM categories c WHERE c.id = s.category_id) AS "category!",
                  (SELECT coalesce(json_agg(json_build_object('up_to_km', t.up_to_km, 'minutes', t.minutes)
                                            ORDER BY t.up_to_km), '[]')
                   FROM travel_bands t WHERE t.provider_id = p.id) AS "travel!: Json<Travel>",
                  (SELECT coalesce(json_agg(json_build_object('id', o.id, 'name', o.name, 'city', o.city,
                              'postal_code', o.postal_code, 'position', json_build_array(o.lat, o.lng),
                              'radius_km', o.radius_km) ORDER BY o.name), '[]')
                   FROM own_places o WHERE o.provider_id = p.id) AS "places!: Json<Vec<OwnPlace>>",
                  s.booking_mode AS "booking_mode: BookingMode",
                  s.cancellation_policy AS "cancellation_policy: CancellationPolicy",
                  s.slot_interval_min, s.buffer_before_min, s.buffer_after_min, s.min_notice_min, s.horizon_days,
                  s.daily_limit, s.questions AS "questions: Json<Vec<Question>>", s.surcharges AS "surcharges: Json<Surcharges>", s.unit AS "unit: Json<Unit>",
                  (SELECT coalesce(json_agg(json_build_object(
                              'id', k.id, 'tier', k.tier, 'name', k.name, 'description', k.description,
                              'includes', k.includes,
                              'price', json_build_object('minor', k.price_minor, 'currency', s.currency),
                              'duration_min', k.duration_min, 'delivery_days', k.delivery_days,
                              'revisions', k.revisions) ORDER BY k.price_minor, k.tier), '[]')
                   FROM packages k WHERE k.service_id = s.id AND NOT k.withdrawn) AS "packages!: Json<Vec<Package>>",
                  (SELECT coalesce(json_agg(json_build_object(
                              'id', e.id, 'name', e.name,
                              'price', json_build_object('minor', e.price_minor, 'currency', s.currency),
                              'extra_min', e.extra_min, 'extra_days', e.extra_days) ORDER BY e.position, e.id), '[]')
                   FROM extras e WHERE e.service_id = s.id) AS "extras!: Json<Vec<Extra>>",
                  (SELECT coalesce(json_agg(json_build_object('id', m.id, 'name', told_name(m), 'picture', m.picture)
                                            ORDER BY m.position, m.id), '[]')
                   FROM service_members sm JOIN members m ON m.id = sm.member_id
                   WHERE sm.service_id = s.id AND m.active) AS "members!: Json<Vec<BookableMember>>",
                  (SELECT json_build_object('key', c.key, 'alt', c.alt, 'colour', c.colour)
                   FROM service_pictures c WHERE c.service_id = s.id ORDER BY c.position LIMIT 1)
                      AS "picture: Json<ServicePicture>"
           FROM services s JOIN providers p ON p.id = s.provider_id
           WHERE s.id = $1 OR s.slug = $2"#,
        id,
        slug
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Error::NotFound)?;
    Ok(Bookable {
        id: row.id,
        slug: row.slug,
        provider: row.provider,
        provider_name: row.provider_name,
        provider_slug: row.provider_slug,
        status: row.status,
        priced: Priced {
            title: row.title,
            kind: row.kind,
            pricing: row.pricing,
            price: Money::new(row.price_minor, currency(&row.currency)?),
            duration_min: count(row.duration_min),
            max_duration_min: count(row.max_duration_min),
            delivery_days: count(row.delivery_days),
            unit: row.unit.0,
            surcharges: row.surcharges.0,
            packages: row.packages.0,
            extras: row.extras.0,
        },
        base: Base {
            goes: row.kind == Kind::Visit && row.place == Place::Customer,
            stays: if row.place == Place::Provider { At::Main } else { At::Everywhere },
            places: row.places.0,
            country: row.country,
            position: (row.lat, row.lng),
            radius_km: count(row.radius_km),
            codes: row.postal_codes,
            travel: row.travel.0,
        },
        category: row.category,
        place: row.place,
        city: row.city,
        zone: Zone::parse(&row.zone).unwrap_or_else(Zone::utc),
        booking_mode: row.booking_mode,
        cancellation_policy: row.cancellation_policy,
        slot_interval_min: count(row.slot_interval_min),
        buffer_before_min: count(row.buffer_before_min),
        buffer_after_min: count(row.buffer_after_min),
        min_notice_min: count(row.min_notice_min),
        horizon_days: count(row.horizon_days),
        daily_limit: row.daily_limit.map(count),
        members: row.members.0,
        questions: row.questions.0,
        picture: row.picture.map(|picture| picture.0),
    })
}
