//! Open slots: one pure function from hours, taken time and rules to the times that can be booked.

use super::calendar::Calendar;
use super::civil;
use crate::catalog::{At, Way};
use crate::kernel::TimeRange;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How a service may be booked. All in minutes unless it says days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// How long the visit is.
    pub duration: u16,
    /// Distance between offered starts, counted from the beginning of each open stretch.
    pub interval: u16,
    /// Time kept free before the visit. May lie outside the hours.
    pub buffer_before: u16,
    /// Time kept free after the visit. May lie outside the hours.
    pub buffer_after: u16,
    /// How long ahead one must book at least.
    pub min_notice: u32,
    /// How many civil days ahead one can book at most.
    pub horizon_days: u16,
    /// The way to the customer, kept free before and after the buffers. May lie outside the hours; 0 until the place is
    /// known.
    #[serde(default)]
    pub travel: u16,
    /// The place of the business whose hours hold; everywhere until it is known.
    #[serde(default)]
    pub at: At,
    /// Most booked visits of a member on one civil day, while they do this service; their own limits come on top.
    pub daily_limit: Option<u16>,
}

impl Rules {
    /// The same for a customer to whom this is the way.
    #[must_use]
    pub const fn going(self, way: Way) -> Self {
        Self { travel: way.minutes, at: way.at, ..self }
    }

    /// The same for a customer to whom the way takes so many minutes.
    #[must_use]
    pub const fn with_travel(self, minutes: u16) -> Self {
        Self { travel: minutes, ..self }
    }

    /// The time a visit at `start` takes, and the time it reserves: with its buffers, and with the way there and back.
    #[must_use]
    pub fn ranges(&self, start: Timestamp) -> Option<(TimeRange, TimeRange)> {
        let minutes = |m: u16| SignedDuration::from_mins(i64::from(m));
        let end = start.checked_add(minutes(self.duration)).ok()?;
        let visit = TimeRange::new(start, end)?;
        let from = start.checked_sub(minutes(self.buffer_before) + minutes(self.travel)).ok()?;
        let during = TimeRange::new(from, end.checked_add(minutes(self.buffer_after) + minutes(self.travel)).ok()?)?;
        Some((visit, during))
    }
}

/// A stretch of a member's time that is taken, buffers included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// From when to when nothing else fits.
    pub during: TimeRange,
    /// The start of the booked visit, which counts for the daily limit; `None` for blocked and imported time.
    pub visit: Option<Timestamp>,
}

/// A time that can be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Slot {
    /// When the visit begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
}

/// The slots of one civil date of a zone, in order. A slot lies within one open stretch, leaves room for
/// its buffers among what is taken, keeps notice and horizon, and respects the limits per day and week.
#[must_use]
pub fn open_slots(
    zone: &TimeZone,
    calendar: &Calendar,
    rules: &Rules,
    taken: &[Taken],
    date: Date,
    now: Timestamp,
) -> Vec<Slot> {
    slots_of(zone, calendar, rules, taken, date, now).collect()
}

/// The first slot of a date: cheaper than listing all.
#[must_use]
pub fn first_slot(
    zone: &TimeZone,
    calendar: &Calendar,
    rules: &Rules,
    taken: &[Taken],
    date: Date,
    now: Timestamp,
) -> Option<Slot> {
    slots_of(zone, calendar, rules, taken, date, now).next()
}

fn slots_of<'a>(
    zone: &'a TimeZone,
    calendar: &Calendar,
    rules: &'a Rules,
    taken: &'a [Taken],
    date: Date,
    now: Timestamp,
) -> impl Iterator<Item = Slot> + 'a {
    let bookable = ahead(zone, rules, date, now) && below_limits(zone, calendar, rules, taken, date);
    let open = if bookable { calendar.open_at(date, rules.at) } else { Vec::new() };
    let earliest = now.checked_add(SignedDuration::from_mins(i64::from(rules.min_notice))).unwrap_or(Timestamp::MAX);
    let mut offered: Vec<Slot> = open.into_iter().flat_map(|stretch| starts(zone, rules, date, stretch)).collect();
    // On the day clocks go forward, times in the gap move onto later ones: each instant is offered once.
    offered.sort_unstable();
    offered.dedup();
    offered.into_iter().filter(move |slot| slot.start >= earliest && is_free(rules, taken, slot.start))
}

/// Whether the date is today or later, and within the horizon.
pub(super) fn ahead(zone: &TimeZone, rules: &Rules, date: Date, now: Timestamp) -> bool {
    let days_ahead = civil::date(zone, now).until(date).map_or(-1, |span| span.get_days());
    (0..=i32::from(rules.horizon_days)).contains(&days_ahead)
}

fn below_limits(zone: &TimeZone, calendar: &Calendar, rules: &Rules, taken: &[Taken], date: Date) -> bool {
    let below = |limit: Option<u16>, count: &dyn Fn() -> usize| limit.is_none_or(|limit| count() < usize::from(limit));
    let of_day = || visits_on(zone, taken, date);
    below(rules.daily_limit, &of_day)
        && below(calendar.limits.a_day, &of_day)
        && below(calendar.limits.a_week, &|| visits_in_week(zone, taken, date))
}

/// Booked visits that begin on a civil date.
pub(super) fn visits_on(zone: &TimeZone, taken: &[Taken], date: Date) -> usize {
    taken.iter().filter_map(|t| t.visit).filter(|start| civil::date(zone, *start) == date).count()
}

/// Booked visits that begin in the civil week of a date, Monday to Sunday.
pub(super) fn visits_in_week(zone: &TimeZone, taken: &[Taken], date: Date) -> usize {
    let week = date.iso_week_date();
    let same = |start: &Timestamp| {
        let other = civil::date(zone, *start).iso_week_date();
        (other.year(), other.week()) == (week.year(), week.week())
    };
    taken.iter().filter_map(|t| t.visit).filter(same).count()
}

/// All starts of one open stretch whose visit ends inside it.
pub(super) fn starts(zone: &TimeZone, rules: &Rules, date: Date, (from, to): (u16, u16)) -> impl Iterator<Item = Slot> {
    let closes = civil::instant(zone, date, to);
    let duration = SignedDuration::from_mins(i64::from(rules.duration));
    let minutes = (from..to).step_by(usize::from(rules.interval.max(1)));
    minutes.filter_map(move |minute| {
        let start = civil::instant(zone, date, minute)?;
        let end = start.checked_add(duration).ok()?;
        (start < end && end <= closes?).then_some(Slot { start, end })
    })
}

fn is_free(rules: &Rules, taken: &[Taken], start: Timestamp) -> bool {
    let Some((_, during)) = rules.ranges(start) else {
        return false;
    };
    !taken.iter().any(|other| other.during.overlaps(&during))
}
