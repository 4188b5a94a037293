//! Checks the mass for measuring: a million bookings keep all rules. Minutes long, beside a throw-away Postgres:
//! `tools/with-postgres cargo run -p demo --example large`.

use demo::{Scale, load};
use domain::testing::World;
use sqlx::PgPool;
use std::time::Instant;

async fn number(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar::<_, i64>(sql).fetch_one(pool).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
}

#[tokio::main]
async fn main() {
    let world = World::new().await;
    let files = std::env::temp_dir().join("servicehub-large-demo");
    let begun = Instant::now();
    let say = |words: &str| eprintln!("{:>6.1} s  {words}", begun.elapsed().as_secs_f32());
    let indexes = "SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'";
    let constraints = "SELECT count(*) FROM pg_constraint";
    let before = (number(world.owner(), indexes).await, number(world.owner(), constraints).await);
    let summary = load(world.ctx(), world.owner(), &files, Scale::Large, &say).await.expect("as told");
    say(&summary.to_string());
    let db = world.owner();
    assert_eq!((number(db, indexes).await, number(db, constraints).await), before, "everything is put back");
    assert_eq!(summary.providers, 5_000);
    assert_eq!(summary.services, 100_000);
    assert_eq!(summary.bookings, 1_000_000);
    assert_eq!(summary.reviews, 200_000);
    assert!(summary.users >= 45_000);

    let expected = [
        (0, "SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'"),
        (0, "SELECT count(*) FROM pg_constraint WHERE NOT convalidated"),
        (100_000, "SELECT count(*) FROM listings"),
        (
            0,
            "SELECT count(*) FROM bookings b WHERE kind = 'visit' AND state NOT IN ('declined', 'cancelled', 'expired')
            AND NOT EXISTS (SELECT FROM reservations r WHERE r.booking_id = b.id)",
        ),
        (0, "SELECT count(*) FROM bookings WHERE clock_at <= (SELECT max(refreshed_at) FROM service_openings)"),
        (0, "SELECT count(*) FROM bookings WHERE updated_at < created_at OR created_at > starts_at"),
        (
            0,
            "SELECT count(*) FROM bookings b WHERE state <> (SELECT to_state FROM booking_events e WHERE e.booking_id = b.id ORDER BY seq DESC LIMIT 1)",
        ),
        (
            0,
            "SELECT count(*) FROM bookings b WHERE NOT EXISTS (SELECT FROM booking_events e WHERE e.booking_id = b.id)",
        ),
        (
            0,
            "SELECT count(*) FROM services s WHERE rating_sum <> (SELECT coalesce(sum(rating), 0) FROM reviews r WHERE r.service_id = s.id)",
        ),
        (
            0,
            "SELECT count(*) FROM services s WHERE pricing = 'packages' AND 3 <> (SELECT count(*) FROM packages p WHERE p.service_id = s.id)",
        ),
        (
            0,
            "SELECT count(*) FROM services s WHERE kind = 'visit' AND NOT EXISTS (SELECT FROM service_openings o WHERE o.service_id = s.id)",
        ),
    ];
    for (wanted, sql) in expected {
        assert_eq!(number(db, sql).await, wanted, "{sql}");
    }
    let at_least = [
        (2_000, "SELECT count(*) FROM search_words"),
        (50_000, "SELECT count(*) FROM bookings WHERE starts_at > (SELECT max(refreshed_at) FROM service_openings)"),
        (1_000, "SELECT count(*) FROM bookings WHERE state = 'requested'"),
        (30, "SELECT count(DISTINCT city) FROM services"),
        (60_000, "SELECT count(*) FROM service_openings WHERE next_free IS NOT NULL"),
        (
            8,
            "SELECT count(*) FROM users WHERE email ~ '^(ana.customer|ben.provider|carla.company|dan.member|onboarding|ops|admin|superadmin)@'",
        ),
    ];
    for (least, sql) in at_least {
        let found = number(db, sql).await;
        assert!(found >= least, "{sql}: {found}, at least {least} were expected");
    }
    say("checked");
}
