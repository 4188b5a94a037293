//! What the page of a service shows.

use super::cards::{cards, hits};
use super::{count, currency};
use crate::catalog::search::Hit;
use crate::catalog::showcase::{Behind, Shown};
use crate::catalog::{
    Absence, BookableMember, BookingMode, CancellationPolicy, Extra, Kind, Package, Place, Priced, Pricing,
    ProviderKind, Question, ServicePicture, Status, Surcharges, Unit,
};
use crate::kernel::{CategoryId, Error, Money, ServiceId, UserId, Zone};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::{Timestamp as Stored, ToSqlx};
use sqlx::PgConnection;
use sqlx::types::Json;

/// An average as shown: to the tenth that people read, from the sums kept on the row.
pub(super) fn average(sum: i64, count: i32) -> Option<f32> {
    (count > 0).then(|| sum as f32 / count as f32)
}

/// A service with everything that hangs on it, in one statement.
pub(in crate::catalog) async fn shown(
    conn: &mut PgConnection,
    viewer: Option<UserId>,
    slug: &str,
    now: Timestamp,
) -> Result<Shown, Error> {
    let row = sqlx::query!(
        r#"SELECT s.id AS "id: ServiceId", s.slug, CASE WHEN p.hidden AND s.status = 'live' THEN 'paused' ELSE s.status END AS "status!: Status", s.title, s.summary, s.description,
                  s.includes, s.kind AS "kind: Kind", s.pricing AS "pricing: Pricing", s.price_minor, s.currency,
                  s.duration_min, s.max_duration_min, s.delivery_days, s.place AS "place: Place", s.city, s.radius_km,
                  s.zone, s.booking_mode AS "booking_mode: BookingMode",
                  s.cancellation_policy AS "cancellation_policy: CancellationPolicy", s.rating_sum, s.rating_count,
                  s.category_id AS "category_id: CategoryId", s.top_category_id AS "top_category_id: CategoryId",
                  c.slug AS category_slug, c.name AS category_name, t.slug AS top_slug, t.name AS top_name,
                  p.name AS provider_name, p.slug AS provider_slug, p.kind AS "provider_kind: ProviderKind",
                  p.headline, p.picture AS provider_picture, p.verified_at AS "verified_at: Stored",
                  p.rating_sum AS provider_sum, p.rating_count AS provider_count, p.completed_count,
                  o.next_free AS "next_free?: Stored", s.questions AS "questions: Json<Vec<Question>>", s.surcharges AS "surcharges: Json<Surcharges>", s.unit AS "unit: Json<Unit>",
                  EXISTS (SELECT FROM blocks b WHERE b.customer_id = $2 AND b.provider_id = p.id
                          AND b.side = 'customer') AS "blocked!",
                  EXISTS (SELECT FROM favorites f WHERE f.user_id = $2 AND f.service_id = s.id) AS "kept!",
                  (SELECT coalesce(json_agg(json_build_array(d.first_date, d.last_date, d.reason)), '[]')
                   FROM provider_closures d
                   WHERE d.provider_id = p.id AND d.last_date >= ($3::timestamptz AT TIME ZONE s.zone)::date)
                      AS "away!: Json<Vec<(Date, Date, String)>>",
                  (SELECT coalesce(json_agg(json_build_object('key', i.key, 'alt', i.alt, 'colour', i.colour)
                                            ORDER BY i.position), '[]')
                   FROM service_pictures i WHERE i.service_id = s.id) AS "pictures!: Json<Vec<ServicePicture>>",
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
                  (SELECT coalesce(json_agg(json_build_array(f.label, CASE f.kind
                              WHEN 'number' THEN trim(v.value || ' ' || f.unit)
                              WHEN 'yes_no' THEN initcap(v.value) ELSE v.value END)
                                            ORDER BY f.category_id = s.category_id, f.position, f.id), '[]')
                   FROM service_fields v JOIN category_fields f ON f.id = v.field_id
                   WHERE v.service_id = s.id AND f.category_id IN (s.category_id, s.top_category_id))
                      AS "told!: Json<Vec<(String, String)>>"
           FROM services s
           JOIN providers p ON p.id = s.provider_id
           JOIN categories c ON c.id = s.category_id
           JOIN categories t ON t.id = s.top_category_id
           LEFT JOIN service_openings o ON o.service_id = s.id
           WHERE s.slug = $1"#,
        slug,
        viewer.map(|viewer| viewer.0),
        now.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await?
    .ok_or(Error::NotFound)?;
    let zone = Zone::parse(&row.zone).unwrap_or_else(Zone::utc);
    let today = zone.rules().to_datetime(now).date();
    Ok(Shown {
        id: row.id,
        slug: row.slug,
        status: row.status,
        blocked: row.blocked,
        kept: row.kept,
        summary: row.summary,
        description: row.description,
        includes: row.includes,
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
        place: row.place,
        city: row.city,
        radius_km: count(row.radius_km),
        zone,
        booking_mode: row.booking_mode,
        cancellation_policy: row.cancellation_policy,
        rating: average(row.rating_sum, row.rating_count),
        reviews: count(row.rating_count),
        pictures: row.pictures.0,
        members: row.members.0,
        told: row.told.0,
        questions: row.questions.0,
        provider: Behind {
            name: row.provider_name,
            slug: row.provider_slug,
            kind: row.provider_kind,
            headline: row.headline,
            picture: row.provider_picture,
            verified_at: row.verified_at.map(|at| at.to_jiff()),
            rating: average(row.provider_sum, row.provider_count),
            reviews: count(row.provider_count),
            completed: count(row.completed_count),
        },
        category: (row.category_slug, row.category_name),
        top_category: (row.top_slug, row.top_name),
        next_free: row.next_free.map(|at| at.to_jiff()).filter(|at| *at >= now),
        away: Absence::to_tell(row.away.0, today),
        category_id: row.category_id,
        top_category_id: row.top_category_id,
    })
}

/// The best of the same branch: for visits those in the same zone first, then those of the same category.
pub(in crate::catalog) async fn similar(
    conn: &mut PgConnection,
    service: &Shown,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Hit>, Error> {
    let near = service.priced.kind == Kind::Visit && service.place != Place::Remote;
    let rows = cards!(
        "false",
        "WITH near AS MATERIALIZED (
             SELECT service_id, CASE category_id WHEN $2 THEN 1 ELSE 2 END AS place, score
             FROM (SELECT service_id, category_id, score FROM listings
                   WHERE zone = $5 AND top_category_id = $3 AND kind = 'visit' AND $6
                   ORDER BY score DESC, service_id DESC LIMIT 16) best
             WHERE service_id <> $1 ORDER BY 2, 3 DESC, 1 LIMIT $4
         ), alike AS (
             SELECT service_id, min(place) AS place, max(score) AS score FROM (
                 SELECT service_id, place, score FROM near
                 UNION ALL
                 (SELECT service_id, 3, score FROM listings
                  WHERE category_id = $2 AND (SELECT count(*) FROM near) < $4
                  ORDER BY score DESC, service_id DESC LIMIT $4::bigint + 1)
                 UNION ALL
                 (SELECT service_id, 4, score FROM listings
                  WHERE top_category_id = $3 AND (SELECT count(*) FROM near) < $4
                  ORDER BY score DESC, service_id DESC LIMIT $4::bigint + 1)) found
             WHERE service_id <> $1 GROUP BY service_id ORDER BY 2, 3 DESC LIMIT $4)",
        "FROM alike JOIN listings l ON l.service_id = alike.service_id
         LEFT JOIN service_openings o ON o.service_id = l.service_id
         ORDER BY alike.place, alike.score DESC, l.service_id DESC",
        service.id.0,
        service.category_id.0,
        service.top_category_id.0,
        limit,
        service.zone.name(),
        near,
    )
    .fetch_all(conn)
    .await?;
    hits(rows, now)
}
