//! Rules of recurrence (RFC 5545, 3.3.10) by day, week, month and year: what people's calendars hold. Rules by the hour
//! or by the number of a week are not understood, and said to be so.

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};
use std::ops::ControlFlow;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// When it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// After this day.
    Day(Date),
    /// After this time of the event's own clocks.
    Local(DateTime),
    /// After this instant.
    At(Timestamp),
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    frequency: Frequency,
    interval: i32,
    /// How many times in all.
    pub count: Option<u32>,
    /// Its end.
    pub until: Option<Until>,
    months: Vec<i8>,
    month_days: Vec<i8>,
    weekdays: Vec<(i8, Weekday)>,
    positions: Vec<i16>,
    week_starts: Weekday,
}

impl Rule {
    /// Reads a rule for an event that first happens at `start`. `None`: not understood.
    pub fn read(text: &str, start: DateTime) -> Option<Self> {
        let mut rule = Self {
            frequency: Frequency::Daily,
            interval: 1,
            count: None,
            until: None,
            months: Vec::new(),
            month_days: Vec::new(),
            weekdays: Vec::new(),
            positions: Vec::new(),
            week_starts: Weekday::Monday,
        };
        let mut frequency = None;
        for part in text.split(';').filter(|part| !part.trim().is_empty()) {
            let (name, value) = part.split_once('=')?;
            let value = value.trim().to_ascii_uppercase();
            match name.trim().to_ascii_uppercase().as_str() {
                "FREQ" => frequency = Some(read_frequency(&value)?),
                "INTERVAL" => rule.interval = value.parse().ok().filter(|n| (1..=10_000).contains(n))?,
                "COUNT" => rule.count = Some(value.parse().ok()?),
                "UNTIL" => rule.until = Some(read_until(&value)?),
                "BYMONTH" => rule.months = numbers(&value, 1, 12)?,
                "BYMONTHDAY" => rule.month_days = numbers(&value, -31, 31)?,
                "BYDAY" => rule.weekdays = value.split(',').map(read_weekday).collect::<Option<_>>()?,
                "BYSETPOS" => rule.positions = numbers(&value, -366, 366)?,
                "WKST" => rule.week_starts = weekday(&value)?,
                // Some programs say again what the start says.
                "BYHOUR" => same(&value, start.hour())?,
                "BYMINUTE" => same(&value, start.minute())?,
                "BYSECOND" => same(&value, start.second())?,
                name if name.starts_with("X-") => {}
                _ => return None,
            }
        }
        rule.frequency = frequency?;
        // A numbered weekday is one of a month or of a year.
        let numbered = rule.weekdays.iter().any(|(number, _)| *number != 0);
        let by_month = matches!(rule.frequency, Frequency::Monthly | Frequency::Yearly);
        (by_month || !numbered).then_some(rule)
    }

    /// Goes through the dates of the rule from `start` on, in order. Without a count the way begins shortly before
    /// `from`. `look` is also shown periods without any date (`None`), so that it can end what finds nothing.
    pub fn walk<B>(&self, start: Date, from: Date, mut look: impl FnMut(Date, bool) -> ControlFlow<B>) -> Option<B> {
        let mut period = if self.count.is_some() { 0 } else { self.periods_before(start, from) };
        while let Some((begins, dates)) = self.period(start, period) {
            // The period itself, for its place in time.
            if let ControlFlow::Break(found) = look(begins, false) {
                return Some(found);
            }
            for date in dates.into_iter().filter(|date| *date >= start) {
                if let ControlFlow::Break(found) = look(date, true) {
                    return Some(found);
                }
            }
            period = period.checked_add(1)?;
        }
        None
    }

    /// Whole periods that surely lie before a date.
    fn periods_before(&self, start: Date, from: Date) -> i32 {
        let days = start.until(from).map_or(0, |span| span.get_days());
        let length = match self.frequency {
            Frequency::Daily => 1,
            Frequency::Weekly => 7,
            Frequency::Monthly => 31,
            Frequency::Yearly => 366,
        };
        (days / (length * self.interval) - 1).max(0)
    }

    /// The dates of a period, in order, and its first day; `None` beyond the years there are.
    fn period(&self, start: Date, number: i32) -> Option<(Date, Vec<Date>)> {
        let steps = number.checked_mul(self.interval)?;
        let (begins, mut dates) = match self.frequency {
            Frequency::Daily => {
                let day = start.checked_add(steps.days()).ok()?;
                (day, if self.fits(day) { vec![day] } else { Vec::new() })
            }
            Frequency::Weekly => self.week(start, steps)?,
            Frequency::Monthly => {
                let first = start.first_of_month().checked_add(steps.months()).ok()?;
                let wanted = self.months.is_empty() || self.months.contains(&first.month());
                (first, if wanted { self.of_month(first, start.day()) } else { Vec::new() })
            }
            Frequency::Yearly => {
                let first = start.first_of_year().checked_add(steps.years()).ok()?;
                (first, self.of_year(first, start))
            }
        };
        dates.sort_unstable();
        dates.dedup();
        if !self.positions.is_empty() {
            let count = dates.len();
            let place = |position: &i16| {
                let position = isize::from(*position);
                let at = if position > 0 { position - 1 } else { isize::try_from(count).ok()? + position };
                usize::try_from(at).ok().and_then(|at| dates.get(at).copied())
            };
            let mut chosen: Vec<Date> = self.positions.iter().filter_map(place).collect();
            chosen.sort_unstable();
            chosen.dedup();
            dates = chosen;
        }
        Some((begins, dates))
    }

    fn week(&self, start: Date, steps: i32) -> Option<(Date, Vec<Date>)> {
        let since = i32::from(start.weekday().since(self.week_starts));
        let monday = start.checked_add((steps.checked_mul(7)?.checked_sub(since)?).days()).ok()?;
        let wanted = |day: &Date| {
            let on = self.weekdays.iter().any(|(_, weekday)| *weekday == day.weekday());
            (on || self.weekdays.is_empty() && day.weekday() == start.weekday())
                && (self.months.is_empty() || self.months.contains(&day.month()))
        };
        let days = (0..7).filter_map(|n| monday.checked_add(n.days()).ok()).filter(wanted);
        Some((monday, days.collect()))
    }

    /// Whether a day passes all filters.
    fn fits(&self, day: Date) -> bool {
        (self.months.is_empty() || self.months.contains(&day.month()))
            && (self.month_days.is_empty() || self.is_month_day(day))
            && (self.weekdays.is_empty() || self.weekdays.iter().any(|(_, weekday)| *weekday == day.weekday()))
    }

    fn is_month_day(&self, day: Date) -> bool {
        let back = day.day() - day.days_in_month() - 1;
        self.month_days.iter().any(|wanted| *wanted == day.day() || *wanted == back)
    }

    fn of_month(&self, first: Date, usual: i8) -> Vec<Date> {
        if self.month_days.is_empty() && self.weekdays.is_empty() {
            return Date::new(first.year(), first.month(), usual).into_iter().collect();
        }
        let days = (1..=first.days_in_month()).filter_map(|day| Date::new(first.year(), first.month(), day).ok());
        let wanted = |day: &Date| {
            let length = first.days_in_month();
            (self.month_days.is_empty() || self.is_month_day(*day))
                && (self.weekdays.is_empty() || self.is_numbered(*day, (day.day(), length)))
        };
        days.filter(wanted).collect()
    }

    /// Whether a day is one of the weekdays, with its number in a stretch of days.
    fn is_numbered<N: Into<i32>>(&self, day: Date, (place, length): (N, N)) -> bool {
        let (place, length) = (place.into(), length.into());
        let (forward, back) = ((place - 1) / 7 + 1, -((length - place) / 7 + 1));
        self.weekdays.iter().any(|(number, weekday)| {
            let number = i32::from(*number);
            *weekday == day.weekday() && (number == 0 || number == forward || number == back)
        })
    }

    fn of_year(&self, first: Date, start: Date) -> Vec<Date> {
        let every: Vec<i8> = (1..=12).collect();
        if self.months.is_empty() && self.month_days.is_empty() && self.weekdays.is_empty() {
            return Date::new(first.year(), start.month(), start.day()).into_iter().collect();
        }
        // Without a month the numbers of weekdays are those of the year.
        if self.months.is_empty() && !self.weekdays.is_empty() {
            let length = first.days_in_year();
            let days = (0..length).filter_map(|n| first.checked_add(i32::from(n).days()).ok());
            let wanted = |day: &Date| {
                self.is_numbered(*day, (day.day_of_year(), length))
                    && (self.month_days.is_empty() || self.is_month_day(*day))
            };
            return days.filter(wanted).collect();
        }
        let months = if self.months.is_empty() { &every } else { &self.months };
        let firsts = months.iter().filter_map(|month| Date::new(first.year(), *month, 1).ok());
        firsts.flat_map(|first| self.of_month(first, start.day())).collect()
    }
}

fn read_frequency(value: &str) -> Option<Frequency> {
    Some(match value {
        "DAILY" => Frequency::Daily,
        "WEEKLY" => Frequency::Weekly,
        "MONTHLY" => Frequency::Monthly,
        "YEARLY" => Frequency::Yearly,
        _ => return None,
    })
}

fn read_until(value: &str) -> Option<Until> {
    if let Some(utc) = value.strip_suffix('Z') {
        let at = DateTime::strptime("%Y%m%dT%H%M%S", utc).ok()?;
        return at.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|at| Until::At(at.timestamp()));
    }
    if value.contains('T') {
        return DateTime::strptime("%Y%m%dT%H%M%S", value).ok().map(Until::Local);
    }
    Date::strptime("%Y%m%d", value).ok().map(Until::Day)
}

fn weekday(value: &str) -> Option<Weekday> {
    Some(match value {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}

/// `MO`, `2TU`, `-1FR`.
fn read_weekday(value: &str) -> Option<(i8, Weekday)> {
    let value = value.trim();
    let (number, day) = value.split_at_checked(value.len().checked_sub(2)?)?;
    let number =
        if number.is_empty() { 0 } else { number.parse().ok().filter(|n| (-53..=53).contains(n) && *n != 0)? };
    Some((number, weekday(day)?))
}

/// Numbers between commas, none of them zero.
fn numbers<N: std::str::FromStr + Copy>(value: &str, least: i16, most: i16) -> Option<Vec<N>>
where
    i16: From<N>,
{
    let read = |one: &str| {
        let number: N = one.trim().parse().ok()?;
        let plain = i16::from(number);
        (plain != 0 && (least..=most).contains(&plain)).then_some(number)
    };
    value.split(',').map(read).collect()
}

fn same(value: &str, start: i8) -> Option<()> {
    (value.parse() == Ok(start)).then_some(())
}
