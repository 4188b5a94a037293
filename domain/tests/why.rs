//! "Why is this time not free?" against the function that offers times: for any calendar, rules and taken time, a time is
//! offered exactly when every rule passes.

use domain::availability::why::{Asked, Rule, Standing, Verdict, why};
use domain::availability::{Calendar, Closure, Exception, Limits, Period, Rules, Taken, civil, open_slots};
use domain::catalog::At;
use domain::kernel::{OwnPlaceId, TimeRange};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

const FREE: Standing = Standing { on_offer: true, does: true, active: true };

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("a zone that is known")
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// Open on weekdays from 9 to 17 with a break at noon; visits of an hour every half hour, a quarter kept free after.
fn usual() -> (Calendar, Rules) {
    let weekdays = || 1..=5;
    let mut periods: Vec<Period> = weekdays()
        .map(|weekday| Period { weekday, is_break: false, starts: 540, ends: 1020, at: At::Everywhere })
        .collect();
    periods.extend(weekdays().map(|weekday| Period {
        weekday,
        is_break: true,
        starts: 720,
        ends: 780,
        at: At::Everywhere,
    }));
    let rules = Rules {
        duration: 60,
        interval: 30,
        buffer_before: 0,
        buffer_after: 15,
        min_notice: 120,
        horizon_days: 30,
        travel: 0,
        at: At::Everywhere,
        daily_limit: None,
    };
    (Calendar { periods, ..Calendar::default() }, rules)
}

/// The rules a time in Berlin does not keep, asked on Monday, 2 November 2026, at ten.
fn broken(calendar: &Calendar, rules: &Rules, taken: &[Taken], standing: Standing, wanted: &str) -> Vec<Verdict> {
    let asked =
        Asked { zone: &zone("Europe/Berlin"), calendar, rules, taken, standing, now: at("2026-11-02T09:00:00Z") };
    why(&asked, at(wanted)).into_iter().filter(|verdict| !verdict.passed).collect()
}

fn rules_broken(verdicts: &[Verdict]) -> Vec<Rule> {
    verdicts.iter().map(|verdict| verdict.rule).collect()
}

#[test]
fn every_rule_is_named_when_it_alone_is_broken() {
    let (calendar, rules) = usual();
    let day = jiff::civil::date(2026, 11, 3);
    let free = "2026-11-03T08:30:00Z";
    let one = |calendar: &Calendar, rules: &Rules, taken: &[Taken], wanted: &str| {
        let broken = broken(calendar, rules, taken, FREE, wanted);
        assert!(broken.len() <= 1, "{broken:?}");
        broken.first().map(|verdict| (verdict.rule, verdict.said.clone()))
    };
    let ask = |wanted| one(&calendar, &rules, &[], wanted).map(|(rule, _)| rule);
    assert_eq!(ask(free), None);
    assert_eq!(ask("2026-11-02T10:00:00Z"), Some(Rule::Notice));
    assert_eq!(ask("2026-12-22T08:30:00Z"), Some(Rule::Horizon));
    assert_eq!(ask("2026-11-03T16:00:00Z"), Some(Rule::Hours), "it would end after five");
    assert_eq!(ask("2026-11-07T08:30:00Z"), Some(Rule::Hours), "a Saturday");
    assert_eq!(ask("2026-11-03T10:30:00Z"), Some(Rule::Break));
    let (rule, said) = one(&calendar, &rules, &[], "2026-11-03T08:40:00Z").expect("off the grid");
    assert_eq!((rule, said.contains("09:30 and 10:00")), (Rule::Grid, true), "{said}");

    let with = |change: &dyn Fn(&mut Calendar)| {
        let mut changed = calendar.clone();
        change(&mut changed);
        one(&changed, &rules, &[], free).map(|(rule, _)| rule)
    };
    let potsdam = At::Own(OwnPlaceId(uuid::Uuid::nil()));
    let there = Rules { at: potsdam, ..rules };
    assert_eq!(one(&calendar, &there, &[], free), None, "hours of everywhere");
    let mut main = calendar.clone();
    main.periods.iter_mut().filter(|period| !period.is_break).for_each(|period| period.at = At::Main);
    assert_eq!(one(&main, &there, &[], free).map(|(rule, _)| rule), Some(Rule::Place));
    assert_eq!(one(&main, &there, &[], "2026-11-07T08:30:00Z").map(|(rule, _)| rule), Some(Rule::Hours), "a Saturday");
    assert_eq!(one(&main, &Rules { at: At::Main, ..rules }, &[], free), None);
    assert_eq!(one(&calendar, &rules, &[], free), None, "nobody said where");

    assert_eq!(with(&|c| c.closures.push(Closure { first: day, last: day })), Some(Rule::Closure));
    assert_eq!(with(&|c| c.holidays.push(day)), Some(Rule::Holiday));
    let said = |open, hours| Exception { date: day, open, hours };
    assert_eq!(with(&|c| c.exceptions.push(said(false, None))), Some(Rule::Exception));
    assert_eq!(with(&|c| c.exceptions.push(said(false, Some((560, 600))))), Some(Rule::Exception));
    assert_eq!(with(&|c| c.exceptions.push(said(true, Some((600, 700))))), Some(Rule::Hours));

    let taken = |from: &str, to: &str, visit: bool| {
        let during = TimeRange::new(at(from), at(to)).expect("some time");
        Taken { during, visit: visit.then_some(during.start) }
    };
    let booked = [taken("2026-11-03T09:00:00Z", "2026-11-03T09:45:00Z", true)];
    let (rule, said) = one(&calendar, &rules, &booked, free).expect("taken");
    assert_eq!((rule, said.starts_with("A booking takes 10:00–10:45")), (Rule::Taken, true), "{said}");
    let next = [taken("2026-11-03T09:40:00Z", "2026-11-03T10:00:00Z", false)];
    assert_eq!(one(&calendar, &rules, &next, free).map(|(rule, _)| rule), Some(Rule::Buffers));
    // The way to the customer reaches over what the buffers leave free.
    let later = [taken("2026-11-03T10:00:00Z", "2026-11-03T10:30:00Z", true)];
    assert_eq!(one(&calendar, &rules, &later, free), None);
    let (rule, said) = one(&calendar, &rules.with_travel(30), &later, free).expect("too near");
    assert_eq!((rule, said.starts_with("The way takes 30 minutes")), (Rule::Travel, true), "{said}");
    assert_eq!(
        one(&calendar, &rules.with_travel(30), &next, free).map(|(rule, _)| rule),
        Some(Rule::Buffers),
        "what stands in the way without a way is to blame"
    );
    let other = [taken("2026-11-03T14:00:00Z", "2026-11-03T15:00:00Z", true)];
    let limited = Rules { daily_limit: Some(1), ..rules };
    assert_eq!(one(&calendar, &limited, &other, free).map(|(rule, _)| rule), Some(Rule::DailyLimit));
    let busy = |a_day, a_week| Calendar { limits: Limits { a_day, a_week }, ..calendar.clone() };
    assert_eq!(one(&busy(Some(1), None), &rules, &other, free).map(|(rule, _)| rule), Some(Rule::OwnDay));
    assert_eq!(one(&busy(None, Some(1)), &rules, &other, free).map(|(rule, _)| rule), Some(Rule::OwnWeek));
    assert_eq!(one(&busy(None, Some(1)), &rules, &other, "2026-11-09T08:30:00Z"), None, "the week after");
}

#[test]
fn a_service_that_rests_and_a_person_who_does_not_do_it_are_named() {
    let (calendar, rules) = usual();
    let ask = |standing| rules_broken(&broken(&calendar, &rules, &[], standing, "2026-11-03T08:30:00Z"));
    assert_eq!(ask(Standing { on_offer: false, ..FREE }), [Rule::OnOffer]);
    assert_eq!(ask(Standing { does: false, ..FREE }), [Rule::Does]);
    assert_eq!(ask(Standing { active: false, ..FREE }), [Rule::Does]);
}

#[test]
fn the_second_coming_of_a_time_is_told_from_closed_hours() {
    let periods = (1..=7).map(|weekday| Period { weekday, is_break: false, starts: 0, ends: 1440, at: At::Everywhere });
    let calendar = Calendar { periods: periods.collect(), ..Calendar::default() };
    let rules = Rules { horizon_days: 400, ..usual().1 };
    let ask = |wanted| rules_broken(&broken(&calendar, &rules, &[], FREE, wanted));
    // On 31 October 2027 clocks in Berlin show half past two twice.
    assert_eq!(ask("2027-10-31T00:30:00Z"), []);
    assert_eq!(ask("2027-10-31T01:30:00Z"), [Rule::Clocks]);
}

fn stretch() -> impl Strategy<Value = (u16, u16)> {
    (0_u16..1430, 1_u16..900).prop_map(|(from, length)| (from, (from + length).min(1440)))
}

fn a_calendar(date: Date) -> impl Strategy<Value = Calendar> {
    let periods = prop::collection::vec((prop::bool::weighted(0.3), stretch(), a_place()), 0..5);
    let exceptions = prop::collection::vec((any::<bool>(), prop::option::weighted(0.8, stretch())), 0..3);
    let limits = (prop::option::weighted(0.2, 1_u16..3), prop::option::weighted(0.2, 1_u16..4));
    (periods, exceptions, prop::bool::weighted(0.1), prop::bool::weighted(0.2), limits).prop_map(
        move |(periods, exceptions, closed, holiday, (a_day, a_week))| {
            let period = |weekday| {
                move |&(is_break, (starts, ends), at): &(bool, (u16, u16), At)| Period {
                    weekday,
                    is_break,
                    starts,
                    ends,
                    at,
                }
            };
            Calendar {
                periods: (1..=7).flat_map(|weekday| periods.iter().map(period(weekday)).collect::<Vec<_>>()).collect(),
                exceptions: exceptions
                    .into_iter()
                    .filter(|(open, hours)| !open || hours.is_some())
                    .map(|(open, hours)| Exception { date, open, hours })
                    .collect(),
                closures: closed.then_some(Closure { first: date, last: date }).into_iter().collect(),
                holidays: holiday.then_some(date).into_iter().collect(),
                limits: Limits { a_day, a_week },
            }
        },
    )
}

/// Mostly everywhere, sometimes one of two places.
fn a_place() -> impl Strategy<Value = At> {
    prop_oneof![3 => Just(At::Everywhere), 1 => Just(At::Main), 1 => Just(At::Own(OwnPlaceId(uuid::Uuid::nil())))]
}

/// Days on which clocks change, and others.
fn a_day() -> impl Strategy<Value = (&'static str, Date)> {
    prop::sample::select(vec![
        ("Europe/Berlin", jiff::civil::date(2027, 3, 28)),
        ("Europe/Berlin", jiff::civil::date(2027, 10, 31)),
        ("America/New_York", jiff::civil::date(2027, 3, 14)),
        ("America/New_York", jiff::civil::date(2027, 11, 7)),
        ("Australia/Lord_Howe", jiff::civil::date(2027, 4, 4)),
        ("Australia/Lord_Howe", jiff::civil::date(2027, 10, 3)),
        ("Africa/Cairo", jiff::civil::date(2027, 4, 30)),
        ("America/Santiago", jiff::civil::date(2027, 9, 5)),
        ("Asia/Kolkata", jiff::civil::date(2027, 6, 9)),
        ("Pacific/Apia", jiff::civil::date(2027, 6, 9)),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn all_rules_pass_exactly_when_the_time_is_offered(
        (place, date, calendar) in a_day().prop_flat_map(|(place, date)| (Just(place), Just(date), a_calendar(date))),
        duration in 5_u16..200, interval in prop::sample::select(vec![5_u16, 15, 30, 45, 60]),
        before in prop::sample::select(vec![0_u16, 10, 30]), after in prop::sample::select(vec![0_u16, 15, 60]),
        notice in prop::sample::select(vec![0_u32, 60, 1440]), horizon in 0_u16..12, early in 0_i64..14 * 1440,
        daily_limit in prop::option::weighted(0.2, 1_u16..3),
        taken in prop::collection::vec((-1440_i64..2880, 5_i64..240, any::<bool>()), 0..4),
        minutes in prop::collection::vec(-60_i64..1560, 8),
        standing in (prop::bool::weighted(0.95), prop::bool::weighted(0.95), prop::bool::weighted(0.95)),
        (travel, at) in (prop::sample::select(vec![0_u16, 15, 45]), a_place()),
    ) {
        let zone = zone(place);
        let midnight = civil::instant(&zone, date, 0).expect("in range");
        let now = midnight - SignedDuration::from_mins(early - 1440);
        let rules = Rules { duration, interval, buffer_before: before, buffer_after: after, min_notice: notice, horizon_days: horizon, travel, at, daily_limit };
        let taken: Vec<Taken> = taken.into_iter().filter_map(|(from, length, visit)| {
            let start = midnight + SignedDuration::from_mins(from);
            let during = TimeRange::new(start, start + SignedDuration::from_mins(length))?;
            Some(Taken { during, visit: visit.then_some(start) })
        }).collect();
        let (on_offer, does, active) = standing;
        let standing = Standing { on_offer, does, active };
        let asked = Asked { zone: &zone, calendar: &calendar, rules: &rules, taken: &taken, standing, now };
        // Any minute of the day and around it, seconds between, and every time that is offered.
        let offered = |at: Timestamp| {
            let slots = open_slots(&zone, &calendar, &rules, &taken, civil::date(&zone, at), now);
            on_offer && does && active && slots.iter().any(|slot| slot.start == at)
        };
        let mut wanted: Vec<Timestamp> = minutes.iter().map(|minute| midnight + SignedDuration::from_mins(*minute)).collect();
        wanted.push(midnight + SignedDuration::from_secs(minutes[0] * 60 + 30));
        for day in [date.yesterday(), Ok(date), date.tomorrow()].into_iter().flatten() {
            wanted.extend(open_slots(&zone, &calendar, &rules, &taken, day, now).iter().take(8).map(|slot| slot.start));
        }
        for at in wanted {
            let verdicts = why(&asked, at);
            let all = verdicts.iter().all(|verdict| verdict.passed);
            prop_assert_eq!(all, offered(at), "{} {}: {:?}", place, at, verdicts);
        }
        prop_assert!(date.checked_add(1.day()).is_ok());
    }
}
