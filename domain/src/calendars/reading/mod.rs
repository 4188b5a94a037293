//! Reading calendars of others (iCalendar, RFC 5545) for one thing: when somebody is busy. Titles, places and people
//! are read over and kept nowhere. Strangers write these texts, so the work is bounded whatever they say.

mod event;
mod line;
mod rule;
mod zones;

use crate::bookings::calendar_file::OURS;
use crate::kernel::TimeRange;
use event::{Event, Moment};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use line::Line;
use std::collections::{HashMap, HashSet};
use zones::Zones;

/// Dates looked at in one text. Thousands of honest events over decades need a tenth of it.
const MOST_STEPS: usize = 4_000_000;
/// Stretches of busy time in one window.
const MOST_BUSY: usize = 2000;

/// What a calendar says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Busy {
    /// Busy time, in order; stretches that touch are one.
    pub stretches: Vec<TimeRange>,
    /// Events nobody here understands. They keep no time free.
    pub unread: usize,
}

/// More in a calendar than we take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMuch;

/// When a calendar says somebody is busy, as far as it reaches into a window. Whole days and times without a zone are
/// those of `zone`. What is cancelled, leaves its time free, or came from us does not count.
///
/// # Errors
/// There is too much in it.
pub fn busy(text: &str, window: TimeRange, zone: &TimeZone) -> Result<Busy, TooMuch> {
    let found = sorted(text, zone);
    let mut moved: HashMap<&str, Moved> = HashMap::new();
    for event in &found.events {
        if let Some(of) = event.replaces(&found.zones) {
            moved.entry(&event.uid).or_default().add(of);
        }
    }
    let mut work = Work { window, steps: MOST_STEPS, found: found.periods, unread: found.unread };
    let nothing = Moved::default();
    for event in &found.events {
        let elsewhere =
            if event.is_replacement() { &nothing } else { moved.get(event.uid.as_str()).unwrap_or(&nothing) };
        event.happen(&found.zones, elsewhere, &mut work)?;
    }
    let stretches = merged(work.found, window);
    if stretches.len() > MOST_BUSY {
        return Err(TooMuch);
    }
    Ok(Busy { stretches, unread: work.unread })
}

/// Occurrences that have an event of their own, or none.
#[derive(Default)]
struct Moved {
    instants: HashSet<Timestamp>,
    days: HashSet<Date>,
}

impl Moved {
    fn add(&mut self, of: Moment) {
        match of {
            Moment::Day(day) => self.days.insert(day),
            Moment::Time { at, .. } => self.instants.insert(at),
        };
    }

    fn has(&self, day: Date, at: Timestamp) -> bool {
        self.instants.contains(&at) || self.days.contains(&day)
    }
}

/// What is found while events are worked out, and how much more may be looked at.
struct Work {
    window: TimeRange,
    steps: usize,
    found: Vec<TimeRange>,
    unread: usize,
}

impl Work {
    fn step(&mut self) -> Result<(), TooMuch> {
        self.steps = self.steps.checked_sub(1).ok_or(TooMuch)?;
        Ok(())
    }

    fn add(&mut self, starts: Timestamp, ends: Timestamp) {
        if let Some(range) = TimeRange::new(starts, ends).filter(|range| range.overlaps(&self.window)) {
            self.found.push(range);
        }
    }
}

/// The parts of a text that tell of time.
struct Found {
    events: Vec<Event>,
    /// From free/busy lists.
    periods: Vec<TimeRange>,
    zones: Zones,
    unread: usize,
}

fn sorted(text: &str, zone: &TimeZone) -> Found {
    let mut zones = Zones::new(zone.clone());
    let (mut events, mut periods, mut unread) = (Vec::new(), Vec::new(), 0);
    let mut inside: Vec<String> = Vec::new();
    let mut event = Event::default();
    line::each(text, |line: Line| {
        let value = line.value.to_ascii_uppercase();
        match (line.name.as_str(), inside.last().map(String::as_str)) {
            ("BEGIN", _) => {
                if value == "VEVENT" {
                    event = Event::default();
                }
                zones.enter(&value);
                inside.push(value);
            }
            ("END", _) => {
                if value == "VEVENT" {
                    events.push(std::mem::take(&mut event));
                }
                zones.leave(&value);
                inside.pop();
            }
            (_, Some("VEVENT")) => event.take(line),
            ("X-WR-TIMEZONE", _) => zones.say_default(&line.value),
            ("FREEBUSY", Some("VFREEBUSY")) => match event::periods(&line) {
                Some(found) => periods.extend(found),
                None => unread += 1,
            },
            (_, Some("VTIMEZONE" | "STANDARD" | "DAYLIGHT")) => zones.take(&line),
            _ => {}
        }
    });
    events.retain(|event| event.counts() && !event.uid.ends_with(OURS));
    Found { events, periods, zones, unread }
}

/// In order, cut to the window, with no two that touch.
fn merged(mut found: Vec<TimeRange>, window: TimeRange) -> Vec<TimeRange> {
    found.sort_unstable_by_key(|range| (range.start, range.end));
    let mut whole: Vec<TimeRange> = Vec::new();
    for range in found {
        let Some(range) = TimeRange::new(range.start.max(window.start), range.end.min(window.end)) else { continue };
        match whole.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => whole.push(range),
        }
    }
    whole
}

#[cfg(test)]
mod tests;
