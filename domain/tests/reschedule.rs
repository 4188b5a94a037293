//! Moving visits: who may, where to, what it keeps, and that two who want one time never both get it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::story;

use domain::bookings::{self, Capacity, Event, Reschedule, RescheduleError, State, life};
use domain::kernel::{Actor, Context, Error, Role, UserId};
use domain::testing::{Provider, Service, World};
use jiff::{SignedDuration, Timestamp};
use sqlx::postgres::PgPoolOptions;
use std::sync::Arc;
use story::{at, go, wish};
use tokio::sync::Barrier;

const TEN: &str = "2026-11-04T09:00:00Z";
const NOON: &str = "2026-11-04T11:00:00Z";

/// A plumber, a service, and a customer with a confirmed visit on Wednesday at ten in Berlin.
struct Scene {
    world: World,
    plumbing: Provider,
    leak: Service,
    ana: Actor,
    ben: Actor,
    reference: String,
}

async fn scene() -> Scene {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak").buffers(0, 30).bookable(120, 60)).await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let ben = world.actor(&plumbing.owner.user).await;
    let reference = confirmed(world.ctx(), &ana, &leak, at(TEN)).await;
    Scene { world, plumbing, leak, ana, ben, reference }
}

async fn confirmed(ctx: &Context, who: &Actor, service: &Service, start: Timestamp) -> String {
    let reference = bookings::book(ctx, who, wish(ctx, service, start)).await.unwrap();
    go(ctx, who, &reference, Event::Confirm).await.unwrap();
    reference
}

fn to(ctx: &Context, reference: &str, start: Timestamp) -> Reschedule {
    Reschedule {
        reference: reference.to_owned(),
        seen: None,
        start: Some(start),
        note: "Sorry.".to_owned(),
        key: ctx.id::<UserId>().0,
    }
}

/// Live reservations of a booking: state, visit, and what is kept free around it.
async fn taken(world: &World, reference: &str) -> Vec<(String, i64, i64)> {
    sqlx::query_as(
        "SELECT r.state, extract(epoch FROM r.visit_starts)::bigint, extract(epoch FROM upper(r.during) - r.visit_ends)::bigint
         FROM reservations r JOIN bookings b ON b.id = r.booking_id WHERE b.reference = $1 AND r.state <> 'released'",
    )
    .bind(reference)
    .fetch_all(world.owner())
    .await
    .unwrap()
}

async fn start_of(scene: &Scene) -> Timestamp {
    bookings::find(scene.world.ctx(), &scene.ana, &scene.reference).await.unwrap().visit.unwrap().0
}

fn conflict<T: std::fmt::Debug>(done: Result<T, RescheduleError>) -> String {
    match done {
        Err(RescheduleError::Refused(Error::Conflict(words))) => words,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn both_sides_move_a_visit_and_its_history_says_from_when_to_when() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    bookings::reschedule(ctx, &scene.ana, to(ctx, &scene.reference, at(NOON))).await.unwrap();
    bookings::reschedule(ctx, &scene.ben, to(ctx, &scene.reference, at("2026-11-05T08:00:00Z"))).await.unwrap();
    let (booking, statements) = scene.world.statements(bookings::find(ctx, &scene.ana, &scene.reference)).await;
    let booking = booking.unwrap();
    assert_eq!(statements.len(), 1, "{statements:?}");
    let visit = (at("2026-11-05T08:00:00Z"), at("2026-11-05T09:00:00Z"));
    assert_eq!((booking.state, booking.visit, booking.agreed_start), (State::Confirmed, Some(visit), Some(at(TEN))));
    assert_eq!(booking.clock_at, life::clock(State::Confirmed, booking.kind, scene.world.now(), None, Some(visit.1)));
    let moves: Vec<_> = booking.history.iter().filter_map(|entry| Some((entry.by, entry.moved?))).collect();
    let [ten, noon] = [at(TEN), at(NOON)];
    assert_eq!(moves, [(Capacity::Customer, (ten, noon)), (Capacity::Provider, (noon, visit.0))]);
    // The one place it takes is the new one, with what is kept free after it.
    assert_eq!(taken(&scene.world, &scene.reference).await, [("confirmed".to_owned(), visit.0.as_second(), 1800)]);
    let free = bookings::book(ctx, &scene.ana, wish(ctx, &scene.leak, at(TEN))).await;
    assert!(free.is_ok(), "the first time is free again");
    let actions: Vec<String> =
        sqlx::query_scalar("SELECT action FROM audit_entries WHERE action = 'booking.rescheduled'")
            .fetch_all(scene.world.owner())
            .await
            .unwrap();
    assert_eq!(actions.len(), 2);
    scene.world.run_jobs().await;
    assert_eq!(start_of(&scene).await, visit.0, "the clock of the old time ends nothing");
}

#[tokio::test]
async fn a_form_that_is_sent_twice_moves_once() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let once = to(ctx, &scene.reference, at(NOON));
    bookings::reschedule(ctx, &scene.ana, once.clone()).await.unwrap();
    // Meanwhile the plumber moves it on; the repetition still answers what it did, and moves nothing.
    bookings::reschedule(ctx, &scene.ben, to(ctx, &scene.reference, at("2026-11-05T08:00:00Z"))).await.unwrap();
    bookings::reschedule(ctx, &scene.ana, once.clone()).await.unwrap();
    assert_eq!(start_of(&scene).await, at("2026-11-05T08:00:00Z"));
    let other = Reschedule { start: Some(at(TEN)), ..once };
    assert!(conflict(bookings::reschedule(ctx, &scene.ana, other).await).contains("moved the visit already"));
    let history = bookings::find(ctx, &scene.ana, &scene.reference).await.unwrap().history;
    assert_eq!(history.iter().filter(|entry| entry.moved.is_some()).count(), 2);
}

#[tokio::test]
async fn whoever_saw_another_time_is_told() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let stale = Reschedule { seen: Some(at(NOON)), ..to(ctx, &scene.reference, at("2026-11-05T08:00:00Z")) };
    assert!(conflict(bookings::reschedule(ctx, &scene.ana, stale).await).contains("while you were choosing"));
    assert_eq!(start_of(&scene).await, at(TEN));
}

#[tokio::test]
async fn what_is_not_free_stays_with_whoever_has_it_and_the_nearest_are_named() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let eve = scene.world.actor(&scene.world.customer("Eve").await).await;
    let hers = confirmed(ctx, &eve, &scene.leak, at(NOON)).await;
    // Over hers, into the time kept free after hers, outside the hours, off the grid, beyond the horizon, in the past.
    for start in [
        NOON,
        "2026-11-04T12:00:00Z",
        "2026-11-04T16:00:00Z",
        "2026-11-04T13:10:00Z",
        "2027-03-03T09:00:00Z",
        "2026-10-30T09:00:00Z",
    ] {
        let done = bookings::reschedule(ctx, &scene.ana, to(ctx, &scene.reference, at(start))).await;
        let Err(RescheduleError::SlotTaken(free)) = done else { panic!("{start}: {done:?}") };
        assert!(free.len() == 4 || start.starts_with("2027"), "{start}: {free:?}");
        assert!(!free.contains(&at(start)) && !free.contains(&at(TEN)), "{start}: {free:?}");
        assert_eq!(taken(&scene.world, &scene.reference).await.len(), 1, "{start}");
    }
    assert_eq!(start_of(&scene).await, at(TEN));
    assert_eq!(taken(&scene.world, &hers).await.len(), 1);
    let history = bookings::find(ctx, &scene.ana, &scene.reference).await.unwrap().history;
    assert_eq!(history.len(), 2, "nothing happened");
}

#[tokio::test]
async fn a_visit_does_not_stand_in_its_own_way() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    // Half an hour later lies over its own time and its own buffer.
    let later = at("2026-11-04T09:30:00Z");
    let offered = bookings::movable(ctx, &scene.ana, &scene.reference, None, 7).await.unwrap();
    let starts: Vec<Timestamp> = offered.days.iter().flat_map(|day| &day.times).map(|time| time.start).collect();
    assert!(starts.contains(&later) && !starts.contains(&at(TEN)), "{starts:?}");
    bookings::reschedule(ctx, &scene.ana, to(ctx, &scene.reference, later)).await.unwrap();
    // It counts once for the limit of its day.
    let one_a_day = world.service(&scene.plumbing, |s| s.called("Clean a drain").at_most(2)).await;
    let drain = confirmed(ctx, &scene.ana, &one_a_day, at("2026-11-04T13:00:00Z")).await;
    bookings::reschedule(ctx, &scene.ana, to(ctx, &drain, at("2026-11-04T14:00:00Z"))).await.unwrap();
    let full = confirmed(ctx, &scene.ana, &one_a_day, at("2026-11-05T13:00:00Z")).await;
    let done = bookings::reschedule(ctx, &scene.ana, to(ctx, &full, at("2026-11-04T11:00:00Z"))).await;
    assert!(matches!(done, Err(RescheduleError::SlotTaken(_))), "that day is full: {done:?}");
}

#[tokio::test]
async fn customers_move_as_long_as_they_could_book_and_the_business_until_it_begins() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    // Two hours of notice: at half past seven UTC the visit at nine is too near for Ana.
    scene.world.advance(SignedDuration::from_mins(46 * 60 + 30));
    let words = conflict(bookings::reschedule(ctx, &scene.ana, to(ctx, &scene.reference, at(NOON))).await);
    assert!(words.contains("2 h before") && words.contains("Berlin Plumbing"), "{words}");
    let refused = bookings::movable(ctx, &scene.ana, &scene.reference, None, 7).await;
    assert!(matches!(refused, Err(Error::Conflict(_))));
    // The notice is there for the plumber, who does without: half an hour from now is fine.
    let soon = at("2026-11-04T08:00:00Z");
    let offered = bookings::movable(ctx, &scene.ben, &scene.reference, None, 1).await.unwrap();
    assert_eq!(offered.days[0].times[0].start, soon);
    bookings::reschedule(ctx, &scene.ben, to(ctx, &scene.reference, soon)).await.unwrap();
    // Late, but not begun: still the plumber's to move. Begun: nobody's.
    scene.world.advance(SignedDuration::from_mins(45));
    bookings::reschedule(ctx, &scene.ben, to(ctx, &scene.reference, at(NOON))).await.unwrap();
    go(ctx, &scene.ben, &scene.reference, Event::Start).await.unwrap();
    for who in [&scene.ana, &scene.ben] {
        let done = bookings::reschedule(ctx, who, to(ctx, &scene.reference, at("2026-11-05T08:00:00Z"))).await;
        assert!(conflict(done).contains("Under way"));
    }
}

#[tokio::test]
async fn a_request_stays_one_and_its_answer_is_due_when_it_was() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let ask = scene.world.service(&scene.plumbing, |s| s.called("Ask first").on_request()).await;
    let reference = bookings::book(ctx, &scene.ana, wish(ctx, &ask, at("2026-11-10T09:00:00Z"))).await.unwrap();
    go(ctx, &scene.ana, &reference, Event::Confirm).await.unwrap();
    let due = scene.world.now().checked_add(SignedDuration::from_hours(24)).unwrap();
    scene.world.advance(SignedDuration::from_hours(3));
    bookings::reschedule(ctx, &scene.ana, to(ctx, &reference, at("2026-11-12T09:00:00Z"))).await.unwrap();
    let booking = bookings::find(ctx, &scene.ana, &reference).await.unwrap();
    assert_eq!((booking.state, booking.clock_at), (State::Requested, Some(due)));
    assert_eq!(taken(&scene.world, &reference).await[0].0, "pending");
    // Nearer: the answer is due two hours before it, and nothing is offered that leaves no time for one.
    let offered = bookings::movable(ctx, &scene.ben, &reference, None, 1).await.unwrap();
    assert_eq!(offered.days[0].times[0].start, at("2026-11-02T15:00:00Z"), "it is noon in UTC");
    bookings::reschedule(ctx, &scene.ben, to(ctx, &reference, at("2026-11-02T15:00:00Z"))).await.unwrap();
    let booking = bookings::find(ctx, &scene.ana, &reference).await.unwrap();
    assert_eq!((booking.state, booking.clock_at), (State::Requested, Some(at("2026-11-02T13:00:00Z"))));
    // How long an answer took counts from the question, not from the last move.
    go(ctx, &scene.ben, &reference, Event::Accept).await.unwrap();
    let minutes: i64 = sqlx::query_scalar("SELECT answer_minutes FROM providers WHERE id = $1")
        .bind(scene.plumbing.id.0)
        .fetch_one(scene.world.owner())
        .await
        .unwrap();
    assert_eq!(minutes, 180);
}

/// Every state × everybody: what the table of life lists happens, every other cell is refused.
#[tokio::test]
async fn only_the_two_sides_move_and_only_what_is_asked_or_agreed() {
    let scene = scene().await;
    let (ctx, world) = (scene.world.ctx(), &scene.world);
    let colleague = scene.plumbing.member("Tom").await;
    let rival = world.provider("Other Plumbing", "Europe/Berlin").await;
    let everybody = [
        ("the customer", scene.ana.clone(), Some(Capacity::Customer)),
        ("the owner", scene.ben.clone(), Some(Capacity::Provider)),
        ("a colleague", world.actor(&colleague.user).await, None),
        ("another customer", world.actor(&world.customer("Eve").await).await, None),
        ("another business", world.actor(&rival.owner.user).await, None),
        ("operations", world.actor(&world.operator("Ops", Role::OpsManager).await).await, None),
        ("nobody", world.visitor(), None),
    ];
    for state in State::ALL.iter().copied() {
        for (name, actor, side) in &everybody {
            sqlx::query("UPDATE bookings SET state = $2, clock_at = now() + interval '100 years' WHERE reference = $1")
                .bind(&scene.reference)
                .bind(state.name())
                .execute(world.owner())
                .await
                .unwrap();
            let start = if start_of(&scene).await == at(TEN) { at(NOON) } else { at(TEN) };
            let done = bookings::reschedule(ctx, actor, to(ctx, &scene.reference, start)).await;
            let row = side.and_then(|side| life::find(state, Event::Reschedule, side));
            let cell = format!("{name} when {}", state.name());
            match (row, done) {
                (Some(row), Ok(())) => {
                    let booking = bookings::find(ctx, &scene.ana, &scene.reference).await.unwrap();
                    assert_eq!((booking.state, booking.visit.unwrap().0), (row.to, start), "{cell}");
                }
                (None, Err(RescheduleError::Refused(error))) => match error {
                    Error::Conflict(_) => assert!(side.is_some(), "{cell} says too much"),
                    Error::Forbidden(_) => assert!(actor.is_operator(), "{cell} says too much"),
                    Error::NotFound => assert!(side.is_none() && !actor.is_operator(), "{cell} says too little"),
                    Error::SignIn => assert!(actor.user.is_none(), "{cell}"),
                    other => panic!("{cell}: {other:?}"),
                },
                (row, done) => panic!("{cell}: {done:?}, the table says {row:?}"),
            }
        }
    }
}

#[tokio::test]
async fn forms_and_deliveries_that_make_no_sense() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let wrong = Reschedule { start: None, note: "x".repeat(2001), ..to(ctx, &scene.reference, at(NOON)) };
    let Err(RescheduleError::Refused(Error::Invalid(told))) = bookings::reschedule(ctx, &scene.ana, wrong).await else {
        panic!("no complaint")
    };
    assert!(told.of("start").is_some() && told.of("note").is_some());
    let same = bookings::reschedule(ctx, &scene.ana, to(ctx, &scene.reference, at(TEN))).await;
    assert!(matches!(same, Err(RescheduleError::Refused(Error::Invalid(told))) if told.of("start").is_some()));
    let logo = scene.world.service(&scene.plumbing, |s| s.called("Draw a logo").delivered_in(5)).await;
    let mut order = wish(ctx, &logo, at(NOON));
    order.start = None;
    let order = bookings::book(ctx, &scene.ana, order).await.unwrap();
    go(ctx, &scene.ana, &order, Event::Confirm).await.unwrap();
    conflict(bookings::reschedule(ctx, &scene.ana, to(ctx, &order, at(NOON))).await);
    assert!(!bookings::find(ctx, &scene.ana, &order).await.unwrap().can(Event::Reschedule));
    // Whoever only presses a button has said no time.
    let pressed = go(ctx, &scene.ana, &scene.reference, Event::Reschedule).await;
    assert!(matches!(pressed, Err(Error::Invalid(told)) if told.of("start").is_some()));
}

#[tokio::test]
async fn the_page_of_times_takes_three_statements() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let asked = bookings::movable(ctx, &scene.ana, &scene.reference, None, 60);
    let (offered, statements) = scene.world.statements(asked).await;
    offered.unwrap();
    assert_eq!(statements.len(), 3, "{statements:?}");
    // Days out of reach are the nearest within it.
    let far = bookings::movable(ctx, &scene.ana, &scene.reference, Some(jiff::civil::Date::MAX), 7).await.unwrap();
    assert_eq!(far.first, jiff::civil::date(2027, 1, 1));
    let past = bookings::movable(ctx, &scene.ana, &scene.reference, Some(jiff::civil::Date::MIN), 7).await.unwrap();
    assert_eq!(past.first, past.today);
}

async fn count(world: &World, question: &'static str) -> i64 {
    sqlx::query_scalar(question).fetch_one(world.owner()).await.unwrap()
}

const OVERLAPS: &str =
    "SELECT count(*) FROM reservations a JOIN reservations b ON a.member_id = b.member_id AND a.id < b.id AND a.during && b.during
     WHERE a.state <> 'released' AND b.state <> 'released'";
/// Confirmed bookings whose one live reservation is not where the booking says.
const ADRIFT: &str = "SELECT count(*) FROM bookings b WHERE b.state = 'confirmed' AND
     (SELECT coalesce(array_agg(r.visit_starts), '{}') FROM reservations r WHERE r.booking_id = b.id AND r.state <> 'released')
     <> ARRAY[b.starts_at]";
const DEADLOCKS: &str = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";

/// The n-th hour from 8 to 14 UTC of a weekday, from Monday the ninth on.
fn hour(n: usize) -> Timestamp {
    let (day, hour) = (n / 7, n % 7);
    let days = i64::try_from(day / 5 * 7 + day % 5).unwrap();
    let since = SignedDuration::from_hours(days * 24 + i64::try_from(hour).unwrap());
    at("2026-11-09T08:00:00Z").checked_add(since).unwrap()
}

/// Everybody moves at the same moment, and somebody new books the same time. How many of the moves and of the bookings won.
async fn storm(ctx: &Context, moves: Vec<(Actor, Reschedule)>, new: Vec<(Actor, bookings::Book)>) -> (usize, usize) {
    let gate = Arc::new(Barrier::new(moves.len() + new.len()));
    let moving = moves.into_iter().map(|(who, command)| {
        let (ctx, gate) = (ctx.clone(), Arc::clone(&gate));
        tokio::spawn(async move {
            gate.wait().await;
            match bookings::reschedule(&ctx, &who, command).await {
                Ok(()) => true,
                Err(RescheduleError::SlotTaken(_)) => false,
                Err(other) => panic!("neither won nor lost: {other:?}"),
            }
        })
    });
    let moving: Vec<_> = moving.collect();
    let booking = new.into_iter().map(|(who, wish)| {
        let (ctx, gate) = (ctx.clone(), Arc::clone(&gate));
        tokio::spawn(async move {
            gate.wait().await;
            bookings::book(&ctx, &who, wish).await.is_ok()
        })
    });
    let booking: Vec<_> = booking.collect();
    let mut won = (0, 0);
    for one in moving {
        won.0 += usize::from(one.await.unwrap());
    }
    for one in booking {
        won.1 += usize::from(one.await.unwrap());
    }
    won
}

/// A business with an hourly service, and customers who each have a visit.
async fn full_house(world: &World, visits: usize) -> (Service, Vec<(Actor, String)>) {
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak").every(60)).await;
    let mut crowd = Vec::new();
    for n in 0..visits {
        let who = world.actor(&world.customer(&format!("Rival {n}")).await).await;
        let reference = confirmed(world.ctx(), &who, &leak, hour(n)).await;
        crowd.push((who, reference));
    }
    (leak, crowd)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_all_who_move_to_one_time_exactly_one_gets_there() {
    let world = World::new().await;
    let (_, crowd) = full_house(&world, 20).await;
    let ctx = world.ctx();
    for round in 0..10 {
        let goal = hour(70 + round);
        let moves = crowd.iter().map(|(who, reference)| (who.clone(), to(ctx, reference, goal))).collect();
        assert_eq!(storm(ctx, moves, Vec::new()).await, (1, 0), "round {round}");
    }
    assert_eq!((count(&world, OVERLAPS).await, count(&world, ADRIFT).await, count(&world, DEADLOCKS).await), (0, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_and_a_new_booking_never_both_get_a_time() {
    let world = World::new().await;
    let (leak, crowd) = full_house(&world, 10).await;
    let ctx = world.ctx();
    for round in 0..10 {
        let goal = hour(70 + round);
        let moves = crowd.iter().take(5).map(|(who, reference)| (who.clone(), to(ctx, reference, goal))).collect();
        let new = crowd.iter().skip(5).map(|(who, _)| (who.clone(), wish(ctx, &leak, goal))).collect();
        let (moved, booked) = storm(ctx, moves, new).await;
        assert_eq!(moved + booked, 1, "round {round}: {moved} moved, {booked} booked");
    }
    // And two who want each other's time: neither is free, so nothing moves and nothing hangs.
    let [(first, one), (second, other)] = [&crowd[0], &crowd[1]];
    let start =
        async |who: &Actor, reference: &str| bookings::find(ctx, who, reference).await.unwrap().visit.unwrap().0;
    let (here, there) = (start(first, one).await, start(second, other).await);
    let moves = vec![(first.clone(), to(ctx, one, there)), (second.clone(), to(ctx, other, here))];
    assert_eq!(storm(ctx, moves, Vec::new()).await, (0, 0));
    assert_eq!((count(&world, OVERLAPS).await, count(&world, ADRIFT).await, count(&world, DEADLOCKS).await), (0, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_sent_many_times_at_once_moves_once() {
    let world = World::new().await;
    let (_, crowd) = full_house(&world, 1).await;
    let (who, reference) = &crowd[0];
    let command = to(world.ctx(), reference, hour(70));
    let moves = (0..12).map(|_| (who.clone(), command.clone())).collect();
    assert_eq!(storm(world.ctx(), moves, Vec::new()).await, (12, 0), "each is told that it is done");
    let history = bookings::find(world.ctx(), who, reference).await.unwrap().history;
    assert_eq!(history.iter().filter(|entry| entry.moved.is_some()).count(), 1);
}

/// The control: without the constraint and the lock, the storm must end in a double booking.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_guards_the_storm_moves_two_to_one_time() {
    let world = World::new().await;
    let (_, crowd) = full_house(&world, 16).await;
    for off in [
        "ALTER TABLE reservations DROP CONSTRAINT reservations_no_overlap",
        // A function of the same name that locks nothing, found before the real one.
        "CREATE SCHEMA off",
        "CREATE FUNCTION off.pg_advisory_xact_lock(bigint) RETURNS void LANGUAGE sql AS 'SELECT'",
        "GRANT USAGE ON SCHEMA off TO servicehub_app",
    ] {
        sqlx::query(sqlx::AssertSqlSafe(off)).execute(world.owner()).await.unwrap();
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
        .unwrap();
    let ctx = Context { pool: unguarded, ..world.ctx().clone() };
    for round in 0..20 {
        let goal = hour(70 + round);
        let moves = crowd.iter().map(|(who, reference)| (who.clone(), to(&ctx, reference, goal))).collect();
        storm(&ctx, moves, Vec::new()).await;
    }
    assert!(count(&world, OVERLAPS).await > 0, "the storm cannot tell whether the guards work");
}
