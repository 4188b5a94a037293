//! The price quote against random services and choices.

use domain::catalog::{
    Choice, Extra, HOURLY_STEP_MIN, Kind, Package, Priced, Pricing, Surcharges, Tier, Unit, quote, quote::length_words,
    quote_at,
};
use domain::kernel::{Currency, ExtraId, Money, PackageId};
use jiff::civil::DateTime;
use proptest::prelude::*;
use uuid::Uuid;

fn euro(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

fn package(number: u128, price: i64, minutes: u32, days: u32) -> Package {
    Package {
        id: PackageId(Uuid::from_u128(number)),
        tier: Tier::ALL[usize::try_from(number % 3).expect("as it should be")],
        name: format!("Package {number}"),
        description: String::new(),
        includes: Vec::new(),
        price: euro(price),
        duration_min: minutes,
        delivery_days: days,
        revisions: 0,
    }
}

fn extra(number: u128, price: i64, minutes: u32, days: u32) -> Extra {
    let id = ExtraId(Uuid::from_u128(1000 + number));
    Extra { id, name: format!("Extra {number}"), price: euro(price), extra_min: minutes, extra_days: days }
}

fn priced(pricing: Pricing, kind: Kind) -> Priced {
    Priced {
        title: "Fix a tap".to_owned(),
        kind,
        pricing,
        price: euro(4000),
        duration_min: 60,
        max_duration_min: 240,
        delivery_days: 3,
        unit: Unit { name: "window".to_owned(), least: 2, most: 50, minutes: 10 },
        surcharges: Surcharges::default(),
        packages: vec![package(1, 9000, 60, 2), package(2, 15_000, 120, 5)],
        extras: vec![extra(1, 1500, 30, 1), extra(2, 700, 0, 0)],
    }
}

#[test]
fn an_hourly_visit_costs_its_hours() {
    let service = priced(Pricing::Hourly, Kind::Visit);
    let shortest = quote(&service, &Choice::default()).unwrap();
    assert_eq!((shortest.total, shortest.minutes), (euro(4000), 60));
    let longer = quote(&service, &Choice { minutes: Some(150), ..Choice::default() }).unwrap();
    assert_eq!((longer.total, longer.minutes), (euro(10_000), 150));
    assert_eq!(longer.lines[0].label, "2 h 30 min at €40 an hour");
    for minutes in [0, 30, 61, 75, 270, u32::MAX] {
        let refused = quote(&service, &Choice { minutes: Some(minutes), ..Choice::default() }).unwrap_err();
        assert!(refused.of("minutes").is_some(), "{minutes}");
    }
}

#[test]
fn packages_must_be_chosen_and_known() {
    let service = priced(Pricing::Packages, Kind::Delivery);
    assert!(quote(&service, &Choice::default()).unwrap_err().of("package").is_some());
    let unknown = Choice { package: Some(PackageId(Uuid::nil())), ..Choice::default() };
    assert!(quote(&service, &unknown).unwrap_err().of("package").is_some());
    let both = Choice {
        package: Some(service.packages[1].id),
        extras: vec![service.extras[0].id, service.extras[0].id],
        minutes: Some(7),
        count: Some(3),
    };
    let quote = quote(&service, &both).unwrap();
    assert_eq!((quote.total, quote.minutes, quote.days), (euro(16_500), 0, 6));
    assert_eq!(quote.lines.len(), 2);
}

#[test]
fn stale_choices_are_told_not_ignored() {
    let service = priced(Pricing::Fixed, Kind::Visit);
    let stale = Choice {
        package: Some(PackageId(Uuid::from_u128(1))),
        extras: vec![ExtraId(Uuid::nil())],
        ..Choice::default()
    };
    let refused = quote(&service, &stale).unwrap_err();
    assert!(refused.of("package").is_some() && refused.of("extra").is_some());
}

#[test]
fn so_many_cost_so_many_times_as_much_and_take_longer() {
    let service = priced(Pricing::Unit, Kind::Visit);
    let fewest = quote(&service, &Choice::default()).unwrap();
    assert_eq!((fewest.total, fewest.minutes), (euro(8000), 80), "the fewest, when nobody says");
    let all = quote(&service, &Choice { count: Some(50), ..Choice::default() }).unwrap();
    assert_eq!((all.total, all.minutes), (euro(200_000), 560));
    assert_eq!(all.lines[0].label, "50 × window at €40");
    for count in [0, 1, 51, u32::MAX] {
        let refused = quote(&service, &Choice { count: Some(count), ..Choice::default() }).unwrap_err();
        assert!(refused.of("count").is_some(), "{count}");
    }
    let mut slow = service;
    slow.unit.minutes = 60;
    let refused = quote(&slow, &Choice { count: Some(24), ..Choice::default() }).unwrap_err();
    assert!(refused.of("count").is_some(), "more than a day");
    slow.price = euro(i64::MAX / 2);
    assert!(quote(&slow, &Choice { count: Some(3), ..Choice::default() }).is_err(), "more than money can say");
}

#[test]
fn a_price_from_is_booked_as_it_stands() {
    let service = priced(Pricing::From, Kind::Visit);
    assert_eq!(service.from_price(), (euro(4000), true));
    assert_eq!(quote(&service, &Choice::default()).unwrap().total, euro(4000));
}

#[test]
fn nothing_is_quoted_where_the_price_is_named_on_request() {
    for kind in Kind::ALL {
        let refused = quote(&priced(Pricing::Quote, *kind), &Choice::default()).unwrap_err();
        assert!(refused.of("").is_some());
    }
}

#[test]
fn a_visit_longer_than_a_day_is_refused() {
    let mut service = priced(Pricing::Fixed, Kind::Visit);
    service.duration_min = 1440;
    let choice = Choice { extras: vec![service.extras[0].id], ..Choice::default() };
    assert!(quote(&service, &choice).unwrap_err().of("extra").is_some());
}

#[test]
fn lengths_are_said_in_hours_and_minutes() {
    assert_eq!([45, 120, 150].map(length_words), ["45 min", "2 h", "2 h 30 min"]);
}

fn any_service() -> impl Strategy<Value = Priced> {
    let packages = prop::collection::vec((0_i64..1_000_000, 5_u32..600, 0_u32..30), 1..4);
    let extras = prop::collection::vec((0_i64..100_000, 0_u32..240, 0_u32..10), 0..5);
    let pricing = prop::sample::select(Pricing::ALL);
    let kind = prop::sample::select(Kind::ALL);
    (pricing, kind, 0_i64..1_000_000, 5_u32..300, 0_u32..600, packages, extras).prop_map(
        |(pricing, kind, price, shortest, more, packages, extras)| Priced {
            title: "Anything".to_owned(),
            kind,
            pricing,
            price: euro(price),
            duration_min: shortest,
            max_duration_min: shortest + more,
            delivery_days: 3,
            unit: Unit { name: "window".to_owned(), least: 2, most: 50, minutes: 10 },
            surcharges: Surcharges::default(),
            packages: packages.into_iter().zip(1..).map(|((p, m, d), n)| package(n, p, m, d)).collect(),
            extras: extras.into_iter().zip(1..).map(|((p, m, d), n)| extra(n, p, m, d)).collect(),
        },
    )
}

fn any_start() -> impl Strategy<Value = DateTime> {
    (1_i8..=12, 1_i8..=28, 0_i8..24, 0_i8..60)
        .prop_map(|(month, day, hour, minute)| jiff::civil::date(2027, month, day).at(hour, minute, 0, 0))
}

proptest! {
    #[test]
    fn surcharges_are_lines_of_the_price_and_nothing_else_changes(
        service in any_service(), weekend in 0_u32..=200, night in 0_u32..=200, start in any_start()
    ) {
        let surcharges = Surcharges { weekend_percent: weekend, night_percent: night, ..Surcharges::default() };
        let service = Priced { surcharges, ..service };
        let package = (service.pricing == Pricing::Packages).then(|| service.packages[0].id);
        let choice = Choice { package, ..Choice::default() };
        let (plain, then) = (quote(&service, &choice), quote_at(&service, &choice, Some(start)));
        prop_assert_eq!(&quote_at(&service, &choice, None), &plain);
        let (Ok(plain), Ok(then)) = (plain, then) else { return Ok(()) };
        prop_assert_eq!((then.minutes, then.days), (plain.minutes, plain.days));
        prop_assert_eq!(&then.lines[..plain.lines.len()], &plain.lines[..]);
        prop_assert_eq!(then.total.minor, then.lines.iter().map(|line| line.amount.minor).sum::<i64>());
        let percent = if service.kind == Kind::Visit { surcharges.percent(start) } else { 0 };
        prop_assert_eq!(then.lines.len() > plain.lines.len(), percent > 0);
        let off = i128::from(then.total.minor - plain.total.minor) * 100 - i128::from(plain.total.minor) * i128::from(percent);
        prop_assert!(off.abs() <= 100, "within half a cent for each of two lines");
    }

    #[test]
    fn the_total_is_the_sum_of_its_lines(service in any_service(), picks in any::<[bool; 5]>(), step in 0_usize..40) {
        let extras: Vec<ExtraId> =
            service.extras.iter().zip(picks).filter(|(_, pick)| *pick).map(|(extra, _)| extra.id).collect();
        let lengths = service.lengths();
        let choice = Choice {
            package: (service.pricing == Pricing::Packages).then(|| service.packages[step % service.packages.len()].id),
            extras: extras.clone(),
            minutes: (!lengths.is_empty()).then(|| lengths[step % lengths.len()]),
            count: (service.pricing == Pricing::Unit).then(|| 2 + u32::try_from(step).unwrap_or(0)),
        };
        match quote(&service, &choice) {
            Ok(quoted) => {
                let sum: i64 = quoted.lines.iter().map(|line| line.amount.minor).sum();
                prop_assert_eq!(quoted.total.minor, sum);
                prop_assert!(quoted.lines.iter().all(|line| line.amount.minor >= 0));
                prop_assert_eq!(quoted.lines.len(), 1 + extras.len());
                prop_assert_eq!(quoted.minutes == 0, service.kind == Kind::Delivery);
                prop_assert!(quoted.minutes <= 1440);
                // The order of ticking and ticking twice change nothing.
                let mut again = choice.clone();
                again.extras.reverse();
                again.extras.extend(extras);
                prop_assert_eq!(quote(&service, &again), Ok(quoted));
            }
            Err(refused) => {
                let too_long = refused.of("extra").or(refused.of("count")).is_some();
                prop_assert!(too_long || !service.has_a_price(), "only the length of a day can be in the way");
            }
        }
    }

    #[test]
    fn each_of_a_unit_costs_the_same(price in 0_i64..1_000_000, least in 1_u32..50, more in 0_u32..100, count in 0_u32..200) {
        let unit = Unit { name: "m²".to_owned(), least, most: least + more, minutes: 0 };
        let service = Priced { price: euro(price), unit, ..priced(Pricing::Unit, Kind::Delivery) };
        let quoted = quote(&service, &Choice { count: Some(count), ..Choice::default() });
        prop_assert_eq!(quoted.is_ok(), service.unit.allows(count));
        if let Ok(quoted) = quoted {
            prop_assert_eq!(quoted.total.minor, price * i64::from(count));
        }
    }

    #[test]
    fn more_time_never_costs_less(service in any_service()) {
        let prices: Vec<i64> = service.lengths().into_iter()
            .filter_map(|minutes| quote(&service, &Choice { minutes: Some(minutes), ..Choice::default() }).ok())
            .map(|quote| quote.total.minor)
            .collect();
        prop_assert!(prices.is_sorted());
        prop_assert!(service.lengths().iter().all(|length| (length - service.duration_min) % HOURLY_STEP_MIN == 0));
    }
}
