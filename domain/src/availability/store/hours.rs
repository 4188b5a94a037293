//! Hours as those who keep them read and change them.

use super::super::calendar::{Closure, Exception, Limits, Period};
use super::super::keeping::{AwayNote, Dated, Keeping, Kept};
use super::{limits, read, read_periods};
use crate::catalog::{At, Travel};
use crate::kernel::{Error, MemberId, OwnPlaceId, ProviderId, ReservationId, TimeRange, Zone};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

/// What is said of a date, as the statement builds it: id, date, open, from, to.
type RawDated = (Uuid, Date, bool, Option<u16>, Option<u16>);

/// A business with its people (or one of them) and what is said about their hours, from a date on; with `gone`, also those
/// who have left, whose visits may still be ahead.
pub(in crate::availability) async fn keeping(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    (member, gone): (Option<MemberId>, bool),
    from: Date,
) -> Result<Keeping, Error> {
    let rows = sqlx::query!(
        r#"SELECT p.name AS business, p.zone, p.country, p.city, p.holidays, m.id, told_name(m) AS "name!", m.active, m.most_a_day, m.most_a_week,
            (SELECT coalesce(json_agg(json_build_array(weekday, kind = 'break', starts_min, ends_min, at_main, own_place_id)
                                      ORDER BY weekday, starts_min, kind DESC), '[]')
             FROM member_hours WHERE member_id = m.id) AS "hours!",
            (SELECT coalesce(json_agg(json_build_array(id, date, kind = 'open', starts_min, ends_min)
                                      ORDER BY date, starts_min NULLS FIRST, id), '[]')
             FROM member_exceptions WHERE member_id = m.id AND date >= $3) AS "exceptions!",
            (SELECT coalesce(json_agg(json_build_array(id, first_date, last_date, reason) ORDER BY first_date, id), '[]')
             FROM provider_closures WHERE provider_id = p.id AND last_date >= $3) AS "closures!",
            (SELECT coalesce(json_agg(json_build_object('up_to_km', up_to_km, 'minutes', minutes) ORDER BY up_to_km), '[]')
             FROM travel_bands WHERE provider_id = p.id) AS "travel!",
            (SELECT coalesce(json_agg(json_build_object('id', o.id, 'name', o.name, 'city', o.city,
                        'postal_code', o.postal_code, 'position', json_build_array(o.lat, o.lng),
                        'radius_km', o.radius_km) ORDER BY o.name), '[]')
             FROM own_places o WHERE o.provider_id = p.id) AS "places!"
        FROM providers p
        JOIN members m ON m.provider_id = p.id
        WHERE p.id = $1 AND ($2::uuid IS NULL OR m.id = $2) AND ($4 OR m.left_at IS NULL)
        ORDER BY m.position, m.id"#,
        provider.0,
        member.map(|m| m.0),
        from.to_sqlx() as _,
        gone,
    )
    .fetch_all(db)
    .await?;
    let Some(first) = rows.first() else {
        return Err(Error::NotFound);
    };
    let closures: Vec<(Uuid, Date, Date, String)> = read(first.closures.clone())?;
    let mut keeping = Keeping {
        business: first.business.clone(),
        zone: Zone::parse(&first.zone).unwrap_or_else(Zone::utc),
        country: first.country.clone(),
        city: first.city.clone(),
        places: read(first.places.clone())?,
        holidays: first.holidays.clone(),
        travel: read(first.travel.clone())?,
        away: closures
            .into_iter()
            .map(|(id, first, last, reason)| AwayNote { id, dates: Closure { first, last }, reason })
            .collect(),
        members: Vec::with_capacity(rows.len()),
    };
    for row in rows {
        let dated: Vec<RawDated> = read(row.exceptions)?;
        let dated = dated.into_iter().map(|(id, date, open, starts, ends)| Dated {
            id,
            said: Exception { date, open, hours: starts.zip(ends) },
        });
        keeping.members.push(Kept {
            id: MemberId(row.id),
            name: row.name,
            active: row.active,
            periods: read_periods(row.hours)?,
            dated: dated.collect(),
            limits: limits(row.most_a_day, row.most_a_week),
        });
    }
    Ok(keeping)
}

/// Booked time that is not over yet: which reservation, whose, the visit, and the place it belongs to.
pub(in crate::availability) async fn coming(
    db: impl PgExecutor<'_>,
    members: &[Uuid],
    now: Timestamp,
) -> Result<Vec<(ReservationId, MemberId, TimeRange, At)>, Error> {
    let rows = sqlx::query!(
        r#"SELECT r.id, r.member_id, r.visit_starts AS "starts: jiff_sqlx::Timestamp",
            r.visit_ends AS "ends: jiff_sqlx::Timestamp", b.at_main, b.own_place_id
        FROM reservations r JOIN bookings b ON b.id = r.booking_id
        WHERE r.member_id = ANY($1) AND r.during && tstzrange($2, NULL) AND r.visit_ends > $2
          AND r.state IN ('hold', 'pending', 'confirmed') AND (r.state <> 'hold' OR r.expires_at > $2)
        ORDER BY r.visit_starts, r.id"#,
        members,
        now.to_sqlx() as _,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let visit = TimeRange::new(row.starts.to_jiff(), row.ends.to_jiff());
            let visit = visit.ok_or_else(|| Error::internal("a visit without length"))?;
            let at = At::of_columns(row.at_main, row.own_place_id.map(OwnPlaceId));
            Ok((ReservationId(row.id), MemberId(row.member_id), visit, at))
        })
        .collect()
}

/// Puts these hours in place of a member's weekly ones.
pub(in crate::availability) async fn write_week(
    conn: &mut PgConnection,
    member: MemberId,
    periods: &[Period],
    limits: Limits,
) -> Result<(), Error> {
    sqlx::query!("DELETE FROM member_hours WHERE member_id = $1", member.0).execute(&mut *conn).await?;
    let minute = |minute: u16| i16::try_from(minute).unwrap_or(i16::MAX);
    let weekdays: Vec<i16> = periods.iter().map(|p| i16::from(p.weekday)).collect();
    let kinds: Vec<String> = periods.iter().map(|p| if p.is_break { "break" } else { "open" }.to_owned()).collect();
    let starts: Vec<i16> = periods.iter().map(|p| minute(p.starts)).collect();
    let ends: Vec<i16> = periods.iter().map(|p| minute(p.ends)).collect();
    let mains: Vec<bool> = periods.iter().map(|p| p.at.columns().0).collect();
    let owns: Vec<Option<Uuid>> = periods.iter().map(|p| p.at.columns().1.map(|id| id.0)).collect();
    sqlx::query!(
        "INSERT INTO member_hours (member_id, weekday, kind, starts_min, ends_min, at_main, own_place_id)
         SELECT $1, weekday, kind, starts, ends, main, own
         FROM unnest($2::smallint[], $3::text[], $4::smallint[], $5::smallint[], $6::bool[], $7::uuid[])
             AS t (weekday, kind, starts, ends, main, own)",
        member.0,
        &weekdays,
        &kinds,
        &starts,
        &ends,
        &mains,
        &owns as _,
    )
    .execute(&mut *conn)
    .await?;
    let most = |limit: Option<u16>| limit.map(minute);
    sqlx::query!(
        "UPDATE members SET most_a_day = $2, most_a_week = $3 WHERE id = $1",
        member.0,
        most(limits.a_day),
        most(limits.a_week),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Says of these dates that a member is away or has other hours.
pub(in crate::availability) async fn write_dates(
    conn: &mut PgConnection,
    member: MemberId,
    dated: &[Dated],
) -> Result<(), Error> {
    let minute = |minute: u16| i16::try_from(minute).unwrap_or(i16::MAX);
    let ids: Vec<Uuid> = dated.iter().map(|d| d.id).collect();
    let dates: Vec<String> = dated.iter().map(|d| d.said.date.to_string()).collect();
    let kinds: Vec<String> = dated.iter().map(|d| if d.said.open { "open" } else { "closed" }.to_owned()).collect();
    let starts: Vec<Option<i16>> = dated.iter().map(|d| d.said.hours.map(|(starts, _)| minute(starts))).collect();
    let ends: Vec<Option<i16>> = dated.iter().map(|d| d.said.hours.map(|(_, ends)| minute(ends))).collect();
    sqlx::query!(
        "INSERT INTO member_exceptions (id, member_id, date, kind, starts_min, ends_min)
         SELECT id, $1, date::date, kind, starts, ends
         FROM unnest($2::uuid[], $3::text[], $4::text[], $5::smallint[], $6::smallint[]) AS t (id, date, kind, starts, ends)",
        member.0,
        &ids,
        &dates,
        &kinds,
        &starts as _,
        &ends as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes back what was said of a date. False: nothing was said under this id.
pub(in crate::availability) async fn take_back_date(
    conn: &mut PgConnection,
    member: MemberId,
    id: Uuid,
) -> Result<bool, Error> {
    let done = sqlx::query!("DELETE FROM member_exceptions WHERE id = $1 AND member_id = $2", id, member.0);
    Ok(done.execute(conn).await?.rows_affected() == 1)
}

/// Closes the whole business for some dates.
pub(in crate::availability) async fn write_closure(
    conn: &mut PgConnection,
    provider: ProviderId,
    away: &AwayNote,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO provider_closures (id, provider_id, first_date, last_date, reason) VALUES ($1, $2, $3, $4, $5)",
        away.id,
        provider.0,
        away.dates.first.to_sqlx() as _,
        away.dates.last.to_sqlx() as _,
        away.reason,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Opens the business again. False: it is not closed under this id.
pub(in crate::availability) async fn take_back_closure(
    conn: &mut PgConnection,
    provider: ProviderId,
    id: Uuid,
) -> Result<bool, Error> {
    let done = sqlx::query!("DELETE FROM provider_closures WHERE id = $1 AND provider_id = $2", id, provider.0);
    Ok(done.execute(conn).await?.rows_affected() == 1)
}

/// Puts these bands in place of those of a business.
pub(in crate::availability) async fn write_travel(
    conn: &mut PgConnection,
    provider: ProviderId,
    travel: &Travel,
) -> Result<(), Error> {
    let short = |n: u16| i16::try_from(n).unwrap_or(i16::MAX);
    let km: Vec<Option<i16>> = travel.0.iter().map(|band| band.up_to_km.map(short)).collect();
    let minutes: Vec<i16> = travel.0.iter().map(|band| short(band.minutes)).collect();
    sqlx::query!("DELETE FROM travel_bands WHERE provider_id = $1", provider.0).execute(&mut *conn).await?;
    sqlx::query!(
        "INSERT INTO travel_bands (provider_id, up_to_km, minutes)
         SELECT $1, up_to_km, minutes FROM unnest($2::smallint[], $3::smallint[]) AS t (up_to_km, minutes)",
        provider.0,
        &km as _,
        &minutes,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Says which region's holidays a business keeps.
pub(in crate::availability) async fn write_holidays(
    conn: &mut PgConnection,
    provider: ProviderId,
    region: Option<&str>,
) -> Result<(), Error> {
    sqlx::query!("UPDATE providers SET holidays = $2 WHERE id = $1", provider.0, region).execute(conn).await?;
    Ok(())
}
