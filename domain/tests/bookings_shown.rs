//! What each side of a booking sees of the customer, in every state, against the table in `docs/architecture.md`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::story;

use domain::bookings::{self, Event, State};
use domain::kernel::{Actor, Role, TimeRange};
use domain::testing::World;
use story::{at, go, wish};

const STREET: &str = "Linienstraße 1";
const NOTE: &str = "The key is under the third pot.";
const PHONE: &str = "+4930901820";

/// Columns: street, postal code and city with region and country, note, as the provider's side sees them. Everybody else sees all of it.
const TABLE: [(State, bool, bool, bool); 9] = [
    (State::Held, false, false, false),
    (State::Requested, false, true, true),
    (State::Confirmed, true, true, true),
    (State::Started, true, true, true),
    (State::Done, true, true, true),
    (State::Completed, true, true, true),
    (State::Declined, false, false, false),
    (State::Cancelled, false, false, false),
    (State::Expired, false, false, false),
];

async fn put(world: &World, reference: &str, state: State) {
    sqlx::query("UPDATE bookings SET state = $2, clock_at = now() + interval '100 years' WHERE reference = $1")
        .bind(reference)
        .bind(state.name())
        .execute(world.owner())
        .await
        .unwrap();
}

#[tokio::test]
async fn every_side_sees_what_the_table_says_in_every_state() {
    let world = World::new().await;
    let business = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let (cem, dina) = (business.member("Cem").await, business.member("Dina").await);
    let service = world.service(&business, |service| service.called("Fix a leak").on_request().done_by(&[&cem])).await;
    let ana = world.actor(&world.customer("Ana").await).await;
    sqlx::query("UPDATE users SET phone = $2 WHERE id = $1")
        .bind(ana.user.unwrap().0)
        .bind(PHONE)
        .execute(world.owner())
        .await
        .unwrap();
    let mut wish = bookings::Book { note: NOTE.to_owned(), ..wish(world.ctx(), &service, at("2026-11-03T10:00:00Z")) };
    wish.address.region = "Brandenburg".to_owned();
    let reference = bookings::book(world.ctx(), &ana, wish).await.unwrap();
    assert_eq!(go(world.ctx(), &ana, &reference, Event::Confirm).await.unwrap(), State::Requested);
    let (owner, assigned) = (world.actor(&business.owner.user).await, world.actor(&cem.user).await);
    let operators = [
        world.actor(&world.operator("Opal", Role::OpsManager).await).await,
        world.actor(&world.operator("Ada", Role::Admin).await).await,
    ];
    assert_eq!(TABLE.len(), State::ALL.len());
    for (state, street, district, note) in TABLE {
        put(&world, &reference, state).await;
        let seen = async |who: &Actor| {
            let booking = bookings::find(world.ctx(), who, &reference).await.unwrap();
            let file =
                bookings::calendar_file::write(&booking, "https://hub.example/", world.now()).unwrap_or_default();
            assert_eq!(file.contains(STREET), booking.address.street == STREET, "{state:?}: the calendar file as well");
            (
                booking.address.street == STREET,
                booking.address.city == "Berlin"
                    && booking.address.postal_code == "10119"
                    && booking.address.region == "Brandenburg"
                    && booking.address.country == "DE",
                booking.note == NOTE,
            )
        };
        for who in [&owner, &assigned] {
            assert_eq!(seen(who).await, (street, district, note), "the provider's side in {state:?}");
        }
        for who in [&ana, &operators[0], &operators[1]] {
            assert_eq!(seen(who).await, (true, true, true), "{:?} in {state:?}", who.roles);
        }
        let colleague = world.actor(&dina.user).await;
        assert!(bookings::find(world.ctx(), &colleague, &reference).await.is_err(), "not hers");

        // The portal and the calendar are of the same table.
        let portal = bookings::portal(world.ctx(), &owner, business.id).await.unwrap();
        let everywhere = format!("{portal:?}");
        assert!(street || !everywhere.contains(STREET), "{state:?}: {everywhere}");
        assert!(note || !everywhere.contains(NOTE), "{state:?}: {everywhere}");
        let called = matches!(state, State::Confirmed | State::Started);
        assert!(called || !everywhere.contains(PHONE), "{state:?}: {everywhere}");
        let days = TimeRange::new(at("2026-11-01T00:00:00Z"), at("2026-11-08T00:00:00Z")).unwrap();
        let calendar = bookings::calendar(world.ctx(), &owner, business.id, days).await.unwrap();
        assert!(district || calendar.iter().all(|entry| entry.city.is_none()), "{state:?}: {calendar:?}");
    }
}
