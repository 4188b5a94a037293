//! Open slots against the published vectors, and against every change of clocks of every zone.

use domain::availability::{Calendar, Exception, Period, Rules, Taken, civil, open_slots, vectors};
use domain::catalog::At;
use domain::kernel::TimeRange;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

#[test]
fn the_published_vectors_are_met() {
    let replay = vectors::replay(include_str!("vectors/slots.json")).expect("a file of vectors");
    assert!(replay.vectors >= 300 && replay.slots >= 3000, "{} vectors, {} slots", replay.vectors, replay.slots);
    assert!(replay.differing.is_empty(), "{}", replay.differing.join("\n"));
}

#[test]
fn a_week_that_comes_again_is_met_through_every_change_of_clocks() {
    let file = include_str!("vectors/recurring.json");
    let replay = vectors::replay(file).expect("a file of vectors");
    assert!(replay.vectors >= 250 && replay.slots >= 2500, "{} vectors, {} slots", replay.vectors, replay.slots);
    assert!(replay.differing.is_empty(), "{}", replay.differing.join("\n"));
    for zone in ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Africa/Cairo"] {
        assert!(file.contains(&format!("{zone} 2027")) && file.contains(&format!("{zone} 2028")), "{zone}");
    }
    // Kolkata never changes; the day Apia left out is in the file.
    assert!(file.contains("Asia/Kolkata 2027") && file.contains("Pacific/Apia 2011-12-30"));
    // Known by heart: on 28 March 2027 two o'clock in Berlin is three, and each instant is offered once.
    let berlin = file.lines().find(|line| line.contains("Europe/Berlin 2027-03-28 (the clocks change), 30 minutes"));
    let starts = berlin.and_then(|line| line.rsplit("\"starts\":").next()).expect("that day");
    let night = ["2027-03-27T23:00:00Z", "2027-03-27T23:30:00Z", "2027-03-28T00:45:00Z", "2027-03-28T01:15:00Z"];
    assert!(night.iter().all(|start| starts.matches(start).count() == 1), "{starts}");
}

#[test]
fn a_wrong_answer_in_the_vectors_is_noticed() {
    let wrong = include_str!("vectors/slots.json").replacen("\"duration\":15", "\"duration\":30", 3);
    assert!(!vectors::replay(&wrong).expect("a file of vectors").differing.is_empty());
}

fn all_day() -> Calendar {
    let periods = (1..=7).map(|weekday| Period { weekday, is_break: false, starts: 0, ends: 1440, at: At::Everywhere });
    Calendar { periods: periods.collect(), ..Calendar::default() }
}

fn rules(duration: u16, interval: u16) -> Rules {
    Rules {
        duration,
        interval,
        buffer_before: 0,
        buffer_after: 0,
        min_notice: 0,
        horizon_days: 365,
        travel: 0,
        at: At::Everywhere,
        daily_limit: None,
    }
}

/// The promises every list of slots keeps, whatever the clocks do.
fn check(
    zone: &TimeZone,
    calendar: &Calendar,
    rules: &Rules,
    taken: &[Taken],
    date: Date,
    now: Timestamp,
) -> Vec<Timestamp> {
    let slots = open_slots(zone, calendar, rules, taken, date, now);
    let open: Vec<(Timestamp, Timestamp)> = calendar
        .open_on(date)
        .into_iter()
        .filter_map(|(from, to)| Some((civil::instant(zone, date, from)?, civil::instant(zone, date, to)?)))
        .collect();
    for pair in slots.windows(2) {
        assert!(pair[0].start < pair[1].start, "in order, each once");
    }
    for slot in &slots {
        let (visit, during) = rules.ranges(slot.start).expect("a range");
        assert_eq!(visit.end.duration_since(visit.start), SignedDuration::from_mins(i64::from(rules.duration)));
        assert!(
            open.iter().any(|(from, to)| *from <= slot.start && slot.end <= *to),
            "{date}: {slot:?} is outside of {open:?}"
        );
        assert!(taken.iter().all(|t| !t.during.overlaps(&during)), "{slot:?} is taken");
        assert!(slot.start >= now);
    }
    slots.into_iter().map(|slot| slot.start).collect()
}

#[test]
fn every_change_of_clocks_of_every_zone_for_ten_years() {
    let begin: Timestamp = "2026-01-01T00:00:00Z".parse().expect("an instant");
    let end: Timestamp = "2037-01-01T00:00:00Z".parse().expect("an instant");
    let (mut zones, mut changes) = (0, 0);
    for name in jiff::tz::db().available() {
        let Ok(zone) = TimeZone::get(name.as_str()) else {
            continue;
        };
        zones += 1;
        for change in zone.following(begin).take_while(|change| change.timestamp() < end) {
            changes += 1;
            let day = civil::date(&zone, change.timestamp());
            for date in [day.yesterday(), Ok(day), day.tomorrow()].into_iter().flatten() {
                let midnight = civil::instant(&zone, date, 0).expect("in range");
                let next = civil::instant(&zone, date, 1440).expect("in range");
                let starts = check(
                    &zone,
                    &all_day(),
                    &rules(15, 15),
                    &[],
                    date,
                    begin.max(midnight - SignedDuration::from_hours(24 * 300)),
                );
                // Every quarter of an hour that the clocks show has one slot; those in a gap and second comings have none.
                let mut shown = std::collections::BTreeSet::new();
                let mut at = midnight;
                while at < next {
                    shown.insert(civil::shown(&zone, at));
                    at += 15.minutes();
                }
                let grid = starts.iter().filter(|start| shown.contains(&civil::shown(&zone, **start))).count();
                assert_eq!(grid, starts.len(), "{name:?} {date}: a slot at a time no clock shows");
                let longest = next.duration_since(midnight).as_mins() / 15;
                assert!(
                    i64::try_from(starts.len()).expect("small") <= longest,
                    "{name:?} {date}: more slots than quarters"
                );
            }
        }
    }
    assert!(zones > 400 && changes > 1500, "{zones} zones, {changes} changes: the zone database is missing");
}

#[test]
fn a_time_that_does_not_exist_moves_forward_and_one_that_comes_twice_is_the_first() {
    let berlin = TimeZone::get("Europe/Berlin").expect("known");
    let at = |date, minute| civil::instant(&berlin, date, minute).expect("in range").to_string();
    let (spring, autumn) = (jiff::civil::date(2027, 3, 28), jiff::civil::date(2027, 10, 31));
    assert_eq!(at(spring, 150), "2027-03-28T01:30:00Z", "02:30 becomes 03:30");
    assert_eq!(at(autumn, 150), "2027-10-31T00:30:00Z", "the first 02:30");
    assert_eq!(at(spring, 1440), "2027-03-28T22:00:00Z", "the next midnight");
}

proptest! {
    #[test]
    fn whatever_is_taken_the_promises_hold(
        zone in prop::sample::select(vec!["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"]),
        day in 0_i32..3650, travel in 0_u16..60, duration in 5_u16..300, interval in 5_u16..120, before in 0_u16..60, after in 0_u16..60,
        taken in prop::collection::vec((0_i64..1440, 1_i64..300, any::<bool>()), 0..6), exception in prop::option::of((0_u16..700, 701_u16..1440)),
    ) {
        let zone = TimeZone::get(zone).expect("known");
        let date = jiff::civil::date(2026, 11, 2).checked_add(day.days()).expect("in range");
        let midnight = civil::instant(&zone, date, 0).expect("in range");
        let taken: Vec<Taken> = taken.into_iter().filter_map(|(start, length, visit)| {
            let start = midnight + SignedDuration::from_mins(start);
            let during = TimeRange::new(start, start + SignedDuration::from_mins(length))?;
            Some(Taken { during, visit: visit.then_some(start) })
        }).collect();
        let mut calendar = all_day();
        calendar.exceptions.extend(exception.map(|hours| Exception { date, open: true, hours: Some(hours) }));
        let rules = Rules { buffer_before: before, buffer_after: after, ..rules(duration, interval) }.with_travel(travel);
        let free = check(&zone, &calendar, &rules, &taken, date, midnight - SignedDuration::from_hours(48));
        // Taking more never frees a time.
        let fewer = check(&zone, &calendar, &rules, &taken[..taken.len() / 2], date, midnight - SignedDuration::from_hours(48));
        prop_assert!(free.iter().all(|start| fewer.contains(start)));
    }
}
