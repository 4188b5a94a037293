//! What a business's own calendar reads of its people.

use super::super::calendar::{Calendar, Closure};
use super::super::holidays;
use super::super::week::{MemberWeek, Team};
use super::{limits, read, read_exceptions, read_periods};
use crate::kernel::{Error, MemberId, ProviderId, Zone};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;

/// People of a business (or one of them) with their hours. A business without anybody is not found.
pub(in crate::availability) async fn team(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    member: Option<MemberId>,
    from: Date,
    to: Date,
) -> Result<Team, Error> {
    let rows = sqlx::query!(
        r#"SELECT p.zone, m.id, told_name(m) AS "name!", m.picture, m.active,
            (SELECT coalesce(json_agg(json_build_array(weekday, kind = 'break', starts_min, ends_min, at_main, own_place_id)), '[]')
             FROM member_hours WHERE member_id = m.id) AS "hours!",
            (SELECT coalesce(json_agg(json_build_array(date, kind = 'open', starts_min, ends_min)), '[]')
             FROM member_exceptions WHERE member_id = m.id AND date BETWEEN $3 AND $4) AS "exceptions!",
            (SELECT coalesce(json_agg(json_build_array(first_date, last_date)), '[]')
             FROM provider_closures WHERE provider_id = p.id AND last_date >= $3) AS "closures!",
            p.holidays AS region, m.most_a_day, m.most_a_week
        FROM providers p
        JOIN members m ON m.provider_id = p.id
        WHERE p.id = $1 AND ($2::uuid IS NULL OR m.id = $2)
        ORDER BY m.position, m.id"#,
        provider.0,
        member.map(|m| m.0),
        from.to_sqlx() as _,
        to.to_sqlx() as _,
    )
    .fetch_all(db)
    .await?;
    let zone = rows.first().and_then(|row| Zone::parse(&row.zone)).unwrap_or_else(Zone::utc);
    if rows.is_empty() {
        return Err(Error::NotFound);
    }
    let members = rows.into_iter().map(|row| {
        Ok(MemberWeek {
            id: MemberId(row.id),
            name: row.name,
            picture: row.picture,
            active: row.active,
            calendar: Calendar {
                periods: read_periods(row.hours)?,
                exceptions: read_exceptions(row.exceptions)?,
                closures: read::<Vec<(Date, Date)>>(row.closures)?
                    .into_iter()
                    .map(|(first, last)| Closure { first, last })
                    .collect(),
                holidays: holidays::dates(row.region.as_deref()),
                limits: limits(row.most_a_day, row.most_a_week),
            },
        })
    });
    Ok(Team { zone, members: members.collect::<Result<_, Error>>()? })
}
