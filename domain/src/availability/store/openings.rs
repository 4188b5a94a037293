//! Statements about the openings of services: by which rules they are worked out, and where they are kept.

use crate::kernel::Error;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

/// How a service may be booked.
pub(in crate::availability) struct RulesRow {
    pub service: Uuid,
    pub duration: i32,
    pub interval: i32,
    pub buffer_before: i32,
    pub buffer_after: i32,
    pub min_notice: i32,
    pub booking_mode: String,
    pub horizon_days: i32,
    pub daily_limit: Option<i32>,
    /// Minutes of the shortest way to a customer.
    pub travel: i32,
    /// It is done at the business's main place.
    pub stays: bool,
    pub zone: String,
}

/// Booking rules of live services that take visits and whose price is known, with their shortest visit: of the packages
/// that are sold, and of a price per unit the fewest that can be booked. What only has a price on request is booked by
/// nobody, so it is free at no time.
pub(in crate::availability) async fn rules_of(
    db: impl PgExecutor<'_>,
    services: &[Uuid],
) -> Result<Vec<RulesRow>, Error> {
    Ok(sqlx::query_as!(
        RulesRow,
        r#"SELECT s.id AS service,
            coalesce((SELECT min(duration_min) FROM packages p
                      WHERE p.service_id = s.id AND s.pricing = 'packages' AND NOT p.withdrawn), s.duration_min)
                + CASE s.pricing WHEN 'unit' THEN coalesce((s.unit ->> 'least')::int, 1) * coalesce((s.unit ->> 'minutes')::int, 0)
                  ELSE 0 END AS "duration!",
            slot_interval_min AS interval, buffer_before_min AS buffer_before, buffer_after_min AS buffer_after,
            min_notice_min AS min_notice, booking_mode, horizon_days, daily_limit, zone,
            CASE WHEN place = 'customer'
                 THEN coalesce((SELECT min(minutes) FROM travel_bands t WHERE t.provider_id = s.provider_id), 0) ELSE 0 END AS "travel!",
            place = 'provider' AS "stays!"
        FROM services s WHERE s.id = ANY($1) AND kind = 'visit' AND status = 'live' AND pricing <> 'quote'"#,
        services
    )
    .fetch_all(db)
    .await?)
}

/// Services that any of these members do, each once.
pub(in crate::availability) async fn services_of(
    db: impl PgExecutor<'_>,
    members: &[Uuid],
) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar!("SELECT DISTINCT service_id FROM service_members WHERE member_id = ANY($1)", members)
        .fetch_all(db)
        .await?)
}

/// Services whose openings were computed before `before`, or whose next free time has passed; the oldest of each.
pub(in crate::availability) async fn stale(
    db: impl PgExecutor<'_>,
    before: Timestamp,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar!(
        r#"(SELECT service_id AS "service!" FROM service_openings WHERE refreshed_at < $1 ORDER BY refreshed_at LIMIT $3)
           UNION
           (SELECT service_id FROM service_openings WHERE next_free < $2 ORDER BY next_free LIMIT $3)"#,
        before.to_sqlx() as _,
        now.to_sqlx() as _,
        limit
    )
    .fetch_all(db)
    .await?)
}

/// Forgets the openings of services that are not offered any more.
pub(in crate::availability) async fn forget_openings(db: impl PgExecutor<'_>, services: &[Uuid]) -> Result<(), Error> {
    sqlx::query!("DELETE FROM service_openings WHERE service_id = ANY($1)", services).execute(db).await?;
    Ok(())
}

/// What is known of the openings of one service.
pub(in crate::availability) struct Openings {
    pub service: Uuid,
    pub base: Date,
    /// One `0` or `1` per day.
    pub days: String,
    pub next_free: Option<Timestamp>,
}

/// Writes openings down.
pub(in crate::availability) async fn write_openings(
    conn: &mut PgConnection,
    all: &[Openings],
    now: Timestamp,
) -> Result<(), Error> {
    let services: Vec<Uuid> = all.iter().map(|o| o.service).collect();
    let bases: Vec<String> = all.iter().map(|o| o.base.to_string()).collect();
    let days: Vec<String> = all.iter().map(|o| o.days.clone()).collect();
    let next: Vec<Option<i64>> = all.iter().map(|o| o.next_free.map(|at| at.as_microsecond())).collect();
    sqlx::query!(
        "INSERT INTO service_openings (service_id, base_date, days, next_free, refreshed_at)
         SELECT service, base::date, days::varbit, at(next_free), $5
         FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[]) AS t (service, base, days, next_free)
         ORDER BY service
         ON CONFLICT (service_id) DO UPDATE SET base_date = excluded.base_date, days = excluded.days,
            next_free = excluded.next_free, refreshed_at = excluded.refreshed_at",
        &services,
        &bases,
        &days,
        &next as _,
        now.to_sqlx() as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}
