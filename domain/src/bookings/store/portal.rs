//! What the provider portal reads.

use super::super::commands::Address;
use super::super::life::State;
use super::super::portal::{Business, Task};
use super::{awaited, known};
use crate::availability::civil;
use crate::catalog::completeness::Facts;
use crate::catalog::{Absence, Kind, Place, Question};
use crate::kernel::{Currency, Error, MemberId, Money, ProviderId, Zone};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use sqlx::types::Json;

/// Days before its end from which a document is worth a word.
const ENDS_SOON: i32 = 30;

/// A business with its figures, how it stands, and what decides how complete it is: for the dashboard, in one statement.
/// Agreed visits are counted between two instants; what was finished, since the first of the month.
pub(in crate::bookings) async fn business(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    member: Option<MemberId>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Business, Error> {
    let row = sqlx::query!(
        r#"SELECT p.name, p.slug, p.zone, p.rating_sum, p.rating_count, p.completed_count,
            (SELECT count(*) FROM bookings b
             WHERE b.provider_id = p.id AND ($2::uuid IS NULL OR b.member_id = $2) AND b.kind = 'visit'
               AND b.state IN ('confirmed', 'started') AND b.sort_at >= $3 AND b.sort_at < $4) AS "coming!",
            (SELECT count(*) FROM members m WHERE m.provider_id = p.id AND m.active) AS "members!",
            CASE WHEN p.suspended_at IS NOT NULL THEN p.suspended_reason END AS suspended,
            p.papers_over_at IS NOT NULL AS "papers_over!", p.holidays IS NOT NULL AS "holidays!",
            (SELECT coalesce(json_agg(json_build_array(c.first_date, c.last_date, c.reason)), '[]')
             FROM provider_closures c
             WHERE c.provider_id = p.id AND c.last_date >= ($3::timestamptz AT TIME ZONE p.zone)::date)
                AS "away!: Json<Vec<(Date, Date, String)>>",
            (SELECT json_build_array(ends.kind, ends.on_day) FROM (
                 SELECT d.kind, max(coalesce(d.expires_on, 'infinity')) AS on_day
                 FROM applications a JOIN application_documents d ON d.application_id = a.id
                 WHERE a.provider_id = p.id AND d.state = 'accepted' GROUP BY d.kind) ends
             WHERE ends.on_day BETWEEN ($3 AT TIME ZONE p.zone)::date AND ($3 AT TIME ZONE p.zone)::date + $5::int
             ORDER BY ends.on_day, ends.kind LIMIT 1) AS "ending: Json<(String, Date)>",
            (SELECT coalesce(json_agg(json_build_array(sums.minor, sums.currency) ORDER BY sums.minor DESC), '[]') FROM (
                 SELECT sum(b.total_minor)::bigint AS minor, b.currency FROM bookings b
                 WHERE b.provider_id = p.id AND ($2::uuid IS NULL OR b.member_id = $2) AND b.kind = 'visit'
                   AND b.state IN ('done', 'completed') AND b.sort_at <= $3
                   AND b.sort_at >= date_trunc('month', $3 AT TIME ZONE p.zone) AT TIME ZONE p.zone
                 GROUP BY b.currency) sums) AS "finished!: Json<Vec<(i64, String)>>",
            (SELECT coalesce(json_agg(json_build_array(c.name, told_name(m)) ORDER BY m.position, m.id, c.id), '[]')
             FROM members m JOIN calendar_sources c ON c.member_id = m.id
             JOIN calendar_readings r ON r.source_id = c.id
             WHERE m.provider_id = p.id AND m.active AND ($2 IS NULL OR m.id = $2)
               AND coalesce(r.read_at, r.failing_since) < $3 - interval '1 day')
                AS "stale!: Json<Vec<(String, String)>>",
            EXISTS (SELECT FROM members m JOIN member_hours h ON h.member_id = m.id
                    WHERE m.provider_id = p.id AND m.active AND h.kind = 'open') AS "hours!",
            EXISTS (SELECT FROM members m WHERE m.provider_id = p.id AND m.active AND m.skills <> '{}') AS "skills!",
            offers.services AS "services!", offers.on_offer AS "on_offer!", offers.in_review AS "in_review!",
            offers.unstaffed AS "unstaffed!", offers.without_picture
        FROM providers p
        CROSS JOIN LATERAL (
            SELECT count(*) AS services, count(*) FILTER (WHERE s.status = 'live') AS on_offer,
                count(*) FILTER (WHERE s.status = 'review') AS in_review,
                count(*) FILTER (WHERE s.status = 'live' AND NOT EXISTS (
                    SELECT FROM service_members sm JOIN members m ON m.id = sm.member_id
                    WHERE sm.service_id = s.id AND m.active)) AS unstaffed,
                min(s.slug) FILTER (WHERE s.status = 'live' AND NOT EXISTS (
                    SELECT FROM service_pictures i WHERE i.service_id = s.id)) AS without_picture
            FROM services s WHERE s.provider_id = p.id AND s.status <> 'archived') offers
        WHERE p.id = $1"#,
        provider.0,
        member.map(|m| m.0),
        from.to_sqlx() as _,
        to.to_sqlx() as _,
        ENDS_SOON,
    )
    .fetch_one(db)
    .await?;
    let count = |stored: i64| u32::try_from(stored).unwrap_or(u32::MAX);
    let rating_count = u32::try_from(row.rating_count).unwrap_or(0);
    // Two decimals at most are shown; the loss is beyond them.
    let rating = (rating_count > 0).then(|| (row.rating_sum as f64 / f64::from(rating_count)) as f32);
    let zone = Zone::parse(&row.zone).unwrap_or_else(Zone::utc);
    let today = civil::date(&zone.rules(), from);
    let money =
        |(minor, code): (i64, String)| Ok(Money::new(minor, known(Currency::parse(&code), "currency", &row.slug)?));
    let runs = member.is_none();
    let facts = Facts {
        hours: row.hours,
        services: count(row.services),
        on_offer: count(row.on_offer),
        in_review: count(row.in_review),
        unstaffed: count(row.unstaffed),
        without_picture: row.without_picture,
        skills: row.skills,
        holidays: row.holidays,
    };
    Ok(Business {
        finished: row.finished.0.into_iter().map(money).collect::<Result<_, Error>>()?,
        name: row.name,
        slug: row.slug,
        zone,
        rating,
        rating_count,
        completed: u32::try_from(row.completed_count).unwrap_or(0),
        coming: count(row.coming),
        members: count(row.members),
        suspended: row.suspended,
        papers_over: row.papers_over,
        ending: row.ending.map(|ending| ending.0).filter(|_| runs),
        away: Absence::to_tell(row.away.0, today),
        stale_calendars: row.stale.0,
        facts: runs.then_some(facts),
    })
}

/// What is to be done or decided at `now`, what takes place between two instants, and the visit that is
/// under way or comes next; in the order of their time.
pub(in crate::bookings) async fn tasks(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    member: Option<MemberId>,
    now: Timestamp,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Task>, Error> {
    let rows = sqlx::query!(
        r#"WITH mine AS MATERIALIZED (
            SELECT * FROM bookings
            WHERE provider_id = $1 AND ($2::uuid IS NULL OR member_id = $2)
              AND state IN ('requested', 'confirmed', 'started', 'done', 'completed')
              AND (clock_at IS NOT NULL OR (sort_at >= $4 AND sort_at < $5)))
        SELECT b.reference, b.state, b.kind, b.title, u.first_name || ' ' || u.last_name AS "customer!",
            CASE WHEN b.state IN ('confirmed', 'started') THEN u.phone END AS phone, b.member_id, m.name AS member_name, m.active AS member_active,
            b.starts_at AS "starts_at: jiff_sqlx::Timestamp", b.ends_at AS "ends_at: jiff_sqlx::Timestamp",
            b.due_at AS "due_at: jiff_sqlx::Timestamp", b.place, b.street, b.postal_code, b.city, b.region, b.country, b.note, b.total_minor,
            b.currency, b.clock_at AS "clock_at: jiff_sqlx::Timestamp",
            CASE WHEN b.state = 'confirmed' THEN b.questions ELSE '[]' END AS "questions!: Json<Vec<Question>>",
            b.answers AS "answers: Json<Vec<String>>"
        FROM mine b
        JOIN users u ON u.id = b.customer_id
        JOIN members m ON m.id = b.member_id
        WHERE b.state IN ('requested', 'started')
           OR (b.state = 'confirmed' AND (b.kind = 'delivery' OR b.starts_at <= $3 OR NOT m.active))
           OR (b.state <> 'requested' AND b.sort_at >= $4 AND b.sort_at < $5)
           OR b.id = (SELECT id FROM mine WHERE state IN ('confirmed', 'started') AND ends_at > $3 ORDER BY sort_at, id LIMIT 1)
        ORDER BY b.sort_at, b.id
        LIMIT 300"#,
        provider.0,
        member.map(|m| m.0),
        now.to_sqlx() as _,
        from.to_sqlx() as _,
        to.to_sqlx() as _,
    )
    .fetch_all(db)
    .await?;
    let instant = |at: Option<jiff_sqlx::Timestamp>| at.map(jiff_sqlx::Timestamp::to_jiff);
    rows.into_iter()
        .map(|row| {
            Ok(Task {
                state: known(State::parse(&row.state), "state", &row.reference)?,
                kind: known(Kind::parse(&row.kind), "kind", &row.reference)?,
                title: row.title,
                customer: row.customer,
                phone: row.phone,
                member: MemberId(row.member_id),
                member_name: row.member_name,
                member_active: row.member_active,
                visit: instant(row.starts_at).zip(instant(row.ends_at)),
                due_at: instant(row.due_at),
                place: known(Place::parse(&row.place), "place", &row.reference)?,
                address: Address {
                    street: row.street,
                    postal_code: row.postal_code,
                    city: row.city,
                    region: row.region,
                    country: row.country,
                },
                note: row.note,
                total: Money::new(row.total_minor, known(Currency::parse(&row.currency), "currency", &row.reference)?),
                clock_at: instant(row.clock_at),
                awaited: awaited(row.questions.0, row.answers.0),
                reference: row.reference,
            })
        })
        .collect()
}
