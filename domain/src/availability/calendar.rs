//! A member's hours: weekly periods, dated exceptions, closures of the whole business.

use jiff::civil::Date;
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
}

impl Calendar {
    /// Open stretches of a date in minutes of the day, in order, not touching each other. A closure or a
    /// whole-day closed exception closes the day; open exceptions replace the weekly hours and their
    /// breaks; closed exceptions with hours are cut out of whatever is open.
    #[must_use]
    pub fn open_on(&self, date: Date) -> Vec<(u16, u16)> {
        if self.closures.iter().any(|closure| closure.first <= date && date <= closure.last) {
            return Vec::new();
        }
        let today = || self.exceptions.iter().filter(|exception| exception.date == date);
        if today().any(|exception| !exception.open && exception.hours.is_none()) {
            return Vec::new();
        }
        let mut open: Vec<(u16, u16)> = today().filter(|e| e.open).filter_map(|e| e.hours).collect();
        let mut cuts: Vec<(u16, u16)> = today().filter(|e| !e.open).filter_map(|e| e.hours).collect();
        if open.is_empty() {
            let weekday = date.weekday().to_monday_one_offset();
            let of_day = || self.periods.iter().filter(|period| period.weekday == weekday);
            open.extend(of_day().filter(|p| !p.is_break).map(|p| (p.starts, p.ends)));
            cuts.extend(of_day().filter(|p| p.is_break).map(|p| (p.starts, p.ends)));
        }
        let mut open = joined(open);
        for cut in cuts {
            open = without(&open, cut);
        }
        open
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
        let open = |weekday, starts, ends| Period { weekday, is_break: false, starts, ends };
        Calendar {
            periods: vec![open(1, 540, 1020), Period { weekday: 1, is_break: true, starts: 720, ends: 780 }],
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
    fn overlapping_periods_are_one() {
        assert_eq!(joined(vec![(5, 10), (0, 5), (8, 12)]), vec![(0, 12)]);
        assert_eq!(without(&[(0, 10)], (10, 20)), vec![(0, 10)]);
    }
}
