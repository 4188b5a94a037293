//! The way to customers: what it reserves, that two whose ways meet do not both get their time, that offering, moving,
//! explaining, searching and the calendar know of it, and who says how long it is.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::story;

use domain::availability::why::Rule;
use domain::availability::{
    self, Change, Claim, Outcome, Rules, block, change, keeping, lock_members, reserve, travel_version,
};
use domain::bookings::{self, Address, Book, BookError, Event, Reschedule, RescheduleError, offered_by, rules_for};
use domain::catalog::{Bookable, Known, Travel, bookable, import_places, read_places, way_to};
use domain::kernel::{Actor, Error, TimeRange, UserId, write};
use domain::testing::{Provider, Service, World};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use story::{at, go, wish};

/// Berlin's middle; a kilometre, ten and thirty away from it.
const PLACES: &str = "country,postal_code,name,lat,lng,zone\nDE,,Berlin,52.52,13.405,Europe/Berlin\n\
                      DE,10178,Berlin,52.529,13.405,\nDE,12555,Berlin,52.52,13.552,\nDE,14467,Potsdam,52.4,13.06,\n";

/// Thirty kilometres away: 45 minutes.
const POTSDAM: &str = "14467";
/// A kilometre away: a quarter of an hour.
const NEAR: &str = "10178";

struct Scene {
    world: World,
    plumbing: Provider,
    leak: Service,
    owner: Actor,
}

/// A business in the middle of Berlin: 15 minutes up to 5 km, 30 up to 15, 45 beyond.
async fn scene() -> Scene {
    let world = World::new().await;
    import_places(world.ctx(), &world.system(), read_places(PLACES).unwrap(), |_, _| ()).await.unwrap();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak").buffers(0, 10)).await;
    sqlx::query("UPDATE services SET lat = 52.52, lng = 13.405, radius_km = 12").execute(world.owner()).await.unwrap();
    // Potsdam lies outside of the circle: the business has named its postal code.
    sqlx::query("UPDATE providers SET country = 'DE', postal_codes = '{14467}'").execute(world.owner()).await.unwrap();
    let owner = world.actor(&plumbing.owner.user).await;
    let scene = Scene { world, plumbing, leak, owner };
    let bands = Travel::parse(&[("5", "15"), ("15", "30"), ("", "45")]).unwrap();
    assert_eq!(scene.say(&scene.owner, &Travel::default(), bands).await.unwrap(), Outcome::Saved);
    scene
}

impl Scene {
    async fn say(&self, who: &Actor, seen: &Travel, travel: Travel) -> Result<Outcome, Error> {
        let wanted = Change::Travel { seen: travel_version(seen), travel };
        change(self.world.ctx(), who, self.plumbing.id, wanted, "").await
    }

    async fn service(&self) -> Bookable {
        let mut conn = self.world.ctx().pool.acquire().await.unwrap();
        bookable(&mut conn, self.leak.slug.as_str()).await.unwrap()
    }

    fn wish(&self, start: &str, postal_code: &str, city: &str) -> Book {
        let address = Address {
            street: "Weg 1".to_owned(),
            postal_code: postal_code.to_owned(),
            city: city.to_owned(),
            ..Address::default()
        };
        Book { address, ..wish(self.world.ctx(), &self.leak, at(start)) }
    }

    async fn book(&self, who: &Actor, start: &str, postal_code: &str) -> Result<String, BookError> {
        let city = if postal_code == POTSDAM { "Potsdam" } else { "Berlin" };
        bookings::book(self.world.ctx(), who, self.wish(start, postal_code, city)).await
    }

    /// The business stops counting with ways.
    async fn without_bands(&self) {
        let present = keeping(self.world.ctx(), &self.owner, self.plumbing.id).await.unwrap().travel;
        assert_eq!(self.say(&self.owner, &present, Travel::default()).await.unwrap(), Outcome::Saved);
    }

    async fn customer(&self, name: &str) -> Actor {
        self.world.actor(&self.world.customer(name).await).await
    }

    /// What is reserved for a booking: minutes before the visit, and after it.
    async fn around(&self, reference: &str) -> (i64, i64, i16) {
        sqlx::query_as(
            "SELECT (extract(epoch FROM r.visit_starts - lower(r.during)) / 60)::bigint,
                    (extract(epoch FROM upper(r.during) - r.visit_ends) / 60)::bigint, b.travel_min
             FROM bookings b JOIN reservations r ON r.booking_id = b.id WHERE b.reference = $1",
        )
        .bind(reference)
        .fetch_one(self.world.owner())
        .await
        .unwrap()
    }

    /// Times of Tuesday for somebody there; with `None` the place is not told.
    async fn times(&self, place: Option<(&str, &str)>) -> Vec<Timestamp> {
        let (ctx, service) = (self.world.ctx(), self.service().await);
        let (code, city) = place.unwrap_or_default();
        let rules = rules_for(&service, 60).with_travel(way_to(ctx, &service.base, code, city).await.minutes);
        let days = offered_by(ctx, &service, &rules, None, date(2026, 11, 3), 1).await.unwrap().days;
        days.into_iter().flat_map(|day| day.times).map(|time| time.start).collect()
    }
}

#[tokio::test]
async fn the_way_is_reserved_before_and_after_by_its_distance() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    for (n, (code, city, minutes)) in [
        ("10178", "Berlin", 15),
        ("12555", "Berlin", 30),
        ("14467", "Potsdam", 45),
        // A place nobody knows is as far as the business goes: 12 kilometres.
        ("99999", "Nowhere", 30),
        // A code nobody knows in a town that is known.
        ("99998", "Berlin", 15),
    ]
    .into_iter()
    .enumerate()
    {
        let start = format!("2026-11-{:02}T10:00:00Z", 3 + n + if n > 3 { 2 } else { 0 });
        let who = scene.customer(&format!("Customer {n}")).await;
        let reference = bookings::book(ctx, &who, scene.wish(&start, code, city)).await.unwrap();
        let way = i16::try_from(minutes).unwrap();
        assert_eq!(scene.around(&reference).await, (minutes, 10 + minutes, way), "{code} {city}");
        go(ctx, &who, &reference, Event::Confirm).await.unwrap();
        assert_eq!(scene.around(&reference).await, (minutes, 10 + minutes, way), "and stays");
    }
}

#[tokio::test]
async fn times_leave_room_for_the_way_once_the_place_is_known() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let (ana, ben) = (scene.customer("Ana").await, scene.customer("Ben").await);
    let all = scene.times(None).await;
    assert_eq!(scene.times(Some(("14467", "Potsdam"))).await, all, "nothing is near yet");
    // A visit from 10:00 to 11:00 UTC, reserved from 9:45 to 11:25.
    bookings::book(ctx, &ana, scene.wish("2026-11-03T10:00:00Z", "10178", "Berlin")).await.unwrap();
    let hours = |times: &[Timestamp]| times.iter().map(|at| at.strftime("%H:%M").to_string()).collect::<Vec<_>>();
    let free = |from: &str| hours(&all).into_iter().filter(|at| at.as_str() >= from).collect::<Vec<_>>();
    let near = [vec!["08:00".into()], free("12:00")].concat();
    assert_eq!(hours(&scene.times(None).await), near, "without a place somebody near is assumed");
    assert_eq!(hours(&scene.times(Some(("10178", "Berlin"))).await), near);
    let far = free("12:30");
    assert_eq!(hours(&scene.times(Some(("14467", "Potsdam"))).await), far);
    // Booking asks the same: offered without a place, it is too near for Potsdam, and what is offered instead is not.
    let late = bookings::book(ctx, &ben, scene.wish("2026-11-03T12:00:00Z", "14467", "Potsdam")).await;
    let Err(BookError::SlotTaken(instead)) = late else { panic!("{late:?}") };
    assert!(instead.contains(&at("2026-11-03T12:30:00Z")) && instead.iter().all(scene_allows), "{instead:?}");
    bookings::book(ctx, &ben, scene.wish("2026-11-03T12:00:00Z", "10178", "Berlin")).await.unwrap();
}

/// Not between the visit of the morning and its way.
fn scene_allows(time: &Timestamp) -> bool {
    *time >= at("2026-11-03T12:30:00Z") || *time <= at("2026-11-03T08:00:00Z")
}

#[tokio::test]
async fn only_ways_to_customers_count_and_only_for_who_says_so() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let minutes = async || {
        let way = way_to(ctx, &scene.service().await.base, "14467", "Potsdam").await;
        (way.minutes, way.known)
    };
    assert_eq!(minutes().await, (45, Known::Measured));
    for place in ["provider", "remote"] {
        sqlx::query("UPDATE services SET place = $1").bind(place).execute(scene.world.owner()).await.unwrap();
        let (way, said) = scene.world.statements(minutes()).await;
        assert_eq!((way, said.len()), ((0, Known::None), 1), "{place}: nothing is looked up");
    }
    sqlx::query("UPDATE services SET place = 'customer'").execute(scene.world.owner()).await.unwrap();
    let present = keeping(ctx, &scene.owner, scene.plumbing.id).await.unwrap().travel;
    assert_eq!(scene.say(&scene.owner, &present, Travel::default()).await.unwrap(), Outcome::Saved);
    assert_eq!(minutes().await, (0, Known::None));
    let who = scene.customer("Ana").await;
    let reference = bookings::book(ctx, &who, scene.wish("2026-11-03T10:00:00Z", "14467", "Potsdam")).await.unwrap();
    assert_eq!(scene.around(&reference).await, (0, 10, 0));
}

#[tokio::test]
async fn bands_are_said_by_managers_and_not_over_each_other() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let tom = scene.plumbing.member("Tom").await;
    let (tom, mia) = (scene.world.actor(&tom.user).await, scene.plumbing.manager("Mia").await);
    let present = keeping(ctx, &scene.owner, scene.plumbing.id).await.unwrap().travel;
    assert_eq!(present, Travel::parse(&[("5", "15"), ("15", "30"), ("", "45")]).unwrap());
    let other = Travel::parse(&[("8", "20")]).unwrap();
    let refused = scene.say(&tom, &present, other.clone()).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    let mia = scene.world.actor(&mia.user).await;
    assert_eq!(scene.say(&mia, &present, other.clone()).await.unwrap(), Outcome::Saved);
    assert_eq!(scene.say(&scene.owner, &present, Travel::default()).await.unwrap(), Outcome::Stale);
    assert_eq!(keeping(ctx, &scene.owner, scene.plumbing.id).await.unwrap().travel, other);
    let entries = "SELECT count(*) FROM audit_entries WHERE action = 'calendar.travel_changed'";
    let entries: i64 = sqlx::query_scalar(entries).fetch_one(scene.world.owner()).await.unwrap();
    assert_eq!(entries, 2);
    // A booking knows what it reserved when bands change afterwards.
    let ana = scene.customer("Ana").await;
    let reference = bookings::book(ctx, &ana, scene.wish("2026-11-03T10:00:00Z", "10178", "Berlin")).await.unwrap();
    scene.say(&mia, &other, Travel::default()).await.unwrap();
    scene.world.advance(SignedDuration::from_secs(1));
    go(ctx, &ana, &reference, Event::Confirm).await.unwrap();
    assert_eq!(scene.around(&reference).await, (20, 30, 20));
}

/// A visit from 10 to 11 at somebody near is reserved from 9:45 to 11:25; one at noon in Potsdam begins an hour later, and
/// the way there begins at 11:15.
const MORNING: &str = "2026-11-03T10:00:00Z";
const NOON: &str = "2026-11-03T12:00:00Z";

#[tokio::test]
async fn visits_apart_whose_ways_meet_do_not_both_get_their_time() {
    for counted in [true, false] {
        let scene = scene().await;
        if !counted {
            scene.without_bands().await;
        }
        let (ana, ben) = (scene.customer("Ana").await, scene.customer("Ben").await);
        scene.book(&ana, MORNING, NEAR).await.unwrap();
        let second = scene.book(&ben, NOON, POTSDAM).await;
        match second {
            Err(BookError::SlotTaken(_)) => assert!(counted, "nothing but the way stands between them"),
            Ok(_) => assert!(!counted, "their ways meet"),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn of_two_at_once_whose_ways_meet_one_gets_in() {
    for counted in [true, false] {
        let scene = scene().await;
        if !counted {
            scene.without_bands().await;
        }
        let (ana, ben) = (scene.customer("Ana").await, scene.customer("Ben").await);
        let (one, other) = tokio::join!(scene.book(&ana, MORNING, NEAR), scene.book(&ben, NOON, POTSDAM));
        let booked = [one.is_ok(), other.is_ok()].into_iter().filter(|booked| *booked).count();
        assert_eq!(booked, if counted { 1 } else { 2 });
    }
}

#[tokio::test]
async fn the_database_itself_refuses_ways_that_meet() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let ana = scene.customer("Ana").await;
    scene.book(&ana, MORNING, NEAR).await.unwrap();
    let member = scene.plumbing.owner.id;
    let rules = rules_for(&scene.service().await, 60);
    // Straight to the one writer, past every look at hours and times.
    let taken = async |rules: Rules| {
        let (visit, during) = rules.ranges(at(NOON)).unwrap();
        let claim = Claim {
            member,
            booking: None,
            state: availability::State::Blocked,
            during,
            visit,
            expires_at: None,
            note: String::new(),
        };
        let for_tx = (ctx.clone(), claim);
        let system = scene.world.system();
        let done = write(ctx, &system, move |tx| {
            let (ctx, claim) = for_tx.clone();
            Box::pin(async move {
                lock_members(tx.conn(), &[claim.member]).await?;
                Ok::<_, Error>(reserve(&ctx, tx, &claim).await?.is_some())
            })
        });
        done.await.unwrap()
    };
    assert!(!taken(rules.with_travel(45)).await, "from 11:15, and the other's way back ends at 11:25");
    assert!(taken(rules.with_travel(30)).await, "from 11:30");
}

#[tokio::test]
async fn a_visit_that_is_moved_keeps_its_way() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let (ana, ben) = (scene.customer("Ana").await, scene.customer("Ben").await);
    let morning = scene.book(&ana, MORNING, NEAR).await.unwrap();
    go(ctx, &ana, &morning, Event::Confirm).await.unwrap();
    let late = scene.book(&ben, "2026-11-03T14:00:00Z", POTSDAM).await.unwrap();
    go(ctx, &ben, &late, Event::Confirm).await.unwrap();
    let to = |start: &str| Reschedule {
        reference: late.clone(),
        seen: None,
        start: Some(at(start)),
        note: String::new(),
        key: ctx.id::<UserId>().0,
    };
    let movable = bookings::movable(ctx, &ben, &late, Some(date(2026, 11, 3)), 1).await.unwrap();
    let starts: Vec<Timestamp> = movable.days.iter().flat_map(|day| &day.times).map(|time| time.start).collect();
    assert!(!starts.contains(&at(NOON)) && starts.contains(&at("2026-11-03T12:30:00Z")), "{starts:?}");
    for who in [&ben, &scene.owner] {
        let refused = bookings::reschedule(ctx, who, to(NOON)).await;
        let Err(RescheduleError::SlotTaken(free)) = refused else { panic!("{refused:?}") };
        assert!(free.contains(&at("2026-11-03T12:30:00Z")), "{free:?}");
    }
    bookings::reschedule(ctx, &ben, to("2026-11-03T12:30:00Z")).await.unwrap();
    let around: (i64, i64) = sqlx::query_as(
        "SELECT (extract(epoch FROM r.visit_starts - lower(r.during)) / 60)::bigint,
                (extract(epoch FROM upper(r.during) - r.visit_ends) / 60)::bigint
         FROM bookings b JOIN reservations r ON r.booking_id = b.id
         WHERE b.reference = $1 AND r.state = 'confirmed'",
    )
    .bind(&late)
    .fetch_one(scene.world.owner())
    .await
    .unwrap();
    assert_eq!(around, (45, 55));
    // What is booked keeps its way when none is counted any more, so noon is still too near to the morning.
    scene.without_bands().await;
    assert!(matches!(bookings::reschedule(ctx, &ben, to(NOON)).await, Err(RescheduleError::SlotTaken(_))));
}

#[tokio::test]
async fn why_a_time_is_not_free_names_the_way_for_whoever_asks() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let day = date(2026, 11, 3);
    let ana = scene.customer("Ana").await;
    scene.book(&ana, MORNING, NEAR).await.unwrap();
    let questions = availability::questions(ctx, &scene.owner, scene.plumbing.id, day).await.unwrap();
    // Noon in UTC is 13:00 in Berlin.
    let ask = async |place: (&str, &str)| {
        let owner = scene.plumbing.owner.id;
        let answer = availability::answer(ctx, &questions, owner, scene.leak.id, (day, 780), place).await.unwrap();
        let failed = answer.verdicts.iter().filter(|verdict| !verdict.passed);
        let failed: Vec<(Rule, String)> = failed.map(|verdict| (verdict.rule, verdict.said.clone())).collect();
        (answer.way, failed, answer.open.iter().any(|slot| slot.start == at(NOON)))
    };
    let (way, failed, open) = ask((POTSDAM, "Potsdam")).await;
    assert_eq!((way.minutes, way.known, open), (45, Known::Measured, false));
    let [(Rule::Travel, said)] = failed.as_slice() else { panic!("{failed:?}") };
    assert!(said.contains("45 minutes") && said.contains("10:45–12:25"), "{said}");
    let (way, failed, open) = ask(("", "")).await;
    assert_eq!((way.minutes, way.known, failed, open), (15, Known::Near, Vec::new(), true));
    let (way, _, _) = ask(("", "Nowhere")).await;
    assert_eq!((way.minutes, way.known), (30, Known::Edge));
    scene.without_bands().await;
    let questions = availability::questions(ctx, &scene.owner, scene.plumbing.id, day).await.unwrap();
    let owner = scene.plumbing.owner.id;
    let answer = availability::answer(ctx, &questions, owner, scene.leak.id, (day, 780), (POTSDAM, "Potsdam"));
    assert!(answer.await.unwrap().verdicts.iter().all(|verdict| verdict.passed));
}

#[tokio::test]
async fn the_calendar_shows_the_way_as_part_of_what_is_taken() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let ana = scene.customer("Ana").await;
    let reference = scene.book(&ana, MORNING, POTSDAM).await.unwrap();
    let entries = async |from: &str, to: &str| {
        let range = TimeRange::new(at(from), at(to)).unwrap();
        bookings::calendar(ctx, &scene.owner, scene.plumbing.id, range).await.unwrap()
    };
    let all = entries("2026-11-03T00:00:00Z", "2026-11-04T00:00:00Z").await;
    let [entry] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((entry.reference.as_deref(), entry.starts, entry.travel), (Some(reference.as_str()), at(MORNING), 45));
    assert_eq!(
        entries("2026-11-03T09:15:00Z", "2026-11-03T09:30:00Z").await.len(),
        1,
        "the way there is taken as well"
    );
    assert_eq!(entries("2026-11-03T09:00:00Z", "2026-11-03T09:15:00Z").await.len(), 0);
}

#[tokio::test]
async fn a_day_without_room_for_the_shortest_way_is_no_day_of_the_search() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    // One visit a day, from 9 to 10 in Berlin; on Tuesday the time from 10:12 on is blocked, two minutes after the buffer.
    scene.plumbing.owner.works(1..=5, 9, 10).await;
    let blocked = TimeRange::new(at("2026-11-03T09:12:00Z"), at("2026-11-03T16:00:00Z")).unwrap();
    block(ctx, &scene.owner, scene.plumbing.owner.id, blocked, String::new()).await.unwrap();
    availability::refresh_services(ctx, &[scene.leak.id.0]).await.unwrap();
    let next = async || -> Date {
        let next: jiff_sqlx::Timestamp =
            sqlx::query_scalar("SELECT next_free FROM service_openings").fetch_one(scene.world.owner()).await.unwrap();
        next.to_jiff().to_zoned(jiff::tz::TimeZone::UTC).date()
    };
    assert_eq!(next().await, date(2026, 11, 4), "a quarter of an hour does not fit on Tuesday");
    scene.without_bands().await;
    scene.world.run_jobs().await;
    assert_eq!(next().await, date(2026, 11, 3), "without a way it does, and the search has learned of it");
}
