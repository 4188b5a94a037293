//! Choosing again, coming back to a form, and who may not book what.

use crate::story;

use domain::bookings::{self, Book, BookError, Event, State};
use domain::kernel::{Actor, Chance, Context, Error, UserId};
use domain::testing::{Provider, Service, World};
use jiff::SignedDuration;
use story::{at, go, wish};

struct Scene {
    world: World,
    plumbing: Provider,
    leak: Service,
    ana: Actor,
}

impl Scene {
    async fn new() -> Self {
        let world = World::new().await;
        let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
        let leak = world.service(&plumbing, |s| s.called("Fix a leak")).await;
        let ana = world.actor(&world.customer("Ana").await).await;
        Self { world, plumbing, leak, ana }
    }

    fn wish(&self, start: &str) -> Book {
        wish(self.world.ctx(), &self.leak, at(start))
    }

    async fn book(&self, wish: &Book) -> Result<String, BookError> {
        bookings::book(self.world.ctx(), &self.ana, wish.clone()).await
    }

    fn again(&self, wish: &Book) -> Book {
        Book { key: self.world.ctx().id::<UserId>().0, ..wish.clone() }
    }

    async fn state(&self, reference: &str) -> State {
        bookings::find(self.world.ctx(), &self.ana, reference).await.expect("there").state
    }

    async fn entries(&self, action: &str) -> i64 {
        let asked = sqlx::query_scalar("SELECT count(*) FROM audit_entries WHERE action = $1").bind(action);
        asked.fetch_one(self.world.owner()).await.expect("a count")
    }
}

fn is_conflict(outcome: &Result<String, BookError>) -> bool {
    matches!(outcome, Err(BookError::Refused(Error::Conflict(words))) if words.contains("already made"))
}

#[tokio::test]
async fn a_form_that_was_corrected_is_not_answered_with_what_it_made_before() {
    let scene = Scene::new().await;
    let wish = scene.wish("2026-11-03T09:00:00Z");
    let first = scene.book(&wish).await.expect("held");
    assert_eq!(scene.book(&wish).await.expect("the same"), first);

    let mut street = wish.clone();
    street.address.street = "Linienstraße 11".to_owned();
    let mut note = wish.clone();
    note.note = "Ring twice.".to_owned();
    let with = Book { member: Some(scene.plumbing.owner.id), ..wish.clone() };
    for corrected in [street.clone(), note, with] {
        assert!(is_conflict(&scene.book(&corrected).await), "{corrected:?}");
    }
    // The page then shows the form under another key, and its own hold does not stand in the way.
    let second = scene.book(&scene.again(&street)).await.expect("the same time, corrected");
    assert_ne!(second, first);
    assert_eq!((scene.state(&first).await, scene.state(&second).await), (State::Cancelled, State::Held));
    assert_eq!(scene.entries("booking.cancelled").await, 1, "giving back is written down as any other move");
    // What the first form made is over: pressing its button again does not lead there.
    assert!(is_conflict(&scene.book(&wish).await));
}

#[tokio::test]
async fn a_hold_that_was_let_go_is_not_found_again_by_its_form() {
    let scene = Scene::new().await;
    let wish = scene.wish("2026-11-03T09:00:00Z");
    let first = scene.book(&wish).await.expect("held");
    go(scene.world.ctx(), &scene.ana, &first, Event::Cancel).await.expect("let go");
    assert!(is_conflict(&scene.book(&wish).await));
    let second = scene.book(&scene.again(&wish)).await.expect("held again");
    assert_eq!(scene.state(&second).await, State::Held);
}

#[tokio::test]
async fn ones_own_hold_leaves_the_time_open_to_oneself_alone() {
    let scene = Scene::new().await;
    let ctx = scene.world.ctx();
    scene.book(&scene.wish("2026-11-03T09:00:00Z")).await.expect("held");
    let mut conn = ctx.pool.acquire().await.expect("a connection");
    let service = domain::catalog::bookable(&mut conn, scene.leak.slug.as_str()).await.expect("the service");
    let eve = scene.world.actor(&scene.world.customer("Eve").await).await;
    let half_past = at("2026-11-03T09:30:00Z");
    let rules = bookings::rules_for(&service, 60);
    for (who, expected) in [(&scene.ana, true), (&eve, false), (&scene.world.visitor(), false)] {
        let open = bookings::is_open_to(ctx, who, &service, &rules, None, half_past).await.expect("an answer");
        assert_eq!(open, expected, "{:?}", who.user);
    }
    // What Ana has agreed is taken for her as well.
    let second = scene.book(&scene.wish("2026-11-03T09:30:00Z")).await.expect("half an hour later");
    go(ctx, &scene.ana, &second, Event::Confirm).await.expect("confirmed");
    assert!(!bookings::is_open_to(ctx, &scene.ana, &service, &rules, None, half_past).await.expect("an answer"));
}

#[tokio::test]
async fn nobody_books_their_own_business() {
    let scene = Scene::new().await;
    let cem = scene.plumbing.member("Cem").await;
    for own in [&scene.plumbing.owner.user, &cem.user] {
        let actor = scene.world.actor(own).await;
        let outcome = bookings::book(scene.world.ctx(), &actor, scene.wish("2026-11-03T09:00:00Z")).await;
        assert!(matches!(outcome, Err(BookError::Refused(Error::Conflict(_)))), "{outcome:?}");
    }
}

#[tokio::test]
async fn whoever_accepts_first_has_time_to_answer() {
    let scene = Scene::new().await;
    let ctx = scene.world.ctx();
    let ask = scene.world.service(&scene.plumbing, |s| s.called("Ask first").on_request()).await;
    let now = ctx.clock.now();
    let day = at("2026-11-03T08:00:00Z");
    scene.world.advance(day.duration_since(now));
    let soon = wish(ctx, &ask, day + SignedDuration::from_mins(150));
    assert!(matches!(bookings::book(ctx, &scene.ana, soon).await, Err(BookError::SlotTaken(_))));
    let later = wish(ctx, &ask, day + SignedDuration::from_hours(3));
    let asked = bookings::book(ctx, &scene.ana, later).await.expect("held");
    go(ctx, &scene.ana, &asked, Event::Confirm).await.expect("asked");
    let clock: jiff_sqlx::Timestamp = sqlx::query_scalar("SELECT clock_at FROM bookings WHERE reference = $1")
        .bind(&asked)
        .fetch_one(scene.world.owner())
        .await
        .expect("its clock");
    assert_eq!(clock.to_jiff(), day + SignedDuration::from_hours(1));
    // A service that is booked at once is offered sooner than that.
    let instant = wish(ctx, &scene.leak, day + SignedDuration::from_mins(60));
    bookings::book(ctx, &scene.ana, instant).await.expect("held");
}

#[tokio::test]
async fn one_clock_that_cannot_run_out_does_not_stop_the_others() {
    let scene = Scene::new().await;
    let ctx = scene.world.ctx();
    let broken = scene.book(&scene.wish("2026-11-03T09:00:00Z")).await.expect("held");
    let eve = scene.world.actor(&scene.world.customer("Eve").await).await;
    let fine = bookings::book(ctx, &eve, scene.wish("2026-11-03T13:00:00Z")).await.expect("held");
    for statement in [
        "ALTER TABLE bookings DROP CONSTRAINT bookings_booking_mode_check",
        &format!(
            "UPDATE bookings SET booking_mode = 'nonsense', clock_at = clock_at - interval '1 minute' WHERE reference = '{broken}'"
        ),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(statement.to_owned())).execute(scene.world.owner()).await.expect(statement);
    }
    scene.world.advance(SignedDuration::from_mins(11));
    assert!(domain::jobs::sweep(ctx).await.is_err(), "the broken one is told");
    let state = bookings::find(ctx, &eve, &fine).await.expect("there").state;
    assert_eq!(state, State::Expired);
}

#[tokio::test]
async fn a_reference_that_is_somebodys_already_is_drawn_again() {
    // Everybody draws the same lots.
    let book = async |scene: &Scene, actor: &Actor, start: &str| {
        let ctx = Context { chance: Chance::seeded(40), ..scene.world.ctx().clone() };
        bookings::book(&ctx, actor, scene.wish(start)).await.expect("held")
    };
    let (scene, elsewhere) = (Scene::new().await, Scene::new().await);
    let first = book(&scene, &scene.ana, "2026-11-03T09:00:00Z").await;
    assert_eq!(book(&elsewhere, &elsewhere.ana, "2026-11-03T14:00:00Z").await, first, "the same lots");

    let ben = scene.world.actor(&scene.world.customer("Ben").await).await;
    // Ids begin with the instant: only the reference is the same.
    scene.world.advance(SignedDuration::from_secs(1));
    assert_ne!(book(&scene, &ben, "2026-11-03T14:00:00Z").await, first);
}
