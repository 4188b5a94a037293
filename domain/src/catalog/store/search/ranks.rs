//! Statements about the standing of services: whose time has come, and what was worked out.

use crate::catalog::search::{Facts, Standing};
use crate::catalog::{BookingMode, Kind, Pricing};
use crate::kernel::{Error, ProviderId, ServiceId};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::Timestamp as Stored;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use sqlx::types::Uuid;

/// A service whose standing is to be worked out.
pub(in crate::catalog) struct Due {
    pub service: ServiceId,
    /// Since when: a mark that is newer is not wiped away.
    pub due: Timestamp,
    pub facts: Facts,
}

/// A standing that was worked out.
pub(in crate::catalog) struct Ranked {
    pub service: ServiceId,
    pub was_due: Timestamp,
    pub standing: Standing,
    pub next_due: Timestamp,
}

/// The services whose time has come first, with all that their standing is made of.
pub(in crate::catalog) async fn due(db: impl PgExecutor<'_>, now: Timestamp, limit: i64) -> Result<Vec<Due>, Error> {
    let rows = sqlx::query!(
        r#"SELECT r.service_id AS "service: ServiceId", r.due AS "due: Stored", s.provider_id AS "provider: ProviderId",
                  s.rating_sum, s.rating_count, s.kind AS "kind: Kind", s.pricing AS "pricing: Pricing", s.booking_mode AS "mode: BookingMode",
                  s.delivery_days, p.rating_count AS provider_reviews, p.created_at AS "since: Stored",
                  p.completed_count, p.broken_count, p.answer_count, p.answer_minutes,
                  l.verified, l.picture_key IS NOT NULL AS "pictured!", o.next_free AS "next_free?: Stored"
           FROM listing_ranks r
           JOIN listings l ON l.service_id = r.service_id
           JOIN services s ON s.id = r.service_id
           JOIN providers p ON p.id = s.provider_id
           LEFT JOIN service_openings o ON o.service_id = r.service_id
           WHERE r.due <= $1 ORDER BY r.due LIMIT $2"#,
        now.to_sqlx() as _,
        limit
    )
    .fetch_all(db)
    .await?;
    let due = rows.into_iter().map(|row| Due {
        service: row.service,
        due: row.due.to_jiff(),
        facts: Facts {
            provider: row.provider,
            stars: row.rating_sum,
            reviews: i64::from(row.rating_count),
            provider_reviews: i64::from(row.provider_reviews),
            since: row.since.to_jiff(),
            kept: i64::from(row.completed_count),
            broken: i64::from(row.broken_count),
            instant: row.mode == BookingMode::Instant && row.pricing != Pricing::Quote,
            answers: i64::from(row.answer_count),
            answer_minutes: row.answer_minutes,
            free_at: match row.kind {
                // Nobody can book it, so it is free at no time, however soon somebody would have some.
                _ if row.pricing == Pricing::Quote => None,
                Kind::Visit => row.next_free.map(|at| at.to_jiff()),
                Kind::Delivery => now.checked_add(SignedDuration::from_hours(24 * i64::from(row.delivery_days))).ok(),
            },
            verified: row.verified,
            pictured: row.pictured,
        },
    });
    Ok(due.collect())
}

/// Keeps standings that differ by `worth` points or more, and when each is looked at again. All in one statement, the
/// listings in one order, so that two who rank never wait for each other.
pub(in crate::catalog) async fn write(db: impl PgExecutor<'_>, ranked: &[Ranked], worth: i64) -> Result<(), Error> {
    let services: Vec<Uuid> = ranked.iter().map(|one| one.service.0).collect();
    let scores: Vec<i64> = ranked.iter().map(|one| one.standing.total()).collect();
    // An array of arrays has to be a rectangle of one type; a text per row is simpler than that.
    let points: Vec<String> = ranked
        .iter()
        .map(|one| {
            let points: Vec<String> = one.standing.points().iter().map(i16::to_string).collect();
            format!("{{{}}}", points.join(","))
        })
        .collect();
    let was: Vec<_> = ranked.iter().map(|one| one.was_due.to_sqlx()).collect();
    let next: Vec<_> = ranked.iter().map(|one| one.next_due.to_sqlx()).collect();
    sqlx::query!(
        "WITH ranked AS MATERIALIZED (
             SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::timestamptz[], $5::timestamptz[])
                 AS t (service_id, score, points, was, next)
         ), locked AS MATERIALIZED (
             SELECT service_id FROM listings WHERE service_id = ANY ($1) ORDER BY service_id FOR NO KEY UPDATE
         ), moved AS (
             UPDATE listings l SET score = r.score, points = r.points::smallint[]
             FROM ranked r JOIN locked USING (service_id)
             WHERE l.service_id = r.service_id AND (abs(l.score - r.score) >= $6 OR l.points = '{}')
         )
         UPDATE listing_ranks k SET due = r.next FROM ranked r
         WHERE k.service_id = r.service_id AND k.due = r.was",
        &services,
        &scores,
        &points,
        &was as _,
        &next as _,
        worth
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The listings that came on offer after one number and up to another; a thousand of them, if there are more.
pub(in crate::catalog) async fn between(
    db: impl PgExecutor<'_>,
    (after, until): (i64, i64),
) -> Result<Vec<ServiceId>, Error> {
    let found = sqlx::query_scalar!(
        r#"SELECT service_id AS "service: ServiceId" FROM listing_ranks
           WHERE number > $1 AND number <= $2 ORDER BY number DESC LIMIT 1000"#,
        after,
        until
    );
    Ok(found.fetch_all(db).await?)
}
