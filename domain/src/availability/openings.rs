//! On which days a service can be booked: kept beside the services, so that a search can ask for a date
//! without working out a hundred thousand calendars. A job follows every change; booking never reads it.

use super::slots::{Rules, first_slot};
use super::store::openings::{self as store, Openings, RulesRow};
use super::store::{MemberRow, members_of};
use super::{civil, times};
use crate::catalog::{At, BookingMode};
use crate::kernel::{Context, Error, MemberId, Zone};
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Days ahead that a search by date can ask for.
pub const DAYS: u16 = 60;
/// Services worked out in one statement: with what is taken in sixty days, some megabytes at most.
const AT_ONCE: usize = 50;

/// Works the openings of these services out again, and forgets those of services that cannot be booked by time.
///
/// # Errors
/// The database is away.
pub async fn refresh_services(ctx: &Context, services: &[Uuid]) -> Result<(), Error> {
    let now = ctx.clock.now();
    let rules = store::rules_of(&ctx.pool, services).await?;
    let Some(window) = times::window(&Zone::utc(), civil::date(&jiff::tz::TimeZone::UTC, now), DAYS) else {
        return Ok(());
    };
    let rows = members_of(&ctx.pool, services, window, now).await?;
    let mut members: HashMap<Uuid, Vec<MemberRow>> = HashMap::new();
    for row in rows {
        members.entry(row.service.0).or_default().push(row);
    }
    let none = Vec::new();
    let openings: Vec<Openings> =
        rules.iter().map(|rules| openings(rules, members.get(&rules.service).unwrap_or(&none), now)).collect();
    if !openings.is_empty() {
        let mut conn = ctx.pool.acquire().await?;
        store::write_openings(&mut conn, &openings, now).await?;
    }
    let offered: HashSet<Uuid> = rules.iter().map(|rules| rules.service).collect();
    let gone: Vec<Uuid> = services.iter().copied().filter(|id| !offered.contains(id)).collect();
    if !gone.is_empty() {
        store::forget_openings(&ctx.pool, &gone).await?;
    }
    Ok(())
}

/// Works the openings of everything these members do out again, many services at once: under load each of a hundred
/// bookings changes somebody's.
///
/// # Errors
/// The database is away.
pub async fn refresh_members(ctx: &Context, members: &[MemberId]) -> Result<(), Error> {
    let members: Vec<Uuid> = members.iter().map(|member| member.0).collect();
    let services = store::services_of(&ctx.pool, &members).await?;
    for some in services.chunks(AT_ONCE) {
        refresh_services(ctx, some).await?;
    }
    Ok(())
}

/// Works out what has never been worked out, is older than six hours (days pass), or whose next free time
/// is over. Returns how many services there were, at most `limit` for each reason.
///
/// # Errors
/// The database is away.
pub async fn refresh_stale(ctx: &Context, limit: i64) -> Result<usize, Error> {
    let now = ctx.clock.now();
    let before = now.checked_sub(SignedDuration::from_hours(6)).unwrap_or(now);
    let services = store::stale(&ctx.pool, before, now, limit).await?;
    refresh_services(ctx, &services).await?;
    Ok(services.len())
}

fn openings(row: &RulesRow, members: &[MemberRow], now: Timestamp) -> Openings {
    let zone = Zone::parse(&row.zone).unwrap_or_else(Zone::utc).rules();
    let rules = row.rules();
    let base = civil::date(&zone, now);
    let mut next_free: Option<Timestamp> = None;
    let days = (0..DAYS).map(|offset| {
        let Ok(date) = base.checked_add(i32::from(offset).days()) else {
            return '0';
        };
        let firsts = members.iter().filter_map(|m| first_slot(&zone, &m.calendar, &rules, &m.taken, date, now));
        match firsts.map(|slot| slot.start).min() {
            Some(start) => {
                next_free = Some(next_free.map_or(start, |known| known.min(start)));
                '1'
            }
            None => '0',
        }
    });
    let days = days.collect();
    Openings { service: row.service, base, days, next_free }
}

/// Minutes of notice a service asks for, given how it is booked.
pub(super) fn notice(booking_mode: &str, asked: i32) -> u32 {
    let asked = u32::try_from(asked).unwrap_or(0);
    BookingMode::parse(booking_mode).map_or(asked, |mode| mode.notice(asked))
}

impl RulesRow {
    fn rules(&self) -> Rules {
        let minutes = |m: i32| u16::try_from(m).unwrap_or(u16::MAX);
        Rules {
            duration: minutes(self.duration),
            interval: minutes(self.interval),
            buffer_before: minutes(self.buffer_before),
            buffer_after: minutes(self.buffer_after),
            min_notice: notice(&self.booking_mode, self.min_notice),
            horizon_days: minutes(self.horizon_days),
            // Nobody knows yet who searches: the shortest way is needed by everybody.
            travel: minutes(self.travel),
            at: if self.stays { At::Main } else { At::Everywhere },
            daily_limit: self.daily_limit.map(minutes),
        }
    }
}
