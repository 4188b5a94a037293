//! What a visit costs more at weekends and at night. The civil time at which it starts, in the zone of the visit, decides
//! for the whole of it: people can tell before they choose, and nothing changes when a visit takes longer.

use super::Line;
use crate::kernel::Money;
use crate::kernel::money::MoneyError;
use jiff::civil::{DateTime, Time, Weekday};
use serde::{Deserialize, Serialize};

/// The most a surcharge adds, in percent.
pub const MOST_PERCENT: u32 = 200;

/// Surcharges of a service; the default is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Surcharges {
    /// Percent for visits that start on a Saturday or Sunday; 0 for none.
    pub weekend_percent: u32,
    /// Percent for visits that start at night; 0 for none.
    pub night_percent: u32,
    /// The first minute of the night, counted from midnight.
    pub night_from_min: u32,
    /// The first minute after the night; before `night_from_min` when the night goes past midnight.
    pub night_until_min: u32,
}

impl Default for Surcharges {
    fn default() -> Self {
        Self { weekend_percent: 0, night_percent: 0, night_from_min: 20 * 60, night_until_min: 6 * 60 }
    }
}

impl Surcharges {
    /// Whether there is any.
    #[must_use]
    pub const fn is_any(&self) -> bool {
        self.weekend_percent > 0 || self.night_percent > 0
    }

    /// Whether a visit that starts at this time of day starts at night.
    #[must_use]
    pub fn is_night(&self, time: Time) -> bool {
        let minute = u32::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).unwrap_or(0);
        let (from, until) = (self.night_from_min, self.night_until_min);
        if from <= until { (from..until).contains(&minute) } else { minute >= from || minute < until }
    }

    /// What is added to a visit that starts then: weekend first, then night, each with its percent.
    #[must_use]
    pub fn at(&self, start: DateTime) -> Vec<(String, u32)> {
        let mut found = Vec::new();
        if self.weekend_percent > 0 && matches!(start.date().weekday(), Weekday::Saturday | Weekday::Sunday) {
            found.push(("Weekend".to_owned(), self.weekend_percent));
        }
        if self.night_percent > 0 && self.is_night(start.time()) {
            found.push((format!("Night ({})", self.night()), self.night_percent));
        }
        found
    }

    /// The lines that are added to a price. Each is a share of the price before surcharges, so that two of them do not
    /// raise each other; halves are rounded away from zero.
    ///
    /// # Errors
    /// An overflow.
    pub fn lines(&self, price: Money, start: DateTime) -> Result<Vec<Line>, MoneyError> {
        let line = |(why, percent): (String, u32)| {
            let amount = price.share(i64::from(percent) * 100)?;
            Ok(Line { label: format!("{why}, {percent}%"), amount })
        };
        self.at(start).into_iter().map(line).collect()
    }

    /// How much a visit costs more that starts then, in percent; 0 where nothing is added.
    #[must_use]
    pub fn percent(&self, start: DateTime) -> u32 {
        self.at(start).iter().map(|(_, percent)| percent).sum()
    }

    /// Said before anybody chooses, a sentence each.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let mut all = Vec::new();
        if self.weekend_percent > 0 {
            all.push(format!("Visits on Saturdays and Sundays cost {}% more.", self.weekend_percent));
        }
        if self.night_percent > 0 {
            all.push(format!("Visits that start at night ({}) cost {}% more.", self.night(), self.night_percent));
        }
        all
    }

    /// "20:00–06:00".
    fn night(&self) -> String {
        format!("{}–{}", clock(self.night_from_min), clock(self.night_until_min))
    }
}

/// A minute of the day as people read and type it: `06:30`.
#[must_use]
pub fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Currency;
    use jiff::civil::date;
    use proptest::prelude::*;

    const BOTH: Surcharges =
        Surcharges { weekend_percent: 25, night_percent: 50, night_from_min: 1200, night_until_min: 360 };

    fn percent_at(text: &str) -> u32 {
        BOTH.percent(text.parse().expect("a civil time"))
    }

    #[test]
    fn the_start_decides_and_the_end_of_the_night_is_day() {
        assert_eq!(percent_at("2026-11-06T19:59"), 0, "a Friday");
        assert_eq!(percent_at("2026-11-06T20:00"), 50);
        assert_eq!(percent_at("2026-11-07T05:59"), 75, "a Saturday, and still night");
        assert_eq!(percent_at("2026-11-07T06:00"), 25);
        assert_eq!(percent_at("2026-11-08T23:59"), 75);
        assert_eq!(percent_at("2026-11-09T00:00"), 50, "a Monday");
        assert_eq!(percent_at("2026-11-09T06:00"), 0);
    }

    #[test]
    fn a_night_may_lie_within_a_day_and_no_night_is_never() {
        let early = Surcharges { night_from_min: 0, night_until_min: 300, ..BOTH };
        assert!(early.is_night(Time::midnight()) && !early.is_night(jiff::civil::time(5, 0, 0, 0)));
        let never = Surcharges { night_from_min: 300, night_until_min: 300, ..BOTH };
        assert!(!never.is_night(jiff::civil::time(5, 0, 0, 0)));
        assert!(!Surcharges::default().is_any() && Surcharges::default().sentences().is_empty());
    }

    #[test]
    fn both_are_shares_of_the_same_price() {
        let lines = BOTH.lines(Money::new(8333, Currency::Eur), "2026-11-07T21:00".parse().expect("civil"));
        let lines: Vec<(String, i64)> =
            lines.expect("small").into_iter().map(|line| (line.label, line.amount.minor)).collect();
        assert_eq!(lines, [("Weekend, 25%".into(), 2083), ("Night (20:00–06:00), 50%".into(), 4167)]);
    }

    proptest! {
        #[test]
        fn a_surcharge_is_its_percent_within_half_a_cent(
            minor in 0_i64..1_000_000_000, weekend in 0..=MOST_PERCENT, night in 0..=MOST_PERCENT,
            from in 0_u32..1440, until in 0_u32..1440, day in 1_i8..=28, hour in 0_i8..24, minute in 0_i8..60,
        ) {
            let surcharges =
                Surcharges { weekend_percent: weekend, night_percent: night, night_from_min: from, night_until_min: until };
            let start = date(2026, 11, day).at(hour, minute, 0, 0);
            let lines = surcharges.lines(Money::new(minor, Currency::Eur), start).expect("small");
            let added: i64 = lines.iter().map(|line| line.amount.minor).sum();
            let off = i128::from(added) * 100 - i128::from(minor) * i128::from(surcharges.percent(start));
            prop_assert!(off.abs() <= 50 * lines.len() as i128);
            prop_assert!(lines.iter().all(|line| line.amount.minor >= 0));
        }

        #[test]
        fn every_minute_is_night_of_one_of_two_nights(from in 0_u32..1440, until in 0_u32..1440, hour in 0_i8..24, minute in 0_i8..60) {
            prop_assume!(from != until);
            let time = jiff::civil::time(hour, minute, 0, 0);
            let night = Surcharges { night_from_min: from, night_until_min: until, ..BOTH };
            let day = Surcharges { night_from_min: until, night_until_min: from, ..BOTH };
            prop_assert!(night.is_night(time) != day.is_night(time));
        }
    }
}
