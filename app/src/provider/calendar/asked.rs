//! Which part of the calendar is asked for, and the addresses of its neighbours.

use super::super::words::Clocks;
use super::PATH;
use crate::forms::Form;
use crate::request::PageRequest;
use domain::availability::{MemberWeek, Team, civil};
use domain::kernel::{MemberId, TimeRange};
use form_urlencoded::Serializer;
use jiff::ToSpan;
use jiff::civil::Date;
use uuid::Uuid;

/// How far from today one can turn the pages: two years.
const REACH: i32 = 731;

/// Days of an agenda: four weeks.
const AGENDA: u16 = 28;

/// One day with a column for each person, one week, one month, or the coming weeks as a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    Day,
    Week,
    Month,
    Agenda,
}

impl View {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Agenda => "agenda",
        }
    }

    fn parse(name: &str) -> Self {
        let known = [Self::Day, Self::Month, Self::Agenda].into_iter().find(|view| view.name() == name);
        known.unwrap_or(Self::Week)
    }
}

/// What an address or a form asks for; nothing in it is trusted.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub view: View,
    pub date: Option<Date>,
    pub member: Option<MemberId>,
    /// A block whose question is open.
    pub block: Option<Uuid>,
    /// The view was asked for by name.
    pub settled: bool,
}

impl Asked {
    pub fn of_address(page: &PageRequest) -> Self {
        let param = |name| page.param(name).unwrap_or_default();
        Self {
            view: View::parse(&param("view")),
            date: param("date").parse().ok(),
            member: param("member").parse().ok().map(MemberId),
            block: param("block").parse().ok(),
            settled: page.param("view").is_some(),
        }
    }

    /// Without a wish a team sees a day, one column each: its week is a crowd. One person sees a week.
    pub fn settle(self, team: &Team) -> Self {
        let crowd = team.members.len() > 1 && self.member.is_none();
        let view = if self.settled || !crowd { self.view } else { View::Day };
        Self { view, settled: true, ..self }
    }

    /// A form carries what was shown when it was sent, so that the same part is shown again; one that
    /// names a day shows that day.
    pub fn of_form(form: &Form) -> Self {
        Self {
            view: View::parse(form.text("view")),
            date: form.parsed("day").or_else(|| form.parsed("shown")),
            member: form.parsed("whose").map(MemberId),
            block: None,
            settled: true,
        }
    }

    /// The days shown from the first one on: where they begin, and how many. A month is shown in whole weeks.
    pub fn days(&self, first: Date) -> (Date, u16) {
        match self.view {
            View::Day => (first, 1),
            View::Week => (first, 7),
            View::Agenda => (first, AGENDA),
            View::Month => {
                let before = u16::try_from(first.weekday().to_monday_zero_offset()).unwrap_or(0);
                let days = before + u16::try_from(first.days_in_month()).unwrap_or(31);
                (monday(first), days.div_ceil(7) * 7)
            }
        }
    }

    /// The first day shown. Dates beyond reach are brought back into it.
    pub fn first(&self, today: Date) -> Date {
        let earliest = today.checked_sub(REACH.days()).unwrap_or(today);
        let latest = today.checked_add(REACH.days()).unwrap_or(today);
        let date = self.date.unwrap_or(today).clamp(earliest, latest);
        match self.view {
            View::Day | View::Agenda => date,
            View::Week => monday(date),
            View::Month => date.first_of_month(),
        }
    }

    /// The address of this part.
    pub fn address(&self) -> String {
        format!("{PATH}?{}", self.query().finish())
    }

    /// The same with a message about what was done.
    pub fn said(&self, what: &str) -> String {
        let mut query = self.query();
        query.append_pair("said", what);
        format!("{PATH}?{}", query.finish())
    }

    fn query(&self) -> Serializer<'static, String> {
        let mut query = Serializer::new(String::new());
        query.append_pair("view", self.view.name());
        if let Some(date) = self.date {
            query.append_pair("date", &date.to_string());
        }
        if let Some(member) = self.member {
            query.append_pair("member", &member.0.to_string());
        }
        if let Some(block) = self.block {
            query.append_pair("block", &block.to_string());
        }
        query
    }
}

fn monday(date: Date) -> Date {
    let since = i32::from(date.weekday().to_monday_zero_offset());
    date.checked_sub(since.days()).unwrap_or(date)
}

/// What is shown, once zone and people are known.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// What was asked, with a date within reach and a person of the team.
    pub asked: Asked,
    pub first: Date,
    pub clocks: Clocks,
}

impl Shown {
    pub fn new(asked: &Asked, team: &Team, clocks: Clocks) -> Self {
        let first = asked.first(clocks.today());
        let known = |id: &MemberId| team.members.len() > 1 && team.members.iter().any(|member| member.id == *id);
        Self { asked: Asked { date: Some(first), member: asked.member.filter(known), ..asked.clone() }, first, clocks }
    }

    /// The days shown.
    pub fn dates(&self) -> Vec<Date> {
        let (first, days) = self.asked.days(self.first);
        (0..i32::from(days)).filter_map(|day| first.checked_add(day.days()).ok()).collect()
    }

    /// From the first midnight to the last: 167 to 169 hours where clocks change.
    pub fn range(&self) -> Option<TimeRange> {
        let (first, days) = self.asked.days(self.first);
        let after = first.checked_add(i32::from(days).days()).ok()?;
        let midnight = |date| civil::instant(&self.clocks.zone, date, 0);
        TimeRange::new(midnight(first)?, midnight(after)?)
    }

    /// Whether somebody's calendar is shown.
    pub fn shows(&self, member: &MemberWeek) -> bool {
        self.asked.member.is_none_or(|id| id == member.id)
    }

    /// So many pages further on, as far as one can turn.
    pub fn turned(&self, pages: i32) -> Option<String> {
        let further = match self.asked.view {
            View::Month => pages.months(),
            _ => (pages * i32::from(self.asked.days(self.first).1)).days(),
        };
        let date = self.first.checked_add(further).ok()?;
        let asked = Asked { date: Some(date), block: None, ..self.asked.clone() };
        (asked.first(self.clocks.today()) == date).then(|| asked.address())
    }

    /// The page of today.
    pub fn today(&self) -> String {
        format!("{}#today", Asked { date: None, block: None, ..self.asked.clone() }.address())
    }

    /// The other view of the same time: from a week to today if it is in it, otherwise to its first day.
    pub fn viewed(&self, view: View) -> String {
        Asked { view, date: Some(self.day_of_interest()), block: None, ..self.asked.clone() }.address()
    }

    /// Today if it is shown, otherwise the first day.
    pub fn day_of_interest(&self) -> Date {
        let today = self.clocks.today();
        // The weeks of a month begin in the one before.
        let shown = |date: &Date| self.asked.view != View::Month || date.first_of_month() == self.first;
        if self.dates().contains(&today) && shown(&today) { today } else { self.first }
    }

    /// One day of it.
    pub fn day(&self, date: Date) -> String {
        Asked { view: View::Day, date: Some(date), block: None, ..self.asked.clone() }.address()
    }

    /// Somebody's calendar, or everybody's.
    pub fn of(&self, member: Option<MemberId>) -> String {
        Asked { member, block: None, ..self.asked.clone() }.address()
    }

    /// What is shown now, without any question.
    pub fn here(&self) -> String {
        Asked { block: None, ..self.asked.clone() }.address()
    }

    /// The same with a day, and whose it is, in the form that blocks time; a stretch of it may be added.
    pub fn blocking(&self, date: Date, member: Option<MemberId>) -> String {
        let whose = member.map(|member| format!("&for={}", member.0)).unwrap_or_default();
        format!("{}&on={date}{whose}", self.here())
    }

    /// The same with the question of a block open, to which another time of it is added.
    pub fn moving(&self, block: Uuid) -> String {
        Asked { block: Some(block), ..self.asked.clone() }.address()
    }

    /// The same with the question of a block open.
    pub fn asking(&self, block: Uuid) -> String {
        format!("{}#block-{block}", self.moving(block))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn asked(view: View, date: Option<Date>) -> Asked {
        Asked { view, date, member: None, block: None, settled: true }
    }

    #[test]
    fn weeks_begin_on_monday_and_dates_stay_within_reach() {
        let today = date(2026, 11, 20);
        assert_eq!(asked(View::Week, None).first(today), date(2026, 11, 16));
        assert_eq!(asked(View::Week, Some(date(2026, 11, 22))).first(today), date(2026, 11, 16));
        assert_eq!(asked(View::Day, None).first(today), today);
        for hostile in [Date::MIN, Date::MAX, date(1, 1, 1), date(9000, 1, 1)] {
            let first = asked(View::Week, Some(hostile)).first(today);
            assert!((2024..=2028).contains(&first.year()), "{first}");
        }
    }

    #[test]
    fn a_month_is_shown_in_whole_weeks_and_turned_by_months() {
        let today = date(2026, 11, 20);
        let month = asked(View::Month, Some(date(2027, 1, 31)));
        let first = month.first(today);
        assert_eq!((first, month.days(first)), (date(2027, 1, 1), (date(2026, 12, 28), 35)));
        assert_eq!(month.days(date(2027, 2, 1)), (date(2027, 2, 1), 28), "four weeks and nothing else");
        assert_eq!(month.days(date(2026, 8, 1)), (date(2026, 7, 27), 42));
        let team = Team { zone: domain::kernel::Zone::utc(), members: Vec::new() };
        let clocks = Clocks { zone: jiff::tz::TimeZone::UTC, now: "2026-11-20T00:00:00Z".parse().unwrap() };
        let shown = Shown::new(&month, &team, clocks);
        assert_eq!(shown.turned(1).as_deref(), Some("/provider/calendar?view=month&date=2027-02-01"));
        assert_eq!(shown.turned(-1).as_deref(), Some("/provider/calendar?view=month&date=2026-12-01"));
    }

    #[test]
    fn a_week_of_changing_clocks_is_an_hour_longer_or_shorter() {
        let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
        let team = Team { zone: domain::kernel::Zone::utc(), members: Vec::new() };
        let hours = |day: Date| {
            let clocks = Clocks { zone: zone.clone(), now: "2026-06-01T00:00:00Z".parse().unwrap() };
            let range = Shown::new(&asked(View::Week, Some(day)), &team, clocks).range().unwrap();
            range.end.duration_since(range.start).as_hours()
        };
        assert_eq!([hours(date(2026, 3, 29)), hours(date(2026, 10, 25)), hours(date(2026, 6, 1))], [167, 169, 168]);
    }
}
