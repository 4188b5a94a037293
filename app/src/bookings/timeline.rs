//! A booking's history in words: what was, what is, and what comes on the usual way.

use super::booking_page::tone;
use super::words;
use crate::request::PageRequest;
use crate::ui::{Moment, TimelineEntry};
use domain::bookings::{BookingView, Capacity, HistoryEntry, State};
use domain::catalog::BookingMode;
use jiff::Timestamp;

/// The entries, oldest first.
pub(super) fn timeline(booking: &BookingView, page: &PageRequest) -> Vec<TimelineEntry> {
    let now = page.ctx().clock.now();
    let last = booking.history.len().saturating_sub(1);
    let past = booking.history.iter().enumerate().map(|(place, entry)| TimelineEntry {
        title: happened(entry),
        text: told(booking, entry, now),
        when: Some(words::moment(&booking.zone, entry.at, now)),
        datetime: Some(entry.at.to_string()),
        moment: if place == last { Moment::Now } else { Moment::Past },
        tone: tone(entry.to),
    });
    let next = to_come(booking).iter().map(|title| TimelineEntry {
        title: (*title).to_owned(),
        moment: Moment::Next,
        ..TimelineEntry::default()
    });
    past.chain(next).collect()
}

/// What was written; of a move first of all from when to when, of a visit that was given away who does it; and whose hand it was when an operator acted for somebody.
fn told(booking: &BookingView, entry: &HistoryEntry, now: Timestamp) -> Option<String> {
    let moved = entry.moved.map(|(from, to)| {
        let [from, to] = [from, to].map(|at| words::moment_within(&booking.zone, at, now));
        format!("From {from} to {to}.")
    });
    let given = entry.given.as_ref().map(|(before, after)| format!("{after} does it, in place of {before}."));
    let hand = entry.on_behalf.then(|| format!("An operator of ServiceHub did this for {}.", entry.who));
    let note = Some(entry.note.clone()).filter(|note| !note.is_empty());
    let words: Vec<String> = [moved, given, hand, note].into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn happened(entry: &HistoryEntry) -> String {
    let who = match (entry.by, entry.who.as_str()) {
        (Capacity::Clock, _) | (_, "") => "The clock",
        (_, name) => name,
    };
    match (entry.event.as_str(), entry.to) {
        ("hold", _) => format!("{who} chose it; it was kept for ten minutes"),
        ("confirm", _) => format!("{who} booked"),
        ("request", _) => format!("{who} asked"),
        ("accept", _) => format!("{who} accepted"),
        ("decline", _) => format!("{who} declined"),
        ("start", _) => format!("{who} started the work"),
        ("finish", _) => format!("{who} finished the work"),
        ("sign_off", _) => format!("{who} confirmed that it is done"),
        ("reschedule", _) => format!("{who} moved it"),
        ("reassign", _) => format!("{who} gave it to somebody else"),
        ("cancel", _) => format!("{who} cancelled"),
        (_, State::Completed) => "Confirmed by lapse: nobody objected in time".to_owned(),
        (_, State::Done) => "Counted as done: nobody said so in time".to_owned(),
        _ => "Time ran out".to_owned(),
    }
}

fn to_come(booking: &BookingView) -> &'static [&'static str] {
    const CONFIRMS: &str = "The customer confirms that it is done";
    const YOU_CONFIRM: &str = "You confirm that it is done";
    if booking.capacity == Some(Capacity::Customer) {
        return match (booking.state, booking.booking_mode) {
            (State::Held, BookingMode::Instant) => &["You confirm", "The work", YOU_CONFIRM, "Your review"],
            (State::Held, BookingMode::Request) => &["You ask", "The provider accepts", "The work", YOU_CONFIRM],
            (State::Requested, _) => &["The provider accepts", "The work", YOU_CONFIRM],
            (State::Confirmed, _) => &["The work", YOU_CONFIRM, "Your review"],
            (State::Started, _) => &["The work is done", YOU_CONFIRM, "Your review"],
            (State::Done, _) => &[YOU_CONFIRM, "Your review"],
            (State::Completed, _) if !booking.reviewed => &["Your review"],
            _ => &[],
        };
    }
    match (booking.state, booking.booking_mode) {
        (State::Held, BookingMode::Instant) => &["The customer confirms", "The work", CONFIRMS, "A review"],
        (State::Held, BookingMode::Request) => &["The customer asks", "The provider accepts", "The work", CONFIRMS],
        (State::Requested, _) => &["The provider accepts", "The work", CONFIRMS],
        (State::Confirmed, _) => &["The work", CONFIRMS, "A review"],
        (State::Started, _) => &["The work is done", CONFIRMS, "A review"],
        (State::Done, _) => &[CONFIRMS, "A review"],
        (State::Completed, _) if !booking.reviewed => &["A review"],
        _ => &[],
    }
}
