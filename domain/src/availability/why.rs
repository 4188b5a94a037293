//! Why a time can be booked or not, rule by rule. What is said here agrees with [`super::slots::open_slots`]: a time is
//! offered exactly when every rule passes (`domain/tests/why.rs` tries it on thousands of calendars).

use super::calendar::Calendar;
use super::civil;
use super::slots::{Rules, Slot, Taken, ahead, starts, visits_in_week, visits_on};
use crate::catalog::At;
use crate::kernel::TimeRange;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// One of the rules a time must keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// The service is on offer.
    OnOffer,
    /// The person does it, and can be booked at all.
    Does,
    /// It is not over, and there is enough notice.
    Notice,
    /// It is not too far ahead.
    Horizon,
    /// The business is not away.
    Closure,
    /// It is no holiday the business keeps.
    Holiday,
    /// The person is not away on that date.
    Exception,
    /// It lies within the hours.
    Hours,
    /// It lies in no break.
    Break,
    /// The clocks show that time once, or it is the first of two.
    Clocks,
    /// A visit may begin at that minute.
    Grid,
    /// Nothing else stands in that time.
    Taken,
    /// There is room before and after the visit.
    Buffers,
    /// The hours at that time are those of the place the customer belongs to.
    Place,
    /// There is room for the way to the customer and back.
    Travel,
    /// The service takes another visit that day.
    DailyLimit,
    /// The person takes another visit that day.
    OwnDay,
    /// The person takes another visit that week.
    OwnWeek,
}

impl Rule {
    /// What the rule is about.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::OnOffer => "On offer",
            Self::Does => "Does this service",
            Self::Notice => "Notice",
            Self::Horizon => "How far ahead",
            Self::Closure => "Business away",
            Self::Holiday => "Public holiday",
            Self::Exception => "Dates that differ",
            Self::Hours => "Hours",
            Self::Break => "Breaks",
            Self::Clocks => "Change of clocks",
            Self::Grid => "Starting times",
            Self::Taken => "Taken",
            Self::Buffers => "Time before and after",
            Self::Place => "Hours by place",
            Self::Travel => "The way to the customer",
            Self::DailyLimit => "Visits a day for this service",
            Self::OwnDay => "Visits a day",
            Self::OwnWeek => "Visits a week",
        }
    }
}

/// What a rule says about a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Which rule.
    pub rule: Rule,
    /// Whether the time keeps it.
    pub passed: bool,
    /// Why, in a sentence.
    pub said: String,
}

/// Who and what is asked about, beside hours and rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The service is live, has a price that can be booked, and its business is not hidden.
    pub on_offer: bool,
    /// The person does it.
    pub does: bool,
    /// The person can be booked at present.
    pub active: bool,
}

/// A calendar with everything that decides about its times.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The zone of the hours.
    pub zone: &'a TimeZone,
    /// The person's hours.
    pub calendar: &'a Calendar,
    /// The service's rules.
    pub rules: &'a Rules,
    /// What is taken around the time: the week of its date, and a day more on both sides.
    pub taken: &'a [Taken],
    /// Who and what.
    pub standing: Standing,
    /// The present.
    pub now: Timestamp,
}

/// Every rule's word about a visit that begins at an instant. All pass: the time is offered.
#[must_use]
pub fn why(asked: &Asked<'_>, at: Timestamp) -> Vec<Verdict> {
    let mut verdicts = Vec::with_capacity(18);
    let date = civil::date(asked.zone, at);
    asked.standing(&mut verdicts);
    asked.time(&mut verdicts, date, at);
    asked.hours(&mut verdicts, date, at);
    asked.room(&mut verdicts, at);
    asked.limits(&mut verdicts, date);
    verdicts
}

impl Asked<'_> {
    fn standing(&self, verdicts: &mut Vec<Verdict>) {
        let offered = self.standing.on_offer;
        verdicts.push(say(
            Rule::OnOffer,
            offered,
            "The service can be booked.",
            "Nobody can book the service: it is a draft or paused, its price is on request, or the business is hidden.",
        ));
        let (passed, words) = match (self.standing.active, self.standing.does) {
            (true, true) => (true, "The person does this service."),
            (false, _) => (false, "The person cannot be booked at present."),
            (true, false) => (false, "The person does not do this service."),
        };
        verdicts.push(Verdict { rule: Rule::Does, passed, said: words.to_owned() });
    }

    fn time(&self, verdicts: &mut Vec<Verdict>, date: Date, at: Timestamp) {
        let notice = SignedDuration::from_mins(i64::from(self.rules.min_notice));
        let earliest = self.now.checked_add(notice).unwrap_or(Timestamp::MAX);
        let said = match (at >= earliest, at < self.now) {
            (true, _) => "It is far enough ahead.".to_owned(),
            (false, true) => "That time is over.".to_owned(),
            (false, false) => {
                format!(
                    "It is booked at least {} ahead: from {} on.",
                    length(self.rules.min_notice),
                    self.moment(earliest)
                )
            }
        };
        verdicts.push(Verdict { rule: Rule::Notice, passed: at >= earliest, said });
        let days = self.rules.horizon_days;
        let (passed, gone) = (ahead(self.zone, self.rules, date, self.now), date < civil::date(self.zone, self.now));
        let said = match (passed, gone) {
            (true, _) => format!("It is within the next {days} days."),
            (false, true) => "That day is over.".to_owned(),
            (false, false) => format!("It can be booked at most {days} days ahead."),
        };
        verdicts.push(Verdict { rule: Rule::Horizon, passed, said });
    }

    fn hours(&self, verdicts: &mut Vec<Verdict>, date: Date, at: Timestamp) {
        let day = self.calendar.day(date, self.rules.at);
        let closure = self.calendar.closures.iter().find(|closure| closure.first <= date && date <= closure.last);
        let closed = closure.map(|closure| {
            format!(
                "The business is away from {} to {}, and back on {}.",
                closure.first.strftime("%-d %B"),
                closure.last.strftime("%-d %B %Y"),
                closure.last.tomorrow().unwrap_or(closure.last).strftime("%A, %-d %B")
            )
        });
        verdicts.push(told(Rule::Closure, closed, "The business is not away."));
        let holiday = day.holiday.then(|| "It is a public holiday, and the business is closed on it.".to_owned());
        verdicts.push(told(Rule::Holiday, holiday, "It is no holiday the business is closed on."));

        // Each step cuts something out of the hours: whoever makes the time fall out is the one to blame.
        let open = day.open();
        let fits = |stretches: &[(u16, u16)]| self.fits(stretches, date, at);
        let once = (0..civil::DAY).any(|minute| civil::instant(self.zone, date, minute) == whole_minute(at));
        let (in_hours, in_rest, in_open) = (fits(&day.hours), fits(&day.without_breaks()), fits(&open));
        // Hours of another place, where these would do.
        let elsewhere = !in_open && fits(&self.calendar.day(date, At::Everywhere).open());
        let said = elsewhere.then(|| "The hours at that time are for another place.".to_owned());
        verdicts.push(told(Rule::Place, said, "No other place needs the person at that time."));
        let hours_kept = in_hours || in_open || !once || elsewhere;
        let cut = in_rest && !in_open;
        let away = if day.away {
            Some("The person is away all that day.".to_owned())
        } else {
            cut.then(|| format!("The person is away {} on that date.", spans(&day.cuts)))
        };
        verdicts.push(told(Rule::Exception, away, "The person is not away at that time."));
        let outside = (!hours_kept).then(|| match (day.hours.is_empty(), day.special) {
            (true, _) => format!("There are no hours on {}.", date.strftime("%A")),
            (false, true) => format!("The visit does not fit into the hours of that date: {}.", spans(&day.hours)),
            (false, false) => {
                format!("The visit does not fit into the hours of {}: {}.", date.strftime("%A"), spans(&day.hours))
            }
        });
        verdicts.push(told(Rule::Hours, outside, "The whole visit lies within the hours."));
        let in_break = in_hours && !in_rest && !in_open;
        let said = in_break.then(|| format!("The visit would run into a break: {}.", spans(&day.breaks)));
        verdicts.push(told(Rule::Break, said, "No break stands in the way."));
        let twice = "The clocks show that time twice that night, and the first of the two is meant.";
        verdicts.push(say(Rule::Clocks, once, "The clocks show that time as usual.", twice));
        let begins: Vec<Slot> = open.iter().flat_map(|stretch| starts(self.zone, self.rules, date, *stretch)).collect();
        let on_grid = !in_open || begins.iter().any(|slot| slot.start == at);
        let said = (!on_grid).then(|| self.nearest(&begins, at));
        verdicts.push(told(Rule::Grid, said, "A visit may begin at that minute."));
    }

    /// Whether a visit may begin at that minute when every minute of these stretches is a starting time.
    fn fits(&self, stretches: &[(u16, u16)], date: Date, at: Timestamp) -> bool {
        let Some(minute) = whole_minute(at) else {
            return false;
        };
        let every = Rules { interval: 1, ..*self.rules };
        stretches.iter().any(|stretch| starts(self.zone, &every, date, *stretch).any(|slot| slot.start == minute))
    }

    fn nearest(&self, begins: &[Slot], at: Timestamp) -> String {
        let every = length(u32::from(self.rules.interval));
        let before = begins.iter().map(|slot| slot.start).filter(|start| *start < at).max();
        let after = begins.iter().map(|slot| slot.start).filter(|start| *start > at).min();
        let near: Vec<String> = [before, after].into_iter().flatten().map(|start| self.clock(start)).collect();
        if near.is_empty() {
            return format!("Visits begin every {every}, counted from the beginning of the hours.");
        }
        format!("Visits begin every {every}; the nearest beginnings are {}.", near.join(" and "))
    }

    fn room(&self, verdicts: &mut Vec<Verdict>, at: Timestamp) {
        let ranges = self.rules.ranges(at);
        let over = |range: Option<TimeRange>| {
            self.taken.iter().find(|other| range.is_none_or(|range| other.during.overlaps(&range)))
        };
        let visit = over(ranges.map(|(visit, _)| visit));
        // Each widens what is looked at: whoever makes it touch something is the one to blame.
        let still = Rules { travel: 0, ..*self.rules }.ranges(at);
        let around = over(still.map(|(_, during)| during)).filter(|_| visit.is_none());
        let way = over(ranges.map(|(_, during)| during)).filter(|_| visit.is_none() && around.is_none());
        let words = |taken: &Taken| {
            let what = if taken.visit.is_some() { "A booking" } else { "Blocked time" };
            format!(
                "{what} takes {}–{}, with the time kept free around it.",
                self.clock(taken.during.start),
                self.clock(taken.during.end)
            )
        };
        verdicts.push(told(Rule::Taken, visit.map(words), "Nothing else stands in that time."));
        let next = |taken: &Taken| format!("{}–{}", self.clock(taken.during.start), self.clock(taken.during.end));
        let close = around.map(|taken| {
            let (before, after) = (self.rules.buffer_before, self.rules.buffer_after);
            let next = next(taken);
            format!("{before} minutes before and {after} after the visit are kept free, and {next} is taken.")
        });
        verdicts.push(told(Rule::Buffers, close, "There is room before and after the visit."));
        let travel = self.rules.travel;
        let far = way.map(|taken| {
            let next = next(taken);
            format!("The way takes {travel} minutes, there and back, and {next} is taken.")
        });
        let fine = match travel {
            0 => "No way is counted.".to_owned(),
            minutes => format!("There is room for the way: {minutes} minutes there, and as many back."),
        };
        verdicts.push(told(Rule::Travel, far, &fine));
    }

    fn limits(&self, verdicts: &mut Vec<Verdict>, date: Date) {
        let of_day = visits_on(self.zone, self.taken, date);
        let mut limit = |rule: Rule, most: Option<u16>, count: usize, within: &str| {
            let said = match most {
                None => format!("There is no limit {within}."),
                Some(most) => format!("{count} of {most} visits {within} are booked."),
            };
            verdicts.push(Verdict { rule, passed: most.is_none_or(|most| count < usize::from(most)), said });
        };
        limit(Rule::DailyLimit, self.rules.daily_limit, of_day, "that day");
        limit(Rule::OwnDay, self.calendar.limits.a_day, of_day, "that day");
        limit(Rule::OwnWeek, self.calendar.limits.a_week, visits_in_week(self.zone, self.taken, date), "that week");
    }

    fn shown(&self, at: Timestamp) -> DateTime {
        civil::shown(self.zone, at)
    }

    fn clock(&self, at: Timestamp) -> String {
        self.shown(at).strftime("%H:%M").to_string()
    }

    fn moment(&self, at: Timestamp) -> String {
        self.shown(at).strftime("%A %-d %B %H:%M").to_string()
    }
}

/// The beginning of the minute an instant lies in; offsets of our time are whole minutes.
fn whole_minute(at: Timestamp) -> Option<Timestamp> {
    Timestamp::from_second(at.as_second().div_euclid(60) * 60).ok()
}

fn say(rule: Rule, passed: bool, yes: &str, no: &str) -> Verdict {
    Verdict { rule, passed, said: if passed { yes } else { no }.to_owned() }
}

/// A complaint, or that there is none.
fn told(rule: Rule, complaint: Option<String>, fine: &str) -> Verdict {
    Verdict { rule, passed: complaint.is_none(), said: complaint.unwrap_or_else(|| fine.to_owned()) }
}

/// "09:00–12:00 and 13:00–17:00" of minutes of the day.
fn spans(stretches: &[(u16, u16)]) -> String {
    let span = |(from, to): &(u16, u16)| format!("{:02}:{:02}–{:02}:{:02}", from / 60, from % 60, to / 60, to % 60);
    stretches.iter().map(span).collect::<Vec<_>>().join(" and ")
}

/// "90 minutes", "2 hours", "3 days".
fn length(minutes: u32) -> String {
    let counted = |count: u32, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    match minutes {
        _ if minutes >= 2880 && minutes.is_multiple_of(1440) => counted(minutes / 1440, "day"),
        _ if minutes >= 60 && minutes.is_multiple_of(60) => counted(minutes / 60, "hour"),
        _ => counted(minutes, "minute"),
    }
}
