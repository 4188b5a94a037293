//! The week as it is typed: rows of hours and breaks for each day, which buttons add, remove and copy without scripts.

use crate::forms::{Form, FormState};
use domain::availability::{Kept, Limits, Period, civil};
use domain::catalog::At;
use domain::kernel::{FieldErrors, OwnPlaceId};
use jiff::civil::Time;

/// What the form calls the main place.
pub(super) const MAIN: &str = "main";
/// Rows of one day.
const MOST_ROWS: usize = 8;

/// The days in their order, Monday first.
pub(super) const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A stretch of a day as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub is_break: bool,
    pub from: String,
    pub to: String,
    /// Where, as the form says it: nothing is everywhere.
    pub at: String,
}

/// A week as it was typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub days: [Vec<Row>; 7],
    pub a_day: String,
    pub a_week: String,
    /// The version of the week that was changed.
    pub seen: String,
    pub wrong: FieldErrors,
}

/// The name of a field of a row; days and rows count from one and nought.
pub(super) fn name(day: usize, row: usize, field: &str) -> String {
    format!("hours-{}-{row}-{field}", day + 1)
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

/// Minutes of the day of a typed time.
pub(in crate::provider) fn minute(text: &str) -> Option<u16> {
    let time: Time = text.parse().ok()?;
    u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).ok()
}

/// The same of an end, which can be midnight: "24:00" as the calendar shows it, or "00:00".
pub(in crate::provider) fn end_minute(text: &str) -> Option<u16> {
    match minute(text) {
        Some(0) => Some(civil::DAY),
        None if text == "24:00" => Some(civil::DAY),
        minute => minute,
    }
}

/// A place as the form says it.
pub(super) fn code(at: At) -> String {
    match at {
        At::Everywhere => String::new(),
        At::Main => MAIN.to_owned(),
        At::Own(id) => id.0.to_string(),
    }
}

/// The place that is meant; what is no place at all is none.
fn place(code: &str) -> Option<At> {
    match code {
        "" => Some(At::Everywhere),
        MAIN => Some(At::Main),
        id => id.parse().ok().map(|id| At::Own(OwnPlaceId(id))),
    }
}

impl Typed {
    /// The week as it is saved.
    pub fn of_kept(kept: &Kept) -> Self {
        let mut days: [Vec<Row>; 7] = Default::default();
        let mut periods = kept.periods.clone();
        periods.sort_by_key(|period| (period.weekday, period.starts, period.is_break));
        for period in periods {
            let day = usize::try_from(period.weekday - 1).ok().and_then(|day| days.get_mut(day));
            if let Some(rows) = day {
                rows.push(Row {
                    is_break: period.is_break,
                    from: clock(period.starts),
                    to: clock(period.ends),
                    at: code(period.at),
                });
            }
        }
        let most = |limit: Option<u16>| limit.map(|limit| limit.to_string()).unwrap_or_default();
        let (a_day, a_week) = (most(kept.limits.a_day), most(kept.limits.a_week));
        Self { days, a_day, a_week, seen: kept.version(), wrong: FieldErrors::new() }
    }

    pub fn of_form(form: &Form) -> Self {
        let mut days: [Vec<Row>; 7] = Default::default();
        for (day, rows) in days.iter_mut().enumerate() {
            let there = |row: &usize| !form.all(&name(day, *row, "kind")).is_empty();
            rows.extend((0..MOST_ROWS).take_while(there).map(|row| Row {
                is_break: form.text(&name(day, row, "kind")) == "break",
                from: form.text(&name(day, row, "from")).to_owned(),
                to: form.text(&name(day, row, "to")).to_owned(),
                at: form.text(&name(day, row, "at")).to_owned(),
            }));
        }
        let text = |name| form.text(name).to_owned();
        Self { days, a_day: text("a-day"), a_week: text("a-week"), seen: text("seen"), wrong: FieldErrors::new() }
    }

    pub fn complaining(self, wrong: FieldErrors) -> Self {
        Self { wrong, ..self }
    }

    /// Does what a button says: `open-1`, `break-1`, `remove-1-0`, `copy`. Anything else changes nothing.
    pub fn act(&mut self, act: &str, form: &Form) {
        let mut parts = act.split('-');
        let verb = parts.next().unwrap_or_default();
        let mut number = || parts.next().and_then(|part| part.parse::<usize>().ok());
        let day = number().and_then(|day| day.checked_sub(1));
        let row = number();
        if verb == "copy" {
            let from = form.parsed::<usize>("copy-from").and_then(|day| day.checked_sub(1));
            let rows = from.and_then(|day| self.days.get(day)).cloned().unwrap_or_default();
            for (day, place) in self.days.iter_mut().enumerate() {
                if form.ticked(&format!("copy-to-{}", day + 1)) {
                    place.clone_from(&rows);
                }
            }
            return;
        }
        let Some(rows) = day.and_then(|day| self.days.get_mut(day)) else {
            return;
        };
        match (verb, row) {
            ("open" | "break", _) if rows.len() < MOST_ROWS => {
                let (is_break, first) = (verb == "break", rows.is_empty());
                let usual = if is_break { ("12:00", "13:00") } else { ("09:00", "17:00") };
                // The usual times are a first proposal; further hours are for the person to say.
                let usual = if is_break || first { usual } else { ("", "") };
                rows.push(Row { is_break, from: usual.0.to_owned(), to: usual.1.to_owned(), at: String::new() });
            }
            ("remove", Some(row)) if row < rows.len() => {
                rows.remove(row);
            }
            _ => {}
        }
    }

    /// The week, or a message beside each field that cannot be read. Rows without any time are left out.
    pub fn parse(&self) -> Result<(Vec<Period>, Limits), FieldErrors> {
        let mut wrong = FieldErrors::new();
        let mut periods: Vec<Period> = Vec::new();
        for (day, rows) in self.days.iter().enumerate() {
            let weekday = i8::try_from(day + 1).unwrap_or(1);
            for (row, typed) in rows.iter().enumerate() {
                if typed.from.is_empty() && typed.to.is_empty() {
                    continue;
                }
                let (from, to) = (name(day, row, "from"), name(day, row, "to"));
                let starts = minute(&typed.from);
                let ends = end_minute(&typed.to);
                let (Some(starts), Some(ends)) = (starts, ends) else {
                    let field = if starts.is_none() { &from } else { &to };
                    wrong.add(field, "Give the time like 14:30.");
                    continue;
                };
                let is_break = typed.is_break;
                if ends <= starts {
                    wrong.add(&to, "The end comes after the beginning. Hours over midnight are two rows on two days.");
                    continue;
                }
                let Some(at) = place(&typed.at) else {
                    wrong.add(&name(day, row, "at"), "Choose a place of the list.");
                    continue;
                };
                let of_day = || periods.iter().filter(|p| p.weekday == weekday && p.is_break == is_break);
                if of_day().any(|p| p.starts < ends && starts < p.ends) {
                    wrong.add(&from, "This overlaps another row of the day.");
                    continue;
                }
                periods.push(Period {
                    weekday,
                    is_break,
                    starts,
                    ends,
                    at: if is_break { At::Everywhere } else { at },
                });
            }
        }
        for (day, rows) in self.days.iter().enumerate() {
            for (row, typed) in rows.iter().enumerate().filter(|(_, typed)| typed.is_break) {
                let (Some(from), Some(to)) = (minute(&typed.from), end_minute(&typed.to)) else {
                    continue;
                };
                let of_day = |p: &&Period| usize::try_from(p.weekday).is_ok_and(|w| w == day + 1) && !p.is_break;
                if !periods.iter().filter(of_day).any(|p| p.starts < to && from < p.ends) && wrong.is_empty() {
                    wrong.add(&name(day, row, "from"), "A break lies within the hours of its day.");
                }
            }
        }
        let limits =
            Limits { a_day: self.limit("a-day", 50, &mut wrong), a_week: self.limit("a-week", 200, &mut wrong) };
        if wrong.is_empty() { Ok((periods, limits)) } else { Err(wrong) }
    }

    fn limit(&self, field: &str, most: u16, wrong: &mut FieldErrors) -> Option<u16> {
        let typed = if field == "a-day" { &self.a_day } else { &self.a_week };
        if typed.is_empty() {
            return None;
        }
        let limit = typed.parse().ok().filter(|limit| (1..=most).contains(limit));
        if limit.is_none() {
            wrong.add(field, format!("Give a number from 1 to {most}, or nothing for any number."));
        }
        limit
    }

    /// What the fields show.
    pub fn state(&self) -> FormState {
        let mut values = vec![("a-day".to_owned(), self.a_day.clone()), ("a-week".to_owned(), self.a_week.clone())];
        for (day, rows) in self.days.iter().enumerate() {
            for (row, typed) in rows.iter().enumerate() {
                values.push((name(day, row, "from"), typed.from.clone()));
                values.push((name(day, row, "to"), typed.to.clone()));
                values.push((name(day, row, "at"), typed.at.clone()));
            }
        }
        FormState::with(values).complaining(self.wrong.clone())
    }
}

/// The week in words, a line for each stretch of days that are alike: "Monday to Friday 09:00–17:00 (break 12:00–13:00)".
/// `places` are the names of places by their code.
pub(super) fn told(kept: &Kept, places: &[(String, String)]) -> Vec<String> {
    let week = Typed::of_kept(kept);
    let named = |code: &str| {
        let known = places.iter().find(|(known, _)| known == code && !code.is_empty());
        known.map(|(_, name)| format!(" in {name}")).unwrap_or_default()
    };
    let words = |rows: &Vec<Row>| {
        let span =
            |row: &Row| format!("{}–{}{}", row.from, if row.to == "00:00" { "24:00" } else { &row.to }, named(&row.at));
        let open: Vec<String> = rows.iter().filter(|row| !row.is_break).map(span).collect();
        let breaks: Vec<String> = rows.iter().filter(|row| row.is_break).map(span).collect();
        match (open.is_empty(), breaks.is_empty()) {
            (true, _) => "closed".to_owned(),
            (false, true) => open.join(", "),
            (false, false) => format!("{} (break {})", open.join(", "), breaks.join(", ")),
        }
    };
    let mut told: Vec<(usize, usize, String)> = Vec::new();
    for (day, rows) in week.days.iter().enumerate() {
        let words = words(rows);
        match told.last_mut() {
            Some((_, last, same)) if *same == words => *last = day,
            _ => told.push((day, day, words)),
        }
    }
    let day = |day: usize| DAYS.get(day).copied().unwrap_or_default();
    let line = |(first, last, words): (usize, usize, String)| match last - first {
        0 => format!("{} {words}", day(first)),
        _ => format!("{} to {} {words}", day(first), day(last)),
    };
    told.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::kernel::MemberId;

    fn row(is_break: bool, from: &str, to: &str) -> Row {
        Row { is_break, from: from.to_owned(), to: to.to_owned(), at: String::new() }
    }

    #[test]
    fn midnight_ends_a_day_under_both_its_names() {
        assert_eq!(
            ["24:00", "00:00", "17:30", "24:01", "x"].map(end_minute),
            [Some(civil::DAY), Some(civil::DAY), Some(1050), None, None]
        );
        assert_eq!(minute("24:00"), None, "no day begins with its end");
    }

    fn monday(rows: Vec<Row>) -> Typed {
        let mut typed = Typed::default();
        typed.days[0] = rows;
        typed
    }

    #[test]
    fn several_stretches_and_breaks_make_a_day() {
        let typed = monday(vec![
            row(false, "08:00", "12:00"),
            row(false, "13:00", "00:00"),
            row(true, "10:00", "10:15"),
            row(false, "", ""),
        ]);
        let (periods, _) = typed.parse().unwrap();
        let times: Vec<_> = periods.iter().map(|p| (p.weekday, p.is_break, p.starts, p.ends)).collect();
        assert_eq!(times, [(1, false, 480, 720), (1, false, 780, 1440), (1, true, 600, 615)]);
    }

    #[test]
    fn what_cannot_be_meant_is_said_beside_its_row() {
        let complaint = |rows: Vec<Row>, field: &str| {
            let wrong = monday(rows).parse().unwrap_err();
            wrong.of(field).map(str::to_owned).unwrap_or_else(|| panic!("{wrong:?}"))
        };
        assert!(complaint(vec![row(false, "noon", "13:00")], "hours-1-0-from").contains("14:30"));
        assert!(complaint(vec![row(false, "13:00", "12:00")], "hours-1-0-to").contains("after the beginning"));
        let twice = vec![row(false, "09:00", "12:00"), row(false, "11:00", "13:00")];
        assert!(complaint(twice, "hours-1-1-from").contains("overlaps"));
        let lonely = vec![row(false, "09:00", "12:00"), row(true, "13:00", "14:00")];
        assert!(complaint(lonely, "hours-1-1-from").contains("within the hours"));
        let many = Typed { a_day: "0".to_owned(), a_week: "x".to_owned(), ..Typed::default() };
        let wrong = many.parse().unwrap_err();
        assert!(wrong.of("a-day").is_some() && wrong.of("a-week").is_some());
    }

    #[test]
    fn buttons_add_and_remove_rows() {
        let mut typed = Typed::default();
        let form = Form::default();
        for act in ["open-1", "open-1", "break-1", "remove-1-1", "open-9", "remove-1-7", "remove-2-0", "nonsense", ""] {
            typed.act(act, &form);
        }
        assert_eq!(typed.days[0], [row(false, "09:00", "17:00"), row(true, "12:00", "13:00")]);
        assert!(typed.days[1..].iter().all(Vec::is_empty));
        (0..20).for_each(|_| typed.act("open-3", &form));
        assert_eq!(typed.days[2].len(), MOST_ROWS);
    }

    #[test]
    fn a_week_is_told_in_lines() {
        let period = |weekday, is_break, starts, ends| Period { weekday, is_break, starts, ends, at: At::Everywhere };
        let mut periods: Vec<Period> = (1..=5).map(|day| period(day, false, 540, 1020)).collect();
        periods.extend((1..=5).map(|day| period(day, true, 720, 780)));
        periods.push(Period { at: At::Main, ..period(6, false, 1200, 1440) });
        let kept = Kept {
            id: MemberId(uuid::Uuid::nil()),
            name: "Ben".to_owned(),
            active: true,
            periods,
            dated: Vec::new(),
            limits: Limits::default(),
        };
        let lines = told(&kept, &[(MAIN.to_owned(), "Berlin".to_owned())]);
        assert_eq!(
            lines,
            ["Monday to Friday 09:00–17:00 (break 12:00–13:00)", "Saturday 20:00–24:00 in Berlin", "Sunday closed"]
        );
        let (mut read, _) = Typed::of_kept(&kept).parse().unwrap();
        let mut periods = kept.periods;
        read.sort_by_key(|p| (p.weekday, p.is_break));
        periods.sort_by_key(|p| (p.weekday, p.is_break));
        assert_eq!(read, periods, "what is shown is what is saved");
    }
}
