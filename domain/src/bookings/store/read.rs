//! What is read of bookings.

use super::super::commands::Address;
use super::super::life::{Capacity, State};
use super::super::views::{BookingView, CalendarEntry, HistoryEntry};
use super::known;
use crate::catalog::{Asked, At, BookingMode, CancellationPolicy, Kind, Line, Place, Question, ServicePicture};
use crate::kernel::{
    BookingId, Currency, Error, MemberId, Money, OwnPlaceId, ProviderId, ReservationId, ServiceId, TimeRange, UserId,
    Zone,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use sqlx::types::Json;

/// A booking with its history.
pub(in crate::bookings) async fn booking(db: impl PgExecutor<'_>, reference: &str) -> Result<BookingView, Error> {
    let row = sqlx::query!(
        r#"SELECT b.id, b.reference, b.state, b.kind, b.title, b.service_id, s.slug AS service_slug, b.provider_id,
            p.name AS provider_name, p.slug AS provider_slug, b.member_id, m.name AS member_name, m.active AS member_active, b.any_member, b.customer_id,
            u.first_name || ' ' || u.last_name AS "customer_name!",
            b.starts_at AS "starts_at: jiff_sqlx::Timestamp", b.ends_at AS "ends_at: jiff_sqlx::Timestamp",
            b.agreed_starts_at AS "agreed_starts_at: jiff_sqlx::Timestamp",
            b.due_at AS "due_at: jiff_sqlx::Timestamp", b.zone, b.place, b.street, b.postal_code, b.city, b.region, b.country, b.code_known, b.note, b.lines, b.travel_min, b.at_main, b.own_place_id,
            b.questions AS "questions: Json<Vec<Question>>", b.answers AS "answers: Json<Vec<String>>",
            b.total_minor, b.currency, b.booking_mode, b.cancellation_policy, b.clock_at AS "clock_at: jiff_sqlx::Timestamp",
            b.satisfaction, b.created_at AS "created_at: jiff_sqlx::Timestamp",
            EXISTS (SELECT FROM reviews r WHERE r.booking_id = b.id) AS "reviewed!",
            (SELECT json_build_object('key', key, 'alt', alt, 'colour', colour) FROM service_pictures sp
             WHERE sp.service_id = b.service_id ORDER BY position LIMIT 1) AS picture,
            (SELECT json_agg(json_build_array((extract(epoch FROM e.at) * 1000000)::bigint, e.event, e.to_state, e.capacity,
                coalesce(eu.first_name, ''), e.note, (extract(epoch FROM e.starts_before) * 1000000)::bigint,
                (extract(epoch FROM e.starts_after) * 1000000)::bigint,
                EXISTS (SELECT FROM audit_entries a WHERE a.object_id = b.id AND a.detail ? 'on_behalf'
                        AND a.at BETWEEN e.at - interval '1 millisecond' AND e.at + interval '1 millisecond'),
                (SELECT name FROM members WHERE id = e.member_before), (SELECT name FROM members WHERE id = e.member_after))
                ORDER BY e.seq)
             FROM booking_events e LEFT JOIN users eu ON eu.id = e.actor_id WHERE e.booking_id = b.id) AS "history!"
        FROM bookings b
        JOIN services s ON s.id = b.service_id
        JOIN providers p ON p.id = b.provider_id
        JOIN members m ON m.id = b.member_id
        JOIN users u ON u.id = b.customer_id
        WHERE b.reference = $1"#,
        reference
    )
    .fetch_one(db)
    .await?;
    let history: Vec<Step> = serde_json::from_value(row.history).map_err(Error::internal)?;
    let lines: Vec<Line> = serde_json::from_value(row.lines).map_err(Error::internal)?;
    let picture: Option<ServicePicture> =
        row.picture.map(serde_json::from_value).transpose().map_err(Error::internal)?;
    Ok(BookingView {
        id: BookingId(row.id),
        state: known(State::parse(&row.state), "state", reference)?,
        kind: known(Kind::parse(&row.kind), "kind", reference)?,
        title: row.title,
        service: ServiceId(row.service_id),
        service_slug: row.service_slug,
        picture,
        provider: ProviderId(row.provider_id),
        provider_name: row.provider_name,
        provider_slug: row.provider_slug,
        member: MemberId(row.member_id),
        member_name: row.member_name,
        member_active: row.member_active,
        any_member: row.any_member,
        customer: UserId(row.customer_id),
        customer_name: row.customer_name,
        visit: instant(row.starts_at).zip(instant(row.ends_at)),
        agreed_start: instant(row.agreed_starts_at),
        due_at: instant(row.due_at),
        zone: Zone::parse(&row.zone).unwrap_or_else(Zone::utc),
        place: known(Place::parse(&row.place), "place", reference)?,
        address: Address {
            street: row.street,
            postal_code: row.postal_code,
            city: row.city,
            region: row.region,
            country: row.country,
        },
        code_known: row.code_known,
        note: row.note,
        travel: u16::try_from(row.travel_min).unwrap_or(0),
        at: At::of_columns(row.at_main, row.own_place_id.map(OwnPlaceId)),
        asked: Asked::pairs(row.questions.0, row.answers.0),
        lines,
        total: Money::new(row.total_minor, known(Currency::parse(&row.currency), "currency", reference)?),
        booking_mode: known(BookingMode::parse(&row.booking_mode), "booking_mode", reference)?,
        cancellation_policy: known(
            CancellationPolicy::parse(&row.cancellation_policy),
            "cancellation_policy",
            reference,
        )?,
        clock_at: instant(row.clock_at),
        satisfaction: row.satisfaction.and_then(|n| u8::try_from(n).ok()),
        reviewed: row.reviewed,
        created_at: row.created_at.to_jiff(),
        history: history.into_iter().map(|entry| step(entry, reference)).collect::<Result<_, _>>()?,
        capacity: None,
        reference: row.reference,
    })
}

pub(super) fn instant(at: Option<jiff_sqlx::Timestamp>) -> Option<Timestamp> {
    at.map(jiff_sqlx::Timestamp::to_jiff)
}

/// When, what, where to, in which capacity, who, why; of a move also the start before and after; whether an operator did it; of a visit
/// that was given to somebody, who was to do it and who does it since.
type Step =
    (i64, String, String, String, String, String, Option<i64>, Option<i64>, bool, Option<String>, Option<String>);

fn step(
    (at, event, to, by, who, note, before, after, on_behalf, giver, taker): Step,
    reference: &str,
) -> Result<HistoryEntry, Error> {
    let instant = |micros| Timestamp::from_microsecond(micros).map_err(Error::internal);
    Ok(HistoryEntry {
        at: instant(at)?,
        moved: before.map(instant).transpose()?.zip(after.map(instant).transpose()?),
        given: giver.zip(taker),
        event,
        to: known(State::parse(&to), "history", reference)?,
        by: known(Capacity::parse(&by), "history", reference)?,
        who,
        note,
        on_behalf,
    })
}

/// What is in the calendars of a business (or one member) between two instants.
pub(in crate::bookings) async fn calendar(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    member: Option<MemberId>,
    range: TimeRange,
    now: Timestamp,
) -> Result<Vec<CalendarEntry>, Error> {
    let rows = sqlx::query!(
        r#"SELECT r.id, m.id AS member_id, m.name AS member_name, r.state AS kind, r.note,
            r.visit_starts AS "starts: jiff_sqlx::Timestamp", r.visit_ends AS "ends: jiff_sqlx::Timestamp",
            b.reference AS "reference?", b.state AS "state?", b.service_id AS "service?", b.title AS "title?", b.city AS "city?",
            b.travel_min AS "travel?", b.at_main AS "at_main?", b.own_place_id,
            u.first_name || ' ' || u.last_name AS customer
        FROM members m
        JOIN reservations r ON r.member_id = m.id AND r.during && tstzrange($3, $4)
            AND r.state IN ('hold', 'pending', 'confirmed', 'blocked', 'imported') AND (r.state <> 'hold' OR r.expires_at > $5)
        LEFT JOIN bookings b ON b.id = r.booking_id
        LEFT JOIN users u ON u.id = b.customer_id
        WHERE m.provider_id = $1 AND ($2::uuid IS NULL OR m.id = $2)
        ORDER BY r.visit_starts, m.position, r.id
        LIMIT 2000"#,
        provider.0,
        member.map(|m| m.0),
        range.start.to_sqlx() as _,
        range.end.to_sqlx() as _,
        now.to_sqlx() as _,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let state = row.state.as_deref().map(|name| known(State::parse(name), "state", name)).transpose()?;
            Ok(CalendarEntry {
                id: ReservationId(row.id),
                member: MemberId(row.member_id),
                member_name: row.member_name,
                kind: row.kind,
                starts: row.starts.to_jiff(),
                ends: row.ends.to_jiff(),
                reference: row.reference,
                state,
                service: row.service.map(ServiceId),
                title: row.title.unwrap_or(row.note),
                customer: row.customer,
                travel: row.travel.and_then(|minutes| u16::try_from(minutes).ok()).unwrap_or(0),
                at: At::of_columns(row.at_main.unwrap_or(false), row.own_place_id.map(OwnPlaceId)),
                city: row.city.filter(|city| !city.is_empty()),
            })
        })
        .collect()
}
