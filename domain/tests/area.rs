//! Where a visit goes: addresses outside of the area of a service are refused, unknown ones are taken and told, and what
//! was agreed is not judged again.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::story;

use domain::bookings::{self, Address, Book, BookError, BookingView, Event, Reschedule};
use domain::catalog::{OutOfArea, Travel, countries_known, import_places, read_places};
use domain::kernel::{Actor, Error, UserId};
use domain::testing::{Provider, Service, World};
use story::{at, go, wish};

/// Berlin's middle, a kilometre and 27 from it, a place beyond a border nearby, one far beyond.
const PLACES: &str = "country,postal_code,name,lat,lng,zone\nDE,,Berlin,52.52,13.405,Europe/Berlin\n\
                      DE,10178,Berlin,52.529,13.405,\nDE,14467,Potsdam,52.4,13.06,\nPL,69-100,Across,52.57,13.405,\n\
                      PT,1200,Lisbon,38.72,-9.14,\n";

struct Scene {
    world: World,
    plumbing: Provider,
    leak: Service,
    owner: Actor,
}

/// A business in the middle of Berlin that goes twelve kilometres far.
async fn scene() -> Scene {
    let world = World::new().await;
    import_places(world.ctx(), &world.system(), read_places(PLACES).unwrap(), |_, _| ()).await.unwrap();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    sqlx::query("UPDATE services SET radius_km = 12").execute(world.owner()).await.unwrap();
    let owner = world.actor(&plumbing.owner.user).await;
    Scene { world, plumbing, leak, owner }
}

fn address(country: &str, postal_code: &str, city: &str) -> Address {
    Address {
        street: "Weg 1".to_owned(),
        postal_code: postal_code.to_owned(),
        city: city.to_owned(),
        region: "Brandenburg".to_owned(),
        country: country.to_owned(),
    }
}

impl Scene {
    fn wish(&self, start: &str, address: Address) -> Book {
        Book { address, ..wish(self.world.ctx(), &self.leak, at(start)) }
    }

    async fn book(&self, who: &Actor, start: &str, address: Address) -> Result<String, BookError> {
        bookings::book(self.world.ctx(), who, self.wish(start, address)).await
    }

    async fn customer(&self, name: &str) -> Actor {
        self.world.actor(&self.world.customer(name).await).await
    }

    async fn seen(&self, who: &Actor, reference: &str) -> BookingView {
        bookings::find(self.world.ctx(), who, reference).await.unwrap()
    }

    async fn tell(&self, sql: &'static str) {
        sqlx::query(sql).execute(self.world.owner()).await.unwrap();
    }

    async fn made(&self) -> i64 {
        let count = "SELECT (SELECT count(*) FROM bookings) + (SELECT count(*) FROM reservations)";
        sqlx::query_scalar(count).fetch_one(self.world.owner()).await.unwrap()
    }
}

const TEN: &str = "2026-11-03T09:00:00Z";

#[tokio::test]
async fn nobody_is_booked_for_an_address_they_do_not_go_to() {
    let scene = scene().await;
    let ana = scene.customer("Ana").await;
    for (country, code, city) in [("DE", "14467", "Potsdam"), ("", "14467", "Berlin"), ("PT", "1200-109", "Lisbon")] {
        let refused = scene.book(&ana, TEN, address(country, code, city)).await.unwrap_err();
        let BookError::OutOfArea(OutOfArea::TooFar { km, reach_km, there }) = refused else {
            panic!("{refused:?}");
        };
        let expected = if country == "PT" { (2313, 38.72) } else { (27, 52.4) };
        assert_eq!((km, reach_km, there.0), (expected.0, 12, expected.1), "{country} {code}");
    }
    let refused = scene.book(&ana, TEN, address("PT", "9999", "Nowhere")).await.unwrap_err();
    assert!(matches!(refused, BookError::OutOfArea(OutOfArea::Abroad)), "{refused:?}");
    assert_eq!(scene.made().await, 0, "and no time is taken");

    // By a radius that is wide enough, a code that was named, or a place nearer by.
    let potsdam = || address("DE", "14467", "Potsdam");
    scene.tell("UPDATE services SET radius_km = 27").await;
    scene.book(&ana, TEN, potsdam()).await.unwrap();
    scene.tell("UPDATE services SET radius_km = 12").await;
    assert!(scene.book(&ana, TEN, potsdam()).await.is_err());
    scene.tell("UPDATE providers SET postal_codes = '{14467}'").await;
    scene.book(&ana, TEN, potsdam()).await.unwrap();
    scene.tell("UPDATE providers SET postal_codes = '{}'").await;
    sqlx::query(
        "INSERT INTO own_places (id, provider_id, name, city, lat, lng, radius_km)
         VALUES (gen_random_uuid(), $1, 'Lake', 'Potsdam', 52.4, 13.06, 5)",
    )
    .bind(scene.plumbing.id.0)
    .execute(scene.world.owner())
    .await
    .unwrap();
    scene.book(&ana, TEN, potsdam()).await.unwrap();
}

#[tokio::test]
async fn an_address_is_kept_in_full_and_an_unknown_code_is_told() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    assert_eq!(countries_known(ctx).await.unwrap(), ["DE", "PL", "PT"]);
    let (ana, ben) = (scene.customer("Ana").await, scene.customer("Ben").await);
    let known = scene.book(&ana, TEN, address("de", "10178", "Berlin")).await.unwrap();
    go(ctx, &ana, &known, Event::Confirm).await.unwrap();
    let seen = scene.seen(&scene.owner, &known).await;
    assert!(seen.code_known);
    assert_eq!(seen.address.line().as_deref(), Some("Weg 1, 10178 Berlin, Brandenburg, Germany"));
    let file = bookings::calendar_file::write(&seen, "https://hub.example/", scene.world.now()).unwrap();
    let file = file.replace("\r\n ", "");
    assert!(file.contains("LOCATION:Weg 1\\, 10178 Berlin\\, Brandenburg\\, Germany"), "{file}");
    scene.world.run_jobs().await;
    let letters = scene.world.mail_to(&scene.plumbing.owner.user.email).await;
    assert!(letters.iter().any(|letter| letter.text.contains("10178 Berlin, Brandenburg, Germany")));

    let unknown = scene.book(&ben, "2026-11-03T13:00:00Z", address("", "99999", "Nowhere")).await.unwrap();
    go(ctx, &ben, &unknown, Event::Confirm).await.unwrap();
    let seen = scene.seen(&scene.owner, &unknown).await;
    assert!(!seen.code_known, "the business is told");
    assert_eq!(seen.address.country, "DE", "nobody named one: that of the business");

    // What cannot be a country is no address.
    let wrong = scene.book(&ben, "2026-11-04T13:00:00Z", address("Germany", "10178", "Berlin")).await.unwrap_err();
    let BookError::Refused(Error::Invalid(wrong)) = wrong else { panic!("{wrong:?}") };
    assert!(wrong.of("country").is_some());
    let long = Address { region: "x".repeat(121), ..address("DE", "10178", "Berlin") };
    let wrong = scene.book(&ben, "2026-11-04T13:00:00Z", long).await.unwrap_err();
    let BookError::Refused(Error::Invalid(wrong)) = wrong else { panic!("{wrong:?}") };
    assert!(wrong.of("region").is_some());
}

#[tokio::test]
async fn the_way_is_that_of_the_address_in_its_own_country() {
    let scene = scene().await;
    let bands = "INSERT INTO travel_bands (provider_id, up_to_km, minutes)
                 SELECT id, km, minutes FROM providers, (VALUES (5, 15), (NULL, 45)) b (km, minutes)";
    scene.tell(bands).await;
    assert_eq!(Travel::parse(&[("5", "15"), ("", "45")]).unwrap().minutes(5.6), 45);
    let (ana, ben) = (scene.customer("Ana").await, scene.customer("Ben").await);
    // Five and a half kilometres away, across a border; a kilometre away, at home.
    let across = scene.book(&ana, TEN, address("PL", "69-100", "Across")).await.unwrap();
    let near = scene.book(&ben, "2026-11-04T09:00:00Z", address("DE", "10178", "Berlin")).await.unwrap();
    assert_eq!(scene.seen(&ana, &across).await.travel, 45);
    assert_eq!(scene.seen(&ben, &near).await.travel, 15);
}

#[tokio::test]
async fn what_was_agreed_is_not_judged_again() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let ana = scene.customer("Ana").await;
    let wish = scene.wish(TEN, address("DE", "10178", "Berlin"));
    let reference = bookings::book(ctx, &ana, wish.clone()).await.unwrap();
    let before = scene.seen(&ana, &reference).await.address;
    scene.tell("UPDATE services SET lat = 48.1, lng = 11.6, radius_km = 1").await;
    // The same form again, confirming, and moving.
    assert_eq!(bookings::book(ctx, &ana, wish).await.unwrap(), reference);
    go(ctx, &ana, &reference, Event::Confirm).await.unwrap();
    let start = Some(at("2026-11-05T09:00:00Z"));
    let moved =
        Reschedule { reference: reference.clone(), seen: None, start, note: String::new(), key: ctx.id::<UserId>().0 };
    bookings::reschedule(ctx, &ana, moved).await.unwrap();
    let after = scene.seen(&ana, &reference).await;
    assert_eq!((after.visit.map(|visit| visit.0), after.address), (start, before));
}

#[tokio::test]
async fn who_goes_nowhere_asks_nothing() {
    let scene = scene().await;
    let ana = scene.customer("Ana").await;
    for (day, place) in ["remote", "provider"].into_iter().enumerate() {
        sqlx::query("UPDATE services SET place = $1").bind(place).execute(scene.world.owner()).await.unwrap();
        let start = format!("2026-11-0{}T09:00:00Z", 3 + day);
        let reference = scene.book(&ana, &start, address("PT", "1200", "Lisbon")).await.unwrap();
        let seen = scene.seen(&ana, &reference).await;
        assert_eq!((seen.address, seen.code_known), (Address::default(), true), "{place}");
    }
}
