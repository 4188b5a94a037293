//! What the explanation of a time reads.

use super::super::ask_why::AskedService;
use super::super::openings::notice;
use super::super::slots::{Rules, Taken};
use super::read_taken;
use crate::catalog::{At, Base, OwnPlace, Travel};
use crate::kernel::{Error, MemberId, ProviderId, ServiceId, TimeRange, Zone};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use sqlx::types::Json;

/// Services of a business that take visits, with their rules and who does them.
pub(in crate::availability) async fn services(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
) -> Result<Vec<AskedService>, Error> {
    let rows = sqlx::query!(
        r#"SELECT s.id, s.title, s.status = 'live' AND s.pricing <> 'quote' AND NOT p.hidden AS "on_offer!", s.zone,
            coalesce((SELECT min(duration_min) FROM packages p
                      WHERE p.service_id = s.id AND s.pricing = 'packages' AND NOT p.withdrawn), s.duration_min)
                + CASE s.pricing WHEN 'unit' THEN coalesce((s.unit ->> 'least')::int, 1) * coalesce((s.unit ->> 'minutes')::int, 0)
                  ELSE 0 END AS "duration!",
            s.slot_interval_min, s.buffer_before_min, s.buffer_after_min, s.min_notice_min, s.booking_mode,
            s.horizon_days, s.daily_limit, s.place = 'customer' AS "goes!", s.place = 'provider' AS "stays!", s.lat, s.lng, s.radius_km, p.country,
            (SELECT coalesce(json_agg(json_build_object('up_to_km', t.up_to_km, 'minutes', t.minutes) ORDER BY t.up_to_km), '[]')
             FROM travel_bands t WHERE t.provider_id = p.id) AS "travel!: Json<Travel>",
            (SELECT coalesce(json_agg(json_build_object('id', o.id, 'name', o.name, 'city', o.city,
                        'postal_code', o.postal_code, 'position', json_build_array(o.lat, o.lng),
                        'radius_km', o.radius_km) ORDER BY o.name), '[]')
             FROM own_places o WHERE o.provider_id = p.id) AS "places!: Json<Vec<OwnPlace>>",
            ARRAY(SELECT member_id FROM service_members sm WHERE sm.service_id = s.id) AS "members!"
        FROM services s JOIN providers p ON p.id = s.provider_id
        WHERE s.provider_id = $1 AND s.kind = 'visit' AND s.status <> 'archived'
        ORDER BY s.title, s.id
        LIMIT 200"#,
        provider.0
    )
    .fetch_all(db)
    .await?;
    let minutes = |minutes: i32| u16::try_from(minutes).unwrap_or(u16::MAX);
    let services = rows.into_iter().map(|row| AskedService {
        id: ServiceId(row.id),
        title: row.title,
        on_offer: row.on_offer,
        rules: Rules {
            duration: minutes(row.duration),
            interval: minutes(row.slot_interval_min),
            buffer_before: minutes(row.buffer_before_min),
            buffer_after: minutes(row.buffer_after_min),
            min_notice: notice(&row.booking_mode, row.min_notice_min),
            horizon_days: minutes(row.horizon_days),
            travel: 0,
            at: At::Everywhere,
            daily_limit: row.daily_limit.map(minutes),
        },
        base: Base {
            goes: row.goes,
            stays: if row.stays { At::Main } else { At::Everywhere },
            places: row.places.0,
            country: row.country,
            position: (row.lat, row.lng),
            radius_km: u32::try_from(row.radius_km).unwrap_or(0),
            // Explaining times asks for ways only.
            codes: Vec::new(),
            travel: row.travel.0,
        },
        zone: Zone::parse(&row.zone).unwrap_or_else(Zone::utc),
        members: row.members.into_iter().map(MemberId).collect(),
    });
    Ok(services.collect())
}

/// What is taken of a person's time between two instants. Holds that ran out count as free.
pub(in crate::availability) async fn taken(
    db: impl PgExecutor<'_>,
    member: MemberId,
    window: TimeRange,
    now: Timestamp,
) -> Result<Vec<Taken>, Error> {
    let rows = sqlx::query!(
        r#"SELECT (extract(epoch FROM lower(during)) * 1000000)::bigint AS "starts!",
            (extract(epoch FROM upper(during)) * 1000000)::bigint AS "ends!",
            CASE WHEN booking_id IS NOT NULL THEN (extract(epoch FROM visit_starts) * 1000000)::bigint END AS visit
        FROM reservations
        WHERE member_id = $1 AND during && tstzrange($2, $3)
          AND state IN ('hold', 'pending', 'confirmed', 'blocked', 'imported') AND (state <> 'hold' OR expires_at > $4)
        ORDER BY during"#,
        member.0,
        window.start.to_sqlx() as _,
        window.end.to_sqlx() as _,
        now.to_sqlx() as _,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| read_taken((row.starts, row.ends, row.visit))).collect()
}
