//! What can be booked, for pages: a service's members with their open times.

use super::calendar::{Calendar, Closure};
use super::slots::{Rules, Taken, open_slots};
use super::{civil, store};
use crate::kernel::{Error, MemberId, ServiceId, TimeRange, UserId, Zone};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use sqlx::PgExecutor;
use std::collections::BTreeMap;

/// A member and what decides their open times.
#[derive(Clone, Debug)]
pub struct MemberTimes {
    /// Who.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// Key of their portrait.
    pub picture: Option<String>,
    /// Their hours.
    pub calendar: Calendar,
    /// What is taken in the window that was loaded.
    pub taken: Vec<Taken>,
}

/// The members of a service in a window of time.
#[derive(Clone, Debug)]
pub struct Timetable {
    /// The zone their hours are told in.
    pub zone: Zone,
    /// Members who do the service.
    pub members: Vec<MemberTimes>,
    /// When the whole business is away: from the loaded days on.
    pub away: Vec<Away>,
}

impl Timetable {
    /// The same as if a member's visit at `start` were not there: its own time stands in nobody's way when it is moved,
    /// and it counts for no limit. A member has one visit at a time.
    #[must_use]
    pub fn without(mut self, member: MemberId, start: Timestamp) -> Self {
        for who in self.members.iter_mut().filter(|who| who.id == member) {
            who.taken.retain(|taken| taken.visit != Some(start));
        }
        self
    }
}

/// Dates on which a business is away, in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away {
    /// The dates.
    pub dates: Closure,
    /// Why, for customers to read; often nothing.
    pub reason: String,
}

impl Away {
    /// The times in order; those without a day between them are one, because nobody is back in the evening and gone in
    /// the morning. The first reason is told.
    pub(super) fn connected(mut away: Vec<Self>) -> Vec<Self> {
        away.sort_by_key(|one| (one.dates.first, one.dates.last));
        let mut connected: Vec<Self> = Vec::with_capacity(away.len());
        for one in away {
            match connected.last_mut() {
                Some(before) if one.dates.first <= before.dates.last.tomorrow().unwrap_or(before.dates.last) => {
                    before.dates.last = before.dates.last.max(one.dates.last);
                    if before.reason.is_empty() {
                        before.reason = one.reason;
                    }
                }
                _ => connected.push(one),
            }
        }
        connected
    }
}

/// A time that can be booked, and with whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenTime {
    /// When the visit begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// Who is free, in the order of the team.
    pub members: Vec<MemberId>,
}

/// A civil date with its open times, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenDay {
    /// The date in the zone of the timetable.
    pub date: Date,
    /// What can be booked.
    pub times: Vec<OpenTime>,
}

/// Loads a service's timetable for some civil days, in one statement.
///
/// # Errors
/// The database is away.
pub async fn timetable(
    db: impl PgExecutor<'_>,
    service: ServiceId,
    zone: &Zone,
    first: Date,
    days: u16,
    now: Timestamp,
) -> Result<Timetable, Error> {
    let window = window(zone, first, days).ok_or_else(|| Error::invalid("date", "Choose a date nearer to today."))?;
    let mut rows = store::members_of(db, &[service.0], window, now).await?;
    let away = rows.first_mut().map(|row| std::mem::take(&mut row.away)).unwrap_or_default();
    let away = Away::connected(away);
    let members = rows.into_iter().map(|row| MemberTimes {
        id: row.member,
        name: row.name,
        picture: row.picture,
        calendar: row.calendar,
        taken: row.taken,
    });
    Ok(Timetable { zone: zone.clone(), members: members.collect(), away })
}

/// Somebody who works for the business of a service.
#[derive(Clone, Debug)]
pub struct Teammate {
    /// Who, with their hours and what is taken.
    pub times: MemberTimes,
    /// Their login, if they have one.
    pub user: Option<UserId>,
    /// They do the service.
    pub does: bool,
    /// They can be booked at present.
    pub active: bool,
}

/// Everybody who works for the business of a service, with what decides about a civil date: one statement.
///
/// # Errors
/// The database is away.
pub async fn teammates(
    db: impl PgExecutor<'_>,
    service: ServiceId,
    zone: &Zone,
    date: Date,
    now: Timestamp,
) -> Result<Vec<Teammate>, Error> {
    let window = window(zone, date, 1).ok_or_else(|| Error::internal("a visit beyond the calendar"))?;
    let rows = store::team_of(db, service, window, now).await?;
    let mates = rows.into_iter().map(|row| Teammate {
        user: row.user,
        does: row.does,
        active: row.active,
        times: MemberTimes {
            id: row.member,
            name: row.name,
            picture: row.picture,
            calendar: row.calendar,
            taken: row.taken,
        },
    });
    Ok(mates.collect())
}

/// The instants of the civil weeks that some days belong to, because limits count whole weeks; with a day more on both
/// sides for visits and buffers that reach over.
pub(super) fn window(zone: &Zone, first: Date, days: u16) -> Option<TimeRange> {
    let rules = zone.rules();
    let last = first.checked_add(i32::from(days.saturating_sub(1)).days()).ok()?;
    let monday = first.checked_sub(i32::from(first.weekday().to_monday_zero_offset()).days()).ok()?;
    let sunday = last.checked_add((7 - i32::from(last.weekday().to_monday_one_offset())).days()).ok()?;
    let start = civil::instant(&rules, monday, 0)?.checked_sub(SignedDuration::from_hours(24)).ok()?;
    TimeRange::new(start, civil::instant(&rules, sunday, civil::DAY)?.checked_add(SignedDuration::from_hours(24)).ok()?)
}

/// Open times of each of some civil days: of one member, or of anyone free. Days without any are left out.
#[must_use]
pub fn open_days(
    timetable: &Timetable,
    rules: &Rules,
    member: Option<MemberId>,
    first: Date,
    days: u16,
    now: Timestamp,
) -> Vec<OpenDay> {
    let zone = timetable.zone.rules();
    let dates = (0..days).filter_map(|offset| first.checked_add(i32::from(offset).days()).ok());
    let open = dates.map(|date| {
        let mut times: BTreeMap<Timestamp, OpenTime> = BTreeMap::new();
        for who in timetable.members.iter().filter(|m| member.is_none_or(|id| id == m.id)) {
            for slot in open_slots(&zone, &who.calendar, rules, &who.taken, date, now) {
                let time = times.entry(slot.start);
                let time = time.or_insert_with(|| OpenTime { start: slot.start, end: slot.end, members: Vec::new() });
                time.members.push(who.id);
            }
        }
        OpenDay { date, times: times.into_values().collect() }
    });
    open.filter(|day| !day.times.is_empty()).collect()
}
