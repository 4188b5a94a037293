//! Where a visit could be moved, before anybody moves it: whether one time is free and if not why, and which times are
//! nearest for visits that a change of hours would leave outside.

use super::book::{ALTERNATIVE_DAYS, nearest};
use super::life::{self, Capacity, Event};
use super::reschedule::{Own, rules, to_move};
use super::views::{BookingView, CalendarEntry};
use crate::availability::why::{Asked, Standing, why};
use crate::availability::{Slot, civil, timetable};
use crate::catalog::{At, Status, bookable};
use crate::kernel::{Actor, Context, Error, MemberId, ReservationId, ServiceId, TimeRange, Zone};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::collections::{BTreeMap, HashMap};

/// Visits for which times are proposed at once; the others have their turn when these are moved.
const MOST_PROPOSED: usize = 20;
/// Services that are looked at for them, at two statements each.
const MOST_SERVICES: usize = 4;
/// Times proposed for one visit.
const PROPOSED: usize = 3;
/// Days before and after a visit in which times are looked for.
const AROUND: (i32, i32) = (7, 35);

/// A time to which somebody wants to move a visit.
#[derive(Clone, Debug)]
pub struct MoveTo {
    /// The booking as the actor sees it.
    pub booking: BookingView,
    /// When the visit begins and ends at present.
    pub visit: (Timestamp, Timestamp),
    /// When it would.
    pub wanted: (Timestamp, Timestamp),
    /// The zone of the visit.
    pub zone: Zone,
    /// Why it cannot be moved there, a sentence for each rule in the way; none: it can.
    pub against: Vec<String>,
    /// The nearest free times, in order.
    pub near: Vec<Timestamp>,
}

/// Looks at a time to which a visit might be moved; nothing is changed: three statements.
///
/// # Errors
/// Not found for those who may not see the booking; a conflict, in words, when the actor cannot move it.
pub async fn move_to(ctx: &Context, actor: &Actor, typed: &str, start: Timestamp) -> Result<MoveTo, Error> {
    let (booking, own, service) = to_move(ctx, actor, typed).await?;
    let (now, zone) = (ctx.clock.now(), service.zone.rules());
    let length = own.visit.1.duration_since(own.visit.0);
    let end = start.checked_add(length).map_err(|_| Error::NotFound)?;
    let day_before = start.max(now).checked_sub(SignedDuration::from_hours(24)).unwrap_or(now);
    let first = civil::date(&zone, day_before);
    let table = timetable(&ctx.pool, service.id, &service.zone, first, ALTERNATIVE_DAYS, now).await?;
    let table = table.without(own.member, own.visit.0);
    let days = own.open(&table, first, ALTERNATIVE_DAYS, now);
    let free = days.iter().flat_map(|day| &day.times).any(|time| time.start == start);
    let who = table.members.iter().find(|who| who.id == own.member);
    let against = match who {
        _ if start == own.visit.0 => vec!["The visit is at that time already.".to_owned()],
        _ if free => Vec::new(),
        _ if start < now => vec!["That time is over.".to_owned()],
        None => vec!["The person who does it cannot be booked for this service any more.".to_owned()],
        Some(who) => {
            let standing = Standing { on_offer: service.status == Status::Live, does: true, active: true };
            let (calendar, rules, taken) = (&who.calendar, &own.rules, &who.taken);
            let verdicts = why(&Asked { zone: &zone, calendar, rules, taken, standing, now }, start);
            verdicts.into_iter().filter(|verdict| !verdict.passed).map(|verdict| verdict.said).collect()
        }
    };
    let near = nearest(&days, start);
    Ok(MoveTo { booking, visit: own.visit, wanted: (start, end), zone: service.zone, against, near })
}

/// For visits that a change of hours would leave outside, the nearest times that are free now and would lie within the
/// hours afterwards (`fits`): two statements for each service, of at most [`MOST_SERVICES`]. No two visits of a person are
/// told overlapping times. `entries` are what the actor sees of a calendar; what cannot be moved is not answered.
///
/// # Errors
/// The database is away.
pub async fn new_times(
    ctx: &Context,
    entries: &[&CalendarEntry],
    fits: impl Fn(MemberId, &TimeRange, At) -> bool + Send + Sync,
) -> Result<HashMap<ReservationId, Vec<Timestamp>>, Error> {
    let mut proposed = HashMap::new();
    let mut told: Vec<(MemberId, TimeRange)> = Vec::new();
    for (service, visits) in by_service(entries) {
        let mut conn = ctx.pool.acquire().await?;
        let service = bookable(&mut conn, service).await?;
        let (now, zone) = (ctx.clock.now(), service.zone.rules());
        let today = civil::date(&zone, now);
        let dates = visits.iter().map(|entry| civil::date(&zone, entry.starts));
        let Some((first, last)) = dates.clone().min().zip(dates.max()) else {
            continue;
        };
        let (first, last) = (around(first, today).0, around(last, today).1);
        let days = u16::try_from(first.until(last).map_or(0, |span| span.get_days())).unwrap_or(0);
        let table = timetable(&mut *conn, service.id, &service.zone, first, days, now).await?;
        for entry in visits {
            let (visit, state) = ((entry.starts, entry.ends), entry.state.unwrap_or(life::State::Confirmed));
            let rules = rules(&service, Capacity::Provider, state, visit, (entry.travel, entry.at));
            let own = Own { member: entry.member, visit, rules };
            let (first, last) = around(civil::date(&zone, entry.starts), today);
            let days = u16::try_from(first.until(last).map_or(0, |span| span.get_days())).unwrap_or(0);
            let open = own.open(&table.clone().without(own.member, visit.0), first, days, now);
            let times = open.iter().flat_map(|day| &day.times).map(|time| Slot { start: time.start, end: time.end });
            let mut times: Vec<Slot> = times.collect();
            times.sort_by_key(|time| time.start.duration_since(entry.starts).abs());
            let free = times.iter().filter_map(|time| TimeRange::new(time.start, time.end)).filter(|range| {
                let taken = told.iter().any(|(who, other)| *who == entry.member && other.overlaps(range));
                !taken && fits(entry.member, range, entry.at)
            });
            let chosen: Vec<TimeRange> = apart(free);
            if let Some(first) = chosen.first() {
                told.push((entry.member, *first));
            }
            proposed.insert(entry.id, chosen.into_iter().map(|range| range.start).collect());
        }
    }
    Ok(proposed)
}

/// The visits that can be moved, by service.
fn by_service<'a>(entries: &[&'a CalendarEntry]) -> BTreeMap<ServiceId, Vec<&'a CalendarEntry>> {
    let mut services: BTreeMap<ServiceId, Vec<&CalendarEntry>> = BTreeMap::new();
    let movable = entries.iter().filter(|entry| {
        entry.state.is_some_and(|state| life::find(state, Event::Reschedule, Capacity::Provider).is_some())
    });
    for entry in movable.take(MOST_PROPOSED) {
        let Some(service) = entry.service else {
            continue;
        };
        if services.contains_key(&service) || services.len() < MOST_SERVICES {
            services.entry(service).or_default().push(entry);
        }
    }
    services
}

/// The first and the last day on which another time is looked for.
fn around(date: Date, today: Date) -> (Date, Date) {
    let first = date.checked_sub(AROUND.0.days()).unwrap_or(date).max(today);
    (first, date.checked_add(AROUND.1.days()).unwrap_or(date).max(first))
}

/// The first few of some times, of which none overlaps another: choices that differ.
fn apart(times: impl Iterator<Item = TimeRange>) -> Vec<TimeRange> {
    let mut chosen: Vec<TimeRange> = Vec::new();
    for range in times {
        if chosen.len() == PROPOSED {
            break;
        }
        if !chosen.iter().any(|other| other.overlaps(&range)) {
            chosen.push(range);
        }
    }
    chosen
}
