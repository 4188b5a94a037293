//! From the clock on the wall to instants.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// Minutes of a civil day, midnight to midnight.
pub const DAY: u16 = 24 * 60;

/// The instant at which the clocks of a zone show `minute` of `date`. A time that does not exist (clocks
/// go forward) moves forward by the gap; a time that comes twice (clocks go back) is its first coming.
/// Minute 1440 is the next midnight. `None` only beyond the years a timestamp can hold.
#[must_use]
pub fn instant(zone: &TimeZone, date: Date, minute: u16) -> Option<Timestamp> {
    let (date, minute) = if minute >= DAY { (date.tomorrow().ok()?, minute - DAY) } else { (date, minute) };
    let hour = i8::try_from(minute / 60).ok()?;
    let time = Time::new(hour, i8::try_from(minute % 60).ok()?, 0, 0).ok()?;
    zone.to_ambiguous_timestamp(DateTime::from_parts(date, time)).compatible().ok()
}

/// The civil date of an instant in a zone.
#[must_use]
pub fn date(zone: &TimeZone, at: Timestamp) -> Date {
    zone.to_datetime(at).date()
}

/// What the clocks of a zone show at an instant.
#[must_use]
pub fn shown(zone: &TimeZone, at: Timestamp) -> DateTime {
    zone.to_datetime(at)
}
