//! Further places of a business: hours that name one, bookings that belong to one, and that offering, holding, moving,
//! explaining and searching honour it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::story;

use domain::availability::why::Rule;
use domain::availability::{
    self, Change, Limits, Outcome, PlaceText, TypedPlace, agreement, change, keeping, locate_place, place_version,
};
use domain::bookings::{self, Address, Book, BookError, Event, Reschedule, RescheduleError, offered_by, rules_for};
use domain::catalog::{At, Bookable, Known, OwnPlace, bookable, import_places, read_places, way_to};
use domain::kernel::{Actor, Error, OwnPlaceId, UserId};
use domain::testing::{Provider, Service, World};
use jiff::SignedDuration;
use jiff::civil::date;
use story::{at, go, wish};

/// Berlin, and Potsdam thirty kilometres away.
const PLACES: &str = "country,postal_code,name,lat,lng,zone\nDE,,Berlin,52.52,13.405,Europe/Berlin\n\
                      DE,10178,Berlin,52.529,13.405,\nDE,14467,Potsdam,52.4,13.06,\nDE,,Potsdam,52.4,13.06,Europe/Berlin\n";
const BERLIN: (&str, &str) = ("10178", "Berlin");
const POTSDAM: (&str, &str) = ("14467", "Potsdam");
/// In Berlin these are 9:00 and 14:00 of Tuesday.
const NINE: &str = "2026-11-03T08:00:00Z";
const TWO: &str = "2026-11-03T13:00:00Z";

struct Scene {
    world: World,
    plumbing: Provider,
    leak: Service,
    owner: Actor,
    potsdam: OwnPlaceId,
}

/// A business in Berlin with a further place in Potsdam: mornings from nine to twelve in Berlin, afternoons from one to
/// five in Potsdam, Wednesdays everywhere.
async fn scene() -> Scene {
    let world = World::new().await;
    import_places(world.ctx(), &world.system(), read_places(PLACES).unwrap(), |_, _| ()).await.unwrap();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    sqlx::query("UPDATE services SET lat = 52.52, lng = 13.405, radius_km = 20").execute(world.owner()).await.unwrap();
    sqlx::query("UPDATE providers SET country = 'DE'").execute(world.owner()).await.unwrap();
    let owner = world.actor(&plumbing.owner.user).await;
    let potsdam = OwnPlaceId(world.ctx().id::<UserId>().0);
    let scene = Scene { world, plumbing, leak, owner, potsdam };
    let place = scene.located(scene.potsdam, "Potsdam").await;
    assert_eq!(scene.change(&scene.owner, Change::Place { seen: String::new(), place }).await.unwrap(), Outcome::Saved);
    assert_eq!(scene.work(At::Main, At::Own(scene.potsdam), "").await.unwrap(), Outcome::Saved);
    scene
}

impl Scene {
    async fn located(&self, id: OwnPlaceId, name: &str) -> OwnPlace {
        let typed = TypedPlace { name, city: "Potsdam", postal_code: "", radius_km: "10" };
        locate_place(self.world.ctx(), "DE", Some(id), PlaceText::parse(typed).unwrap()).await.unwrap()
    }

    async fn change(&self, who: &Actor, wanted: Change) -> Result<Outcome, Error> {
        change(self.world.ctx(), who, self.plumbing.id, wanted, "").await
    }

    /// Says where the mornings and the afternoons are; Wednesdays are everywhere.
    async fn work(&self, mornings: At, afternoons: At, agreed: &str) -> Result<Outcome, Error> {
        let kept = keeping(self.world.ctx(), &self.owner, self.plumbing.id).await?.members[0].clone();
        let mut periods = Vec::new();
        for weekday in 1..=5 {
            let there = |at| if weekday == 3 { At::Everywhere } else { at };
            let period =
                |starts, ends, at| availability::Period { weekday, is_break: false, starts, ends, at: there(at) };
            periods.extend([period(540, 720, mornings), period(780, 1020, afternoons)]);
        }
        let (member, seen) = (kept.id, kept.version());
        let wanted = Change::Week { member, seen, periods, limits: Limits::default() };
        change(self.world.ctx(), &self.owner, self.plumbing.id, wanted, agreed).await
    }

    async fn service(&self) -> Bookable {
        let mut conn = self.world.ctx().pool.acquire().await.unwrap();
        bookable(&mut conn, self.leak.slug.as_str()).await.unwrap()
    }

    async fn book(&self, who: &Actor, start: &str, (code, city): (&str, &str)) -> Result<String, BookError> {
        let ctx = self.world.ctx();
        let address = Address {
            street: "Weg 1".to_owned(),
            postal_code: code.to_owned(),
            city: city.to_owned(),
            ..Address::default()
        };
        bookings::book(ctx, who, Book { address, ..wish(ctx, &self.leak, at(start)) }).await
    }

    /// Times of a day for somebody there, as "09:00" in Berlin.
    async fn times(&self, day: i8, (code, city): (&str, &str)) -> Vec<String> {
        let (ctx, service) = (self.world.ctx(), self.service().await);
        let rules = rules_for(&service, 60).going(way_to(ctx, &service.base, code, city).await);
        let days = offered_by(ctx, &service, &rules, None, date(2026, 11, day), 1).await.unwrap().days;
        let starts = days.into_iter().flat_map(|day| day.times).map(|time| time.start);
        starts.map(|at| at.to_zoned(service.zone.rules()).strftime("%H:%M").to_string()).collect()
    }

    async fn customer(&self, name: &str) -> Actor {
        self.world.actor(&self.world.customer(name).await).await
    }

    async fn moved(&self, who: &Actor, reference: &str, start: &str) -> Result<(), RescheduleError> {
        let ctx = self.world.ctx();
        let key = ctx.id::<UserId>().0;
        let (reference, start) = (reference.to_owned(), Some(at(start)));
        bookings::reschedule(ctx, who, Reschedule { reference, seen: None, start, note: String::new(), key }).await
    }
}

#[tokio::test]
async fn hours_of_a_place_are_offered_to_those_who_belong_to_it() {
    let scene = scene().await;
    let mornings = ["09:00", "09:30", "10:00", "10:30", "11:00"];
    let afternoons = ["13:00", "13:30", "14:00", "14:30", "15:00", "15:30", "16:00"];
    assert_eq!(scene.times(3, BERLIN).await, mornings);
    assert_eq!(scene.times(3, POTSDAM).await, afternoons);
    let all = [&mornings[..], &afternoons[..]].concat();
    assert_eq!(scene.times(3, ("", "")).await, all, "nobody said where");
    assert_eq!(scene.times(3, ("99999", "Nowhere")).await, mornings, "nobody knows where: the main place");
    for place in [BERLIN, POTSDAM] {
        assert_eq!(scene.times(4, place).await, all, "Wednesdays are everywhere");
    }
    // A shop is where it is, and a call is from anywhere.
    for (place, times) in [("provider", &mornings[..]), ("remote", &all[..])] {
        sqlx::query("UPDATE services SET place = $1").bind(place).execute(scene.world.owner()).await.unwrap();
        assert_eq!(scene.times(3, POTSDAM).await, times, "{place}");
    }
}

#[tokio::test]
async fn whoever_belongs_elsewhere_does_not_get_the_time() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let ana = scene.customer("Ana").await;
    let Err(BookError::SlotTaken(instead)) = scene.book(&ana, TWO, BERLIN).await else { panic!("in Potsdam by then") };
    let there = at("2026-11-03T12:00:00Z")..at("2026-11-04T00:00:00Z");
    assert!(!instead.is_empty() && instead.iter().all(|time| !there.contains(time)), "{instead:?}");
    let reference = scene.book(&ana, TWO, POTSDAM).await.unwrap();
    let at = bookings::find(ctx, &ana, &reference).await.unwrap().at;
    assert_eq!(at, At::Own(scene.potsdam));
    let reference = scene.book(&scene.customer("Ben").await, NINE, BERLIN).await.unwrap();
    assert_eq!(bookings::find(ctx, &scene.owner, &reference).await.unwrap().at, At::Main);
}

#[tokio::test]
async fn a_moved_visit_stays_with_its_place() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let ana = scene.customer("Ana").await;
    let reference = scene.book(&ana, TWO, POTSDAM).await.unwrap();
    go(ctx, &ana, &reference, Event::Confirm).await.unwrap();
    let movable = bookings::movable(ctx, &ana, &reference, Some(date(2026, 11, 3)), 1).await.unwrap();
    let starts = movable.days.iter().flat_map(|day| &day.times).map(|time| time.start);
    assert!(starts.clone().count() > 0 && starts.clone().all(|start| start >= at("2026-11-03T12:00:00Z")));
    for who in [&ana, &scene.owner] {
        assert!(matches!(scene.moved(who, &reference, NINE).await, Err(RescheduleError::SlotTaken(_))));
    }
    scene.moved(&ana, &reference, "2026-11-03T14:00:00Z").await.unwrap();
    scene.moved(&ana, &reference, "2026-11-04T08:00:00Z").await.unwrap();
}

#[tokio::test]
async fn hours_that_move_elsewhere_ask_about_the_visits_they_leave() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let ana = scene.customer("Ana").await;
    let reference = scene.book(&ana, TWO, POTSDAM).await.unwrap();
    go(ctx, &ana, &reference, Event::Confirm).await.unwrap();
    assert_eq!(scene.work(At::Main, At::Everywhere, "").await.unwrap(), Outcome::Saved, "still there");
    let Outcome::Asks(outside) = scene.work(At::Main, At::Main, "").await.unwrap() else { panic!("nobody is there") };
    assert_eq!(outside.len(), 1);
    assert_eq!(scene.work(At::Main, At::Main, &agreement(&outside)).await.unwrap(), Outcome::Saved);
    assert_eq!(bookings::find(ctx, &ana, &reference).await.unwrap().visit.unwrap().0, at(TWO), "stays as agreed");
}

#[tokio::test]
async fn why_a_time_is_not_free_names_the_place() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let day = date(2026, 11, 3);
    let questions = availability::questions(ctx, &scene.owner, scene.plumbing.id, day).await.unwrap();
    let ask = async |minute: u16, place| {
        let owner = scene.plumbing.owner.id;
        let answer = availability::answer(ctx, &questions, owner, scene.leak.id, (day, minute), place).await.unwrap();
        let failed: Vec<Rule> = answer.verdicts.iter().filter(|v| !v.passed).map(|v| v.rule).collect();
        (answer.way.known, failed)
    };
    assert_eq!(ask(840, BERLIN).await, (Known::Measured, vec![Rule::Place]));
    assert_eq!(ask(840, POTSDAM).await, (Known::Measured, vec![]));
    assert_eq!(ask(840, ("", "")).await, (Known::Near, vec![]));
    assert_eq!(ask(1200, POTSDAM).await.1, [Rule::Hours]);
}

#[tokio::test]
async fn the_search_knows_a_shop_by_the_hours_of_its_place() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let own = At::Own(scene.potsdam);
    assert_eq!(scene.work(own, own, "").await.unwrap(), Outcome::Saved);
    let days = async || -> String {
        availability::refresh_services(ctx, &[scene.leak.id.0]).await.unwrap();
        let days = "SELECT substring(days::text FROM 1 FOR 3) FROM service_openings";
        sqlx::query_scalar(days).fetch_one(scene.world.owner()).await.unwrap()
    };
    assert_eq!(days().await, "111", "visits to customers: some of them live in Potsdam");
    sqlx::query("UPDATE services SET place = 'provider'").execute(scene.world.owner()).await.unwrap();
    assert_eq!(days().await, "001", "the shop is in Berlin, where somebody is on Wednesday");
}

#[tokio::test]
async fn places_are_kept_by_managers_and_not_over_each_other() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let (tom, mia) = (scene.plumbing.member("Tom").await, scene.plumbing.manager("Mia").await);
    let (tom, mia) = (scene.world.actor(&tom.user).await, scene.world.actor(&mia.user).await);
    let present = keeping(ctx, &scene.owner, scene.plumbing.id).await.unwrap().place(scene.potsdam).cloned();
    let renamed = OwnPlace { name: "By the lake".to_owned(), ..present.clone().unwrap() };
    let wanted = Change::Place { seen: place_version(present.as_ref()), place: renamed };
    assert!(matches!(scene.change(&tom, wanted.clone()).await, Err(Error::NotFound)));
    assert_eq!(scene.change(&mia, wanted.clone()).await.unwrap(), Outcome::Saved);
    assert_eq!(scene.change(&scene.owner, wanted).await.unwrap(), Outcome::Stale);
    // A name stands for one place, and somebody else's business has none of ours.
    let again = scene.located(OwnPlaceId(ctx.id::<UserId>().0), "by the LAKE").await;
    let refused = scene.change(&mia, Change::Place { seen: String::new(), place: again }).await;
    assert!(matches!(&refused, Err(Error::Invalid(wrong)) if wrong.of("name").is_some()), "{refused:?}");
    let other = scene.world.provider("Other", "Europe/Berlin").await;
    let stranger = scene.world.actor(&other.owner.user).await;
    let stolen = Change::Place { seen: String::new(), place: scene.located(scene.potsdam, "Mine").await };
    assert!(matches!(change(ctx, &stranger, other.id, stolen, "").await, Err(Error::NotFound)));
    let kept = keeping(ctx, &stranger, other.id).await.unwrap().members[0].clone();
    let mut periods = kept.periods.clone();
    periods[0].at = At::Own(scene.potsdam);
    let wanted = Change::Week { member: kept.id, seen: kept.version(), periods, limits: kept.limits };
    assert!(matches!(change(ctx, &stranger, other.id, wanted, "").await, Err(Error::Invalid(_))));
    // Hours name it: they change first. Then it goes, and what is booked there stays.
    let ana = scene.customer("Ana").await;
    let reference = scene.book(&ana, TWO, POTSDAM).await.unwrap();
    let gone = Change::PlaceBack { id: scene.potsdam };
    let refused = scene.change(&mia, gone.clone()).await;
    assert!(matches!(&refused, Err(Error::Conflict(words)) if words.contains("Berlin Plumbing owner")), "{refused:?}");
    assert_eq!(scene.work(At::Main, At::Everywhere, "").await.unwrap(), Outcome::Saved);
    assert!(matches!(scene.change(&tom, gone.clone()).await, Err(Error::NotFound)));
    assert_eq!(scene.change(&mia, gone.clone()).await.unwrap(), Outcome::Saved);
    assert!(matches!(scene.change(&mia, gone).await, Err(Error::NotFound)));
    scene.world.advance(SignedDuration::from_secs(1));
    go(ctx, &ana, &reference, Event::Confirm).await.unwrap();
    assert_eq!(bookings::find(ctx, &ana, &reference).await.unwrap().at, At::Everywhere);
}

#[tokio::test]
async fn a_place_is_read_with_a_message_beside_each_field() {
    let world = World::new().await;
    let typed = TypedPlace { name: " ", city: "", postal_code: "", radius_km: "0" };
    let wrong = PlaceText::parse(typed).unwrap_err();
    assert!(["name", "city", "radius_km"].iter().all(|field| wrong.of(field).is_some()), "{wrong:?}");
    let typed = TypedPlace { name: "North", city: "Nowhere", postal_code: "", radius_km: "10" };
    let refused = locate_place(world.ctx(), "DE", None, PlaceText::parse(typed).unwrap()).await;
    assert!(matches!(&refused, Err(Error::Invalid(wrong)) if wrong.of("city").is_some()), "{refused:?}");
}
