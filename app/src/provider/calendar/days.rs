//! Entries and hours as columns of the calendar.

use super::super::words::{self, Clocks};
use super::super::work;
use super::asked::{Shown, View};
use crate::ui::{CalendarDay, CalendarEvent, CalendarGrip, CalendarRows, Tone};
use domain::availability::{MemberWeek, Team, civil};
use domain::bookings::{CalendarEntry, Capacity, Event, State, life};
use domain::catalog::Kind;
use domain::kernel::MemberId;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// People who fit beside each other on one day.
pub(super) const MOST_PEOPLE: usize = 14;

/// The columns of what is shown: the days, or on one day the people.
pub(super) fn columns(shown: &Shown, team: &Team, entries: &[CalendarEntry]) -> Vec<CalendarDay> {
    let members: Vec<&MemberWeek> = team.members.iter().filter(|member| shown.shows(member)).collect();
    let several = members.len() > 1;
    match shown.asked.view {
        View::Week | View::Month | View::Agenda => {
            let days = shown.dates().into_iter();
            days.map(|date| CalendarDay {
                href: Some(shown.day(date)),
                ..column(shown, date, &members, entries, several)
            })
            .collect()
        }
        View::Day => {
            let busy = |member: &&&MemberWeek| member.active || entries.iter().any(|entry| entry.member == member.id);
            let columns = members.iter().filter(busy).map(|member| CalendarDay {
                weekday: member.name.clone(),
                day: String::new(),
                full: member.name.clone(),
                href: several.then(|| shown.of(Some(member.id))),
                ..column(shown, shown.first, &[*member], entries, false)
            });
            columns.take(MOST_PEOPLE).collect()
        }
    }
}

/// One column: a date of some people. `named` says whose an event is.
fn column(shown: &Shown, date: Date, members: &[&MemberWeek], entries: &[CalendarEntry], named: bool) -> CalendarDay {
    let clocks = &shown.clocks;
    let today = clocks.today() == date;
    let open: Vec<(u16, u16)> =
        members.iter().filter(|m| m.active).flat_map(|member| member.calendar.open_on(date)).collect();
    let of_these = |id: MemberId| members.iter().any(|member| member.id == id);
    let events =
        entries.iter().filter(|entry| of_these(entry.member)).filter_map(|entry| event(shown, date, entry, named));
    let mut events: Vec<CalendarEvent> = events.collect();
    events.sort_by_key(|event| (event.from, event.to));
    let lane = if let [only] = members { Some(only.id) } else { None };
    let now = today.then(|| minute(clocks, clocks.now));
    let drawn = matches!(shown.asked.view, View::Day | View::Week);
    let rows = drawn.then(|| CalendarRows {
        date: date.to_string(),
        // A week is one person's, or everybody's as a whole.
        lane: lane.filter(|_| shown.asked.view == View::Day).map(|id| id.0.to_string()).unwrap_or_default(),
        instants: instants(&clocks.zone, date),
    });
    let block = (drawn && clocks.today() <= date).then(|| (shown.blocking(date, lane), hours_of(&open, now)));
    CalendarDay {
        weekday: date.strftime("%a").to_string(),
        day: date.strftime("%-d").to_string(),
        full: clocks.dated(date),
        href: None,
        today,
        closed: open.is_empty(),
        open,
        events,
        now,
        rows,
        block,
    }
}

/// The instants behind the quarters of an hour of a date, as [`CalendarRows::instants`] tells them.
fn instants(zone: &TimeZone, date: Date) -> String {
    let mut told = Vec::new();
    let mut next = None;
    for minute in (0..civil::DAY).step_by(15) {
        let Some(at) = civil::instant(zone, date, minute) else {
            continue;
        };
        if next != Some(at.as_second()) {
            told.push(format!("{minute}:{}", at.as_second()));
        }
        next = Some(at.as_second() + 15 * 60);
    }
    told.join(" ")
}

/// The whole hours that touch open time and are not over, as minutes after midnight.
fn hours_of(open: &[(u16, u16)], now: Option<u16>) -> Vec<u16> {
    let hours = (0..civil::DAY).step_by(60).filter(|hour| now.is_none_or(|now| *hour >= now));
    hours.filter(|hour| open.iter().any(|(from, to)| *from < hour + 60 && hour < to)).collect()
}

fn minute(clocks: &Clocks, at: Timestamp) -> u16 {
    let shown = clocks.at(at);
    u16::try_from(i32::from(shown.hour()) * 60 + i32::from(shown.minute())).unwrap_or(0)
}

/// Where a stretch of time stands on a date, in minutes of the clock on the wall; `None` on other days.
/// Where clocks go back inside it, it keeps its real length.
fn placed(clocks: &Clocks, date: Date, from: Timestamp, to: Timestamp) -> Option<(u16, u16)> {
    let (begins, ends) = (civil::instant(&clocks.zone, date, 0)?, civil::instant(&clocks.zone, date, civil::DAY)?);
    if to <= begins || ends <= from {
        return None;
    }
    let start = if from <= begins { 0 } else { minute(clocks, from) };
    if to >= ends {
        return Some((start, civil::DAY));
    }
    let end = minute(clocks, to);
    let real = u16::try_from(to.duration_since(from.max(begins)).as_mins()).unwrap_or(civil::DAY);
    Some((start, if end > start { end } else { start.saturating_add(real).min(civil::DAY) }))
}

fn event(shown: &Shown, date: Date, entry: &CalendarEntry, named: bool) -> Option<CalendarEvent> {
    let (from, to) = placed(&shown.clocks, date, entry.starts, entry.ends)?;
    let (tone, word) = meaning(entry);
    let blocked = entry.kind == "blocked";
    let what = Some(entry.title.clone()).filter(|title| !title.is_empty());
    let (customer, city) = (entry.customer.clone(), entry.city.clone());
    let way = (entry.travel > 0).then(|| format!("{} min way there and back", entry.travel));
    // Among several people the first thing to know is whose it is. Colour and hatching say the state too, so that it may
    // be what is cut off where there is little room.
    let mut parts = if named {
        vec![Some(entry.member_name.clone()), what, customer, Some(word.to_owned()), city, way]
    } else {
        vec![what, customer, Some(word.to_owned()), city, way]
    };
    parts.retain(Option::is_some);
    let mut parts = parts.into_iter().flatten();
    let title = parts.next().unwrap_or_default();
    let parts: Vec<String> = parts.collect();
    let booking = entry.reference.as_deref().map(work::href);
    Some(CalendarEvent {
        from,
        to,
        way: entry.travel,
        time: shown.clocks.span(entry.starts, entry.ends),
        title,
        text: (!parts.is_empty()).then(|| parts.join(" · ")),
        href: booking.or_else(|| blocked.then(|| shown.asking(entry.id.0))),
        change: reschedule(entry, &shown.here()),
        grip: grip(shown, date, entry),
        tone,
    })
}

/// Where a visit is moved, as long as the business can, and where one comes back to.
pub(in crate::provider) fn reschedule(entry: &CalendarEntry, back: &str) -> Option<String> {
    let open = life::find(entry.state?, Event::Reschedule, Capacity::Provider).is_some();
    let back = utf8_percent_encode(back, NON_ALPHANUMERIC);
    let reference = entry.reference.as_deref().filter(|_| open)?;
    Some(format!("{}/reschedule?next={back}", work::href(reference)))
}

/// How something is drawn to another time of what is shown. What reaches over midnight is moved by its form.
fn grip(shown: &Shown, date: Date, entry: &CalendarEntry) -> Option<CalendarGrip> {
    let day = |at: Timestamp| shown.clocks.at(at).date();
    if day(entry.starts) != date {
        return None;
    }
    if entry.kind == "blocked" {
        let whole = day(entry.ends) == date || civil::instant(&shown.clocks.zone, date, civil::DAY) == Some(entry.ends);
        let ahead = entry.ends > shown.clocks.now;
        let (address, place) = (shown.moving(entry.id.0), format!("#block-{}", entry.id.0));
        return (whole && ahead).then_some(CalendarGrip::Hours(address, place));
    }
    reschedule(entry, &shown.here()).map(CalendarGrip::Start)
}

/// Colour and word of an entry: the booking's state if there is one, otherwise what the time is taken for.
pub(super) fn meaning(entry: &CalendarEntry) -> (Tone, &'static str) {
    match (entry.kind.as_str(), entry.state) {
        ("hold", _) => (Tone::Warning, "Being booked"),
        ("pending", _) => (Tone::Warning, "Wants your answer"),
        ("blocked", _) => (Tone::Plain, "Blocked"),
        (_, Some(State::Done)) => (Tone::Success, "Done"),
        (_, Some(state)) => words::state(state, Kind::Visit),
        _ => (Tone::Plain, "In another calendar"),
    }
}

/// First and last hour of the page: the usual day, and whatever is open or planned beyond it.
pub(super) fn hours(columns: &[CalendarDay]) -> (u16, u16) {
    let open = columns.iter().flat_map(|day| day.open.iter().copied());
    let planned = columns.iter().flat_map(|day| day.events.iter().map(|event| (event.from, event.to)));
    open.chain(planned).fold((8, 18), |(first, last), (from, to)| (first.min(from / 60), last.max(to.div_ceil(60))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn placed_in_berlin(day: Date, from: &str, to: &str) -> Option<(u16, u16)> {
        let clocks = Clocks { zone: TimeZone::get("Europe/Berlin").unwrap(), now: Timestamp::UNIX_EPOCH };
        placed(&clocks, day, from.parse().unwrap(), to.parse().unwrap())
    }

    #[test]
    fn a_visit_over_midnight_stands_in_both_days() {
        let (from, to) = ("2026-11-02T21:00:00Z", "2026-11-03T01:30:00Z");
        assert_eq!(placed_in_berlin(date(2026, 11, 2), from, to), Some((1320, 1440)));
        assert_eq!(placed_in_berlin(date(2026, 11, 3), from, to), Some((0, 150)));
        assert_eq!(placed_in_berlin(date(2026, 11, 4), from, to), None);
        assert_eq!(placed_in_berlin(date(2026, 11, 3), "2026-11-02T22:00:00Z", "2026-11-02T23:00:00Z"), None);
    }

    #[test]
    fn changing_clocks_leave_no_visit_without_length() {
        // Clocks go back from 3 to 2 on 25 October: from the first 2:30 to the second 2:15.
        let back = placed_in_berlin(date(2026, 10, 25), "2026-10-25T00:30:00Z", "2026-10-25T01:15:00Z");
        assert_eq!(back, Some((150, 195)));
        // Clocks go forward from 2 to 3 on 29 March: an hour from 1:30 ends at 3:30.
        let forward = placed_in_berlin(date(2026, 3, 29), "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z");
        assert_eq!(forward, Some((90, 210)));
    }

    #[test]
    fn rows_know_their_instants_on_every_day() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let at = |text: &str| text.parse::<Timestamp>().unwrap().as_second();
        assert_eq!(instants(&berlin, date(2026, 11, 4)), format!("0:{}", at("2026-11-03T23:00:00Z")));
        // Clocks go back from 3 to 2: the second hour from 2 to 3 has no rows, and 3 comes two hours after 2.
        let back = format!("0:{} 180:{}", at("2026-10-24T22:00:00Z"), at("2026-10-25T02:00:00Z"));
        assert_eq!(instants(&berlin, date(2026, 10, 25)), back);
        // Clocks go forward from 2 to 3: the rows of that hour stand for the next one.
        let forward = format!("0:{} 180:{}", at("2026-03-28T23:00:00Z"), at("2026-03-29T01:00:00Z"));
        assert_eq!(instants(&berlin, date(2026, 3, 29)), forward);
    }

    #[test]
    fn hours_that_can_be_blocked_are_open_and_to_come() {
        assert_eq!(hours_of(&[(570, 720), (780, 840)], None), [540, 600, 660, 780]);
        assert_eq!(hours_of(&[(540, 720)], Some(601)), [660]);
        assert_eq!(hours_of(&[(1380, 1440)], None), [1380]);
        assert!(hours_of(&[], None).is_empty());
    }

    #[test]
    fn the_page_grows_with_what_is_on_it() {
        let day = |open, from, to| CalendarDay {
            open,
            events: vec![CalendarEvent { from, to, ..CalendarEvent::default() }],
            ..CalendarDay::default()
        };
        assert_eq!(hours(&[]), (8, 18));
        assert_eq!(hours(&[day(vec![(420, 1200)], 600, 660), day(vec![], 385, 1330)]), (6, 23));
    }
}
