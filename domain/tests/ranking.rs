//! The order of recommended services: worked out by the sweep, kept where an index has it, changed by what businesses do.

use crate::story;

use domain::bookings::{self, Event, Words};
use domain::catalog::search::ranking::{NEAR, Part, Standing, TITLED, nearness};
use domain::catalog::search::{Hit, SearchQuery, rank_due, search};
use domain::jobs::sweep;
use domain::reviews::NewReview;
use domain::testing::{Service, World};
use jiff::SignedDuration;
use story::{at, go, wish};

async fn hits(world: &World, pairs: &[(&str, &str)]) -> Vec<Hit> {
    let query = SearchQuery::read(pairs.iter().copied());
    search(world.ctx(), &query).await.expect("an answer").page.items
}

fn standing(hit: &Hit) -> Standing {
    hit.found.and_then(|found| found.standing).expect("it was ranked")
}

async fn of(world: &World, service: &Service) -> Standing {
    let all = hits(world, &[]).await;
    standing(all.iter().find(|hit| hit.id == service.id).expect("it is on offer"))
}

/// Which version of its row a listing is.
async fn version(world: &World, service: &Service) -> String {
    sqlx::query_scalar("SELECT xmin::text FROM listings WHERE service_id = $1")
        .bind(service.id.0)
        .fetch_one(world.owner())
        .await
        .expect("it is on offer")
}

#[tokio::test]
async fn what_a_business_does_moves_its_services() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let other = world.provider("Lisbon Cleaning", "Europe/Lisbon").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak").on_request()).await;
    let clean = world.service(&other, |service| service.called("Clean a flat")).await;
    assert!(hits(&world, &[]).await.iter().all(|hit| hit.found.is_some_and(|found| found.standing.is_none())));
    sweep(ctx).await.expect("a database");
    assert_eq!(rank_due(ctx, 100).await.expect("a database"), 0, "once is enough");
    let before = of(&world, &leak).await;
    assert_eq!(before.part(Part::Answers), Part::Answers.most() / 2, "nobody knows yet");
    assert_eq!(of(&world, &clean).await.part(Part::Answers), Part::Answers.most(), "booked at once");

    // Three quick answers, two of them no; one request that nobody answers.
    let (ana, ben) = (world.actor(&world.customer("Ana").await).await, world.actor(&plumbing.owner.user).await);
    let ask = async |start: &str| {
        let reference = bookings::book(ctx, &ana, wish(ctx, &leak, at(start))).await.expect("it is free");
        go(ctx, &ana, &reference, Event::Confirm).await.expect("within the hold");
        reference
    };
    let done = ask("2026-11-03T09:00:00Z").await;
    world.advance(SignedDuration::from_mins(30));
    go(ctx, &ben, &done, Event::Accept).await.expect("asked");
    for start in ["2026-11-10T09:00:00Z", "2026-11-11T09:00:00Z"] {
        let no = ask(start).await;
        world.advance(SignedDuration::from_mins(30));
        go(ctx, &ben, &no, Event::Decline).await.expect("asked");
    }
    ask("2026-11-12T09:00:00Z").await;
    world.advance(SignedDuration::from_hours(25));
    world.run_jobs().await;
    sweep(ctx).await.expect("a database");
    let after = of(&world, &leak).await;
    assert_eq!(after.part(Part::Answers), Part::Answers.most());
    assert!(after.part(Part::Completion) < before.part(Part::Completion), "{before:?} {after:?}");

    // A booking that is kept makes up for it, and a review counts with the next sweep.
    for (who, event) in [(&ben, Event::Start), (&ben, Event::Finish), (&ana, Event::SignOff)] {
        go(ctx, who, &done, event).await.expect("in its order");
    }
    let opinion = NewReview {
        rating: Some(5),
        quality: Some(5),
        punctuality: Some(5),
        professionalism: Some(5),
        value: Some(5),
        title: "Dry again".to_owned(),
        body: "Came on time, and it is dry.".to_owned(),
    };
    domain::reviews::write(ctx, &ana, &done, opinion).await.expect("completed");
    sweep(ctx).await.expect("a database");
    let praised = of(&world, &leak).await;
    assert!(praised.part(Part::Quality) > after.part(Part::Quality));
    assert!(praised.part(Part::Completion) > after.part(Part::Completion));
    // What customers call off says nothing about the business.
    let off = bookings::book(ctx, &ana, wish(ctx, &clean, at("2026-11-12T09:00:00Z"))).await.expect("it is free");
    go(ctx, &ana, &off, Event::Confirm).await.expect("within the hold");
    let words = Words { note: "Ill.".to_owned(), ..Words::default() };
    bookings::advance(ctx, &ana, &off, Event::Cancel, words).await.expect("hers");
    let counted: (i32, i32) = sqlx::query_as("SELECT broken_count, answer_count FROM providers WHERE id = $1")
        .bind(other.id.0)
        .fetch_one(world.owner())
        .await
        .expect("it is there");
    assert_eq!(counted, (0, 0));
}

#[tokio::test]
async fn the_list_is_in_the_order_of_the_points_it_tells() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let far = world.provider("Potsdam Plumbing", "Europe/Berlin").await;
    for n in 0..25 {
        let whose = if n % 2 == 0 { &plumbing } else { &far };
        let service = world.service(whose, |s| s.called(if n == 7 { "Kettle repair" } else { "Fix a leak" })).await;
        let (stars, lat) = (n % 5 * 7, 52.5 + f64::from(n) * 0.005);
        sqlx::query("UPDATE services SET rating_sum = $2, rating_count = 7, summary = 'kettle', lat = $3, lng = 13.4 WHERE id = $1")
            .bind(service.id.0)
            .bind(i64::from(stars))
            .bind(lat)
            .execute(world.owner())
            .await
            .expect("in range");
    }
    sweep(ctx).await.expect("a database");
    let all = hits(&world, &[]).await;
    let totals: Vec<i64> = all.iter().map(|hit| standing(hit).total()).collect();
    assert!(totals.is_sorted_by(|a, b| a >= b) && totals[0] > totals[19], "{totals:?}");
    assert!(all.iter().all(|hit| hit.found.is_some_and(|found| !found.titled && found.near.is_none())));

    let near = hits(&world, &[("q", "kettle"), ("lat", "52.5"), ("lng", "13.4")]).await;
    assert_eq!(near[0].title, "Kettle repair");
    let points: Vec<i64> = near
        .iter()
        .map(|hit| {
            let (found, km) = (hit.found.expect("a search"), hit.distance_km.expect("a place"));
            assert_eq!(found.near, Some(nearness(km)));
            let titled = if found.titled { TITLED } else { 0 };
            titled + standing(hit).total() + found.near.unwrap_or_default()
        })
        .collect();
    // Kilometres are rounded in two ways: a point or two may differ.
    assert!(points.windows(2).all(|pair| pair[0] + 2 >= pair[1]), "{points:?}");
    assert!(points[0] > TITLED && points[1] < TITLED);
    assert!(near.iter().any(|hit| hit.found.is_some_and(|found| found.near > Some(NEAR * 9 / 10))));
}

#[tokio::test]
async fn ranking_rewrites_only_what_moves_and_the_list_is_a_look_at_an_index() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    sqlx::query("UPDATE providers SET created_at = '2024-01-01'").execute(world.owner()).await.expect("in range");
    sweep(ctx).await.expect("a database");
    let first = version(&world, &leak).await;
    for _ in 0..5 {
        world.advance(SignedDuration::from_hours(25));
        assert_eq!(sweep(ctx).await.expect("a database").ranks, 1, "looked at once a day");
        assert_eq!(version(&world, &leak).await, first, "and left as it is");
    }
    // A new business has its turn every third day, and only then its row changes.
    sqlx::query("UPDATE providers SET created_at = '2026-11-01'").execute(world.owner()).await.expect("in range");
    let mut turns = Vec::new();
    for _ in 0..9 {
        world.advance(SignedDuration::from_hours(25));
        sweep(ctx).await.expect("a database");
        turns.push(of(&world, &leak).await.part(Part::Newcomer) > 0);
    }
    let on_turn = turns.iter().filter(|turn| **turn).count();
    assert!((2..=4).contains(&on_turn), "{turns:?}");

    sqlx::raw_sql("ANALYZE listings").execute(world.owner()).await.expect("the owner may");
    let plan: Vec<String> = sqlx::query_scalar(
        "EXPLAIN (COSTS OFF) SELECT service_id, score FROM listings WHERE (score, service_id) < (5000, gen_random_uuid())
         ORDER BY score DESC, service_id DESC LIMIT 21",
    )
    .fetch_all(&{
        let options = sqlx::postgres::PgPoolOptions::new().max_connections(1);
        let pool = options.connect(world.url()).await.expect("a database");
        sqlx::raw_sql("SET enable_seqscan = off").execute(&pool).await.expect("a setting");
        pool
    })
    .await
    .expect("a plan");
    let plan = plan.join("\n");
    assert!(plan.contains("listings_score") && !plan.contains("Sort"), "{plan}");
}

#[tokio::test]
async fn what_nobody_can_book_is_free_at_no_time() {
    let world = World::new().await;
    let ctx = world.ctx();
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    sqlx::query("UPDATE providers SET created_at = '2024-01-01'").execute(world.owner()).await.expect("in range");
    let leak = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let bath = world.service(&plumbing, |service| service.called("Plan a bath").on_quote()).await;
    // Ten hours of work do not fit into a day of eight: the basic tier does, and then nobody sells it any more.
    let tiers =
        |service: domain::testing::ServiceStory| service.package("basic", 5000, 60).package("premium", 90_000, 600);
    let house = world.service(&plumbing, |service| tiers(service.called("Pipe a house"))).await;
    // Twenty windows at least, half an hour each, and one window.
    let many =
        world.service(&plumbing, |service| service.called("Twenty windows").per("window", 500, (20, 40), 30)).await;
    let one = world.service(&plumbing, |service| service.called("One window").per("window", 500, (1, 40), 30)).await;
    let refresh = async || {
        let all = [&leak, &bath, &house, &many, &one].map(|service| service.id.0);
        domain::availability::refresh_services(ctx, &all).await.expect("a database");
    };
    let on_wednesday = async || {
        refresh().await;
        let mut titles: Vec<String> =
            hits(&world, &[("date", "2026-11-04")]).await.into_iter().map(|hit| hit.title).collect();
        titles.sort();
        titles
    };
    assert_eq!(on_wednesday().await, ["Fix a leak", "One window", "Pipe a house"]);
    sqlx::query("UPDATE packages SET withdrawn = true WHERE tier = 'basic'")
        .execute(world.owner())
        .await
        .expect("there");
    assert_eq!(on_wednesday().await, ["Fix a leak", "One window"]);
    sweep(ctx).await.expect("a database");
    let (asked, booked) = (of(&world, &bath).await, of(&world, &leak).await);
    assert_eq!((asked.part(Part::Soon), booked.part(Part::Soon)), (0, Part::Soon.most()));
    assert_eq!(
        (asked.part(Part::Answers), booked.part(Part::Answers)),
        (Part::Answers.most() / 2, Part::Answers.most())
    );
    let soonest = hits(&world, &[("sort", "soonest")]).await;
    let free: Vec<&str> = soonest.iter().filter(|hit| hit.next_free.is_some()).map(|hit| hit.title.as_str()).collect();
    assert!(free.len() == 2 && !free.contains(&"Plan a bath"), "{free:?}");

    // The explanation agrees: nobody can book it, and when the business is hidden nobody can book anything.
    let owner = world.actor(&plumbing.owner.user).await;
    let offered = async || {
        let date = jiff::civil::date(2026, 11, 4);
        let questions = domain::availability::questions(ctx, &owner, plumbing.id, date).await.expect("his");
        let offered = questions.services.into_iter().filter(|service| service.on_offer);
        offered.map(|service| (service.title, service.rules.duration)).collect::<Vec<_>>()
    };
    let lengths = [("Fix a leak", 60), ("One window", 90), ("Pipe a house", 600), ("Twenty windows", 660)];
    assert_eq!(offered().await, lengths.map(|(title, minutes)| (title.to_owned(), minutes)));
    sqlx::query("UPDATE providers SET suspended_at = now(), suspended_reason = 'x'")
        .execute(world.owner())
        .await
        .expect("there");
    assert!(offered().await.is_empty());
}
