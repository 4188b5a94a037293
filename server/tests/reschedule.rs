//! `/bookings/{reference}/reschedule` through the whole router: the form without scripts, who gets in, taken times, stale
//! forms, and the ways that lead there.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::http::StatusCode;
use domain::bookings::{self, Address, Book, Event, Words};
use domain::catalog::Choice;
use domain::kernel::UserId;
use domain::testing::{Provider, Service, User};
use house::visit::{form, log_in as signed_in, page as get_as};
use house::{House, house, text};

const TEN: &str = "2026-11-04T09:00:00Z";
const NOON: &str = "2026-11-04T11:00:00Z";

struct Scene {
    house: House,
    plumbing: Provider,
    leak: Service,
    /// Sessions of the customer and of the owner.
    ana: String,
    ben: String,
    reference: String,
}

async fn book(house: &House, user: &User, service: &Service, start: &str) -> String {
    let ctx = house.world.ctx();
    let actor = house.world.actor(user).await;
    let address = Address {
        street: "Linienstraße 1".into(),
        postal_code: "10119".into(),
        city: "Berlin".into(),
        ..Address::default()
    };
    let wish = Book {
        service: service.slug.clone(),
        choice: Choice::default(),
        member: None,
        start: Some(start.parse().unwrap()),
        address,
        note: String::new(),
        key: ctx.id::<UserId>().0,
    };
    let reference = bookings::book(ctx, &actor, wish).await.unwrap();
    bookings::advance(ctx, &actor, &reference, Event::Confirm, Words::default()).await.unwrap();
    reference
}

async fn scene() -> Scene {
    let house = house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = house.world.service(&plumbing, |s| s.called("Fix a leak").bookable(120, 60)).await;
    let ana = house.world.customer("Ana").await;
    let reference = book(&house, &ana, &leak, TEN).await;
    let (ana, ben) = (signed_in(&house, &ana).await, signed_in(&house, &plumbing.owner.user).await);
    Scene { house, plumbing, leak, ana, ben, reference }
}

impl Scene {
    fn path(&self) -> String {
        format!("/bookings/{}/reschedule", self.reference)
    }

    async fn page(&self, cookie: &str) -> String {
        let page = get_as(&self.house, &self.path(), cookie).await;
        assert_eq!(page.status(), StatusCode::OK);
        text(page).await
    }
}

fn hidden(page: &str, name: &str) -> String {
    let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name}: {page}"));
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_visit_is_moved_by_a_plain_form_and_both_sides_read_when_it_was() {
    let scene = scene().await;
    let house = &scene.house;
    let page = scene.page(&scene.ana).await;
    for words in [
        "Move the visit",
        "As it is now",
        "Wednesday, 4 Nov, 10:00–11:00",
        "Times in Berlin",
        "A word for Berlin Plumbing",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(
        page.contains(&format!("value=\"{NOON}\""))
            && !page.contains(&format!("type=\"radio\" name=\"start\" value=\"{TEN}\""))
    );
    assert!(page.contains(&format!("{}?from=2026-11-09", scene.path())), "the way to later days");
    let (key, seen) = (hidden(&page, "key"), hidden(&page, "seen"));
    assert_eq!(seen, TEN);
    let fields = [("key", &*key), ("seen", &*seen), ("start", NOON), ("note", "The train <is> late.")];
    for _ in 0..2 {
        let done = house.post(&scene.path(), Some(&scene.ana), &form(&fields)).await;
        assert_eq!(done.status(), StatusCode::SEE_OTHER);
        assert_eq!(done.headers()["location"], format!("/bookings/{}?said=visit-moved", scene.reference));
    }
    for cookie in [&scene.ana, &scene.ben] {
        let page = text(get_as(house, &format!("/bookings/{}", scene.reference), cookie).await).await;
        assert!(page.contains("Wednesday, 4 Nov, 12:00–13:00") && page.contains("Ana moved it"), "{page}");
        let told = "From Wednesday, 4 Nov, 10:00 to Wednesday, 4 Nov, 12:00. The train &lt;is&gt; late.";
        assert_eq!(page.matches(told).count(), 1, "once, with both times");
        assert!(
            page.contains("counts from the time agreed first: Wednesday, 4 Nov, 10:00."),
            "the policy's clock stays"
        );
    }
    let ask = format!("/bookings/{}/cancel", scene.reference);
    assert!(text(get_as(house, &ask, &scene.ana).await).await.contains("counts from the time agreed first"));
}

#[tokio::test]
async fn a_taken_time_is_answered_with_the_nearest_and_nothing_is_lost() {
    let scene = scene().await;
    let eve = scene.house.world.customer("Eve").await;
    book(&scene.house, &eve, &scene.leak, NOON).await;
    let fields = [("key", ""), ("seen", TEN), ("start", NOON), ("note", "My <words>")];
    let page = scene.house.post(&scene.path(), Some(&scene.ana), &form(&fields)).await;
    assert_eq!(page.status(), StatusCode::CONFLICT);
    let page = text(page).await;
    assert!(
        page.contains("These are free:") && page.contains("My &lt;words&gt;") && page.contains("id=\"f-start-error\"")
    );
    let offered: Vec<&str> = page.split("type=\"radio\"").skip(1).map(|one| one.split('>').next().unwrap()).collect();
    assert_eq!(offered.len(), 4, "{offered:?}");
    assert!(offered.iter().all(|one| !one.contains(NOON) && !one.contains("checked")));
    assert!(page.contains("Wednesday, 4 Nov, 10:00–11:00"), "it stands where it stood");
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field() {
    let scene = scene().await;
    let nothing = scene.house.post(&scene.path(), Some(&scene.ana), &form(&[("note", "Kept")])).await;
    assert_eq!(nothing.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(nothing).await;
    assert!(page.contains("Choose a time.") && page.contains("Kept"));
    let same = scene.house.post(&scene.path(), Some(&scene.ana), &form(&[("start", TEN)])).await;
    assert!(text(same).await.contains("The visit is at that time already."));
    // Somebody moved it while the page stood open: told, with the time it has now, and what was written kept.
    let page = scene.page(&scene.ben).await;
    let moved = form(&[("key", &hidden(&page, "key")), ("seen", TEN), ("start", NOON)]);
    assert_eq!(scene.house.post(&scene.path(), Some(&scene.ben), &moved).await.status(), StatusCode::SEE_OTHER);
    let stale = form(&[("seen", TEN), ("start", "2026-11-05T09:00:00Z"), ("note", "Kept")]);
    let stale = scene.house.post(&scene.path(), Some(&scene.ana), &stale).await;
    assert_eq!(stale.status(), StatusCode::CONFLICT);
    let page = text(stale).await;
    assert!(page.contains("while you were choosing") && page.contains("12:00–13:00") && page.contains("Kept"));
    assert_eq!(hidden(&page, "seen"), NOON);
}

#[tokio::test]
async fn weeks_are_turned_by_links_and_empty_ones_lead_on() {
    let scene = scene().await;
    let look = async |from: &str| {
        let path = format!("{}?from={from}", scene.path());
        text(get_as(&scene.house, &path, &scene.ana).await).await
    };
    let next = look("2026-11-09").await;
    assert!(next.contains("rel=\"prev\"") && next.contains("rel=\"next\"") && next.contains("2026-11-10T08:00:00Z"));
    let last = look("2099-01-01").await;
    assert!(last.contains("2027-01-01T08:00:00Z") && !last.contains("rel=\"next\""), "as far as one can book");
    assert!(look("nonsense").await.contains(NOON));
    scene.plumbing.owner.works_never().await;
    assert!(look("2026-11-09").await.contains("Look from today on"));
}

#[tokio::test]
async fn who_cannot_move_it_reads_why_on_the_booking() {
    let scene = scene().await;
    // Half an hour before it: within the notice of two hours.
    scene.house.world.advance(jiff::SignedDuration::from_mins(47 * 60 + 30));
    let ana = signed_in(&scene.house, &scene.house.world.customer("Eve").await).await;
    assert_eq!(get_as(&scene.house, &scene.path(), &ana).await.status(), StatusCode::NOT_FOUND);
    let ana = scene.ana.clone();
    let late = get_as(&scene.house, &scene.path(), &ana).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    assert!(text(late).await.contains("until 2 h before it begins"));
    let late = scene.house.post(&scene.path(), Some(&ana), &form(&[("seen", TEN), ("start", NOON)])).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    assert!(scene.page(&scene.ben).await.contains(NOON), "the business still can");
}

#[tokio::test]
async fn calendar_and_question_lead_to_moving() {
    let scene = scene().await;
    // One comes back to where one was.
    let way = format!("href=\"{}?next=", scene.path());
    for view in ["day", "week", "agenda"] {
        let page = get_as(&scene.house, &format!("/provider/calendar?view={view}&date=2026-11-04"), &scene.ben).await;
        let page = text(page).await;
        assert!(page.contains(&way) && page.contains("aria-label=\"Move Fix a leak"), "{view}");
    }
    let page = text(get_as(&scene.house, "/provider/availability", &scene.ben).await).await;
    let member = hidden(&page, "member");
    let away = form(&[("member", &member), ("dates-first", "2026-11-04"), ("dates-kind", "closed")]);
    let asked = scene.house.post("/provider/availability/dates", Some(&scene.ben), &away).await;
    assert_eq!(asked.status(), StatusCode::CONFLICT);
    let page = text(asked).await;
    assert!(page.contains(&way), "each visit that would be outside leads to moving it");
    // Once it is moved, nothing stands in the way of the change.
    let fields = form(&[("seen", TEN), ("start", "2026-11-05T09:00:00Z")]);
    assert_eq!(scene.house.post(&scene.path(), Some(&scene.ben), &fields).await.status(), StatusCode::SEE_OTHER);
    let saved = scene.house.post("/provider/availability/dates", Some(&scene.ben), &away).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_day_of_a_company_has_a_lane_for_each_of_the_team() {
    let scene = scene().await;
    let tom = scene.plumbing.member("Tom").await;
    let drain = scene.house.world.service(&scene.plumbing, |s| s.called("Clean a drain").done_by(&[&tom])).await;
    let eve = scene.house.world.customer("Eve").await;
    let hers = book(&scene.house, &eve, &drain, TEN).await;
    let page = get_as(&scene.house, "/provider/calendar?view=day&date=2026-11-04", &scene.ben).await;
    let page = text(page).await;
    let lanes: Vec<&str> = page.split("<section class=\"cal-day").skip(1).collect();
    let ways = [scene.path(), format!("/bookings/{hers}/reschedule")];
    let shown: Vec<[bool; 3]> = lanes
        .iter()
        .map(|lane| lane.split("</section>").next().unwrap())
        .map(|lane| [lane.contains("Tom"), lane.contains(&ways[0]), lane.contains(&ways[1])])
        .collect();
    assert_eq!(
        shown,
        [[false, true, false], [true, false, true]],
        "each with their own visits, and the way to move them"
    );
    assert!(
        page.contains("name=\"member\"") && page.contains("Block this time"),
        "and anybody's time is blocked by a form"
    );
}
