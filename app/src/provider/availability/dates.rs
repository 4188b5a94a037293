//! Dates that differ from the week, and dates on which the whole business is away, as they are typed.

use super::week::{end_minute, minute};
use crate::forms::Form;
use domain::availability::{Closure, Exception, MOST_DATES, dates_between};
use domain::kernel::FieldErrors;
use jiff::ToSpan;
use jiff::civil::Date;

/// Letters of a reason that customers read.
pub(super) const REASON: usize = 200;
/// How far ahead dates can be said, in days.
const REACH: i32 = 731;
/// The longest a business is away at once, in days.
const LONGEST_AWAY: i32 = 366;

fn within_reach(date: &Date, today: Date) -> bool {
    today.checked_add(REACH.days()).is_ok_and(|latest| today <= *date && *date <= latest)
}

/// The form "a date that differs".
pub(super) fn said(form: &Form, today: Date) -> Result<Vec<Exception>, FieldErrors> {
    let mut wrong = FieldErrors::new();
    let first = form.parsed::<Date>("dates-first").filter(|date| within_reach(date, today));
    if first.is_none() {
        wrong.add("dates-first", "Choose a day from today on, within the next two years.");
    }
    let last = if form.text("dates-last").is_empty() { first } else { form.parsed("dates-last") };
    let dates = first.zip(last).and_then(|(first, last)| dates_between(first, last));
    if first.is_some() && dates.is_none() {
        wrong.add("dates-last", format!("Choose a last day after the first, at most {MOST_DATES} days on."));
    }
    let kind = form.text("dates-kind");
    if !matches!(kind, "open" | "closed") {
        wrong.add("dates-kind", "Choose one of these.");
    }
    let open = kind == "open";
    let (from, to) = (form.text("dates-from"), form.text("dates-to"));
    let hours = if from.is_empty() && to.is_empty() && !open {
        None
    } else {
        let starts = minute(from);
        let ends = end_minute(to);
        if starts.is_none() {
            wrong.add("dates-from", if open { "From when?" } else { "Give the time like 14:30, or no times at all." });
        }
        match (starts, ends) {
            (_, None) => wrong.add("dates-to", if open { "Until when?" } else { "Give the time like 16:00." }),
            (Some(starts), Some(ends)) if ends <= starts => wrong.add("dates-to", "The end comes after the beginning."),
            _ => {}
        }
        starts.zip(ends)
    };
    match dates {
        Some(dates) if wrong.is_empty() => Ok(dates.into_iter().map(|date| Exception { date, open, hours }).collect()),
        _ => Err(wrong),
    }
}

/// The form "the whole business is away". The day of the return is open again.
pub(super) fn away(form: &Form, today: Date) -> Result<(Closure, String), FieldErrors> {
    let mut wrong = FieldErrors::new();
    let first = form.parsed::<Date>("away-first").filter(|date| within_reach(date, today));
    if first.is_none() {
        wrong.add("away-first", "Choose a day from today on, within the next two years.");
    }
    let back = form.parsed::<Date>("away-back");
    let last = back.and_then(|back| back.yesterday().ok());
    let latest = first.and_then(|first| first.checked_add(LONGEST_AWAY.days()).ok());
    let dates = first.zip(last).filter(|(first, last)| first <= last && latest.is_some_and(|latest| *last <= latest));
    if first.is_some() && dates.is_none() {
        wrong.add("away-back", "Choose the day you are back: after the first day, at most a year later.");
    }
    let reason = form.text("away-reason");
    if reason.chars().count() > REASON {
        wrong.add("away-reason", format!("Please keep it under {REASON} letters."));
    }
    match dates {
        Some((first, last)) if wrong.is_empty() => Ok((Closure { first, last }, reason.to_owned())),
        _ => Err(wrong),
    }
}
