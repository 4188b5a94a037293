//! How the portal says times and states. All times are told in the zone of the business.

use crate::bookings::words::{named, within};
use crate::ui::Tone;
use domain::bookings::State;
use domain::catalog::Kind;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// The clocks of a business at one moment.
#[derive(Clone, Debug)]
pub(super) struct Clocks {
    pub zone: TimeZone,
    pub now: Timestamp,
}

impl Clocks {
    /// What the clocks show at an instant.
    pub fn at(&self, at: Timestamp) -> DateTime {
        self.zone.to_datetime(at)
    }

    /// Today's date there.
    pub fn today(&self) -> Date {
        self.at(self.now).date()
    }

    /// "Today", "Tomorrow", "Yesterday", "Friday", "Tue 25 Nov", with the year when it is another one.
    pub fn day(&self, date: Date) -> String {
        let today = self.today();
        let away = today.until(date).map_or(i32::MAX, |span| span.get_days());
        match named(date, today) {
            Some(name) => name.to_owned(),
            None if (2..=6).contains(&away) => date.strftime("%A").to_string(),
            None => self.written(date, "%a %-d %b"),
        }
    }

    /// "Tuesday 25 November", with the year when it is another one.
    pub fn dated(&self, date: Date) -> String {
        self.written(date, "%A %-d %B")
    }

    fn written(&self, date: Date, pattern: &str) -> String {
        let words = date.strftime(pattern);
        if date.year() == self.today().year() { words.to_string() } else { format!("{words} {}", date.year()) }
    }

    /// "14:00–16:00"; with weekdays when it does not end on the day it begins.
    pub fn span(&self, from: Timestamp, to: Timestamp) -> String {
        let (from, to) = (self.at(from), self.at(to));
        let one_day =
            from.date() == to.date() || (from.date().tomorrow().is_ok_and(|next| next == to.date()) && midnight(to));
        let pattern = if one_day { "%H:%M" } else { "%a %H:%M" };
        let end = if one_day && midnight(to) { "24:00".to_owned() } else { to.strftime(pattern).to_string() };
        format!("{}–{end}", from.strftime(pattern))
    }

    /// "today 16:00", "Friday 16:00", "Tue 25 Nov 16:00".
    pub fn moment(&self, at: Timestamp) -> String {
        let shown = self.at(at);
        format!("{} {}", within(self.day(shown.date())), shown.strftime("%H:%M"))
    }

    /// "in 40 minutes", "in 3 hours", "now"; nothing for what is further away than today.
    pub fn soon(&self, from: Timestamp, to: Timestamp) -> Option<String> {
        let minutes = from.duration_since(self.now).as_mins();
        match minutes {
            _ if to <= self.now => None,
            ..=0 => Some("now".to_owned()),
            1 => Some("in a minute".to_owned()),
            2..=89 => Some(format!("in {minutes} minutes")),
            _ if self.at(from).date() == self.today() => Some(format!("in {} hours", (minutes + 30) / 60)),
            _ => None,
        }
    }
}

fn midnight(at: DateTime) -> bool {
    at.hour() == 0 && at.minute() == 0
}

/// A state as the business sees it, with its colour.
pub(super) const fn state(state: State, kind: Kind) -> (Tone, &'static str) {
    match state {
        State::Held => (Tone::Plain, "Being booked"),
        State::Requested => (Tone::Warning, "Wants your answer"),
        State::Confirmed if matches!(kind, Kind::Delivery) => (Tone::Primary, "Ordered"),
        State::Confirmed => (Tone::Primary, "Confirmed"),
        State::Started => (Tone::Info, "Under way"),
        State::Done => (Tone::Accent, "Done, the customer confirms"),
        State::Completed => (Tone::Success, "Completed"),
        State::Declined => (Tone::Danger, "Declined"),
        State::Cancelled => (Tone::Danger, "Cancelled"),
        State::Expired => (Tone::Plain, "Expired"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;

    fn clocks(now: &str) -> Clocks {
        Clocks { zone: TimeZone::get("Europe/Berlin").unwrap(), now: now.parse().unwrap() }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn days_near_today_have_their_own_words() {
        // Half past midnight on Tuesday in Berlin.
        let clocks = clocks("2026-11-02T23:30:00Z");
        let day = |days: i32| clocks.day(clocks.today().checked_add(days.days()).unwrap());
        assert_eq!(clocks.today().to_string(), "2026-11-03");
        assert_eq!([day(-1), day(0), day(1), day(3)], ["Yesterday", "Today", "Tomorrow", "Friday"]);
        assert_eq!([day(7), day(60)], ["Tue 10 Nov", "Sat 2 Jan 2027"]);
    }

    #[test]
    fn spans_name_days_only_when_they_must() {
        let clocks = clocks("2026-11-02T09:00:00Z");
        assert_eq!(clocks.span(at("2026-11-02T13:00:00Z"), at("2026-11-02T15:00:00Z")), "14:00–16:00");
        assert_eq!(clocks.span(at("2026-11-02T21:00:00Z"), at("2026-11-02T23:00:00Z")), "22:00–24:00");
        assert_eq!(clocks.span(at("2026-11-02T21:00:00Z"), at("2026-11-03T01:00:00Z")), "Mon 22:00–Tue 02:00");
    }

    #[test]
    fn what_is_near_is_counted() {
        let clocks = clocks("2026-11-02T09:00:00Z");
        let soon = |from: &str| clocks.soon(at(from), at("2026-11-20T00:00:00Z"));
        assert_eq!(soon("2026-11-02T08:00:00Z").as_deref(), Some("now"));
        assert_eq!(soon("2026-11-02T09:40:00Z").as_deref(), Some("in 40 minutes"));
        assert_eq!(soon("2026-11-02T12:00:00Z").as_deref(), Some("in 3 hours"));
        assert_eq!(soon("2026-11-03T12:00:00Z"), None);
        assert_eq!(clocks.moment(at("2026-11-03T12:00:00Z")), "tomorrow 13:00");
    }
}
