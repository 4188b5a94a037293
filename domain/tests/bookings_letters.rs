//! Letters about bookings: who gets which, what they may say, and the appointments that come with them: one name for ever,
//! and a number that rises with every change (RFC 5545, RFC 5546).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::story;

use domain::accounts::privacy::delete_account;
use domain::bookings::{
    self, Event, Reschedule, RescheduleError, State, Words, appointments_of_customer, calendar_file,
};
use domain::kernel::{Actor, Context, UserId};
use domain::testing::{Mail, PASSWORD, Provider, Service, User, World};
use jiff::SignedDuration;
use story::{at, go, wish};

const TEN: &str = "2026-11-04T09:00:00Z";

struct Scene {
    world: World,
    plumbing: Provider,
    ana: User,
    hers: Actor,
    bens: Actor,
}

async fn scene() -> Scene {
    let world = World::new().await;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let ana = world.customer("Ana").await;
    let (hers, bens) = (world.actor(&ana).await, world.actor(&plumbing.owner.user).await);
    Scene { world, plumbing, ana, hers, bens }
}

impl Scene {
    /// Booked with a note, and asked for or agreed, as the service says.
    async fn booked(&self, service: &Service, start: &str) -> String {
        let ctx = self.world.ctx();
        let mut wish = wish(ctx, service, at(start));
        wish.note = "Behind the purple gate.".to_owned();
        let reference = bookings::book(ctx, &self.hers, wish).await.unwrap();
        go(ctx, &self.hers, &reference, Event::Confirm).await.unwrap();
        self.minute_later();
        reference
    }

    /// Letters of one instant have no order.
    fn minute_later(&self) {
        self.world.advance(SignedDuration::from_mins(1));
    }

    async fn moves(&self, who: &Actor, reference: &str, start: &str) {
        let ctx = self.world.ctx();
        bookings::reschedule(ctx, who, to(ctx, reference, start)).await.unwrap();
        self.minute_later();
    }

    async fn does(&self, who: &Actor, reference: &str, event: Event) {
        go(self.world.ctx(), who, reference, event).await.unwrap();
        self.minute_later();
    }

    async fn to_ana(&self) -> Vec<Mail> {
        self.world.mail_to(&self.ana.email).await
    }

    async fn to_ben(&self) -> Vec<Mail> {
        self.world.mail_to(&self.plumbing.owner.user.email).await
    }
}

fn to(ctx: &Context, reference: &str, start: &str) -> Reschedule {
    let (reference, start, note) = (reference.to_owned(), Some(at(start)), "Sorry about that.".to_owned());
    Reschedule { reference, seen: None, start, note, key: ctx.id::<UserId>().0 }
}

fn kinds(mails: &[Mail]) -> Vec<&str> {
    mails.iter().map(|mail| mail.kind.as_str()).collect()
}

/// The values of a property, parameters and all.
fn values<'m>(calendar: &'m str, property: &str) -> Vec<&'m str> {
    let line = |line: &'m str| line.strip_prefix(property).filter(|rest| rest.starts_with([':', ';']));
    calendar.split("\r\n").filter_map(line).map(|rest| rest.trim_start_matches(':')).collect()
}

fn value<'m>(calendar: &'m str, property: &str) -> &'m str {
    let values = values(calendar, property);
    assert_eq!(values.len(), 1, "{property}: {calendar}");
    values[0]
}

#[tokio::test]
async fn an_appointment_keeps_its_name_and_counts_up_over_moves_until_it_is_called_off() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let leak = scene.world.service(&scene.plumbing, |s| s.called("Fix a leak; now, \"please\"")).await;
    let reference = scene.booked(&leak, TEN).await;
    scene.moves(&scene.hers, &reference, "2026-11-05T09:00:00Z").await;
    scene.moves(&scene.bens, &reference, "2026-11-06T08:30:00Z").await;
    scene.moves(&scene.hers, &reference, TEN).await;
    let feed = appointments_of_customer(ctx, scene.ana.id).await.unwrap();
    assert_eq!((feed[0].name.as_str(), feed[0].sequence), (reference.as_str(), 4), "the feed counts the same");
    scene.does(&scene.bens, &reference, Event::Cancel).await;
    let told = ["bookings.confirmed", "bookings.moved", "bookings.moved", "bookings.moved", "bookings.cancelled"];
    for (mails, own, other) in [
        (scene.to_ana().await, &scene.ana, &scene.plumbing.owner.user),
        (scene.to_ben().await, &scene.plumbing.owner.user, &scene.ana),
    ] {
        assert_eq!(kinds(&mails), told);
        let of = |property| mails.iter().map(|mail| value(&mail.calendar, property)).collect::<Vec<_>>();
        assert_eq!(of("UID"), vec![format!("{reference}@servicehub"); 5]);
        assert_eq!(of("SEQUENCE"), ["1", "2", "3", "4", "5"]);
        assert_eq!(of("METHOD"), ["REQUEST", "REQUEST", "REQUEST", "REQUEST", "CANCEL"]);
        assert_eq!(of("STATUS"), ["CONFIRMED", "CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED"]);
        let [first, second, third] = ["20261104T090000Z", "20261105T090000Z", "20261106T083000Z"];
        assert_eq!(of("DTSTART"), [first, second, third, first, first]);
        assert_eq!(of("DTEND")[2], "20261106T093000Z", "it keeps its length");
        for mail in &mails {
            assert_eq!(value(&mail.calendar, "ORGANIZER"), ";CN=ServiceHub:mailto:hello@servicehub.invalid");
            let invited = value(&mail.calendar, "ATTENDEE");
            assert!(invited.ends_with(&format!(":mailto:{}", own.email)) && invited.contains("PARTSTAT=ACCEPTED"));
            let everything = format!("{}{}{}", mail.subject, mail.text, mail.calendar);
            assert!(!everything.contains(&other.email), "nobody learns the other's address: {everything}");
            assert!(!everything.contains("purple gate"), "her words stay on the page: {everything}");
            assert!(mail.text.contains(&format!("/bookings/{reference}")) && mail.text.contains(&own.name));
        }
        assert!(mails[0].calendar.contains("SUMMARY:Fix a leak\\; now\\, \"please\" · "));
    }
    // The file to download has the same name and the same number.
    let booking = bookings::find(ctx, &scene.hers, &reference).await.unwrap();
    let file = calendar_file::write(&booking, "https://hub.example/", scene.world.now()).unwrap();
    assert_eq!((value(&file, "UID"), value(&file, "SEQUENCE")), (&*format!("{reference}@servicehub"), "5"));
}

#[tokio::test]
async fn letters_say_who_did_what_and_when_it_is_now() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let leak = scene.world.service(&scene.plumbing, |s| s.called("Fix a leak").costs(8600)).await;
    let reference = scene.booked(&leak, TEN).await;
    scene.moves(&scene.bens, &reference, "2026-11-05T09:00:00Z").await;
    let words = Words { note: "Our van broke down.".to_owned(), satisfaction: None };
    bookings::advance(ctx, &scene.bens, &reference, Event::Cancel, words).await.unwrap();
    let [hers, his] = [scene.to_ana().await, scene.to_ben().await];
    assert_eq!(hers[0].subject, "Booked: Fix a leak, Wednesday 4 November, 10:00");
    for words in [
        "Hello Ana,",
        "Wednesday 4 November, 10:00–11:00 (Berlin time)\nLinienstraße 1, 10119 Berlin",
        "With Berlin Plumbing owner, Berlin Plumbing",
        "€86 · SH-",
        "Cancel free of charge until 24 hours before",
    ] {
        assert!(hers[0].text.contains(words), "{words}: {}", hers[0].text);
    }
    assert_eq!(his[0].subject, "Agreed with Ana Example: Fix a leak, Wednesday 4 November, 10:00");
    assert!(his[0].text.contains("Linienstraße 1"), "he goes there");
    assert_eq!(hers[1].subject, "Moved: Fix a leak, now Thursday 5 November, 10:00");
    let told = "of Berlin Plumbing moved the visit from Wednesday 4 November, 10:00 to Thursday 5 November, 10:00.";
    for words in [told, "Their words:\nSorry about that.", "You can move or cancel it on its page."] {
        assert!(hers[1].text.contains(words), "{words}: {}", hers[1].text);
    }
    assert!(his[1].text.contains("You wrote:\nSorry about that.") && !his[1].text.contains("not suit you"));
    assert!(hers[2].text.contains("cancelled this booking") && hers[2].text.contains("Our van broke down."));
}

#[tokio::test]
async fn requests_are_asked_answered_declined_or_left_without_an_answer() {
    let scene = scene().await;
    let ask = scene.world.service(&scene.plumbing, |s| s.called("Ask first").on_request()).await;
    let agreed = scene.booked(&ask, TEN).await;
    scene.moves(&scene.hers, &agreed, "2026-11-05T09:00:00Z").await;
    scene.does(&scene.bens, &agreed, Event::Accept).await;
    let declined = scene.booked(&ask, TEN).await;
    scene.does(&scene.bens, &declined, Event::Decline).await;
    let taken_back = scene.booked(&ask, TEN).await;
    scene.does(&scene.hers, &taken_back, Event::Cancel).await;
    scene.booked(&ask, TEN).await;
    scene.world.advance(SignedDuration::from_hours(25));
    scene.world.run_jobs().await;
    let [hers, his] = [scene.to_ana().await, scene.to_ben().await];
    let all = [
        "requested",
        "moved",
        "confirmed",
        "requested",
        "declined",
        "requested",
        "cancelled",
        "requested",
        "unanswered",
    ];
    let all = all.map(|kind| format!("bookings.{kind}"));
    assert_eq!(kinds(&hers), all);
    let his_own = ["requested", "moved", "confirmed", "requested", "requested", "cancelled", "requested"];
    assert_eq!(kinds(&his), his_own.map(|kind| format!("bookings.{kind}")), "who said no, or nothing, knows");
    // Only what is agreed goes into a calendar, and its number counts the steps before it, too.
    for mails in [&hers, &his] {
        let with: Vec<&Mail> = mails.iter().filter(|mail| !mail.calendar.is_empty()).collect();
        assert_eq!(kinds(&with.iter().map(|mail| (*mail).clone()).collect::<Vec<_>>()), ["bookings.confirmed"]);
        assert_eq!((value(&with[0].calendar, "SEQUENCE"), value(&with[0].calendar, "METHOD")), ("3", "REQUEST"));
    }
    assert!(hers[0].text.contains("They answer by Tuesday 3 November, 10:00"), "{}", hers[0].text);
    assert!(his[0].text.contains("10119 Berlin") && !his[0].text.contains("Linienstraße"), "roughly where, to decide");
    let bare = "SELECT count(*) FROM outbound_messages WHERE kind LIKE 'bookings.%' AND (text = '' OR html NOT LIKE '%</html>%')";
    let bare: i64 = sqlx::query_scalar(bare).fetch_one(scene.world.owner()).await.unwrap();
    assert_eq!(bare, 0, "each is text and HTML");
    assert!(hers[4].text.contains("Their words:\nBecause.") && hers[8].text.contains("did not answer in time"));
}

#[tokio::test]
async fn what_did_not_happen_is_not_told() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let leak = scene.world.service(&scene.plumbing, |s| s.called("Fix a leak")).await;
    let held = bookings::book(ctx, &scene.hers, wish(ctx, &leak, at("2026-11-06T09:00:00Z"))).await.unwrap();
    scene.does(&scene.hers, &held, Event::Cancel).await;
    let reference = scene.booked(&leak, TEN).await;
    let other = scene.booked(&leak, "2026-11-05T09:00:00Z").await;
    assert_eq!((scene.to_ana().await.len(), scene.to_ben().await.len()), (2, 2), "a hold is nothing yet");
    let once = to(ctx, &reference, "2026-11-04T13:00:00Z");
    for _ in 0..3 {
        bookings::reschedule(ctx, &scene.hers, once.clone()).await.unwrap();
    }
    let taken = bookings::reschedule(ctx, &scene.hers, to(ctx, &other, "2026-11-04T13:00:00Z")).await;
    assert!(matches!(taken, Err(RescheduleError::SlotTaken(_))));
    go(ctx, &scene.hers, &other, Event::Accept).await.unwrap_err();
    assert_eq!((scene.to_ana().await.len(), scene.to_ben().await.len()), (3, 3), "one move, told once");
}

#[tokio::test]
async fn whoever_booked_is_asked_to_confirm_and_silence_counts_only_after_the_visit() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let leak = scene.world.service(&scene.plumbing, |s| s.called("Fix a leak")).await;
    let reference = scene.booked(&leak, TEN).await;
    for event in [Event::Start, Event::Finish] {
        scene.does(&scene.bens, &reference, event).await;
    }
    let (hers, his) = (scene.to_ana().await, scene.to_ben().await);
    assert_eq!((kinds(&hers), kinds(&his)), (vec!["bookings.confirmed", "bookings.done"], vec!["bookings.confirmed"]));
    let asks = &hers[1];
    assert_eq!((asks.subject.as_str(), asks.calendar.as_str()), ("Done? Please confirm: Fix a leak", ""));
    assert_eq!(asks.path(), format!("/bookings/{reference}"));
    // Said to be done on Monday; the visit would end on Wednesday at eleven.
    for words in ["Berlin Plumbing owner of Berlin Plumbing says that the work is done", "by Friday 6 November, 11:00"]
    {
        assert!(asks.text.contains(words), "{words}: {}", asks.text);
    }
    let state = async || bookings::find(ctx, &scene.hers, &reference).await.unwrap().state;
    scene.world.advance(at("2026-11-06T09:59:59Z").duration_since(scene.world.now()));
    scene.world.run_jobs().await;
    assert_eq!(state().await, State::Done);
    scene.world.advance(SignedDuration::from_secs(1));
    scene.world.run_jobs().await;
    assert_eq!(state().await, State::Completed);

    // What the provider began and never ended counts as done by the clock, which asks as well.
    let second = scene.booked(&leak, "2026-11-09T09:00:00Z").await;
    scene.does(&scene.bens, &second, Event::Start).await;
    scene.world.advance(SignedDuration::from_hours(24 * 6));
    scene.world.run_jobs().await;
    let hers = scene.to_ana().await;
    assert!(
        hers[3].text.contains("The time of this booking is over, so we take it that the work is done."),
        "{hers:?}"
    );
}

#[tokio::test]
async fn deliveries_come_without_an_appointment() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let logo = scene.world.service(&scene.plumbing, |s| s.called("Draw a logo").delivered_in(5)).await;
    let mut order = wish(ctx, &logo, at(TEN));
    order.start = None;
    let reference = bookings::book(ctx, &scene.hers, order).await.unwrap();
    scene.does(&scene.hers, &reference, Event::Confirm).await;
    scene.does(&scene.bens, &reference, Event::Cancel).await;
    let mails = scene.to_ana().await;
    assert_eq!(kinds(&mails), ["bookings.confirmed", "bookings.cancelled"]);
    assert!(mails.iter().all(|mail| mail.calendar.is_empty()));
    assert_eq!(mails[0].subject, "Booked: Draw a logo");
    assert!(mails[0].text.contains("By Saturday 7 November"), "{}", mails[0].text);
}

#[tokio::test]
async fn whoever_does_it_is_told_and_for_members_without_a_login_the_owner() {
    let scene = scene().await;
    let tom = scene.plumbing.member("Tom").await;
    let leak = scene.world.service(&scene.plumbing, |s| s.called("Fix a leak").done_by(&[&tom])).await;
    scene.booked(&leak, TEN).await;
    assert_eq!((scene.world.mail_to(&tom.user.email).await.len(), scene.to_ben().await.len()), (1, 0));
    sqlx::query("UPDATE members SET user_id = NULL WHERE id = $1")
        .bind(tom.id.0)
        .execute(scene.world.owner())
        .await
        .unwrap();
    scene.booked(&leak, "2026-11-05T09:00:00Z").await;
    assert_eq!((scene.world.mail_to(&tom.user.email).await.len(), scene.to_ben().await.len()), (1, 1));
    assert!(scene.to_ben().await[0].text.contains("Ana Example has booked Tom."));
}

#[tokio::test]
async fn letters_that_tell_of_a_forgotten_person_go_with_them() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let leak = scene.world.service(&scene.plumbing, |s| s.called("Fix a leak")).await;
    let reference = scene.booked(&leak, TEN).await;
    scene.does(&scene.hers, &reference, Event::Cancel).await;
    let eve = scene.world.actor(&scene.world.customer("Eve").await).await;
    let other = bookings::book(ctx, &eve, wish(ctx, &leak, at("2026-11-05T09:00:00Z"))).await.unwrap();
    go(ctx, &eve, &other, Event::Confirm).await.unwrap();
    scene.world.run_jobs().await;
    assert_eq!(scene.to_ben().await.len(), 3);
    delete_account(ctx, &scene.hers, PASSWORD.to_owned()).await.unwrap();
    let left = scene.to_ben().await;
    assert_eq!(left.len(), 1, "what tells of her is gone, what tells of Eve is not");
    assert!(left[0].text.contains("Eve Example"));
}

#[tokio::test]
async fn the_file_to_download_names_the_other_side_as_the_feed_does() {
    let scene = scene().await;
    let ctx = scene.world.ctx();
    let leak = scene.world.service(&scene.plumbing, |service| service.called("Fix a leak")).await;
    let reference = scene.booked(&leak, TEN).await;
    for (who, other) in [(&scene.hers, "Berlin Plumbing"), (&scene.bens, "Ana Example")] {
        let booking = bookings::find(ctx, who, &reference).await.unwrap();
        let file = calendar_file::write(&booking, "https://hub.example/x", scene.world.now()).unwrap();
        assert_eq!(value(&file, "SUMMARY"), format!("Fix a leak · {other}"));
    }
}
