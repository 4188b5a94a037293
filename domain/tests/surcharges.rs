//! What weekends and nights cost more: in the price of a time, in the booking, and nowhere else.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::story;

use domain::bookings::{self, BookingView, Event, quote_for};
use domain::catalog::{Choice, bookable};
use domain::kernel::Actor;
use domain::testing::{Provider, Service, World};
use story::{at, go, wish};

struct Scene {
    world: World,
    business: Provider,
    leak: Service,
    ana: Actor,
}

/// A business in this zone that works day and night, 25% dearer at weekends and 50% at night.
async fn scene(zone: &str) -> Scene {
    let world = World::new().await;
    let business = world.provider("Night Plumbing", zone).await;
    business.owner.works(1..=7, 0, 24).await;
    let leak =
        world.service(&business, |s| s.called("Fix a leak").costs(8333).extra("Tea", 200, 0).dearer(25, 50)).await;
    let ana = world.actor(&world.customer("Ana").await).await;
    Scene { world, business, leak, ana }
}

impl Scene {
    async fn booked(&self, start: &str) -> BookingView {
        let ctx = self.world.ctx();
        let reference = bookings::book(ctx, &self.ana, wish(ctx, &self.leak, at(start))).await.unwrap();
        go(ctx, &self.ana, &reference, Event::Confirm).await.unwrap();
        bookings::find(ctx, &self.ana, &reference).await.unwrap()
    }
}

fn lines(booking: &BookingView) -> Vec<(&str, i64)> {
    booking.lines.iter().map(|line| (line.label.as_str(), line.amount.minor)).collect()
}

#[tokio::test]
async fn a_booking_has_them_as_lines_of_its_price() {
    let scene = scene("Europe/Berlin").await;
    let friday = scene.booked("2026-11-06T12:00:00Z").await;
    assert_eq!((lines(&friday), friday.total.minor), (vec![("Fix a leak", 8333)], 8333));
    // Saturday, 5:30 in Berlin.
    let early = scene.booked("2026-11-07T04:30:00Z").await;
    let expected = vec![("Fix a leak", 8333), ("Weekend, 25%", 2083), ("Night (20:00–06:00), 50%", 4167)];
    assert_eq!((lines(&early), early.total.minor), (expected, 14_583));
}

#[tokio::test]
async fn the_clocks_of_the_visit_count() {
    let scene = scene("America/New_York").await;
    // Sunday, 22:00 there; Monday in universal time.
    let sunday = scene.booked("2026-11-09T03:00:00Z").await;
    assert_eq!(lines(&sunday).len(), 3);
    // Friday, 19:30 there; Saturday in universal time.
    let friday = scene.booked("2026-11-07T00:30:00Z").await;
    assert_eq!(lines(&friday).len(), 1);
}

#[tokio::test]
async fn what_is_promised_stays_and_what_is_shown_is_what_is_booked() {
    let scene = scene("Europe/Berlin").await;
    let mut conn = scene.world.ctx().pool.acquire().await.unwrap();
    let service = bookable(&mut conn, scene.leak.id).await.unwrap();
    drop(conn);
    let start = at("2026-11-08T12:00:00Z");
    let choice = Choice { extras: scene.leak.extras.clone(), ..Choice::default() };
    let shown = quote_for(&service, &choice, Some(start)).unwrap();
    assert_eq!(quote_for(&service, &choice, None).unwrap().total.minor, 8533, "before a time is chosen");
    let ctx = scene.world.ctx();
    let wish = bookings::Book { choice, ..wish(ctx, &scene.leak, start) };
    let reference = bookings::book(ctx, &scene.ana, wish).await.unwrap();
    sqlx::query("UPDATE services SET surcharges = '{\"weekend_percent\": 200}', price_minor = 99999")
        .execute(scene.world.owner())
        .await
        .unwrap();
    go(ctx, &scene.ana, &reference, Event::Confirm).await.unwrap();
    let owner = scene.world.actor(&scene.business.owner.user).await;
    let booking = bookings::find(ctx, &owner, &reference).await.unwrap();
    assert_eq!((booking.lines, booking.total), (shown.lines, shown.total));
    assert_eq!(booking.total.minor, 8533 + 2133);
}

#[tokio::test]
async fn what_a_listing_does_not_say_is_usual() {
    let scene = scene("Europe/Berlin").await;
    sqlx::query("UPDATE services SET surcharges = '{\"night_percent\": 10}'")
        .execute(scene.world.owner())
        .await
        .unwrap();
    let late = scene.booked("2026-11-06T20:00:00Z").await;
    assert_eq!(lines(&late)[1], ("Night (20:00–06:00), 10%", 833));
}
