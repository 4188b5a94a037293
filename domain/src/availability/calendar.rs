//! A member's hours: weekly periods, dated exceptions, closures of the whole business.

use super::civil;
use crate::catalog::At;
use crate::kernel::TimeRange;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A weekly period in civil time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// Monday is 1, Sunday 7 (ISO 8601).
    pub weekday: i8,
    /// A break is cut out of open hours.
    pub is_break: bool,
    /// Minute of the day it begins.
    pub starts: u16,
    /// Minute of the day it ends; 1440 is midnight.
    pub ends: u16,
    /// Where the hours hold; breaks are everywhere.
    #[serde(default)]
    pub at: At,
}

/// One date that differs from the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// The civil date.
    pub date: Date,
    /// Open at these hours instead of the weekly ones; otherwise closed.
    pub open: bool,
    /// Minutes of the day; `None` is the whole day.
    pub hours: Option<(u16, u16)>,
}

/// Dates on which the whole business is closed, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// First closed date.
    pub first: Date,
    /// Last closed date.
    pub last: Date,
}

/// Everything about a member's hours, without the time that is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// The week.
    pub periods: Vec<Period>,
    /// Dates that differ.
    pub exceptions: Vec<Exception>,
    /// Closed dates of the business.
    pub closures: Vec<Closure>,
    /// Public holidays the business keeps: closed, unless somebody says other hours for that date.
    #[serde(default)]
    pub holidays: Vec<Date>,
    /// How much the member takes on.
    #[serde(default)]
    pub limits: Limits,
}

/// Most booked visits of a member, over all services; `None` is any number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// On one civil day.
    pub a_day: Option<u16>,
    /// In one civil week, Monday to Sunday.
    pub a_week: Option<u16>,
}

/// What is said about one date, rule by rule. Stretches are minutes of the day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Day {
    /// The whole business is closed.
    pub closure: bool,
    /// A holiday for which nobody said other hours.
    pub holiday: bool,
    /// The member is away all day.
    pub away: bool,
    /// Hours of the week, or those that replace them on this date; in order, not touching each other.
    pub hours: Vec<(u16, u16)>,
    /// Whether the hours are those of this date only.
    pub special: bool,
    /// Breaks of the week.
    pub breaks: Vec<(u16, u16)>,
    /// Hours the member is away on this date.
    pub cuts: Vec<(u16, u16)>,
}

impl Day {
    /// Whether nothing at all is open, whatever the hours are.
    pub const fn closed(&self) -> bool {
        self.closure || self.holiday || self.away
    }

    /// The hours without breaks.
    pub fn without_breaks(&self) -> Vec<(u16, u16)> {
        self.breaks.iter().fold(self.hours.clone(), |open, cut| without(&open, *cut))
    }

    /// The hours without breaks and without what is cut out on this date.
    pub fn open(&self) -> Vec<(u16, u16)> {
        self.cuts.iter().fold(self.without_breaks(), |open, cut| without(&open, *cut))
    }
}

impl Calendar {
    /// Open stretches of a date in minutes of the day, in order, not touching each other. A closure, a holiday or a
    /// whole-day closed exception closes the day; open exceptions replace the weekly hours and their
    /// breaks, and are kept on holidays; closed exceptions with hours are cut out of whatever is open.
    #[must_use]
    pub fn open_on(&self, date: Date) -> Vec<(u16, u16)> {
        self.open_at(date, At::Everywhere)
    }

    /// The same for visits that belong to one place. What is said of single dates holds everywhere.
    #[must_use]
    pub fn open_at(&self, date: Date, at: At) -> Vec<(u16, u16)> {
        let day = self.day(date, at);
        if day.closed() { Vec::new() } else { day.open() }
    }

    /// What is said about a date, for visits that belong to a place.
    pub(super) fn day(&self, date: Date, at: At) -> Day {
        let today = || self.exceptions.iter().filter(|exception| exception.date == date);
        let open: Vec<(u16, u16)> = today().filter(|e| e.open).filter_map(|e| e.hours).collect();
        let special = !open.is_empty();
        let weekday = date.weekday().to_monday_one_offset();
        let of_week = |is_break: bool| {
            let periods = self.periods.iter().filter(|p| !special && p.weekday == weekday && p.is_break == is_break);
            let periods = periods.filter(|p| is_break || p.at.meets(at));
            periods.map(|p| (p.starts, p.ends)).collect::<Vec<_>>()
        };
        Day {
            closure: self.closures.iter().any(|closure| closure.first <= date && date <= closure.last),
            holiday: !special && self.holidays.contains(&date),
            away: today().any(|exception| !exception.open && exception.hours.is_none()),
            hours: joined(if special { open } else { of_week(false) }),
            special,
            breaks: of_week(true),
            cuts: today().filter(|e| !e.open).filter_map(|e| e.hours).collect(),
        }
    }

    /// Whether a visit that belongs to a place lies within one open stretch of the date it begins on.
    #[must_use]
    pub fn fits(&self, zone: &TimeZone, visit: &TimeRange, at: At) -> bool {
        let date = civil::date(zone, visit.start);
        self.open_at(date, at).into_iter().any(|(from, to)| {
            let opens = civil::instant(zone, date, from).is_some_and(|opens| opens <= visit.start);
            opens && civil::instant(zone, date, to).is_some_and(|closes| visit.end <= closes)
        })
    }
}

/// Stretches in order, with overlapping and touching ones made one.
fn joined(mut stretches: Vec<(u16, u16)>) -> Vec<(u16, u16)> {
    stretches.sort_unstable();
    let mut joined: Vec<(u16, u16)> = Vec::with_capacity(stretches.len());
    for (start, end) in stretches {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

/// Stretches with one cut out of them.
fn without(stretches: &[(u16, u16)], (from, to): (u16, u16)) -> Vec<(u16, u16)> {
    let parts = stretches.iter().flat_map(|&(start, end)| [(start, end.min(from)), (start.max(to), end)]);
    parts.filter(|(start, end)| start < end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn week() -> Calendar {
        let open = |weekday, starts, ends| Period { weekday, is_break: false, starts, ends, at: At::Everywhere };
        Calendar {
            periods: vec![
                open(1, 540, 1020),
                Period { weekday: 1, is_break: true, starts: 720, ends: 780, at: At::Everywhere },
            ],
            ..Calendar::default()
        }
    }

    #[test]
    fn breaks_are_cut_out() {
        assert_eq!(week().open_on(date(2026, 11, 2)), vec![(540, 720), (780, 1020)]);
        assert_eq!(week().open_on(date(2026, 11, 3)), vec![]);
    }

    #[test]
    fn exceptions_and_closures_come_before_the_week() {
        let monday = date(2026, 11, 2);
        let mut calendar = week();
        calendar.exceptions = vec![Exception { date: monday, open: true, hours: Some((600, 700)) }];
        assert_eq!(calendar.open_on(monday), vec![(600, 700)]);
        calendar.exceptions.push(Exception { date: monday, open: false, hours: Some((620, 640)) });
        assert_eq!(calendar.open_on(monday), vec![(600, 620), (640, 700)]);
        calendar.exceptions.push(Exception { date: monday, open: false, hours: None });
        assert_eq!(calendar.open_on(monday), vec![]);
        let closed = Calendar { closures: vec![Closure { first: monday, last: monday }], ..week() };
        assert_eq!(closed.open_on(monday), vec![]);
    }

    #[test]
    fn holidays_are_closed_unless_somebody_says_other_hours() {
        let monday = date(2026, 11, 2);
        let mut calendar = Calendar { holidays: vec![monday], ..week() };
        assert_eq!(calendar.open_on(monday), vec![]);
        assert_eq!(calendar.open_on(date(2026, 11, 9)), vec![(540, 720), (780, 1020)]);
        calendar.exceptions = vec![Exception { date: monday, open: true, hours: Some((600, 700)) }];
        assert_eq!(calendar.open_on(monday), vec![(600, 700)]);
    }

    #[test]
    fn a_visit_fits_into_one_open_stretch() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let visit = |from: &str, to: &str| TimeRange::new(from.parse().unwrap(), to.parse().unwrap()).unwrap();
        let fits = |from, to| week().fits(&zone, &visit(from, to), At::Everywhere);
        assert!(fits("2026-11-02T08:00:00Z", "2026-11-02T11:00:00Z"));
        assert!(!fits("2026-11-02T10:30:00Z", "2026-11-02T12:30:00Z"), "over the break");
        assert!(!fits("2026-11-02T07:59:00Z", "2026-11-02T09:00:00Z"));
        assert!(!fits("2026-11-03T08:00:00Z", "2026-11-03T09:00:00Z"), "a day off");
    }

    #[test]
    fn hours_of_one_place_hold_for_visits_that_belong_to_it() {
        let mut calendar = week();
        calendar.periods[0].at = At::Main;
        let monday = date(2026, 11, 2);
        let other = At::Own(crate::kernel::OwnPlaceId(uuid::Uuid::nil()));
        calendar.periods.push(Period { weekday: 1, is_break: false, starts: 1080, ends: 1200, at: other });
        assert_eq!(calendar.open_at(monday, At::Main), [(540, 720), (780, 1020)]);
        assert_eq!(calendar.open_at(monday, other), [(1080, 1200)]);
        assert_eq!(calendar.open_on(monday), [(540, 720), (780, 1020), (1080, 1200)]);
        calendar.exceptions = vec![Exception { date: monday, open: true, hours: Some((600, 700)) }];
        assert_eq!(calendar.open_at(monday, other), [(600, 700)], "single dates hold everywhere");
    }

    #[test]
    fn overlapping_periods_are_one() {
        assert_eq!(joined(vec![(5, 10), (0, 5), (8, 12)]), vec![(0, 12)]);
        assert_eq!(without(&[(0, 10)], (10, 20)), vec![(0, 10)]);
    }
}
