//! Instants in words near today.

use domain::kernel::Zone;
use jiff::Timestamp;
use jiff::civil::Date;

/// "14:00", as the clocks of a zone show it.
#[must_use]
pub fn clock(zone: &Zone, at: Timestamp) -> String {
    zone.rules().to_datetime(at).strftime("%H:%M").to_string()
}

/// The civil date in a zone.
#[must_use]
pub fn date(zone: &Zone, at: Timestamp) -> Date {
    zone.rules().to_datetime(at).date()
}

/// The days that have a name of their own, seen from today.
const NAMED: [(i32, &str); 3] = [(0, "Today"), (1, "Tomorrow"), (-1, "Yesterday")];

/// "Today", "Tomorrow" or "Yesterday", for these days.
#[must_use]
pub fn named(day: Date, today: Date) -> Option<&'static str> {
    let away = today.until(day).ok()?.get_days();
    NAMED.into_iter().find(|(days, _)| *days == away).map(|(_, name)| name)
}

/// "Today", "Tomorrow", "Yesterday", else the weekday.
#[must_use]
pub fn near(day: Date, today: Date) -> String {
    named(day, today).map_or_else(|| day.strftime("%A").to_string(), str::to_owned)
}

/// "24 Nov", with the year when it is not this one.
#[must_use]
pub fn short(day: Date, today: Date) -> String {
    let pattern = if day.year() == today.year() { "%-d %b" } else { "%-d %b %Y" };
    day.strftime(pattern).to_string()
}

/// The same of an instant: "24 Nov", for what is long ago.
#[must_use]
pub fn dated(zone: &Zone, at: Timestamp, now: Timestamp) -> String {
    short(date(zone, at), date(zone, now))
}

/// "Today, 24 Nov" or "Tuesday, 24 Nov".
#[must_use]
pub fn day(zone: &Zone, at: Timestamp, now: Timestamp) -> String {
    let (day, today) = (date(zone, at), date(zone, now));
    format!("{}, {}", near(day, today), short(day, today))
}

/// "Tuesday, 24 Nov, 14:00".
#[must_use]
pub fn moment(zone: &Zone, at: Timestamp, now: Timestamp) -> String {
    format!("{}, {}", day(zone, at, now), clock(zone, at))
}

/// The same within a sentence: "today, 24 Nov, 14:00"; weekdays keep their capital.
#[must_use]
pub fn moment_within(zone: &Zone, at: Timestamp, now: Timestamp) -> String {
    within(moment(zone, at, now))
}

/// What begins with a day, put into a sentence: "today"; weekdays keep their capital.
#[must_use]
pub fn within(told: String) -> String {
    match NAMED.into_iter().find(|(_, name)| told.starts_with(name)) {
        Some((_, name)) => told.replacen(name, &name.to_lowercase(), 1),
        None => told,
    }
}

/// "Tuesday, 24 Nov, 14:00–15:30".
#[must_use]
pub fn span(zone: &Zone, (from, to): (Timestamp, Timestamp), now: Timestamp) -> String {
    format!("{}–{}", moment(zone, from, now), clock(zone, to))
}

/// The same instant on the viewer's clocks, if they show something else: "15:00 for you".
#[must_use]
pub fn yours(visit: &Zone, viewer: Option<&Zone>, at: Timestamp) -> Option<String> {
    let viewer = viewer.filter(|zone| *zone != visit)?;
    let (here, there) = (viewer.rules().to_datetime(at), visit.rules().to_datetime(at));
    if here == there {
        return None;
    }
    let day = if here.date() == there.date() { String::new() } else { here.strftime("%a ").to_string() };
    Some(format!("{day}{} for you", here.strftime("%H:%M")))
}

/// How long until then: "9 minutes", "5 hours", "2 days"; "a moment" when it is over.
#[must_use]
pub fn left(now: Timestamp, until: Timestamp) -> String {
    let minutes = until.duration_since(now).as_secs().max(0).saturating_add(59) / 60;
    let (count, unit) = match minutes {
        0 => return "a moment".to_owned(),
        1..=119 => (minutes, "minute"),
        120..=2879 => (minutes / 60, "hour"),
        _ => (minutes / 1440, "day"),
    };
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

/// "1 h 30 min".
#[must_use]
pub fn length(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn says_near_days_by_name() {
        let zone = Zone::parse("Europe/Berlin").expect("known");
        let now = at("2026-11-02T09:00:00Z");
        assert_eq!(moment(&zone, at("2026-11-02T13:00:00Z"), now), "Today, 2 Nov, 14:00");
        assert_eq!(moment_within(&zone, at("2026-11-02T13:00:00Z"), now), "today, 2 Nov, 14:00");
        assert_eq!(moment(&zone, at("2026-11-03T23:30:00Z"), now), "Wednesday, 4 Nov, 00:30");
        assert_eq!(day(&zone, at("2027-01-05T12:00:00Z"), now), "Tuesday, 5 Jan 2027");
    }

    #[test]
    fn names_the_viewers_time_only_when_it_differs() {
        let [berlin, vienna, london] =
            ["Europe/Berlin", "Europe/Vienna", "Europe/London"].map(|name| Zone::parse(name).expect("known"));
        let noon = at("2026-11-02T12:00:00Z");
        assert_eq!(yours(&berlin, Some(&london), noon), Some("12:00 for you".to_owned()));
        assert_eq!(yours(&berlin, Some(&vienna), noon), None);
        assert_eq!(yours(&berlin, None, noon), None);
        assert_eq!(yours(&berlin, Some(&london), at("2026-11-02T23:30:00Z")), Some("Mon 23:30 for you".to_owned()));
    }

    #[test]
    fn counts_down_in_whole_units() {
        let now = at("2026-11-02T09:00:00Z");
        assert_eq!(left(now, at("2026-11-02T09:00:30Z")), "1 minute");
        assert_eq!(left(now, at("2026-11-02T09:09:30Z")), "10 minutes");
        assert_eq!(left(now, at("2026-11-05T09:00:00Z")), "3 days");
        assert_eq!(left(now, at("2026-11-01T09:00:00Z")), "a moment");
    }
}
