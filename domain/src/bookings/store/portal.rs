//! What the provider portal reads.

use super::super::commands::Address;
use super::super::life::State;
use super::super::portal::{Business, Task};
use super::known;
use crate::catalog::{Kind, Place};
use crate::kernel::{Currency, Error, MemberId, Money, ProviderId, Zone};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;

/// A business with its figures. Agreed visits are counted between two instants.
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
            (SELECT count(*) FROM members m WHERE m.provider_id = p.id AND m.active) AS "members!"
        FROM providers p WHERE p.id = $1"#,
        provider.0,
        member.map(|m| m.0),
        from.to_sqlx() as _,
        to.to_sqlx() as _,
    )
    .fetch_one(db)
    .await?;
    let rating_count = u32::try_from(row.rating_count).unwrap_or(0);
    // Two decimals at most are shown; the loss is beyond them.
    let rating = (rating_count > 0).then(|| (row.rating_sum as f64 / f64::from(rating_count)) as f32);
    Ok(Business {
        name: row.name,
        slug: row.slug,
        zone: Zone::parse(&row.zone).unwrap_or_else(Zone::utc),
        rating,
        rating_count,
        completed: u32::try_from(row.completed_count).unwrap_or(0),
        coming: u32::try_from(row.coming).unwrap_or(u32::MAX),
        members: u32::try_from(row.members).unwrap_or(u32::MAX),
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
            CASE WHEN b.state IN ('confirmed', 'started') THEN u.phone END AS phone, b.member_id, m.name AS member_name,
            b.starts_at AS "starts_at: jiff_sqlx::Timestamp", b.ends_at AS "ends_at: jiff_sqlx::Timestamp",
            b.due_at AS "due_at: jiff_sqlx::Timestamp", b.place, b.street, b.postal_code, b.city, b.note, b.total_minor,
            b.currency, b.clock_at AS "clock_at: jiff_sqlx::Timestamp"
        FROM mine b
        JOIN users u ON u.id = b.customer_id
        JOIN members m ON m.id = b.member_id
        WHERE b.state IN ('requested', 'started')
           OR (b.state = 'confirmed' AND (b.kind = 'delivery' OR b.starts_at <= $3))
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
                visit: instant(row.starts_at).zip(instant(row.ends_at)),
                due_at: instant(row.due_at),
                place: known(Place::parse(&row.place), "place", &row.reference)?,
                address: Address { street: row.street, postal_code: row.postal_code, city: row.city },
                note: row.note,
                total: Money::new(row.total_minor, known(Currency::parse(&row.currency), "currency", &row.reference)?),
                clock_at: instant(row.clock_at),
                reference: row.reference,
            })
        })
        .collect()
}
