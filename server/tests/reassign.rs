//! `/bookings/{reference}/reassign` through the whole router: the form without scripts, who gets in, people who are not free,
//! stale forms, what somebody hostile sends, and the ways that lead there.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::http::StatusCode;
use domain::bookings::{self, Address, Book, Event, Words};
use domain::catalog::Choice;
use domain::kernel::{MemberId, UserId};
use domain::testing::{Member, Provider, Service, User};
use house::visit::{form, location, log_in, page as get_as, read};
use house::{House, house, text};

const TEN: &str = "2026-11-04T09:00:00Z";

struct Scene {
    house: House,
    plumbing: Provider,
    leak: Service,
    tom: Member,
    mia: Member,
    ana: User,
    /// Sessions of the customer and of the owner.
    hers: String,
    his: String,
    reference: String,
}

async fn book(house: &House, user: &User, service: &Service, member: MemberId, start: &str) -> String {
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
        member: Some(member),
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
    let (tom, mia) = (plumbing.member("Tom").await, plumbing.member("Mia").await);
    sqlx::query("UPDATE members SET name = 'Tom <b>' WHERE id = $1")
        .bind(tom.id.0)
        .execute(house.world.owner())
        .await
        .unwrap();
    let leak = house.world.service(&plumbing, |s| s.called("Fix a leak")).await;
    let ana = house.world.customer("Ana").await;
    let reference = book(&house, &ana, &leak, plumbing.owner.id, TEN).await;
    let (hers, his) = (log_in(&house, &ana).await, log_in(&house, &plumbing.owner.user).await);
    Scene { house, plumbing, leak, tom, mia, ana, hers, his, reference }
}

impl Scene {
    fn booking(&self) -> String {
        format!("/bookings/{}", self.reference)
    }

    fn path(&self) -> String {
        format!("{}/reassign", self.booking())
    }

    async fn send(&self, fields: &[(&str, &str)]) -> axum::http::Response<axum::body::Body> {
        self.house.post(&self.path(), Some(&self.his), &form(fields)).await
    }

    /// Sends what is refused; the page that comes back.
    async fn refused(&self, fields: &[(&str, &str)], status: StatusCode) -> String {
        let answer = self.send(fields).await;
        assert_eq!(answer.status(), status, "{fields:?}");
        text(answer).await
    }
}

fn hidden(page: &str, name: &str) -> String {
    let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name}: {page}"));
    rest.split('"').next().unwrap().to_owned()
}

/// Ids of the people one can choose.
fn offered(page: &str) -> Vec<String> {
    let radio = |one: &str| one.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    page.split("type=\"radio\"").skip(1).map(radio).collect()
}

#[tokio::test]
async fn a_visit_is_given_by_a_plain_form_and_both_sides_read_who_does_it() {
    let scene = scene().await;
    let house = &scene.house;
    assert!(read(house, &scene.booking(), &scene.his).await.contains(&scene.path()), "a way on the booking's page");
    assert!(!read(house, &scene.booking(), &scene.hers).await.contains(&scene.path()), "not for the customer");
    let page = read(house, &scene.path(), &scene.his).await;
    for words in
        ["Give to somebody else", "As it is now", "Wednesday, 4 Nov, 10:00–11:00", "Tom &lt;b&gt;", "Free then"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let (tom, mia) = (scene.tom.id.0.to_string(), scene.mia.id.0.to_string());
    assert_eq!(offered(&page), [tom.clone(), mia]);
    let (key, seen, from) = (hidden(&page, "key"), hidden(&page, "seen"), hidden(&page, "from"));
    assert_eq!((seen.as_str(), from), (TEN, scene.plumbing.owner.id.0.to_string()));
    let fields = [("key", &*key), ("seen", &*seen), ("member", &*tom), ("note", "Ben <is> away.")];
    for _ in 0..2 {
        assert_eq!(location(&scene.send(&fields).await), format!("{}?said=visit-given", scene.booking()));
    }
    for session in [&scene.his, &scene.hers] {
        let page = read(house, &scene.booking(), session).await;
        let told = "Tom &lt;b&gt; does it, in place of Berlin Plumbing owner. Ben &lt;is&gt; away.";
        assert_eq!(page.matches(told).count(), 1, "once: {page}");
        assert!(page.contains("gave it to somebody else"));
    }
    let tom = log_in(house, &scene.tom.user).await;
    assert!(read(house, &scene.booking(), &tom).await.contains("Who goes"), "it is his to open now");
    let calendar = read(house, "/provider/calendar?view=day&date=2026-11-04", &tom).await;
    assert!(calendar.contains(&scene.reference));
}

#[tokio::test]
async fn who_is_not_free_is_told_with_the_reason_and_who_was_just_taken_beside_the_choice() {
    let scene = scene().await;
    let tom = scene.tom.id.0.to_string();
    let eve = scene.house.world.customer("Eve").await;
    book(&scene.house, &eve, &scene.leak, scene.tom.id, TEN).await;
    sqlx::query("DELETE FROM service_members WHERE member_id = $1")
        .bind(scene.mia.id.0)
        .execute(scene.house.world.owner())
        .await
        .unwrap();
    let page = read(&scene.house, &scene.path(), &scene.his).await;
    for words in [
        "Nobody else is free then",
        "A booking takes 10:00–11:00",
        "They do not do this service.",
        &format!("/provider/team/{}", scene.mia.id.0),
        "/provider/calendar?view=day&amp;date=2026-11-04",
        &format!("{}/reschedule", scene.booking()),
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(offered(&page).is_empty() && !page.contains("Give the visit"));
    // The page stood open while Tom was taken.
    let page = scene.refused(&[("member", &tom), ("note", "My <words>")], StatusCode::CONFLICT).await;
    assert!(page.contains("Tom &lt;b&gt; cannot do it: A booking takes 10:00–11:00"), "{page}");
    assert!(page.contains("The visit stays as it is."));
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_stale_forms_are_told() {
    let scene = scene().await;
    let (tom, mia, ben) =
        (scene.tom.id.0.to_string(), scene.mia.id.0.to_string(), scene.plumbing.owner.id.0.to_string());
    let page = scene.refused(&[("note", " ")], StatusCode::UNPROCESSABLE_ENTITY).await;
    assert!(page.contains("id=\"f-member-error\"") && page.contains("id=\"f-note-error\"") && page.contains("Say why"));
    let page = scene.refused(&[("member", &mia), ("note", "")], StatusCode::UNPROCESSABLE_ENTITY).await;
    let chosen = page.split("type=\"radio\"").find(|one| one.contains(&mia)).unwrap();
    assert!(chosen.split('>').next().unwrap().contains("checked"), "what was chosen stays chosen");
    let page = scene.refused(&[("member", &ben), ("note", "Kept")], StatusCode::UNPROCESSABLE_ENTITY).await;
    assert!(page.contains("theirs already") && page.contains("Kept"));
    let given = [("member", &*tom), ("from", &*ben), ("seen", TEN), ("note", "First")];
    location(&scene.send(&given).await);
    let late = [("member", &*mia), ("from", &*ben), ("seen", TEN), ("note", "Kept")];
    let page = scene.refused(&late, StatusCode::CONFLICT).await;
    assert!(page.contains("while you were choosing") && page.contains("Kept"));
    assert_eq!(hidden(&page, "from"), tom, "the form goes on from what is there now");
    let moved = [("member", &*mia), ("from", &*tom), ("seen", "2026-11-04T11:00:00Z"), ("note", "Kept")];
    assert!(scene.refused(&moved, StatusCode::CONFLICT).await.contains("moved this visit"));
}

#[tokio::test]
async fn hostile_ids_and_strangers_find_nothing() {
    let scene = scene().await;
    let house = &scene.house;
    let rival = house.world.provider("Other Plumbing", "Europe/Berlin").await;
    let foreign = rival.owner.id.0.to_string();
    for member in [&*foreign, "00000000-0000-0000-0000-000000000000", "' OR 1=1 --", "<script>", "\u{0}", "-1"] {
        let answer = scene.send(&[("member", member), ("note", "x"), ("seen", "nonsense"), ("from", "nonsense")]).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{member}");
        assert!(!text(answer).await.contains("Other Plumbing owner"), "{member}");
    }
    // Nobody is led away from here, and nobody's words get into the page.
    let mia = scene.mia.id.0.to_string();
    for next in ["https://evil.example/", "//evil.example", "javascript:alert(1)"] {
        let page = read(house, &format!("{}?{}", scene.path(), form(&[("next", next)])), &scene.his).await;
        assert!(!page.contains("evil.example") && !page.contains("javascript:"), "{next}");
    }
    let tom = log_in(house, &scene.tom.user).await;
    let other = log_in(house, &rival.owner.user).await;
    let assigned = {
        let hers = book(house, &scene.ana, &scene.leak, scene.tom.id, "2026-11-05T09:00:00Z").await;
        format!("/bookings/{hers}/reassign")
    };
    let wish = form(&[("member", &mia), ("note", "Mine")]);
    for (path, session, status) in [
        (scene.path(), Some(&scene.hers), StatusCode::FORBIDDEN),
        (assigned, Some(&tom), StatusCode::FORBIDDEN),
        (scene.path(), Some(&tom), StatusCode::NOT_FOUND),
        (scene.path(), Some(&other), StatusCode::NOT_FOUND),
        ("/bookings/SH-00000000/reassign".to_owned(), Some(&scene.his), StatusCode::NOT_FOUND),
    ] {
        let session = session.unwrap();
        assert_eq!(get_as(house, &path, session).await.status(), status, "{path}");
        assert_eq!(house.post(&path, Some(session), &wish).await.status(), status, "{path}");
    }
    let whose =
        bookings::find(house.world.ctx(), &house.world.actor(&scene.ana).await, &scene.reference).await.unwrap();
    assert_eq!(whose.member, scene.plumbing.owner.id);
}

#[tokio::test]
async fn whoever_goes_leaves_visits_that_are_shown_given_and_wait() {
    let scene = scene().await;
    let (house, tom) = (&scene.house, scene.tom.id.0);
    let his = book(house, &scene.ana, &scene.leak, scene.tom.id, "2026-11-05T09:00:00Z").await;
    let left = book(house, &scene.ana, &scene.leak, scene.tom.id, "2026-11-06T09:00:00Z").await;
    let ask = format!("/provider/team/{tom}/remove");
    let page = read(house, &ask, &scene.his).await;
    let way = |reference: &str| format!("/bookings/{reference}/reassign?next=%2Fprovider%2Fteam%2F");
    assert!(page.contains("2 bookings are still ahead") && page.contains(&way(&his)) && page.contains(&way(&left)));
    assert!(page.contains("waits under “Today”"), "what happens to those that are left: {page}");
    // Given from there, one comes back there, and one less is left.
    let mia = scene.mia.id.0.to_string();
    let wish = form(&[("member", &mia), ("note", "He leaves us."), ("next", &ask)]);
    let back = location(&house.post(&format!("/bookings/{his}/reassign"), Some(&scene.his), &wish).await);
    assert_eq!(back, format!("{ask}?said=visit-given"));
    assert!(read(house, &back, &scene.his).await.contains("One booking is still ahead"));
    // Whoever leaves by themselves is told as well; giving is for those who run the business.
    let session = log_in(house, &scene.tom.user).await;
    let page = read(house, "/provider/team/leave", &session).await;
    assert!(page.contains(&left) && !page.contains("/reassign") && page.contains("gives it to somebody"));
    location(&house.post(&ask, Some(&scene.his), "").await);
    let today = read(house, "/provider", &scene.his).await;
    assert!(today.contains(&format!("/bookings/{left}/reassign?next=%2Fprovider")), "{today}");
    assert!(today.contains("does not work for you at present"));
    assert!(read(house, "/provider/bookings", &scene.his).await.contains(&format!("/bookings/{left}/reassign?next=")));
    assert!(read(house, &format!("/provider/team/{tom}"), &scene.his).await.contains(&way(&left)));
    let booking = read(house, &format!("/bookings/{left}"), &scene.his).await;
    assert!(booking.contains("somebody else is needed"));
    let page = read(house, &format!("/bookings/{left}/reassign"), &scene.his).await;
    assert!(page.contains("Tom &lt;b&gt; cannot do this visit.</textarea>"), "a reason stands there already: {page}");
    assert_eq!(offered(&page).len(), 2);
}
