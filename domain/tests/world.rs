//! The test world itself: it is quick, alone, restricted, and tells the time it is told.

use domain::bookings::{Address, Book, book};
use domain::catalog::Choice;
use domain::testing::World;
use jiff::SignedDuration;

#[tokio::test]
async fn worlds_are_alone() {
    let first = World::new().await;
    let second = World::new().await;
    first.customer("Ana").await;
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM users").fetch_one(second.owner()).await.unwrap();
    assert_eq!(count, 0);
}

#[tokio::test]
async fn the_application_is_restricted_as_in_production() {
    let world = World::new().await;
    let role: String = sqlx::query_scalar("SELECT current_user::text").fetch_one(&world.ctx().pool).await.unwrap();
    assert_eq!(role, "servicehub_app");
    for forbidden in ["DROP TABLE users", "DELETE FROM audit_entries", "UPDATE audit_head SET seq = 0"] {
        assert!(sqlx::query(forbidden).execute(&world.ctx().pool).await.is_err(), "{forbidden}");
    }
}

#[tokio::test]
async fn time_stands_still_until_it_is_moved() {
    let world = World::new().await;
    assert_eq!(world.now().to_string(), "2026-11-02T09:00:00Z");
    world.advance(SignedDuration::from_mins(11));
    assert_eq!(world.ctx().clock.now().to_string(), "2026-11-02T09:11:00Z");
}

#[tokio::test]
async fn people_businesses_and_listings_can_be_told() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let tom = plumbing.member("Tom").await;
    tom.works(1..=3, 8, 20).await.rests(1..=3, 720, 780).await;
    let ana = world.customer("Ana").await;
    let other = world.customer("Ana").await;
    assert_eq!((ana.email.as_str(), other.email.as_str()), ("ana@example.org", "ana2@example.org"));
    let service = world
        .service(&plumbing, |s| {
            s.called("Fix a leak").package("basic", 5000, 60).extra("Parts", 1000, 15).done_by(&[&tom])
        })
        .await;
    assert_eq!((service.packages.len(), service.extras.len()), (1, 1));
    let actor = world.actor(&tom.user).await;
    assert!(actor.works_for(plumbing.id) && !actor.manages(plumbing.id));
    assert!(world.actor(&plumbing.owner.user).await.manages(plumbing.id));
    assert!(world.actor(&ana).await.memberships.is_empty());
}

#[tokio::test]
async fn statements_are_counted_without_transaction_control() {
    let world = World::new().await;
    let pool = world.ctx().pool.clone();
    let ((), heard) = world
        .statements(async {
            let mut transaction = pool.begin().await.unwrap();
            sqlx::query("SELECT 1").execute(&mut *transaction).await.unwrap();
            sqlx::query("SELECT count(*) FROM users").execute(&mut *transaction).await.unwrap();
            transaction.commit().await.unwrap();
        })
        .await;
    assert_eq!(heard, ["SELECT 1", "SELECT count(*) FROM users"]);
}

#[tokio::test]
async fn clocks_run_out_when_their_time_has_come_by_the_worlds_clock() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let wish = Book {
        service: leak.slug,
        choice: Choice::default(),
        member: Some(plumbing.owner.id),
        start: Some("2026-11-03T10:00:00+01:00".parse().unwrap()),
        address: Address {
            street: "Ringstraße 1".into(),
            postal_code: "12203".into(),
            city: "Berlin".into(),
            ..Address::default()
        },
        note: String::new(),
        key: world.ctx().id(),
    };
    book(world.ctx(), &ana, wish).await.unwrap();
    assert_eq!((world.waiting_jobs().await, world.run_jobs().await), (0, 0), "no job is kept for a clock");
    world.advance(SignedDuration::from_mins(11));
    assert_eq!((world.run_jobs().await, world.waiting_jobs().await), (1, 0));
    let state: String = sqlx::query_scalar("SELECT state FROM bookings").fetch_one(world.owner()).await.unwrap();
    assert_eq!(state, "expired");
}
