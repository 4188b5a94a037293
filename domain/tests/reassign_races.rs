//! Visits that are given to one colleague at the same moment, against each other and against customers: exactly one gets the
//! time. And a control: with the guards off, the same storm ends in a double booking, so it can fail.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::story;

use domain::bookings::{self, Book, Event, Reassign, ReassignError, Reschedule};
use domain::kernel::{Actor, Context, MemberId, UserId};
use domain::testing::{Member, Service, World};
use jiff::{SignedDuration, Timestamp};
use sqlx::postgres::PgPoolOptions;
use std::sync::Arc;
use story::{at, go, wish};
use tokio::sync::Barrier;

const OVERLAPS: &str =
    "SELECT count(*) FROM reservations a JOIN reservations b ON a.member_id = b.member_id AND a.id < b.id AND a.during && b.during
     WHERE a.state <> 'released' AND b.state <> 'released'";
/// Confirmed bookings whose one live reservation is not of whom, or not when, the booking says.
const ADRIFT: &str = "SELECT count(*) FROM bookings b WHERE b.state = 'confirmed' AND
     (SELECT coalesce(array_agg(r.member_id || ' ' || r.visit_starts), '{}')
      FROM reservations r WHERE r.booking_id = b.id AND r.state <> 'released') <> ARRAY[b.member_id || ' ' || b.starts_at]";
const DEADLOCKS: &str = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";

async fn count(world: &World, question: &'static str) -> i64 {
    sqlx::query_scalar(question).fetch_one(world.owner()).await.unwrap()
}

/// What holds whatever happened.
async fn sound(world: &World) {
    let found = (count(world, OVERLAPS).await, count(world, ADRIFT).await, count(world, DEADLOCKS).await);
    assert_eq!(found, (0, 0, 0), "overlaps, bookings adrift, deadlocks");
}

/// The n-th hour from 8 to 14 UTC of a weekday, from Monday the ninth on.
fn hour(n: usize) -> Timestamp {
    let (day, hour) = (n / 7, n % 7);
    let days = i64::try_from(day / 5 * 7 + day % 5).unwrap();
    let since = SignedDuration::from_hours(days * 24 + i64::try_from(hour).unwrap());
    at("2026-11-09T08:00:00Z").checked_add(since).unwrap()
}

/// A business of many people, and customers.
struct Scene {
    world: World,
    leak: Service,
    boss: Actor,
    team: Vec<Member>,
    crowd: Vec<Actor>,
}

async fn scene(size: usize) -> Scene {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let (mut team, mut crowd) = (Vec::new(), Vec::new());
    for n in 0..size {
        team.push(plumbing.member(&format!("Colleague {n}")).await);
        crowd.push(world.actor(&world.customer(&format!("Rival {n}")).await).await);
    }
    let leak = world.service(&plumbing, |s| s.called("Fix a leak").every(30).buffers(15, 15)).await;
    let boss = world.actor(&plumbing.owner.user).await;
    Scene { world, leak, boss, team, crowd }
}

impl Scene {
    fn wish(&self, member: MemberId, start: Timestamp) -> Book {
        let mut wish = wish(self.world.ctx(), &self.leak, start);
        wish.member = Some(member);
        wish
    }

    /// The n-th customer's visit of somebody.
    async fn visit(&self, n: usize, member: &Member, start: Timestamp) -> String {
        let (ctx, who) = (self.world.ctx(), &self.crowd[n]);
        let reference = bookings::book(ctx, who, self.wish(member.id, start)).await.unwrap();
        go(ctx, who, &reference, Event::Confirm).await.unwrap();
        reference
    }

    fn giving(&self, reference: &str, from: Option<MemberId>, to: &Member) -> Deed {
        let (reference, note, key) = (reference.to_owned(), "Ill.".to_owned(), self.world.ctx().id::<UserId>().0);
        let give = Reassign { reference, seen: None, from, to: Some(to.id), note, key };
        (self.boss.clone(), Act::Give(give))
    }
}

enum Act {
    Give(Reassign),
    Book(Book),
    Move(Reschedule),
    Cancel(String),
}

type Deed = (Actor, Act);

/// Everybody acts at the same moment; whether each did it.
async fn storm(ctx: &Context, deeds: Vec<Deed>) -> Vec<bool> {
    let gate = Arc::new(Barrier::new(deeds.len()));
    let tasks = deeds.into_iter().map(|(who, act)| {
        let (ctx, gate) = (ctx.clone(), Arc::clone(&gate));
        tokio::spawn(async move {
            gate.wait().await;
            match act {
                Act::Give(give) => match bookings::reassign(&ctx, &who, give).await {
                    Ok(()) => true,
                    Err(ReassignError::NotFree { .. }) => false,
                    Err(ReassignError::Refused(domain::kernel::Error::Conflict(_))) => false,
                    Err(other) => panic!("neither won nor lost: {other:?}"),
                },
                Act::Book(wish) => bookings::book(&ctx, &who, wish).await.is_ok(),
                Act::Move(moving) => bookings::reschedule(&ctx, &who, moving).await.is_ok(),
                Act::Cancel(reference) => go(&ctx, &who, &reference, Event::Cancel).await.is_ok(),
            }
        })
    });
    let mut done = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        done.push(task.await.expect("no panic"));
    }
    done
}

fn won(done: &[bool]) -> usize {
    done.iter().filter(|won| **won).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_all_visits_given_to_one_person_at_one_time_exactly_one_gets_there() {
    let scene = scene(9).await;
    let ctx = scene.world.ctx();
    let (tom, others) = scene.team.split_first().unwrap();
    for round in 0..6 {
        // Half of them half an hour later: not the same time, but overlapping.
        let mut deeds = Vec::new();
        for (n, member) in others.iter().enumerate() {
            let later = SignedDuration::from_mins(if n % 2 == 0 { 0 } else { 30 });
            let reference = scene.visit(n, member, hour(round * 2).checked_add(later).unwrap()).await;
            deeds.push(scene.giving(&reference, Some(member.id), tom));
        }
        assert_eq!(won(&storm(ctx, deeds).await), 1, "round {round}");
    }
    sound(&scene.world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_that_is_given_and_a_new_booking_never_both_get_a_time() {
    let scene = scene(8).await;
    let ctx = scene.world.ctx();
    let (tom, others) = scene.team.split_first().unwrap();
    for round in 0..6 {
        let mut deeds = Vec::new();
        for (n, member) in others.iter().enumerate() {
            if n % 2 == 0 {
                let reference = scene.visit(n, member, hour(round * 2)).await;
                deeds.push(scene.giving(&reference, Some(member.id), tom));
            } else {
                deeds.push((scene.crowd[n].clone(), Act::Book(scene.wish(tom.id, hour(round * 2)))));
            }
        }
        let done = storm(ctx, deeds).await;
        assert_eq!(won(&done), 1, "round {round}: {done:?}");
    }
    sound(&scene.world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_visit_is_given_moved_and_called_off_at_once_and_stands_where_it_says() {
    let scene = scene(5).await;
    let ctx = scene.world.ctx();
    let [tom, mia, leo, ..] = &scene.team[..] else { panic!("a team") };
    for round in 0..8 {
        let reference = scene.visit(0, tom, hour(round * 4)).await;
        let (note, key) = (String::new(), ctx.id::<UserId>().0);
        let start = Some(hour(round * 4 + 2));
        let moving = Reschedule { reference: reference.clone(), seen: None, start, note, key };
        let mut deeds = vec![
            scene.giving(&reference, Some(tom.id), mia),
            scene.giving(&reference, Some(tom.id), leo),
            (scene.crowd[0].clone(), Act::Move(moving)),
        ];
        if round % 2 == 1 {
            deeds.push((scene.crowd[0].clone(), Act::Cancel(reference.clone())));
        }
        let done = storm(ctx, deeds).await;
        assert!(won(&done[..2]) <= 1, "round {round}: two gave what one had: {done:?}");
        assert!(round % 2 == 1 || (won(&done[..2]) == 1 && done[2]), "round {round}: {done:?}");
    }
    // Two who swap: neither is free while the other's visit stands, so nothing moves and nothing hangs.
    let (his, hers) = (scene.visit(1, tom, hour(60)).await, scene.visit(2, mia, hour(60)).await);
    let deeds = vec![scene.giving(&his, Some(tom.id), mia), scene.giving(&hers, Some(mia.id), tom)];
    assert_eq!(won(&storm(ctx, deeds).await), 0);
    sound(&scene.world).await;
}

/// The control: without the constraint and the locks, the storm must end in a double booking.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_guards_the_storm_gives_two_visits_to_one_person() {
    let scene = scene(9).await;
    let (tom, others) = scene.team.split_first().unwrap();
    let mut rounds = Vec::new();
    for round in 0..12 {
        let mut visits = Vec::new();
        for (n, member) in others.iter().enumerate() {
            visits.push((scene.visit(n, member, hour(round * 2)).await, member.id));
        }
        rounds.push(visits);
    }
    for off in [
        "ALTER TABLE reservations DROP CONSTRAINT reservations_no_overlap",
        // A function of the same name that locks nothing, found before the real one.
        "CREATE SCHEMA off",
        "CREATE FUNCTION off.pg_advisory_xact_lock(bigint) RETURNS void LANGUAGE sql AS 'SELECT'",
        "GRANT USAGE ON SCHEMA off TO servicehub_app",
    ] {
        sqlx::query(sqlx::AssertSqlSafe(off)).execute(scene.world.owner()).await.unwrap();
    }
    let unguarded = PgPoolOptions::new()
        .max_connections(16)
        .after_connect(|conn, _| {
            Box::pin(async move {
                sqlx::query("SET search_path = off, pg_catalog, public").execute(conn).await?;
                Ok(())
            })
        })
        .connect_with(scene.world.ctx().pool.connect_options().as_ref().clone())
        .await
        .unwrap();
    let ctx = Context { pool: unguarded, ..scene.world.ctx().clone() };
    for visits in rounds {
        let deeds = visits.iter().map(|(reference, from)| scene.giving(reference, Some(*from), tom)).collect();
        storm(&ctx, deeds).await;
    }
    assert!(count(&scene.world, OVERLAPS).await > 0, "the storm cannot tell whether the guards work");
}
