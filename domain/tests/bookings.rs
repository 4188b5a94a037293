//! The life of a booking, through its public functions.

use crate::story;

use domain::bookings::{self, Book, BookError, Capacity, Event, ListFilter, State, Words, life};
use domain::catalog::BookingMode;
use domain::kernel::{Actor, Context, Error, MemberId};
use domain::reviews::{self, NewReview};
use domain::testing::{Service, World};
use jiff::SignedDuration;
use story::{at, go, wish};

fn with(wish: Book, member: MemberId) -> Book {
    Book { member: Some(member), ..wish }
}

async fn hold(ctx: &Context, actor: &Actor, service: &Service, start: &str) -> Result<String, BookError> {
    bookings::book(ctx, actor, wish(ctx, service, at(start))).await
}

/// Puts a booking into a state, with the time it has there, as if it had got there by itself.
async fn put(world: &World, reference: &str, state: State) {
    let time = match state {
        State::Held => "hold",
        State::Requested => "pending",
        State::Confirmed | State::Started | State::Done | State::Completed => "confirmed",
        State::Declined | State::Cancelled | State::Expired => "released",
    };
    sqlx::query("UPDATE bookings SET state = $2, clock_at = now() + interval '100 years' WHERE reference = $1")
        .bind(reference)
        .bind(state.name())
        .execute(world.owner())
        .await
        .expect("the state is set");
    sqlx::query(
        "UPDATE reservations SET state = $2, expires_at = CASE WHEN $2 = 'hold' THEN now() + interval '100 years' END
         WHERE booking_id = (SELECT id FROM bookings WHERE reference = $1)",
    )
    .bind(reference)
    .bind(time)
    .execute(world.owner())
    .await
    .expect("the time is set");
}

/// Every state × every event × everybody: what the table of life lists happens, every other cell is refused.
#[tokio::test]
async fn only_the_listed_actor_makes_the_listed_move() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let (ana, eve) = (world.customer("Ana").await, world.customer("Eve").await);
    let rival = world.provider("Other Plumbing", "Europe/Berlin").await;
    let ana = world.actor(&ana).await;
    let everybody: [(&str, Actor, Option<Capacity>); 6] = [
        ("the customer", ana.clone(), Some(Capacity::Customer)),
        ("the provider", world.actor(&plumbing.owner.user).await, Some(Capacity::Provider)),
        ("another customer", world.actor(&eve).await, None),
        ("another provider", world.actor(&rival.owner.user).await, None),
        ("nobody", world.visitor(), None),
        ("the clock", world.system(), None),
    ];
    for mode in [BookingMode::Instant, BookingMode::Request] {
        let service = world
            .service(&plumbing, |s| {
                if mode == BookingMode::Request { s.called("Ask").on_request() } else { s.called("Now") }
            })
            .await;
        let start = if mode == BookingMode::Request { "2026-11-03T09:00:00Z" } else { "2026-11-04T09:00:00Z" };
        let reference = hold(world.ctx(), &ana, &service, start).await.expect("a hold");
        let mut cells = 0;
        for state in State::ALL.iter().copied() {
            // Moving needs a time and giving a person: `reschedule.rs` and `reassign.rs` walk them.
            let by_a_word = |event: &Event| !matches!(event, Event::Reschedule | Event::Reassign);
            for event in Event::ALL.iter().copied().filter(by_a_word) {
                for (name, actor, side) in &everybody {
                    put(&world, &reference, state).await;
                    let done = go(world.ctx(), actor, &reference, event).await;
                    // People press "confirm"; the service says whether that books or asks.
                    let meant = match event {
                        Event::Confirm | Event::Request if mode == BookingMode::Request => Event::Request,
                        Event::Confirm | Event::Request => Event::Confirm,
                        other => other,
                    };
                    let row = side.and_then(|side| life::find(state, meant, side));
                    let cell = format!("{name}: {} when {}, {mode:?}", event.name(), state.name());
                    match (row, done) {
                        (Some(row), Ok(to)) => assert_eq!(to, row.to, "{cell}"),
                        (None, Err(Error::Conflict(_) | Error::Forbidden(_))) => {
                            assert!(side.is_some() || actor.is_operator(), "{cell} says too much")
                        }
                        (None, Err(Error::NotFound)) => {
                            assert!(side.is_none(), "{cell} says too little")
                        }
                        (None, Err(Error::SignIn)) => assert!(actor.user.is_none(), "{cell} is signed in"),
                        (row, done) => panic!("{cell}: {done:?}, the table says {row:?}"),
                    }
                    cells += 1;
                }
            }
        }
        assert_eq!(cells, State::ALL.len() * (Event::ALL.len() - 2) * everybody.len());
    }
}

#[tokio::test]
async fn from_the_hold_to_the_review() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak").costs(8600).on_request()).await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let ben = world.actor(&plumbing.owner.user).await;
    let ctx = world.ctx();
    let reference = hold(ctx, &ana, &leak, "2026-11-03T09:00:00Z").await.expect("a hold");
    assert_eq!(go(ctx, &ana, &reference, Event::Confirm).await.expect("asked"), State::Requested);
    assert_eq!(go(ctx, &ben, &reference, Event::Accept).await.expect("accepted"), State::Confirmed);
    assert_eq!(go(ctx, &ben, &reference, Event::Start).await.expect("started"), State::Started);
    assert_eq!(go(ctx, &ben, &reference, Event::Finish).await.expect("done"), State::Done);
    let unsatisfied = bookings::advance(ctx, &ana, &reference, Event::SignOff, Words::default()).await;
    assert!(matches!(unsatisfied, Err(Error::Invalid(errors)) if errors.of("satisfaction").is_some()));
    assert_eq!(go(ctx, &ana, &reference, Event::SignOff).await.expect("completed"), State::Completed);
    let stars = |n| NewReview {
        rating: Some(n),
        quality: Some(5),
        punctuality: Some(4),
        professionalism: Some(5),
        value: Some(4),
        title: "Dry again".to_owned(),
        body: "Came on time.".to_owned(),
    };
    reviews::write(ctx, &ana, &reference, stars(4)).await.expect("a review");
    assert!(matches!(reviews::write(ctx, &ana, &reference, stars(1)).await, Err(Error::Conflict(_))));
    assert!(matches!(reviews::write(ctx, &ben, &reference, stars(5)).await, Err(Error::NotFound)));
    let counts: (i64, i32, i32, i64, i32, i32) = sqlx::query_as(
        "SELECT s.rating_sum, s.rating_count, s.booking_count, p.rating_sum, p.rating_count, p.completed_count
         FROM services s JOIN providers p ON p.id = s.provider_id WHERE s.id = $1",
    )
    .bind(leak.id.0)
    .fetch_one(world.owner())
    .await
    .expect("counts");
    assert_eq!(counts, (4, 1, 1, 4, 1, 1));
    let (booking, statements) = world.statements(bookings::find(ctx, &ana, &reference)).await;
    let booking = booking.expect("the booking");
    assert_eq!(statements.len(), 1, "{statements:?}");
    let steps: Vec<&str> = booking.history.iter().map(|step| step.event.as_str()).collect();
    assert_eq!(steps, ["hold", "request", "accept", "start", "finish", "sign_off"]);
    assert_eq!(booking.satisfaction, Some(5));
    assert!(booking.reviewed && booking.moves().is_empty());
}

#[tokio::test]
async fn the_same_form_twice_books_once_and_a_changed_one_is_told() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak")).await;
    let (ana, eve) = (world.customer("Ana").await, world.customer("Eve").await);
    let (ana, eve) = (world.actor(&ana).await, world.actor(&eve).await);
    let ctx = world.ctx();
    let once = wish(ctx, &leak, at("2026-11-03T09:00:00Z"));
    let both = tokio::join!(bookings::book(ctx, &ana, once.clone()), bookings::book(ctx, &ana, once.clone()));
    let first = both.0.expect("booked");
    assert_eq!(first, both.1.expect("the same booking"));
    let mut changed = once.clone();
    changed.start = Some(at("2026-11-03T12:00:00Z"));
    assert!(matches!(bookings::book(ctx, &ana, changed).await, Err(BookError::Refused(Error::Conflict(_)))));
    // Somebody else's key is just a key.
    let mut foreign = once.clone();
    foreign.start = Some(at("2026-11-03T12:00:00Z"));
    assert_ne!(bookings::book(ctx, &eve, foreign).await.expect("another booking"), first);
    let made: i64 =
        sqlx::query_scalar("SELECT count(*) FROM bookings").fetch_one(world.owner()).await.expect("a count");
    assert_eq!(made, 2);
}

#[tokio::test]
async fn a_hold_runs_out_after_ten_minutes_and_frees_its_time_at_once() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak")).await;
    let (ana, eve) = (world.customer("Ana").await, world.customer("Eve").await);
    let (ana, eve) = (world.actor(&ana).await, world.actor(&eve).await);
    let ctx = world.ctx();
    let held = hold(ctx, &ana, &leak, "2026-11-03T09:00:00Z").await.expect("a hold");
    assert!(
        matches!(hold(ctx, &eve, &leak, "2026-11-03T09:00:00Z").await, Err(BookError::SlotTaken(free)) if !free.is_empty())
    );
    world.advance(SignedDuration::from_mins(10));
    // No job has run yet.
    let taken = hold(ctx, &eve, &leak, "2026-11-03T09:00:00Z").await.expect("free at once");
    assert!(matches!(go(ctx, &ana, &held, Event::Confirm).await, Err(Error::Conflict(_))), "too late");
    world.run_jobs().await;
    let state = |reference: String, actor: Actor| async move {
        bookings::find(ctx, &actor, &reference).await.expect("there").state
    };
    assert_eq!(state(held, ana).await, State::Expired);
    assert_eq!(state(taken.clone(), eve.clone()).await, State::Held);
    assert_eq!(go(ctx, &eve, &taken, Event::Confirm).await.expect("confirmed"), State::Confirmed);
}

#[tokio::test]
async fn clocks_end_what_waits_too_long() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let ask = world.service(&plumbing, |s| s.called("Ask first").on_request()).await;
    let now = world.service(&plumbing, |s| s.called("At once")).await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let ben = world.actor(&plumbing.owner.user).await;
    let ctx = world.ctx();
    let asked = hold(ctx, &ana, &ask, "2026-11-05T09:00:00Z").await.expect("a hold");
    go(ctx, &ana, &asked, Event::Confirm).await.expect("asked");
    let done = hold(ctx, &ana, &now, "2026-11-03T11:00:00Z").await.expect("a hold");
    for (actor, event) in [(&ana, Event::Confirm), (&ben, Event::Start), (&ben, Event::Finish)] {
        go(ctx, actor, &done, event).await.expect("a move");
    }
    let unattended = hold(ctx, &ana, &now, "2026-11-03T14:00:00Z").await.expect("a hold");
    go(ctx, &ana, &unattended, Event::Confirm).await.expect("confirmed");
    let state = async |reference: &str| bookings::find(ctx, &ana, reference).await.expect("there").state;
    world.advance(SignedDuration::from_hours(24) - SignedDuration::from_secs(1));
    world.run_jobs().await;
    assert_eq!(state(&asked).await, State::Requested, "a second before the day is over");
    world.advance(SignedDuration::from_secs(1));
    world.run_jobs().await;
    assert_eq!(state(&asked).await, State::Expired);
    world.advance(SignedDuration::from_hours(24));
    world.run_jobs().await;
    assert_eq!(state(&done).await, State::Done, "two days after it was said, and not yet after the visit");
    world.advance(SignedDuration::from_hours(48));
    world.run_jobs().await;
    assert_eq!(state(&done).await, State::Completed);
    assert_eq!(bookings::find(ctx, &ana, &done).await.expect("there").satisfaction, None, "nobody said how it was");
    // Clocks stand on the bookings themselves: whatever happens to the queue, they run out.
    sqlx::query("DELETE FROM graphile_worker._private_jobs").execute(world.owner()).await.expect("the queue is lost");
    bookings::lapse_overdue(ctx, 100).await.expect("a sweep");
    assert_eq!(state(&unattended).await, State::Expired);
    assert_eq!(bookings::lapse_overdue(ctx, 100).await.expect("a sweep"), 0, "twice is harmless");
}

#[tokio::test]
async fn wrong_wishes_are_told_beside_their_fields() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak").bookable(120, 30)).await;
    let gone = world.service(&plumbing, |s| s.called("Gone").standing("paused")).await;
    let rival = world.provider("Other", "Europe/Berlin").await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let ctx = world.ctx();
    let mut empty = wish(ctx, &leak, at("2026-11-03T09:00:00Z"));
    empty.start = None;
    empty.address = bookings::Address::default();
    let Err(BookError::Refused(Error::Invalid(errors))) = bookings::book(ctx, &ana, empty).await else {
        panic!("accepted")
    };
    let fields: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["start", "street", "postal_code", "city"]);
    let stranger = with(wish(ctx, &leak, at("2026-11-03T09:00:00Z")), rival.owner.id);
    let Err(BookError::Refused(Error::Invalid(errors))) = bookings::book(ctx, &ana, stranger).await else {
        panic!("accepted")
    };
    assert!(errors.of("member").is_some());
    assert!(matches!(
        hold(ctx, &ana, &gone, "2026-11-03T09:00:00Z").await,
        Err(BookError::Refused(Error::Conflict(_)))
    ));
    // At night, in the past, within the notice, beyond the horizon, off the grid.
    for start in [
        "2026-11-03T02:00:00Z",
        "2026-10-30T10:00:00Z",
        "2026-11-02T10:00:00Z",
        "2027-01-04T10:00:00Z",
        "2026-11-03T09:07:00Z",
    ] {
        assert!(matches!(hold(ctx, &ana, &leak, start).await, Err(BookError::SlotTaken(_))), "{start}");
    }
    assert!(matches!(
        hold(ctx, &world.visitor(), &leak, "2026-11-03T09:00:00Z").await,
        Err(BookError::Refused(Error::SignIn))
    ));
}

#[tokio::test]
async fn lists_show_ones_own_and_page_without_gaps() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak").every(60)).await;
    let (ana, eve) = (world.customer("Ana").await, world.customer("Eve").await);
    let (ana, eve) = (world.actor(&ana).await, world.actor(&eve).await);
    let ctx = world.ctx();
    let mut made = Vec::new();
    for day in 3..=6 {
        for hour in 8..15 {
            let reference =
                hold(ctx, &ana, &leak, &format!("2026-11-{day:02}T{hour:02}:00:00Z")).await.expect("a hold");
            go(ctx, &ana, &reference, Event::Confirm).await.expect("confirmed");
            made.push(reference);
        }
    }
    let (mut seen, mut after) = (Vec::new(), None::<String>);
    loop {
        let page = bookings::list_of_customer(ctx, &ana, ListFilter::Open, "", after.as_deref()).await.expect("a page");
        seen.extend(page.items.into_iter().map(|row| row.reference));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, made, "nearest first, none twice, none lost");
    let page = bookings::list_of_customer(ctx, &eve, ListFilter::Open, "", None).await.expect("a page");
    assert!(page.items.is_empty());
    for cursor in ["", "~", "x~y", "9223372036854775807~00000000000000000000000000000000", "-1~zz"] {
        bookings::list_of_customer(ctx, &ana, ListFilter::Past, "%_\\'\"", Some(cursor))
            .await
            .expect("a page all the same");
    }
}

#[tokio::test]
async fn every_step_stands_in_the_history_that_nobody_can_rewrite() {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |s| s.called("Fix a leak")).await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let ctx = world.ctx();
    let reference = hold(ctx, &ana, &leak, "2026-11-03T09:00:00Z").await.expect("a hold");
    go(ctx, &ana, &reference, Event::Cancel).await.expect("cancelled");
    let actions: Vec<String> =
        sqlx::query_scalar("SELECT action FROM audit_entries WHERE object_kind = 'booking' ORDER BY seq")
            .fetch_all(world.owner())
            .await
            .expect("entries");
    assert_eq!(actions, ["booking.held", "booking.cancelled"]);
    // Each entry carries the hash of the one before it, and its own can be worked out again.
    let broken: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM (SELECT *, lag(hash, 1, sha256('ServiceHub'::bytea)) OVER (ORDER BY seq) AS before FROM audit_entries) e
         WHERE prev_hash <> before OR hash <> audit_hash(prev_hash, seq, at, actor_id, capacity, action, object_kind, object_id, detail, request_id, personal_commitment)",
    )
    .fetch_one(world.owner())
    .await
    .expect("a check");
    assert_eq!(broken, 0);
    for forbidden in [
        "UPDATE audit_entries SET action = 'nothing'",
        "DELETE FROM audit_entries",
        "TRUNCATE audit_entries CASCADE",
        "INSERT INTO audit_entries SELECT * FROM audit_entries",
        "UPDATE audit_head SET seq = 0",
        "UPDATE booking_events SET note = 'x'",
        "DELETE FROM booking_events",
        "DELETE FROM audit_personal",
        "ALTER TABLE reservations DROP CONSTRAINT reservations_no_overlap",
    ] {
        assert!(
            sqlx::query(sqlx::AssertSqlSafe(forbidden)).execute(&ctx.pool).await.is_err(),
            "the application may {forbidden}"
        );
    }
}
