//! When the demo's people work: weeks that suit their trade, days off, holidays.

use super::ids;
use super::market::Member;
use super::rows::Rows;
use crate::content::Provider;
use crate::drawing::{Category, dice::Dice};
use domain::availability::{Calendar, Closure, Exception, Period};
use domain::catalog::{At, Kind};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::json;
use uuid::Uuid;

/// Visits longer than this need a day without a break.
const LONG: u32 = 210;

const DAY_OFF: [&str; 5] = ["Day off", "Training day", "Visiting family", "Van in the workshop", "Long weekend"];
const AWAY: [&str; 4] = ["School play", "Doctor's appointment", "Course", "Early finish"];
const HOLIDAYS: [&str; 5] = [
    "Holiday by the sea",
    "Company holiday",
    "Stocktaking and repairs",
    "Family celebration",
    "We are all at the trade fair",
];

/// First and last weekday, opening and closing minute, and a break if there is one.
type Week = (i8, i8, u16, u16, Option<(u16, u16)>);

const fn at(hour: u16, minute: u16) -> u16 {
    hour * 60 + minute
}

const EARLY: &[&[Week]] =
    &[&[(1, 6, at(6, 0), at(18, 0), None)], &[(1, 5, at(7, 0), at(19, 0), None), (6, 6, at(8, 0), at(14, 0), None)]];
const WHOLE_DAYS: &[&[Week]] = &[&[(1, 5, at(7, 0), at(19, 0), None)], &[(1, 6, at(7, 30), at(19, 0), None)]];
const SALON: &[&[Week]] = &[
    &[(2, 6, at(10, 0), at(19, 0), Some((at(13, 30), at(14, 15))))],
    &[(1, 5, at(9, 0), at(20, 0), Some((at(14, 0), at(15, 0)))), (6, 6, at(10, 0), at(16, 0), None)],
];
const AFTER_SCHOOL: &[&[Week]] = &[
    &[(1, 5, at(14, 0), at(20, 30), None), (6, 6, at(10, 0), at(15, 0), None)],
    &[(1, 4, at(12, 0), at(20, 0), Some((at(16, 0), at(16, 30)))), (7, 7, at(10, 0), at(16, 0), None)],
];
const TRADES: &[&[Week]] = &[
    &[(1, 5, at(8, 0), at(17, 0), Some((at(12, 0), at(12, 45))))],
    &[(1, 5, at(7, 0), at(15, 30), None), (6, 6, at(9, 0), at(13, 0), None)],
    &[(1, 5, at(9, 0), at(18, 30), Some((at(13, 0), at(14, 0))))],
];

fn weeks(text: &Provider) -> &'static [&'static [Week]] {
    let longest = text.services.iter().filter(|s| s.kind == Kind::Visit).map(|s| s.max_duration).max().unwrap_or(0);
    match (text.category, longest > LONG) {
        (Category::Cleaning, _) => EARLY,
        (_, true) => WHOLE_DAYS,
        (Category::Beauty, _) => SALON,
        (Category::Tutoring, _) => AFTER_SCHOOL,
        _ => TRADES,
    }
}

/// The hours of the person at this place of the team, the owner first.
pub fn member(text: &Provider, position: usize, dice: &mut Dice, zone: &TimeZone, now: Timestamp) -> Calendar {
    let weeks = weeks(text);
    let mut periods = periods(weeks[dice.below(weeks.len())]);
    if position > 0 && dice.chance(50) {
        let off = i8::try_from(2 + position % 4).unwrap_or(3);
        periods.retain(|period| period.weekday != off);
    }
    let today = domain::availability::civil::date(zone, now);
    let exceptions = if text.login.is_some() { on_call(&periods, today) } else { exceptions(dice, today) };
    Calendar { periods, exceptions, ..Calendar::default() }
}

fn periods(week: &[Week]) -> Vec<Period> {
    let mut periods = Vec::new();
    for (first, last, starts, ends, pause) in week {
        for weekday in *first..=*last {
            periods.push(Period { weekday, is_break: false, starts: *starts, ends: *ends, at: At::Everywhere });
            periods.extend(pause.map(|(starts, ends)| Period {
                weekday,
                is_break: true,
                starts,
                ends,
                at: At::Everywhere,
            }));
        }
    }
    periods
}

/// The people of the published logins work yesterday, today and tomorrow, whatever days these are, so that
/// there is something to see.
fn on_call(periods: &[Period], today: Date) -> Vec<Exception> {
    let dates = [-1, 0, 1].into_iter().filter_map(|days| later(today, days));
    let closed = dates.filter(|date| {
        let weekday = date.weekday().to_monday_one_offset();
        periods.iter().all(|period| period.weekday != weekday)
    });
    let hours = Some((at(8, 0), at(18, 0)));
    closed.map(|date| Exception { date, open: true, hours }).collect()
}

fn exceptions(dice: &mut Dice, today: Date) -> Vec<Exception> {
    let mut exceptions: Vec<Exception> = Vec::new();
    let mut add = |date: Option<Date>, open: bool, hours: Option<(u16, u16)>| {
        exceptions.extend(date.map(|date| Exception { date, open, hours }));
    };
    if dice.chance(40) {
        add(later(today, dice.between(4, 40)), false, None);
    }
    if dice.chance(25) {
        add(later(today, dice.between(2, 30)), false, Some((at(14, 0), at(23, 0))));
    }
    if dice.chance(20) {
        // The next but one Sunday, for once.
        let sunday = 14 - i32::from(today.weekday().to_monday_one_offset() % 7);
        add(later(today, sunday), true, Some((at(10, 0), at(16, 0))));
    }
    exceptions
}

fn later(today: Date, days: i32) -> Option<Date> {
    today.checked_add(days.days()).ok()
}

/// One business in five is away for some days in the coming weeks.
pub fn closures(text: &Provider, dice: &mut Dice, zone: &TimeZone, now: Timestamp) -> Vec<Closure> {
    if text.login.is_some() || !dice.chance(20) {
        return Vec::new();
    }
    let today = domain::availability::civil::date(zone, now);
    let (first, length) = (dice.between(12, 45), dice.between(3, 9));
    let dates = later(today, first).zip(later(today, first + length));
    dates.map(|(first, last)| Closure { first, last }).into_iter().collect()
}

/// Writes hours down; the members learn of the closures.
pub fn rows(rows: &mut Rows, provider: Uuid, members: &mut [Member], closures: &[Closure]) {
    for closure in closures {
        let number = u64::try_from(rows.of("provider_closures").len()).unwrap_or(0);
        let reason = Dice::new(number, "closure").pick(HOLIDAYS);
        let id = ids::numbered("closure", number);
        rows.add(
            "provider_closures",
            json!({ "id": id, "provider_id": provider, "first_date": closure.first, "last_date": closure.last, "reason": reason }),
        );
    }
    for member in members {
        member.calendar.closures = closures.to_vec();
        for period in &member.calendar.periods {
            rows.add(
                "member_hours",
                json!({
                    "member_id": member.id, "weekday": period.weekday, "kind": if period.is_break { "break" } else { "open" },
                    "starts_min": period.starts, "ends_min": period.ends,
                }),
            );
        }
        for exception in &member.calendar.exceptions {
            exception_row(rows, member, exception);
        }
    }
}

fn exception_row(rows: &mut Rows, member: &Member, exception: &Exception) {
    let number = u64::try_from(rows.of("member_exceptions").len()).unwrap_or(0);
    let mut dice = Dice::new(number, "exception");
    let note = match (exception.open, exception.hours) {
        (true, _) => "Open for once",
        (false, Some(_)) => dice.pick(AWAY),
        (false, None) => dice.pick(DAY_OFF),
    };
    let (starts, ends) = exception.hours.unzip();
    rows.add(
        "member_exceptions",
        json!({
            "id": ids::numbered("exception", number), "member_id": member.id, "date": exception.date,
            "kind": if exception.open { "open" } else { "closed" }, "starts_min": starts, "ends_min": ends, "note": note,
        }),
    );
}
