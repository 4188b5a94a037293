//! When a business is away, for customers to read: the time it is away now, or will be soon, and when it is back.

use jiff::ToSpan;
use jiff::civil::Date;

/// Days before it begins from which customers are told.
const TOLD_AHEAD: i64 = 14;

/// A time a business is away, and its words for customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Why; often nothing.
    pub reason: String,
}

impl Absence {
    /// What customers should know today of the times a business has said it is away. Times without a day between them
    /// are one: nobody is back in the evening and gone in the morning. The first reason is told.
    #[must_use]
    pub fn to_tell(mut said: Vec<(Date, Date, String)>, today: Date) -> Option<Self> {
        said.retain(|(_, last, _)| *last >= today);
        said.sort();
        let soon = today.checked_add(TOLD_AHEAD.days()).unwrap_or(today);
        let mut told: Option<Self> = None;
        for (first, last, reason) in said {
            match &mut told {
                Some(absence) if first <= absence.back() => {
                    absence.last = absence.last.max(last);
                    if absence.reason.is_empty() {
                        absence.reason = reason;
                    }
                }
                Some(_) => break,
                None if first <= soon => told = Some(Self { first, last, reason }),
                None => break,
            }
        }
        told
    }

    /// The day it is back.
    #[must_use]
    pub fn back(&self) -> Date {
        self.last.tomorrow().unwrap_or(self.last)
    }

    /// Whether it is away on this day.
    #[must_use]
    pub fn on(&self, today: Date) -> bool {
        self.first <= today && today <= self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn told(said: &[(i8, i8, &str)], today: i8) -> Option<(i8, i8, String)> {
        let said =
            said.iter().map(|(first, last, why)| (date(2026, 11, *first), date(2026, 11, *last), (*why).to_owned()));
        let absence = Absence::to_tell(said.collect(), date(2026, 11, today))?;
        Some((absence.first.day(), absence.back().day(), absence.reason))
    }

    #[test]
    fn it_is_told_from_two_weeks_before_to_its_last_day() {
        let said = [(20, 24, "We are at the sea.")];
        assert_eq!(told(&said, 5), None);
        assert_eq!(told(&said, 6), Some((20, 25, "We are at the sea.".to_owned())));
        assert_eq!(told(&said, 24), Some((20, 25, "We are at the sea.".to_owned())));
        assert_eq!(told(&said, 25), None);
    }

    #[test]
    fn times_that_touch_are_one_and_others_wait_their_turn() {
        let said = [(14, 15, ""), (9, 13, "Fair"), (18, 20, "Later")];
        assert_eq!(told(&said, 9), Some((9, 16, "Fair".to_owned())));
        assert_eq!(told(&said, 16), Some((18, 21, "Later".to_owned())));
        assert_eq!(told(&[(9, 12, ""), (10, 11, "Inside")], 9), Some((9, 13, "Inside".to_owned())));
        assert_eq!(told(&[], 9), None);
    }

    #[test]
    fn whoever_is_away_today_is_away_and_the_others_will_be() {
        let absence = Absence { first: date(2026, 11, 9), last: date(2026, 11, 9), reason: String::new() };
        assert!(absence.on(date(2026, 11, 9)) && !absence.on(date(2026, 11, 8)) && !absence.on(date(2026, 11, 10)));
    }
}
