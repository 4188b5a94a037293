//! Questions before the work: asked with the listing, frozen with the booking, answered by the customer, waited for.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::story;

use domain::bookings::{self, BookingView, Event, ListFilter, Reschedule, State, Wait};
use domain::catalog::listing::{edited, save, submit};
use domain::catalog::{AnswerKind, Asked, ReviewsAsked, showcase};
use domain::jobs::sweep;
use domain::kernel::{Actor, Error, FieldErrors, Role, UserId};
use domain::testing::{Mail, Provider, Service, World};
use jiff::SignedDuration;
use story::{at, go, wish};

/// A business that asks, its owner, and a customer.
struct Scene {
    world: World,
    plumbing: Provider,
    leak: Service,
    ana: Actor,
    /// Ana's address.
    mail: String,
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
    let user = world.customer("Ana").await;
    let ana = world.actor(&user).await;
    let ben = world.actor(&plumbing.owner.user).await;
    Scene { world, plumbing, leak, ana, mail: user.email, ben }
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

    /// Letters that ask once more, after a look at everything that waits.
    async fn asked_again(&self) -> Vec<Mail> {
        for _ in 0..2 {
            sweep(self.world.ctx()).await.unwrap();
        }
        let mails = self.world.mail_to(&self.mail).await;
        mails.into_iter().filter(|mail| mail.kind == "bookings.questions").collect()
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

#[tokio::test]
async fn whoever_forgot_is_asked_once_more_a_day_before() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    // It is Monday, ten o'clock in Berlin.
    let reference = scene.booked("2026-11-05T09:00:00Z").await;
    let first =
        scene.world.mail_to(&scene.mail).await.into_iter().find(|mail| mail.kind == "bookings.confirmed").unwrap();
    let link = format!("/bookings/{reference}#questions");
    assert!(first.text.contains("• Where is the stopcock?") && first.text.contains(&link), "{}", first.text);
    assert!(!first.text.contains("lift"), "what is not needed can wait: {}", first.text);
    scene.world.advance(SignedDuration::from_mins(47 * 60 + 59));
    assert_eq!(scene.asked_again().await.len(), 0, "not yet");
    scene.world.advance(SignedDuration::from_mins(1));
    let asked = scene.asked_again().await;
    assert_eq!(asked.len(), 1, "once, however often somebody looks");
    let letter = &asked[0];
    assert!(letter.subject.starts_with("Please answer before the work: Fix a leak"), "{}", letter.subject);
    assert!(letter.text.contains("• What are the pipes made of?") && letter.text.contains(&link), "{}", letter.text);
    assert!(!letter.text.contains("lift") && letter.calendar.is_empty());
    let entries = "SELECT count(*) FROM audit_entries WHERE action = 'booking.asked_again'";
    let entries: i64 = sqlx::query_scalar(entries).fetch_one(scene.world.owner()).await.unwrap();
    assert_eq!(entries, 1);
    let to_ben = scene.world.mail_to(&scene.plumbing.owner.user.email).await;
    assert!(to_ben.iter().all(|mail| mail.kind != "bookings.questions" && !mail.text.contains("stopcock")));

    // Moved to another week, it is asked about before that one; answered, it is not.
    let key = ctx.id::<UserId>().0;
    let start = Some(at("2026-11-12T09:00:00Z"));
    let to = Reschedule { reference: reference.clone(), seen: None, start, note: String::new(), key };
    bookings::reschedule(ctx, &scene.ana, to).await.unwrap();
    scene.world.advance(SignedDuration::from_hours(6 * 24));
    assert_eq!(scene.asked_again().await.len(), 1);
    scene.world.advance(SignedDuration::from_hours(24));
    assert_eq!(scene.asked_again().await.len(), 2);
    let answered = scene.booked("2026-11-17T09:00:00Z").await;
    let cancelled = scene.booked("2026-11-18T09:00:00Z").await;
    scene.answer(&scene.ana, &answered, ["Under the sink.", "", "Copper"]).await.unwrap();
    go(ctx, &scene.ana, &cancelled, Event::Cancel).await.unwrap();
    scene.world.advance(SignedDuration::from_hours(8 * 24));
    assert_eq!(scene.asked_again().await.len(), 2);
}

#[tokio::test]
async fn who_books_late_is_not_asked_twice_in_one_breath() {
    let scene = scene().await;
    // In an hour there is no time to ask again; in five there is, but not at once.
    scene.booked("2026-11-02T10:00:00Z").await;
    scene.booked("2026-11-02T14:00:00Z").await;
    scene.world.advance(SignedDuration::from_mins(119));
    assert_eq!(scene.asked_again().await.len(), 0);
    scene.world.advance(SignedDuration::from_mins(1));
    assert_eq!(scene.asked_again().await.len(), 1);
}

#[tokio::test]
async fn lists_offer_no_start_that_would_be_refused() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let reference = scene.booked("2026-11-02T10:00:00Z").await;
    let waits = async || {
        let portal = bookings::portal(ctx, &scene.ben, scene.plumbing.id).await.unwrap();
        let open = ListFilter::Open;
        let list = bookings::list_of_provider(ctx, &scene.ben, scene.plumbing.id, open, "", None).await.unwrap();
        let row = &list.items[0];
        let waiting: Vec<Wait> = portal.waiting.iter().map(|(wait, _)| *wait).collect();
        assert_eq!(row.wait(scene.world.now()), waiting.first().copied(), "the list agrees with the first page");
        (waiting, row.awaited.len())
    };
    assert_eq!(waits().await, (vec![], 2), "there is time");
    scene.world.advance(SignedDuration::from_mins(90));
    assert_eq!(waits().await, (vec![Wait::Answers], 2));
    assert!(go(ctx, &scene.ben, &reference, Event::Start).await.is_err());
    scene.answer(&scene.ana, &reference, ["Under the sink.", "", "Copper"]).await.unwrap();
    assert_eq!(waits().await, (vec![Wait::Begin], 0));
    go(ctx, &scene.ben, &reference, Event::Start).await.unwrap();
}
