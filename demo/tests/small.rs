//! The demo marketplace as a visitor, a provider and an auditor find it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use demo::{LOGINS, PASSWORD, Scale, Summary, load};
use domain::accounts::demo::DOMAIN;
use domain::bookings::life::{self, Capacity, Event, State};
use domain::catalog::listing::{self, AdminFilter, OwnFilter, RevisionState};
use domain::catalog::saved::{alert_due, saved_searches};
use domain::catalog::{Kind, favorites};
use domain::kernel::{Error, UserId};
use domain::testing::{User, World};
use jiff::{SignedDuration, Timestamp};
use sqlx::{PgPool, Row};
use std::path::PathBuf;

/// Pictures are kept from run to run: what is drawn already need not be drawn again.
fn files() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("demo-files")
}

async fn loaded() -> (World, Summary) {
    let world = World::new().await;
    let summary = load(world.ctx(), world.owner(), &files(), Scale::Small, &|_| {}).await.unwrap();
    (world, summary)
}

async fn number(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar::<_, i64>(sql).fetch_one(pool).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
}

async fn none(pool: &PgPool, what: &str, sql: &'static str) {
    let rows = sqlx::query(sql).fetch_all(pool).await.unwrap_or_else(|error| panic!("{what}: {error}"));
    let found: Vec<String> = rows.iter().take(5).map(|row| row.get::<String, _>(0)).collect();
    assert!(rows.is_empty(), "{what}: {} such as {found:?}", rows.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_a_living_marketplace() {
    let (world, summary) = loaded().await;
    let db = world.owner();
    counts_are_as_promised(db, &summary).await;
    denormalised_numbers_are_right(db).await;
    nobody_is_booked_twice(db).await;
    histories_follow_the_table_of_life(db, world.ctx().clock.now()).await;
    everything_has_words(db).await;
    every_picture_has_its_files(db).await;
    times_are_free_in_the_coming_weeks(db).await;
    published_logins_work(&world).await;
    every_list_shows_something(&world).await;

    let again = load(world.ctx(), world.owner(), &files(), Scale::Small, &|_| {}).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "a second load: {again:?}");
    let larger = load(world.ctx(), world.owner(), &files(), Scale::Large, &|_| {}).await;
    assert!(matches!(larger, Err(Error::Conflict(_))), "a large load on top: {larger:?}");
}

async fn counts_are_as_promised(db: &PgPool, summary: &Summary) {
    assert!(summary.providers >= 60 && summary.services >= 240 && summary.reviews >= 600, "{summary}");
    let at_least = [
        (10, "SELECT count(*) FROM categories WHERE parent_id IS NULL"),
        (
            10,
            "SELECT count(*) FROM (SELECT parent_id FROM categories WHERE parent_id IS NOT NULL GROUP BY 1 HAVING count(*) BETWEEN 3 AND 5) t",
        ),
        (6, "SELECT count(DISTINCT city) FROM providers"),
        (3, "SELECT count(DISTINCT zone) FROM providers"),
        (3, "SELECT count(DISTINCT currency) FROM services"),
        (15, "SELECT count(*) FROM (SELECT provider_id FROM members GROUP BY 1 HAVING count(*) BETWEEN 2 AND 6) t"),
        (9, "SELECT count(DISTINCT state) FROM bookings"),
        (3, "SELECT count(DISTINCT cancellation_policy) FROM services"),
        (6, "SELECT count(DISTINCT pricing) FROM services"),
        (3, "SELECT count(DISTINCT place) FROM services"),
        (6, "SELECT count(DISTINCT role) FROM user_roles"),
        (100, "SELECT count(*) FROM bookings WHERE state = 'confirmed'"),
        (20, "SELECT count(*) FROM bookings WHERE state = 'requested'"),
        (5, "SELECT count(*) FROM provider_closures"),
        (20, "SELECT count(*) FROM member_exceptions"),
        (50, "SELECT count(*) FROM member_hours WHERE kind = 'break'"),
        (150, "SELECT count(*) FROM packages"),
        (200, "SELECT count(*) FROM extras"),
    ];
    for (least, sql) in at_least {
        let found = number(db, sql).await;
        assert!(found >= least, "{sql}: {found}, at least {least} were promised");
    }
}

async fn denormalised_numbers_are_right(db: &PgPool) {
    none(db, "services with wrong stars", "SELECT s.title FROM services s LEFT JOIN (SELECT service_id, count(*) n, sum(rating) r FROM reviews GROUP BY 1) x
        ON x.service_id = s.id WHERE s.rating_count <> coalesce(n, 0) OR s.rating_sum <> coalesce(r, 0)").await;
    none(db, "providers with wrong stars", "SELECT p.name FROM providers p LEFT JOIN (SELECT provider_id, count(*) n, sum(rating) r FROM reviews GROUP BY 1) x
        ON x.provider_id = p.id WHERE p.rating_count <> coalesce(n, 0) OR p.rating_sum <> coalesce(r, 0)").await;
    none(
        db,
        "services with wrong counts",
        "SELECT s.title FROM services s WHERE s.booking_count <>
        (SELECT count(*) FROM bookings b WHERE b.service_id = s.id AND b.state = 'completed')",
    )
    .await;
    none(
        db,
        "providers with wrong counts",
        "SELECT p.name FROM providers p WHERE p.completed_count <>
        (SELECT count(*) FROM bookings b WHERE b.provider_id = p.id AND b.state = 'completed')",
    )
    .await;
    none(
        db,
        "categories with wrong counts",
        "SELECT c.slug FROM categories c WHERE c.service_count <>
        (SELECT count(*) FROM services s WHERE s.status = 'live' AND c.id IN (s.category_id, s.top_category_id))",
    )
    .await;
    none(
        db,
        "services that are not listed",
        "SELECT title FROM services WHERE (status = 'live') <> (id IN (SELECT service_id FROM listings))",
    )
    .await;
    none(
        db,
        "prices that do not add up",
        "SELECT reference FROM bookings WHERE total_minor <>
        (SELECT sum((line -> 'amount' ->> 'minor')::bigint) FROM jsonb_array_elements(lines) line)",
    )
    .await;
    none(
        db,
        "lowest package is not the price",
        "SELECT s.title FROM services s WHERE status = 'live' AND pricing = 'packages' AND price_minor <>
        (SELECT min(price_minor) FROM packages WHERE service_id = s.id)",
    )
    .await;
    none(
        db,
        "packages without packages",
        "SELECT s.title FROM services s WHERE status = 'live' AND (pricing = 'packages') <>
        (3 = (SELECT count(*) FROM packages WHERE service_id = s.id))",
    )
    .await;
}

async fn nobody_is_booked_twice(db: &PgPool) {
    none(db, "overlapping visits of one member", "SELECT a.reference FROM bookings a JOIN bookings b ON b.member_id = a.member_id AND b.id > a.id
        AND a.kind = 'visit' AND b.kind = 'visit' AND tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
        WHERE a.state NOT IN ('declined', 'cancelled', 'expired') AND b.state NOT IN ('declined', 'cancelled', 'expired')").await;
    none(db, "visits without their time", "SELECT reference FROM bookings b WHERE kind = 'visit'
        AND state NOT IN ('declined', 'cancelled', 'expired') AND NOT EXISTS (SELECT FROM reservations r WHERE r.booking_id = b.id
            AND r.member_id = b.member_id AND r.visit_starts = b.starts_at AND r.visit_ends = b.ends_at
            AND r.state = CASE b.state WHEN 'held' THEN 'hold' WHEN 'requested' THEN 'pending' ELSE 'confirmed' END)").await;
    none(
        db,
        "members booked for what they do not do",
        "SELECT reference FROM bookings b WHERE NOT EXISTS
        (SELECT FROM service_members sm WHERE sm.service_id = b.service_id AND sm.member_id = b.member_id)",
    )
    .await;
}

async fn histories_follow_the_table_of_life(db: &PgPool, now: Timestamp) {
    let micros = |at: Option<i64>| at.map(|at| Timestamp::from_microsecond(at).unwrap());
    let rows = sqlx::query(
        "SELECT b.reference, b.state, b.kind, (extract(epoch FROM starts_at) * 1000000)::bigint AS starts,
            (extract(epoch FROM coalesce(ends_at, due_at)) * 1000000)::bigint AS promised,
            (extract(epoch FROM clock_at) * 1000000)::bigint AS clock, (extract(epoch FROM updated_at) * 1000000)::bigint AS updated,
            (SELECT array_agg(event ORDER BY seq) FROM booking_events e WHERE e.booking_id = b.id) AS events,
            (SELECT array_agg(capacity ORDER BY seq) FROM booking_events e WHERE e.booking_id = b.id) AS capacities,
            (SELECT array_agg((extract(epoch FROM at) * 1000000)::bigint ORDER BY seq) FROM booking_events e WHERE e.booking_id = b.id) AS times
         FROM bookings b",
    )
    .fetch_all(db)
    .await
    .unwrap();
    for row in rows {
        let reference: String = row.get("reference");
        let kind = Kind::parse(row.get("kind")).unwrap();
        let (starts, promised) = (micros(row.get("starts")), micros(row.get("promised")));
        let events: Vec<String> = row.get("events");
        let capacities: Vec<String> = row.get("capacities");
        let times: Vec<i64> = row.get("times");
        assert_eq!(events[0], "hold", "{reference}");
        assert!(times.is_sorted(), "{reference} goes back in time");
        let mut state = State::Held;
        for (event, by) in events.iter().zip(&capacities).skip(1) {
            let found = life::find(state, Event::parse(event).unwrap(), Capacity::parse(by).unwrap());
            state = found.unwrap_or_else(|| panic!("{reference}: {event} by {by} in {}", state.name())).to;
        }
        assert_eq!(state.name(), row.get::<String, _>("state"), "{reference}");
        let last = micros(times.last().copied()).unwrap();
        assert!(last <= now, "{reference} happens in the future");
        assert_eq!(Some(last), micros(row.get("updated")), "{reference}");
        let clock = life::clock(state, kind, last, starts, promised);
        assert_eq!(clock, micros(row.get("clock")), "{reference}, {}", state.name());
        assert!(clock.is_none_or(|clock| clock > now), "{reference}, {}: its clock has run out", state.name());
    }
}

async fn everything_has_words(db: &PgPool) {
    none(db, "empty texts", "SELECT title FROM services WHERE status = 'live' AND ('' IN (title, summary, description, slug) OR cardinality(includes) = 0 AND pricing <> 'packages')
        UNION ALL SELECT name FROM providers WHERE '' IN (name, slug, headline, about, city)
        UNION ALL SELECT name FROM categories WHERE '' IN (name, blurb, slug, keywords)
        UNION ALL SELECT name FROM packages WHERE '' IN (name, description) OR cardinality(includes) = 0
        UNION ALL SELECT name FROM extras WHERE name = ''
        UNION ALL SELECT id::text FROM reviews WHERE '' IN (title, body)
        UNION ALL SELECT alt FROM service_pictures WHERE alt = ''
        UNION ALL SELECT email FROM users WHERE '' IN (first_name, last_name)
        UNION ALL SELECT reference FROM bookings WHERE place = 'customer' AND '' IN (street, postal_code, city, country)").await;
    none(
        db,
        "one business's reviews repeating themselves",
        "SELECT body FROM reviews GROUP BY provider_id, body HAVING count(*) > 1",
    )
    .await;
    none(db, "forgotten placeholders", "SELECT body FROM reviews WHERE body ~ '[{}]'").await;
    none(db, "references that share a review", "SELECT title FROM services GROUP BY title HAVING count(*) > 1").await;
}

async fn every_picture_has_its_files(db: &PgPool) {
    let folder = files().join("pictures");
    let wide = "SELECT key FROM service_pictures UNION SELECT picture FROM categories";
    let small = "SELECT picture FROM users WHERE picture IS NOT NULL UNION SELECT picture FROM members UNION SELECT picture FROM providers";
    for (sql, widths) in [(wide, [400, 800, 1200]), (small, [96, 192, 384])] {
        let keys: Vec<String> = sqlx::query_scalar(sql).fetch_all(db).await.unwrap();
        for (key, width) in keys.iter().flat_map(|key| widths.map(|width| (key, width))) {
            for kind in ["webp", "jpg"] {
                let path = folder.join(format!("{key}-{width}.{kind}"));
                let bytes = std::fs::metadata(&path).map_or(0, |file| file.len());
                assert!(bytes > 200, "{} has {bytes} bytes", path.display());
            }
        }
    }
    none(
        db,
        "services without pictures",
        "SELECT title FROM services WHERE status = 'live' AND id NOT IN (SELECT service_id FROM service_pictures)",
    )
    .await;
    none(db, "wrong colours", "SELECT colour::text FROM service_pictures WHERE colour !~ '^#[0-9a-f]{6}$'").await;
}

async fn times_are_free_in_the_coming_weeks(db: &PgPool) {
    none(
        db,
        "visits without a free time in three weeks",
        "SELECT s.title FROM services s JOIN service_openings o ON o.service_id = s.id
        WHERE s.kind = 'visit' AND (next_free IS NULL OR next_free > refreshed_at + interval '21 days')",
    )
    .await;
    none(
        db,
        "services whose openings are unknown",
        "SELECT title FROM services WHERE status = 'live' AND kind = 'visit' AND id NOT IN (SELECT service_id FROM service_openings)",
    )
    .await;
    for day in ["yesterday", "today", "tomorrow"] {
        let offset = ["yesterday", "today", "tomorrow"].iter().position(|name| *name == day).unwrap() as i32 - 1;
        let visits: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM bookings b, (SELECT max(refreshed_at) AS now FROM service_openings) o
             WHERE b.state NOT IN ('declined', 'cancelled', 'expired') AND (b.starts_at AT TIME ZONE zone)::date = (now AT TIME ZONE zone)::date + $1",
        )
        .bind(offset)
        .fetch_one(db)
        .await
        .unwrap();
        assert!(visits >= 8, "{visits} visits {day}");
    }
}

async fn published_logins_work(world: &World) {
    for (role, email, _) in LOGINS {
        let row = sqlx::query("SELECT id, password_hash FROM users WHERE email = $1")
            .bind(email)
            .fetch_one(world.owner())
            .await
            .unwrap();
        let right = world.ctx().hasher.verify(PASSWORD.to_owned(), Some(row.get("password_hash"))).await.unwrap();
        assert!(right, "{role}");
    }
    let of = |email: &'static str, state: &'static str| async move {
        let whose = if email.starts_with("ana") { "b.customer_id = u.id" } else { "p.id = b.provider_id" };
        let sql = format!(
            "SELECT count(*) FROM bookings b JOIN users u ON u.email = $1 LEFT JOIN members m ON m.user_id = u.id
             LEFT JOIN providers p ON p.id = m.provider_id WHERE {whose} AND b.state = $2"
        );
        sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(sql))
            .bind(format!("{email}@demo.servicehub.test"))
            .bind(state)
            .fetch_one(world.owner())
            .await
            .unwrap()
    };
    for state in State::ALL {
        assert!(of("ana.customer", state.name()).await >= 1, "Ana has nothing {}", state.name());
    }
    assert!(of("ben.provider", "requested").await >= 2);
    assert!(of("ben.provider", "confirmed").await >= 4);
    assert!(of("carla.company", "confirmed").await >= 10);
    assert!(of("dan.member", "confirmed").await >= 10);
    assert_eq!(
        number(
            world.owner(),
            "SELECT count(*) FROM members m JOIN members c USING (provider_id) JOIN users u ON u.id = c.user_id
        WHERE u.email = 'carla.company@demo.servicehub.test'"
        )
        .await,
        5
    );
}

/// Queues of the back office, the portal's services, and what Ana keeps.
async fn every_list_shows_something(world: &World) {
    let ctx = world.ctx();
    let actor = async |login: &str| {
        let email = format!("{login}@{DOMAIN}");
        let id = sqlx::query_scalar("SELECT id FROM users WHERE email = $1").bind(&email);
        let id = UserId(id.fetch_one(world.owner()).await.unwrap());
        world.actor(&User { id, email, name: login.to_owned() }).await
    };
    let admin = actor("admin").await;
    let queue = listing::admin_list(ctx, &admin, &AdminFilter::default(), None).await.unwrap().items;
    assert!(queue.iter().filter(|row| row.published).count() >= 2, "changes wait");
    assert!(queue.iter().filter(|row| !row.published).count() >= 4, "new services wait");
    for row in &queue {
        let (review, shelves) = listing::for_review(ctx, &admin, &row.slug).await.unwrap();
        let text = review.service.listing();
        assert!(listing::missing(text).is_empty(), "{}: {:?}", row.title, listing::missing(text));
        let changes = listing::told_apart(&review.service.live, text, &shelves, &review.service.team);
        assert!(changes.iter().any(|change| change.risky), "{}", row.title);
    }
    let ben = actor("ben.provider").await;
    let business = ben.memberships[0].provider;
    let own = listing::list(ctx, &ben, business, &OwnFilter::default(), None).await.unwrap().items;
    for state in [RevisionState::Draft, RevisionState::Submitted, RevisionState::Declined] {
        assert!(own.iter().any(|row| row.open == Some(state)), "Ben has nothing {}", state.name());
    }
    let ana = actor("ana.customer").await;
    assert!(favorites(ctx, &ana, "", None).await.unwrap().items.len() >= 5);
    assert_eq!(saved_searches(ctx, &ana).await.unwrap().len(), 3);
    assert!(alert_due(ctx, 10).await.unwrap() == 0, "nobody is written to at once");
    for (least, sql) in [
        (20, "SELECT count(*) FROM category_fields"),
        (300, "SELECT count(*) FROM service_fields"),
        (4, "SELECT count(DISTINCT kind) FROM category_fields"),
        (4, "SELECT count(DISTINCT state) FROM applications"),
    ] {
        assert!(number(world.owner(), sql).await >= least, "{sql}");
    }
    none(
        world.owner(),
        "services that do not say what they have to",
        "SELECT s.title FROM services s JOIN category_fields f ON f.category_id IN (s.category_id, s.top_category_id)
         WHERE s.status = 'live' AND f.required
           AND NOT EXISTS (SELECT FROM service_fields v WHERE v.service_id = s.id AND v.field_id = f.id)",
    )
    .await;
}

/// Everything but salted hashes and what is derived by the database itself.
const FINGERPRINT: &[&str] = &[
    "SELECT md5(string_agg(md5((to_jsonb(t) - 'password_hash')::text), '' ORDER BY id)) FROM users t",
    "SELECT md5(string_agg(md5(t::text), '' ORDER BY id)) FROM categories t",
    "SELECT md5(string_agg(md5(t::text), '' ORDER BY id)) FROM providers t",
    "SELECT md5(string_agg(md5(t::text), '' ORDER BY id)) FROM members t",
    "SELECT md5(string_agg(md5(t::text), '' ORDER BY id)) FROM services t",
    "SELECT md5(string_agg(md5(t::text), '' ORDER BY service_id, position)) FROM service_pictures t",
    "SELECT md5(string_agg(md5(t::text), '' ORDER BY service_id, number)) FROM service_revisions t",
    "SELECT md5(string_agg(md5(t::text), '' ORDER BY service_id, field_id)) FROM service_fields t",
    "SELECT md5(string_agg(md5(t::text), '' ORDER BY id)) FROM saved_searches t",
    "SELECT md5(string_agg(md5(t::text), '' ORDER BY service_id)) FROM favorites t",
    "SELECT md5(string_agg(md5(t::text), '' ORDER BY member_id, t)) FROM member_hours t",
    "SELECT md5(string_agg(md5(t::text), '' ORDER BY id)) FROM bookings t",
    "SELECT md5(string_agg(md5(t::text), '' ORDER BY booking_id, seq)) FROM booking_events t",
    "SELECT md5(string_agg(md5(t::text), '' ORDER BY id)) FROM reservations t",
    "SELECT md5(string_agg(md5(t::text), '' ORDER BY id)) FROM reviews t",
    "SELECT md5(string_agg(md5(t::text), '' ORDER BY service_id)) FROM service_openings t",
];

#[tokio::test(flavor = "multi_thread")]
async fn it_is_the_same_every_time() {
    let ((one, _), (other, _)) = tokio::join!(loaded(), loaded());
    for sql in FINGERPRINT {
        let of = |world: &World| {
            let pool = world.owner().clone();
            async move { sqlx::query_scalar::<_, Option<String>>(*sql).fetch_one(&pool).await.unwrap() }
        };
        assert_eq!(of(&one).await, of(&other).await, "{sql}");
        assert!(of(&one).await.is_some(), "{sql}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_lives_on_a_sunday_night_too() {
    let world = World::new().await;
    // Sunday, 8 November 2026, 23:40 UTC
    world.ctx().clock.advance(SignedDuration::from_mins((6 * 24 + 14) * 60 + 40));
    let summary = load(world.ctx(), world.owner(), &files(), Scale::Small, &|_| {}).await.unwrap();
    counts_are_as_promised(world.owner(), &summary).await;
    nobody_is_booked_twice(world.owner()).await;
    histories_follow_the_table_of_life(world.owner(), world.ctx().clock.now()).await;
    times_are_free_in_the_coming_weeks(world.owner()).await;
    published_logins_work(&world).await;
}
