//! Entries and hours as columns of the calendar.

use super::super::words::{self, Clocks};
use super::super::work;
use super::asked::{Shown, View};
use crate::ui::{CalendarDay, CalendarEvent, Tone};
use domain::availability::{MemberWeek, Team, civil};
use domain::bookings::{CalendarEntry, Capacity, Event, State, life};
use domain::catalog::Kind;
use domain::kernel::MemberId;
use jiff::Timestamp;
use jiff::civil::Date;

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
    CalendarDay {
        weekday: date.strftime("%a").to_string(),
        day: date.strftime("%-d").to_string(),
        full: clocks.dated(date),
        href: None,
        today,
        closed: open.is_empty(),
        open,
        events,
        now: today.then(|| minute(clocks, clocks.now)),
    }
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
    // Among several people the first thing to know is whose it is.
    let mut parts = if named {
        vec![Some(entry.member_name.clone()), what, Some(word.to_owned()), customer, city]
    } else {
        vec![what, Some(word.to_owned()), customer, city]
    };
    parts.retain(Option::is_some);
    let mut parts = parts.into_iter().flatten();
    let title = parts.next().unwrap_or_default();
    let parts: Vec<String> = parts.collect();
    let booking = entry.reference.as_deref().map(work::href);
    Some(CalendarEvent {
        from,
        to,
        time: shown.clocks.span(entry.starts, entry.ends),
        title,
        text: (!parts.is_empty()).then(|| parts.join(" · ")),
        href: booking.or_else(|| blocked.then(|| shown.asking(entry.id.0))),
        change: reschedule(entry),
        tone,
    })
}

/// Where a visit is moved, as long as the business can.
pub(in crate::provider) fn reschedule(entry: &CalendarEntry) -> Option<String> {
    let open = life::find(entry.state?, Event::Reschedule, Capacity::Provider).is_some();
    entry.reference.as_deref().filter(|_| open).map(|reference| format!("{}/reschedule", work::href(reference)))
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
    use jiff::tz::TimeZone;

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
