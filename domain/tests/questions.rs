//! Questions before the work: asked with the listing, frozen with the booking, answered by the customer, waited for.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod story;

use domain::bookings::{self, BookingView, Event, State};
use domain::catalog::listing::{edited, save, submit};
use domain::catalog::{AnswerKind, Asked, ReviewsAsked, showcase};
use domain::kernel::{Actor, Error, FieldErrors, Role};
use domain::testing::{Provider, Service, World};
use jiff::SignedDuration;
use story::{at, go, wish};

/// A business that asks, its owner, and a customer.
struct Scene {
    world: World,
    plumbing: Provider,
    leak: Service,
    ana: Actor,
    ben: Actor,
}

async fn scene() -> Scene {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world
        .service(&plumbing, |service| {
            service
                .called("Fix a leak")
                .asks("Where is the stopcock?", AnswerKind::Text, true, &[])
                .asks("Is there a lift?", AnswerKind::YesNo, false, &[])
                .asks("What are the pipes made of?", AnswerKind::Choice, true, &["Copper", "Lead"])
        })
        .await;
    let ana = world.actor(&world.customer("Ana").await).await;
    let ben = world.actor(&plumbing.owner.user).await;
    Scene { world, plumbing, leak, ana, ben }
}

impl Scene {
    async fn booked(&self, start: &str) -> String {
        let ctx = self.world.ctx();
        let reference = bookings::book(ctx, &self.ana, wish(ctx, &self.leak, at(start))).await.unwrap();
        go(ctx, &self.ana, &reference, Event::Confirm).await.unwrap();
        reference
    }

    async fn answer(&self, who: &Actor, reference: &str, answers: [&str; 3]) -> Result<(), Error> {
        bookings::answer(self.world.ctx(), who, reference, answers.map(str::to_owned).to_vec()).await
    }

    async fn seen(&self, who: &Actor, reference: &str) -> BookingView {
        bookings::find(self.world.ctx(), who, reference).await.unwrap()
    }
}

fn answers(booking: &BookingView) -> Vec<&str> {
    booking.asked.iter().map(|one| one.answer.as_str()).collect()
}

fn wrong(result: Result<(), Error>) -> FieldErrors {
    let Err(Error::Invalid(errors)) = result else { panic!("taken: {result:?}") };
    errors
}

#[tokio::test]
async fn the_work_waits_for_the_needed_answers() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let reference = scene.booked("2026-11-03T09:00:00Z").await;
    let booking = scene.seen(&scene.ben, &reference).await;
    assert!(!booking.can(Event::Start) && booking.can(Event::Cancel), "the button is not there");
    let Err(Error::Conflict(words)) = go(ctx, &scene.ben, &reference, Event::Start).await else { panic!("started") };
    assert!(words.contains("“Where is the stopcock?” and “What are the pipes made of?”"), "{words}");
    assert!(!words.contains("lift"), "what is not needed is not waited for");

    scene.answer(&scene.ana, &reference, ["Under the sink.", "", "Copper"]).await.unwrap();
    let booking = scene.seen(&scene.ben, &reference).await;
    assert_eq!(answers(&booking), ["Under the sink.", "", "Copper"]);
    assert!(booking.can(Event::Start) && !booking.can_answer());
    // Changed as often as one likes, until the work begins.
    assert!(scene.seen(&scene.ana, &reference).await.can_answer());
    scene.answer(&scene.ana, &reference, ["Behind the door.", "no", "Lead"]).await.unwrap();
    assert_eq!(go(ctx, &scene.ben, &reference, Event::Start).await.unwrap(), State::Started);
    let late = scene.answer(&scene.ana, &reference, ["In the cellar.", "no", "Lead"]).await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    assert_eq!(answers(&scene.seen(&scene.ana, &reference).await), ["Behind the door.", "no", "Lead"]);
}

#[tokio::test]
async fn wrong_answers_are_told_beside_their_questions_and_nothing_is_kept() {
    let scene = scene().await;
    let reference = scene.booked("2026-11-03T09:00:00Z").await;
    let told = wrong(scene.answer(&scene.ana, &reference, ["  ", "perhaps", "Gold"]).await);
    assert_eq!(told.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["answer-0", "answer-1", "answer-2"]);
    let none = bookings::answer(scene.world.ctx(), &scene.ana, &reference, Vec::new()).await;
    assert_eq!(wrong(none).iter().count(), 2, "two are needed");
    assert_eq!(answers(&scene.seen(&scene.ana, &reference).await), ["", "", ""]);
}

#[tokio::test]
async fn only_the_customer_answers_and_it_stands_in_the_history_once() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let held = bookings::book(ctx, &scene.ana, wish(ctx, &scene.leak, at("2026-11-03T09:00:00Z"))).await.unwrap();
    let fine = ["Under the sink.", "yes", "Lead"];
    assert!(matches!(scene.answer(&scene.ana, &held, fine).await, Err(Error::Conflict(_))), "book first");
    go(ctx, &scene.ana, &held, Event::Confirm).await.unwrap();
    let stranger = scene.world.actor(&scene.world.customer("Eve").await).await;
    assert!(matches!(scene.answer(&stranger, &held, fine).await, Err(Error::NotFound)));
    let ops = scene.world.actor(&scene.world.operator("Opal", Role::OpsManager).await).await;
    for other in [&scene.ben, &ops] {
        assert!(matches!(scene.answer(other, &held, fine).await, Err(Error::Forbidden(_))));
    }
    for _ in 0..2 {
        scene.answer(&scene.ana, &held, fine).await.unwrap();
    }
    let entries: Vec<(String, String)> = sqlx::query_as(
        "SELECT e.detail ->> 'answered', p.content #>> '{words,answers}' FROM audit_entries e JOIN audit_personal p USING (seq)
         WHERE e.action = 'booking.answered'",
    )
    .fetch_all(scene.world.owner())
    .await
    .unwrap();
    assert_eq!(entries.len(), 1, "the same again is no change");
    assert_eq!(entries[0].0, "3");
    assert!(entries[0].1.contains("Under the sink."));
}

#[tokio::test]
async fn what_is_booked_keeps_its_questions() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    sqlx::query("UPDATE services SET description = 'I listen at the wall first, and open only what has to be opened.'")
        .execute(scene.world.owner())
        .await
        .unwrap();
    let before = scene.booked("2026-11-03T09:00:00Z").await;
    let (service, _) = edited(ctx, &scene.ben, &scene.leak.slug).await.unwrap();
    let mut listing = service.listing().clone();
    assert_eq!(listing.questions.len(), 3, "read from the rows");
    listing.questions.truncate(1);
    listing.questions[0].text = "Who lets me in?".to_owned();
    save(ctx, &scene.ben, &service, service.version, listing).await.unwrap();
    let (service, _) = edited(ctx, &scene.ben, &scene.leak.slug).await.unwrap();
    submit(ctx, &scene.ben, &service).await.unwrap();
    let shown = showcase(ctx, None, &scene.leak.slug, ReviewsAsked::default()).await.unwrap().service;
    assert_eq!(shown.questions[0].text, "Who lets me in?");
    let after = scene.booked("2026-11-04T09:00:00Z").await;
    let texts = |booking: BookingView| booking.asked.into_iter().map(|Asked { question, .. }| question.text);
    assert_eq!(
        texts(scene.seen(&scene.ana, &before).await).collect::<Vec<_>>(),
        ["Where is the stopcock?", "Is there a lift?", "What are the pipes made of?"]
    );
    assert_eq!(texts(scene.seen(&scene.ana, &after).await).collect::<Vec<_>>(), ["Who lets me in?"]);
}

#[tokio::test]
async fn what_lapses_for_want_of_answers_is_not_the_providers_fault() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let broken = async || -> i32 {
        sqlx::query_scalar("SELECT broken_count FROM providers WHERE id = $1")
            .bind(scene.plumbing.id.0)
            .fetch_one(scene.world.owner())
            .await
            .unwrap()
    };
    let silent = scene.booked("2026-11-03T09:00:00Z").await;
    scene.world.advance(SignedDuration::from_hours(4 * 24));
    bookings::lapse_overdue(ctx, 10).await.unwrap();
    assert_eq!(scene.seen(&scene.ana, &silent).await.state, State::Expired);
    assert_eq!(broken().await, 0);
    // The control: answered, and nobody came.
    let answered = scene.booked("2026-11-10T09:00:00Z").await;
    scene.answer(&scene.ana, &answered, ["Under the sink.", "", "Copper"]).await.unwrap();
    scene.world.advance(SignedDuration::from_hours(8 * 24));
    bookings::lapse_overdue(ctx, 10).await.unwrap();
    assert_eq!(broken().await, 1);
    assert_eq!(answers(&scene.seen(&scene.ben, &answered).await), ["", "", ""], "over: the answers are the customer's");
}
