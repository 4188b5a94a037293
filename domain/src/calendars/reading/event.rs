//! One event: when it happens, and when it happens again.

use super::line::Line;
use super::rule::{Rule, Until};
use super::zones::Zones;
use super::{Moved, TooMuch, Work};
use crate::kernel::TimeRange;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp, ToSpan};
use std::ops::ControlFlow;

/// Events that began before are not worked out: nobody was busy then who is now.
const EARLIEST: Date = Date::constant(1970, 1, 1);

/// What an event says of time.
#[derive(Default)]
pub(super) struct Event {
    /// The same for all events of one series.
    pub uid: String,
    starts: Option<Line>,
    ends: Option<Line>,
    lasts: Option<String>,
    rules: Vec<String>,
    also: Vec<Line>,
    except: Vec<Line>,
    replaces: Option<Line>,
    /// Cancelled, or of no consequence to anybody's time.
    is_nothing: bool,
}

/// A point in time, as calendars say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// A whole day.
    Day(Date),
    /// A time on clocks, and what it is for everybody.
    Time {
        /// What the clocks show.
        local: DateTime,
        /// Whose clocks.
        zone: TimeZone,
        /// The instant.
        at: Timestamp,
    },
}

impl Moment {
    fn read(text: &str, zone: Option<&str>, zones: &Zones) -> Option<Self> {
        let text = text.trim();
        if text.len() == 8 {
            return Date::strptime("%Y%m%d", text).ok().map(Self::Day);
        }
        let (local, zone) = match text.strip_suffix(['Z', 'z']) {
            Some(utc) => (utc, TimeZone::UTC),
            None => (text, zone.map_or_else(|| Some(zones.default().clone()), |name| zones.find(name))?),
        };
        let local = DateTime::strptime("%Y%m%dT%H%M%S", local).ok()?;
        let at = instant(&zone, local);
        Some(Self::Time { local, zone, at })
    }

    fn of(line: &Line, zones: &Zones) -> Option<Self> {
        Self::read(&line.value, line.parameter("TZID"), zones)
    }

    /// All moments of a line that lists some; of periods, their beginning and end.
    fn all(line: &Line, zones: &Zones) -> Option<Vec<(Self, Option<Length>)>> {
        let zone = line.parameter("TZID");
        let one = |text: &str| {
            let (begins, rest) = text.split_once('/').map_or((text, None), |(begins, rest)| (begins, Some(rest)));
            let begins = Self::read(begins, zone, zones)?;
            let length = match rest {
                Some(rest) => Some(Length::until(&begins, rest, zone, zones)?),
                None => None,
            };
            Some((begins, length))
        };
        line.value.split(',').map(one).collect()
    }
}

/// How long something lasts.
#[derive(Clone, Debug)]
enum Length {
    Days(i32),
    Exact(SignedDuration),
    /// Days on the calendar and hours on the watch.
    Span(Span),
}

impl Length {
    fn until(begins: &Moment, rest: &str, zone: Option<&str>, zones: &Zones) -> Option<Self> {
        if rest.trim_start_matches(['+', '-']).starts_with('P') {
            return read_span(rest).map(Self::Span);
        }
        Self::between(begins, &Moment::read(rest, zone, zones)?)
    }

    fn between(begins: &Moment, ends: &Moment) -> Option<Self> {
        Some(match (begins, ends) {
            (Moment::Day(first), Moment::Day(after)) => Self::Days(first.until(*after).ok()?.get_days().max(1)),
            (Moment::Time { at: first, .. }, Moment::Time { at: after, .. }) => {
                Self::Exact(after.duration_since(*first))
            }
            _ => return None,
        })
    }

    /// How many days before a window something this long may begin and still reach into it.
    fn days(&self) -> i64 {
        match self {
            Self::Days(days) => i64::from(*days),
            Self::Exact(exact) => exact.as_hours() / 24 + 1,
            Self::Span(span) => {
                i64::from(span.get_weeks()) * 7 + i64::from(span.get_days()) + i64::from(span.get_hours()) / 24 + 1
            }
        }
    }

    /// When something that begins then ends; what lasts longer than time, at its end.
    fn end(&self, local: DateTime, at: Timestamp, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Days(days) => {
                local.date().checked_add(days.days()).map_or(Timestamp::MAX, |date| midnight(zone, date))
            }
            Self::Exact(exact) => at.saturating_add(*exact).unwrap_or(Timestamp::MAX),
            Self::Span(span) => {
                at.to_zoned(zone.clone()).checked_add(*span).map_or(Timestamp::MAX, |end| end.timestamp())
            }
        }
    }
}

/// `P1D`, `PT90M`, `P2W`; what would end before it begins is nothing.
fn read_span(text: &str) -> Option<Span> {
    let span: Span = text.trim().trim_start_matches('+').parse().ok()?;
    (!span.is_negative()).then_some(span)
}

/// The instant clocks show a time. A time that does not exist moves on; one that comes twice is the first. Beyond all
/// instants there are is the last, or the first: calendars say "for ever" in this way.
fn instant(zone: &TimeZone, local: DateTime) -> Timestamp {
    let end = if local.year() > 0 { Timestamp::MAX } else { Timestamp::MIN };
    zone.to_ambiguous_timestamp(local).compatible().unwrap_or(end)
}

fn midnight(zone: &TimeZone, date: Date) -> Timestamp {
    instant(zone, date.to_datetime(Time::midnight()))
}

/// The periods of a free/busy line in which somebody is busy. `None`: not understood.
pub(super) fn periods(line: &Line) -> Option<Vec<TimeRange>> {
    if line.parameter("FBTYPE").is_some_and(|kind| kind.eq_ignore_ascii_case("FREE")) {
        return Some(Vec::new());
    }
    let zones = Zones::new(TimeZone::UTC);
    let mut found = Vec::new();
    for (begins, length) in Moment::all(line, &zones)? {
        let Moment::Time { local, zone, at } = begins else { return None };
        found.extend(TimeRange::new(at, length?.end(local, at, &zone)));
    }
    Some(found)
}

impl Event {
    /// Takes what a line says of time; the rest is read over.
    pub fn take(&mut self, line: Line) {
        match line.name.as_str() {
            "UID" => self.uid = line.value,
            "DTSTART" => self.starts = Some(line),
            "DTEND" => self.ends = Some(line),
            "DURATION" => self.lasts = Some(line.value),
            "RRULE" => self.rules.push(line.value),
            "RDATE" => self.also.push(line),
            "EXDATE" => self.except.push(line),
            "RECURRENCE-ID" => self.replaces = Some(line),
            "STATUS" => self.is_nothing |= line.value.eq_ignore_ascii_case("CANCELLED"),
            "TRANSP" => self.is_nothing |= line.value.eq_ignore_ascii_case("TRANSPARENT"),
            "X-MICROSOFT-CDO-BUSYSTATUS" => self.is_nothing |= line.value.eq_ignore_ascii_case("FREE"),
            _ => {}
        }
    }

    /// Whether it says anything: one that is nothing may still stand in another's place.
    pub const fn counts(&self) -> bool {
        !self.is_nothing || self.replaces.is_some()
    }

    /// Whether it stands in the place of one occurrence of a series.
    pub const fn is_replacement(&self) -> bool {
        self.replaces.is_some()
    }

    /// Which occurrence it stands in the place of.
    pub fn replaces(&self, zones: &Zones) -> Option<Moment> {
        Moment::of(self.replaces.as_ref()?, zones)
    }

    /// Adds all its occurrences in the window.
    pub fn happen(&self, zones: &Zones, moved: &Moved, work: &mut Work) -> Result<(), TooMuch> {
        if self.is_nothing {
            return Ok(());
        }
        match self.series(zones) {
            Some(series) => series.happen(moved, work),
            None => {
                work.unread += 1;
                Ok(())
            }
        }
    }

    /// Everything it says, read. `None`: something is not understood, and then nothing is guessed.
    fn series(&self, zones: &Zones) -> Option<Series> {
        let starts = Moment::of(self.starts.as_ref()?, zones)?;
        let length = match (&self.ends, &self.lasts) {
            (Some(ends), _) => Length::between(&starts, &Moment::of(ends, zones)?)?,
            (None, Some(lasts)) => Length::Span(read_span(lasts)?),
            (None, None) if matches!(starts, Moment::Day(_)) => Length::Days(1),
            (None, None) => Length::Exact(SignedDuration::ZERO),
        };
        let (local, zone) = match starts {
            Moment::Day(day) => (day.to_datetime(Time::midnight()), zones.default().clone()),
            Moment::Time { local, zone, .. } => (local, zone),
        };
        let long_ago = local.date() < EARLIEST;
        if long_ago && !self.rules.is_empty()
            || self.replaces.as_ref().is_some_and(|of| of.parameter("RANGE").is_some())
        {
            return None;
        }
        let rules = self.rules.iter().map(|rule| Rule::read(rule, local)).collect::<Option<_>>()?;
        let also = self.also.iter().map(|line| Moment::all(line, zones)).collect::<Option<Vec<_>>>()?;
        let mut except = Moved::default();
        for line in &self.except {
            for (moment, _) in Moment::all(line, zones)? {
                except.add(moment);
            }
        }
        Some(Series { local, zone, length, rules, also: also.into_iter().flatten().collect(), except })
    }
}

/// An event that was understood.
struct Series {
    local: DateTime,
    zone: TimeZone,
    length: Length,
    rules: Vec<Rule>,
    also: Vec<(Moment, Option<Length>)>,
    except: Moved,
}

impl Series {
    fn happen(&self, moved: &Moved, work: &mut Work) -> Result<(), TooMuch> {
        self.once(self.local, &self.zone, &self.length, moved, work)?;
        for (moment, length) in &self.also {
            let (local, zone) = match moment {
                Moment::Day(day) => (day.to_datetime(self.local.time()), &self.zone),
                Moment::Time { local, zone, .. } => (*local, zone),
            };
            self.once(local, zone, length.as_ref().unwrap_or(&self.length), moved, work)?;
        }
        self.rules.iter().try_for_each(|rule| self.again(rule, moved, work))
    }

    fn again(&self, rule: &Rule, moved: &Moved, work: &mut Work) -> Result<(), TooMuch> {
        let first = self.local.date();
        let day = |at: Timestamp| self.zone.to_datetime(at).date();
        let before = self.length.days().saturating_add(2);
        let before = i32::try_from(before).unwrap_or(i32::MAX).min(40_000);
        let from = day(work.window.start).checked_sub(before.days()).unwrap_or(EARLIEST);
        let last = day(work.window.end);
        let mut left = rule.count;
        let ended = rule.walk(first, from, |date, happens| {
            if let Err(error) = work.step() {
                return ControlFlow::Break(Err(error));
            }
            let local = date.to_datetime(self.local.time());
            let over = match rule.until {
                Some(Until::Day(until)) => date > until,
                Some(Until::Local(until)) => happens && local > until,
                Some(Until::At(until)) => happens && instant(&self.zone, local) > until,
                None => false,
            };
            if over || date > last || left == Some(0) {
                return ControlFlow::Break(Ok(()));
            }
            if happens {
                left = left.map(|left| left - 1);
                if date > first
                    && date >= from
                    && let Err(error) = self.once(local, &self.zone, &self.length, moved, work)
                {
                    return ControlFlow::Break(Err(error));
                }
            }
            ControlFlow::Continue(())
        });
        ended.unwrap_or(Ok(()))
    }

    /// One occurrence, unless it was taken out or moved elsewhere.
    fn once(
        &self,
        local: DateTime,
        zone: &TimeZone,
        length: &Length,
        moved: &Moved,
        work: &mut Work,
    ) -> Result<(), TooMuch> {
        work.step()?;
        let at = instant(zone, local);
        if !self.except.has(local.date(), at) && !moved.has(local.date(), at) {
            work.add(at, length.end(local, at, zone));
        }
        Ok(())
    }
}
