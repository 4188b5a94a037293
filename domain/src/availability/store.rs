//! The statements of availability. Only this file writes `reservations`.

use super::calendar::{Calendar, Closure, Exception, Limits, Period};
use super::holidays;
use super::reserve::{Claim, State};
use super::slots::Taken;
use super::times::Away;
use crate::catalog::At;
use crate::kernel::{BookingId, Error, MemberId, OwnPlaceId, ServiceId, TimeRange, UserId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

pub(super) mod calendars;
pub(super) mod hours;
pub(super) mod openings;
pub(super) mod places;
pub(super) mod usual_hours;
pub(super) mod week;
pub(super) mod why;

/// A member as the database describes one: hours, and what is taken in a window.
pub(super) struct MemberRow {
    pub service: ServiceId,
    pub member: MemberId,
    pub name: String,
    pub picture: Option<String>,
    /// Can be booked at present.
    pub active: bool,
    /// Does the service.
    pub does: bool,
    pub user: Option<UserId>,
    pub calendar: Calendar,
    pub taken: Vec<Taken>,
    pub away: Vec<Away>,
}

struct RawMember {
    service_id: Uuid,
    id: Uuid,
    name: String,
    picture: Option<String>,
    active: bool,
    user_id: Option<Uuid>,
    does: bool,
    hours: Value,
    exceptions: Value,
    closures: Value,
    region: Option<String>,
    most_a_day: Option<i16>,
    most_a_week: Option<i16>,
    taken: Value,
}

/// People with hours and what is taken between two instants; `$who` says which. Holds that ran out count as free.
macro_rules! people {
    ($who:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            RawMember,
            r#"SELECT s.id AS service_id, m.id, m.name, m.picture, m.active, m.user_id, sm.member_id IS NOT NULL AS "does!",
                (SELECT coalesce(json_agg(json_build_array(weekday, kind = 'break', starts_min, ends_min, at_main, own_place_id)), '[]')
                 FROM member_hours WHERE member_id = m.id) AS "hours!",
                (SELECT coalesce(json_agg(json_build_array(date, kind = 'open', starts_min, ends_min)), '[]')
                 FROM member_exceptions
                 WHERE member_id = m.id AND date BETWEEN ($2::timestamptz)::date - 1 AND ($3::timestamptz)::date + 1) AS "exceptions!",
                (SELECT coalesce(json_agg(json_build_array(first_date, last_date, reason) ORDER BY first_date), '[]')
                 FROM provider_closures
                 WHERE provider_id = m.provider_id AND last_date >= ($2::timestamptz)::date - 1) AS "closures!",
                (SELECT p.holidays FROM providers p WHERE p.id = m.provider_id) AS region, m.most_a_day, m.most_a_week,
                (SELECT coalesce(json_agg(json_build_array(
                    (extract(epoch FROM lower(during)) * 1000000)::bigint, (extract(epoch FROM upper(during)) * 1000000)::bigint,
                    CASE WHEN booking_id IS NOT NULL THEN (extract(epoch FROM visit_starts) * 1000000)::bigint END)), '[]')
                 FROM reservations r
                 WHERE r.member_id = m.id AND r.during && tstzrange($2, $3)
                   AND r.state IN ('hold', 'pending', 'confirmed', 'blocked', 'imported')
                   AND (r.state <> 'hold' OR r.expires_at > $4)) AS "taken!"
            FROM services s "#
                + $who
                + " WHERE s.id = ANY($1) ORDER BY s.id, m.position, m.id",
            $($argument),+
        )
    };
}

/// Members who do these services, with hours and what is taken between two instants: one statement.
pub(super) async fn members_of(
    db: impl PgExecutor<'_>,
    services: &[Uuid],
    window: TimeRange,
    now: Timestamp,
) -> Result<Vec<MemberRow>, Error> {
    let rows = people!(
        "JOIN service_members sm ON sm.service_id = s.id JOIN members m ON m.id = sm.member_id AND m.active",
        services,
        window.start.to_sqlx() as _,
        window.end.to_sqlx() as _,
        now.to_sqlx() as _,
    );
    rows.fetch_all(db).await?.into_iter().map(RawMember::read).collect()
}

/// Everybody who works for the business of a service, the same way, whether they do it or not: one statement.
pub(super) async fn team_of(
    db: impl PgExecutor<'_>,
    service: ServiceId,
    window: TimeRange,
    now: Timestamp,
) -> Result<Vec<MemberRow>, Error> {
    let rows = people!(
        "JOIN members m ON m.provider_id = s.provider_id AND m.left_at IS NULL
         LEFT JOIN service_members sm ON sm.service_id = s.id AND sm.member_id = m.id",
        &[service.0],
        window.start.to_sqlx() as _,
        window.end.to_sqlx() as _,
        now.to_sqlx() as _,
    );
    rows.fetch_all(db).await?.into_iter().map(RawMember::read).collect()
}

impl RawMember {
    fn read(self) -> Result<MemberRow, Error> {
        let taken: Vec<(i64, i64, Option<i64>)> = read(self.taken)?;
        let closures: Vec<(Date, Date, String)> = read(self.closures)?;
        let away = closures.into_iter().map(|(first, last, reason)| Away { dates: Closure { first, last }, reason });
        let away: Vec<Away> = away.collect();
        let calendar = Calendar {
            periods: read_periods(self.hours)?,
            exceptions: read_exceptions(self.exceptions)?,
            closures: away.iter().map(|away| away.dates).collect(),
            holidays: holidays::dates(self.region.as_deref()),
            limits: limits(self.most_a_day, self.most_a_week),
        };
        let taken = taken.into_iter().map(read_taken).collect::<Result<_, _>>()?;
        Ok(MemberRow {
            service: ServiceId(self.service_id),
            member: MemberId(self.id),
            name: self.name,
            picture: self.picture,
            active: self.active,
            does: self.does,
            user: self.user_id.map(UserId),
            calendar,
            taken,
            away,
        })
    }
}

/// Weekly hours from the array a statement builds.
fn read_periods(hours: Value) -> Result<Vec<Period>, Error> {
    let hours: Vec<(i8, bool, u16, u16, bool, Option<OwnPlaceId>)> = read(hours)?;
    let period = |(weekday, is_break, starts, ends, main, own)| Period {
        weekday,
        is_break,
        starts,
        ends,
        at: At::of_columns(main, own),
    };
    Ok(hours.into_iter().map(period).collect())
}

/// Dates that differ from the array a statement builds.
fn read_exceptions(exceptions: Value) -> Result<Vec<Exception>, Error> {
    let exceptions: Vec<(Date, bool, Option<u16>, Option<u16>)> = read(exceptions)?;
    let exception =
        |(date, open, starts, ends): (_, _, Option<u16>, _)| Exception { date, open, hours: starts.zip(ends) };
    Ok(exceptions.into_iter().map(exception).collect())
}

fn limits(a_day: Option<i16>, a_week: Option<i16>) -> Limits {
    let most = |limit: Option<i16>| limit.and_then(|limit| u16::try_from(limit).ok());
    Limits { a_day: most(a_day), a_week: most(a_week) }
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, Error> {
    serde_json::from_value(value).map_err(Error::internal)
}

fn read_taken((from, to, visit): (i64, i64, Option<i64>)) -> Result<Taken, Error> {
    let instant = |micros| Timestamp::from_microsecond(micros).map_err(Error::internal);
    let during = TimeRange::new(instant(from)?, instant(to)?).ok_or_else(|| Error::internal("an empty reservation"))?;
    Ok(Taken { during, visit: visit.map(instant).transpose()? })
}

/// Takes the locks of members for the rest of the transaction. The caller sorts them: everybody waits
/// in the same order, so nobody waits in a circle.
pub(super) async fn lock(conn: &mut PgConnection, members: &[Uuid]) -> Result<(), Error> {
    sqlx::query!(
        "SELECT pg_advisory_xact_lock(hashtextextended(member::text, 7)) FROM unnest($1::uuid[]) WITH ORDINALITY AS t (member, place) ORDER BY place",
        members
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives back what holds that ran out still occupy of a range, then takes it. False: somebody has it.
pub(super) async fn insert(conn: &mut PgConnection, id: Uuid, claim: &Claim, now: Timestamp) -> Result<bool, Error> {
    sqlx::query!(
        "UPDATE reservations SET state = 'released' WHERE member_id = $1 AND state = 'hold' AND expires_at <= $4
         AND during && tstzrange($2, $3)",
        claim.member.0,
        claim.during.start.to_sqlx() as _,
        claim.during.end.to_sqlx() as _,
        now.to_sqlx() as _,
    )
    .execute(&mut *conn)
    .await?;
    let done = sqlx::query!(
        "INSERT INTO reservations (id, member_id, booking_id, state, during, visit_starts, visit_ends, expires_at, note, created_at)
         VALUES ($1, $2, $3, $4, tstzrange($5, $6), $7, $8, $9, $10, $11)
         ON CONFLICT DO NOTHING",
        id,
        claim.member.0,
        claim.booking.map(|b| b.0),
        claim.state.name(),
        claim.during.start.to_sqlx() as _,
        claim.during.end.to_sqlx() as _,
        claim.visit.start.to_sqlx() as _,
        claim.visit.end.to_sqlx() as _,
        claim.expires_at.map(ToSqlx::to_sqlx) as _,
        claim.note,
        now.to_sqlx() as _,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes many stretches at once, for loading data into an empty marketplace.
pub(super) async fn insert_all(
    conn: &mut PgConnection,
    ids: &[Uuid],
    claims: &[Claim],
    now: Timestamp,
) -> Result<u64, Error> {
    let members: Vec<Uuid> = claims.iter().map(|c| c.member.0).collect();
    let bookings: Vec<Option<Uuid>> = claims.iter().map(|c| c.booking.map(|b| b.0)).collect();
    let states: Vec<String> = claims.iter().map(|c| c.state.name().to_owned()).collect();
    let micros =
        |pick: fn(&Claim) -> Timestamp| -> Vec<i64> { claims.iter().map(|c| pick(c).as_microsecond()).collect() };
    let expires: Vec<Option<i64>> = claims.iter().map(|c| c.expires_at.map(|at| at.as_microsecond())).collect();
    let notes: Vec<String> = claims.iter().map(|c| c.note.clone()).collect();
    let done = sqlx::query!(
        "INSERT INTO reservations (id, member_id, booking_id, state, during, visit_starts, visit_ends, expires_at, note, created_at)
         SELECT id, member, booking, state, tstzrange(at(starts), at(ends)), at(visit_starts), at(visit_ends), at(expires), note, $11
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::text[])
           AS t (id, member, booking, state, starts, ends, visit_starts, visit_ends, expires, note)",
        ids,
        &members,
        &bookings as _,
        &states,
        &micros(|c| c.during.start),
        &micros(|c| c.during.end),
        &micros(|c| c.visit.start),
        &micros(|c| c.visit.end),
        &expires as _,
        &notes,
        now.to_sqlx() as _,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Moves a booking's live reservations on: hold → pending or confirmed, pending → confirmed. A hold that ran
/// out moves nowhere. Returns how many moved.
pub(super) async fn promote(
    conn: &mut PgConnection,
    booking: BookingId,
    to: State,
    now: Timestamp,
) -> Result<u64, Error> {
    let done = sqlx::query!(
        "UPDATE reservations SET state = $2, expires_at = NULL
         WHERE booking_id = $1 AND ((state = 'hold' AND expires_at > $3) OR state = 'pending')",
        booking.0,
        to.name(),
        now.to_sqlx() as _,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Gives a booking's time back.
pub(super) async fn release(conn: &mut PgConnection, booking: BookingId) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE reservations SET state = 'released', expires_at = NULL
         WHERE booking_id = $1 AND state IN ('hold', 'pending', 'confirmed')",
        booking.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Frees a stretch the member blocked. False: there is none.
pub(super) async fn unblock(conn: &mut PgConnection, id: Uuid, member: MemberId) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE reservations SET state = 'released' WHERE id = $1 AND member_id = $2 AND state = 'blocked'",
        id,
        member.0
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Frees a stretch the member blocked and returns its note. `None`: there is none.
pub(super) async fn take_block(conn: &mut PgConnection, id: Uuid, member: MemberId) -> Result<Option<String>, Error> {
    let freed = sqlx::query_scalar!(
        "UPDATE reservations SET state = 'released' WHERE id = $1 AND member_id = $2 AND state = 'blocked' RETURNING note",
        id,
        member.0
    );
    Ok(freed.fetch_optional(conn).await?)
}

/// The member a blocked stretch belongs to, and that member's business.
pub(super) async fn blocked(db: impl PgExecutor<'_>, id: Uuid) -> Result<(MemberId, Uuid), Error> {
    let row = sqlx::query!(
        "SELECT m.id, m.provider_id FROM reservations r JOIN members m ON m.id = r.member_id WHERE r.id = $1 AND r.state = 'blocked'",
        id
    )
    .fetch_one(db)
    .await?;
    Ok((MemberId(row.id), row.provider_id))
}

/// The business a member belongs to.
pub(super) async fn provider_of(db: impl PgExecutor<'_>, member: MemberId) -> Result<Uuid, Error> {
    Ok(sqlx::query_scalar!("SELECT provider_id FROM members WHERE id = $1", member.0).fetch_one(db).await?)
}
