//! Many people, one time: exactly one of them gets it (ASVS 2.3.4, 15.4.2). And a control: with the guards
//! off, the same test finds a double booking, so it can fail.

use crate::story;

use domain::bookings::{self, Book, BookError, Event, Words};
use domain::kernel::{Actor, Context, Error};
use domain::testing::{Service, World};
use jiff::{SignedDuration, Timestamp, ToSpan};
use sqlx::postgres::PgPoolOptions;
use std::sync::Arc;
use story::{at, go, wish};
use tokio::sync::Barrier;

const RIVALS: usize = 50;

async fn crowd(world: &World, size: usize) -> Vec<Actor> {
    let mut crowd = Vec::with_capacity(size);
    for n in 0..size {
        crowd.push(world.actor(&world.customer(&format!("Rival {n}")).await).await);
    }
    crowd
}

/// Everybody books at the same moment; who won.
async fn storm(ctx: &Context, crowd: &[Actor], wishes: Vec<Book>) -> (Vec<String>, usize) {
    let gate = Arc::new(Barrier::new(wishes.len()));
    let tasks = wishes.into_iter().zip(crowd).map(|(wish, actor)| {
        let (ctx, actor, gate) = (ctx.clone(), actor.clone(), Arc::clone(&gate));
        tokio::spawn(async move {
            gate.wait().await;
            bookings::book(&ctx, &actor, wish).await
        })
    });
    let (mut won, mut lost) = (Vec::new(), 0);
    for task in tasks.collect::<Vec<_>>() {
        match task.await.expect("no panic") {
            Ok(reference) => won.push(reference),
            Err(BookError::SlotTaken(_)) => lost += 1,
            Err(other) => panic!("neither won nor lost: {other}"),
        }
    }
    (won, lost)
}

/// Pairs of live reservations of one member that overlap. Asked of the rows, not of the constraint.
async fn overlaps(world: &World) -> i64 {
    sqlx::query_scalar(
        "SELECT count(*) FROM reservations a JOIN reservations b ON a.member_id = b.member_id AND a.id < b.id AND a.during && b.during
         WHERE a.state <> 'released' AND b.state <> 'released'",
    )
    .fetch_one(world.owner())
    .await
    .expect("a count")
}

async fn deadlocks(world: &World) -> i64 {
    sqlx::query_scalar("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        .fetch_one(world.owner())
        .await
        .expect("a count")
}

fn hours(n: i64) -> SignedDuration {
    SignedDuration::from_hours(n)
}

/// The n-th full hour between 8 and 15 UTC of the weekdays from 3 November on.
fn nth_hour(n: usize) -> Timestamp {
    let (day, hour) = (n / 7, n % 7);
    let (weeks, weekday) = (day / 5, day % 5);
    let days = i64::try_from(weeks * 7 + weekday).expect("small");
    at("2026-11-09T08:00:00Z").checked_add(hours(days * 24 + i64::try_from(hour).expect("small"))).expect("in range")
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_want_one_time_and_one_gets_it() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak").every(60)).await;
    let crowd = crowd(&world, RIVALS).await;
    let ctx = world.ctx();
    for round in 0..20 {
        let wishes = crowd.iter().map(|_| wish(ctx, &leak, nth_hour(round))).collect();
        let (won, lost) = storm(ctx, &crowd, wishes).await;
        assert_eq!((won.len(), lost), (1, RIVALS - 1), "round {round}");
    }
    assert_eq!(overlaps(&world).await, 0);
    assert_eq!(deadlocks(&world).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn overlapping_wishes_and_buffers_exclude_each_other() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak").every(15).lasts(120).buffers(15, 30)).await;
    let crowd = crowd(&world, 28).await;
    let ctx = world.ctx();
    let first = at("2026-11-09T08:00:00Z");
    let starts = (0..28_i64).map(|n| first.checked_add((n % 14 * 15).minutes()).expect("in range"));
    let (won, _) = storm(ctx, &crowd, starts.map(|start| wish(ctx, &leak, start)).collect()).await;
    assert!((1..=3).contains(&won.len()), "{won:?} fit into three hours and a half");
    assert_eq!(overlaps(&world).await, 0);
    assert_eq!(deadlocks(&world).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn anyone_free_means_each_of_the_team_once() {
    let world = World::new().await;
    let cleaning = world.provider("Tidy", "Europe/Berlin").await;
    cleaning.member("Bo").await;
    cleaning.member("Cy").await;
    let home = world.service(&cleaning, |s| s.called("Clean a home").on_request().at_most(3)).await;
    let crowd = crowd(&world, RIVALS).await;
    let ctx = world.ctx();
    for round in 0..5 {
        let start = at("2026-11-09T10:00:00Z").checked_add(hours(24 * round)).expect("in range");
        let wishes = crowd.iter().map(|_| wish(ctx, &home, start)).collect();
        let (won, lost) = storm(ctx, &crowd, wishes).await;
        assert_eq!((won.len(), lost), (3, RIVALS - 3), "round {round}");
    }
    assert_eq!(overlaps(&world).await, 0);
    assert_eq!(deadlocks(&world).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daily_limit_holds_in_a_storm() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak").every(60).at_most(2)).await;
    let crowd = crowd(&world, 21).await;
    let ctx = world.ctx();
    let (won, _) = storm(ctx, &crowd, (0..21).map(|n| wish(ctx, &leak, nth_hour(n % 7))).collect()).await;
    assert_eq!(won.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn pending_requests_keep_their_time_and_are_accepted_once() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak").on_request()).await;
    let crowd = crowd(&world, 20).await;
    let (ctx, ben) = (world.ctx(), world.actor(&plumbing.owner.user).await);
    let reference = bookings::book(ctx, &crowd[0], wish(ctx, &leak, nth_hour(0))).await.expect("a hold");
    go(ctx, &crowd[0], &reference, Event::Confirm).await.expect("asked");
    let (won, _) = storm(ctx, &crowd[1..], crowd[1..].iter().map(|_| wish(ctx, &leak, nth_hour(0))).collect()).await;
    assert!(won.is_empty(), "a pending request was overbooked");
    // Twenty tabs accept while the customer cancels and the clock looks.
    let gate = Arc::new(Barrier::new(22));
    let tries: Vec<_> = (0..22)
        .map(|n| {
            let (ctx, gate, reference) = (ctx.clone(), Arc::clone(&gate), reference.clone());
            let (actor, event) = if n < 20 { (ben.clone(), Event::Accept) } else { (crowd[0].clone(), Event::Cancel) };
            tokio::spawn(async move {
                gate.wait().await;
                bookings::advance(&ctx, &actor, &reference, event, Words::default()).await.is_ok().then_some(event)
            })
        })
        .collect();
    let mut done = Vec::new();
    for one in tries {
        done.extend(one.await.expect("no panic"));
    }
    let accepted = done.iter().filter(|event| **event == Event::Accept).count();
    let cancelled = done.iter().filter(|event| **event == Event::Cancel).count();
    assert!(accepted <= 1 && cancelled == 1, "{done:?}");
    assert_eq!(deadlocks(&world).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_hold_goes_to_exactly_one_of_those_who_wait() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak").every(60)).await;
    let crowd = crowd(&world, 30).await;
    let ctx = world.ctx();
    for round in 0..10 {
        let held = bookings::book(ctx, &crowd[0], wish(ctx, &leak, nth_hour(round))).await.expect("a hold");
        world.advance(SignedDuration::from_mins(10));
        let late = tokio::spawn({
            let (ctx, ana) = (ctx.clone(), crowd[0].clone());
            async move { bookings::advance(&ctx, &ana, &held, Event::Confirm, Words::default()).await }
        });
        let wishes = crowd[1..].iter().map(|_| wish(ctx, &leak, nth_hour(round))).collect();
        let (won, _) = storm(ctx, &crowd[1..], wishes).await;
        assert_eq!(won.len(), 1, "round {round}");
        assert!(matches!(late.await.expect("no panic"), Err(Error::Conflict(_))), "the late one was too late");
    }
    assert_eq!(overlaps(&world).await, 0);
    assert_eq!(deadlocks(&world).await, 0);
}

/// The control: without the constraint and the lock, the storm must end in a double booking.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_guards_the_storm_double_books() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak: Service = world.service(&plumbing, |s| s.called("Fix a leak").every(60)).await;
    let crowd = crowd(&world, 16).await;
    for off in [
        "ALTER TABLE reservations DROP CONSTRAINT reservations_no_overlap",
        // A function of the same name that locks nothing, found before the real one.
        "CREATE SCHEMA off",
        "CREATE FUNCTION off.pg_advisory_xact_lock(bigint) RETURNS void LANGUAGE sql AS 'SELECT'",
        "GRANT USAGE ON SCHEMA off TO servicehub_app",
    ] {
        sqlx::query(sqlx::AssertSqlSafe(off)).execute(world.owner()).await.expect("a guard is off");
    }
    let unguarded = PgPoolOptions::new()
        .max_connections(16)
        .after_connect(|conn, _| {
            Box::pin(async move {
                sqlx::query("SET search_path = off, pg_catalog, public").execute(conn).await?;
                Ok(())
            })
        })
        .connect_with(world.ctx().pool.connect_options().as_ref().clone())
        .await
        .expect("connections");
    let ctx = Context { pool: unguarded, ..world.ctx().clone() };
    for round in 0..20 {
        let wishes = crowd.iter().map(|_| wish(&ctx, &leak, nth_hour(round))).collect();
        storm(&ctx, &crowd, wishes).await;
    }
    assert!(overlaps(&world).await > 0, "the storm cannot tell whether the guards work");
}
