//! Services in the portal and in the back office, through the whole router, as browsers without scripts use them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Response, StatusCode};
use domain::catalog::listing::{Edited, edited, fields};
use domain::kernel::Role;
use domain::testing::Provider;
use house::visit::{location, log_in as signed_in, log_in_operator, page as get_as};
use house::{House, house, text};

type Pairs = Vec<(String, String)>;

fn form(fields: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn pairs(fields: &[(&str, &str)]) -> Pairs {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// An admin with both steps behind them.
async fn admin(house: &House) -> String {
    let boss = house.world.operator("Boss", Role::Admin).await;
    log_in_operator(house, &boss).await
}

struct Scene {
    house: House,
    plumbing: Provider,
    ben: String,
    slug: String,
    path: String,
}

async fn scene() -> Scene {
    let house = house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = house.world.service(&plumbing, |s| s.called("Fix a leak").costs(8000).extra("Tea", 200, 5)).await;
    sqlx::query("UPDATE services SET description = 'I listen at the wall first.\n\nThen I open what must be opened.'")
        .execute(house.world.owner())
        .await
        .unwrap();
    let ben = signed_in(&house, &plumbing.owner.user).await;
    let path = format!("/provider/services/{}", leak.slug);
    Scene { house, plumbing, ben, slug: leak.slug, path }
}

impl Scene {
    async fn now(&self, slug: &str) -> Edited {
        let ben = self.house.world.actor(&self.plumbing.owner.user).await;
        edited(self.house.world.ctx(), &ben, slug).await.unwrap().0
    }

    /// What the form of a service holds when it is opened.
    async fn opened(&self, slug: &str) -> Pairs {
        let service = self.now(slug).await;
        let mut all = fields(service.listing());
        all.push(("version".to_owned(), service.version.to_string()));
        all
    }

    async fn send(&self, fields: &[(String, String)]) -> Response<Body> {
        self.house.post(&self.path, Some(&self.ben), &form(fields)).await
    }
}

/// The same fields with one of them typed anew.
fn typed(fields: &[(String, String)], name: &str, value: &str) -> Pairs {
    let mut all: Pairs = fields.iter().filter(|(field, _)| field != name).cloned().collect();
    all.push((name.to_owned(), value.to_owned()));
    all
}

#[tokio::test]
async fn a_service_is_begun_written_and_handed_in_without_scripts() {
    let scene = scene().await;
    let (house, ben) = (&scene.house, &scene.ben);
    let category = scene.now(&scene.slug).await.live.category.0.to_string();
    let empty = house.post("/provider/services/new", Some(ben), "title=Hi").await;
    assert_eq!(empty.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(empty).await;
    assert!(page.contains("at least five letters") && page.contains("Choose where people find it"));
    let begin =
        pairs(&[("title", "Unblock a drain"), ("category", &category), ("kind", "visit"), ("pricing", "packages")]);
    let begun = house.post("/provider/services/new", Some(ben), &form(&begin)).await;
    assert_eq!(location(&begun), "/provider/services/unblock-a-drain?said=service-begun");

    let path = "/provider/services/unblock-a-drain";
    let page = text(get_as(house, path, ben).await).await;
    for words in ["Basic", "Standard", "Premium", "Save and hand in"] {
        assert!(page.contains(words), "{words}");
    }
    // What is missing stands beside its field; what was typed is saved.
    let mut wish = scene.opened("unblock-a-drain").await;
    for (name, value) in [
        ("summary", "Flowing again within the hour."),
        ("description", "A camera first, then the right tool, then clean towels for everybody."),
        ("package-basic-name", "One drain"),
        ("act", "submit"),
    ] {
        wish = typed(&wish, name, value);
    }
    let refused = house.post(path, Some(ben), &form(&wish)).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(refused).await;
    assert!(page.contains("id=\"f-package-basic-price-error\"") && page.contains("Flowing again"));
    let again = typed(&scene.opened("unblock-a-drain").await, "package-basic-price", "95,50");
    let waits = house.post(path, Some(ben), &form(&typed(&again, "act", "submit"))).await;
    assert_eq!(location(&waits), format!("{path}?said=listing-waits"));
    let list = text(get_as(house, "/provider/services", ben).await).await;
    assert!(list.contains("Unblock a drain") && list.contains("Waits for review"));
}

#[tokio::test]
async fn rows_are_added_and_taken_away_by_buttons() {
    let scene = scene().await;
    let opened = scene.opened(&scene.slug).await;
    let more = scene.send(&typed(&typed(&opened, "title", "Typed and not saved"), "act", "add-extra")).await;
    assert_eq!(more.status(), StatusCode::OK);
    let page = text(more).await;
    assert!(page.contains("name=\"extra-1-name\"") && page.contains("Typed and not saved"));
    let fewer = text(scene.send(&typed(&opened, "act", "remove-extra-0")).await).await;
    assert!(!fewer.contains("name=\"extra-0-name\""));
    assert_eq!(scene.now(&scene.slug).await.live.extras.len(), 1, "nothing is saved by that");
    // Another way to make the price shows its fields.
    let hourly = text(scene.send(&typed(&typed(&opened, "pricing", "hourly"), "act", "refresh")).await).await;
    assert!(hourly.contains("Longest visit") && hourly.contains("name=\"max_duration_min\""));
}

#[tokio::test]
async fn what_cannot_be_read_comes_back_with_everything_that_was_typed() {
    let scene = scene().await;
    let wish = typed(&typed(&scene.opened(&scene.slug).await, "price", "cheap"), "summary", "A & B <i>");
    let answer = scene.send(&typed(&wish, "act", "save")).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(answer).await;
    assert!(page.contains("id=\"f-price-error\"") && page.contains("value=\"cheap\""));
    assert!(page.contains("A &amp; B &lt;i&gt;") && !page.contains("A & B <i>"));
    let text_of_town = typed(&scene.opened(&scene.slug).await, "city", "Atlantis");
    assert_eq!(scene.send(&text_of_town).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn two_windows_show_both_texts_and_overwrite_nothing() {
    let scene = scene().await;
    let (one, other) = (scene.opened(&scene.slug).await, scene.opened(&scene.slug).await);
    let first = scene.send(&typed(&typed(&one, "summary", "The first window."), "act", "save")).await;
    assert_eq!(location(&first), format!("{}?said=draft-saved", scene.path));
    let late = scene.send(&typed(&typed(&other, "summary", "The second window."), "act", "submit")).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    let page = text(late).await;
    assert!(page.contains("changed in another window"));
    assert!(page.contains("<del>The first window.") && page.contains("<ins>The second window."));
    assert_eq!(scene.now(&scene.slug).await.listing().summary, "The first window.");
    // Sent again, knowingly, it takes the other's place.
    let version = scene.now(&scene.slug).await.version.to_string();
    let knowing = typed(&typed(&other, "summary", "The second window."), "version", &version);
    location(&scene.send(&typed(&knowing, "act", "save")).await);
    assert_eq!(scene.now(&scene.slug).await.listing().summary, "The second window.");
}

#[tokio::test]
async fn operators_see_what_changed_and_decide() {
    let scene = scene().await;
    let house = &scene.house;
    let boss = admin(house).await;
    let evil = "Now with **stress** and <script>alert(1)</script> and [a link](javascript:alert(1)) for you.";
    let wish = typed(&typed(&scene.opened(&scene.slug).await, "description", evil), "title", "Fix any leak");
    let waits = scene.send(&typed(&wish, "act", "submit")).await;
    assert_eq!(location(&waits), format!("{}?said=listing-waits", scene.path));
    let old = text(house.get(&format!("/services/{}", scene.slug)).await).await;
    assert!(old.contains("I listen at the wall first.</p>") && !old.contains("stress"), "customers see what they saw");

    let queue = text(get_as(house, "/admin/services", &boss).await).await;
    assert!(queue.contains("Fix any leak") && queue.contains("less than an hour"));
    let review = format!("/admin/services/{}", scene.slug);
    let page = text(get_as(house, &review, &boss).await).await;
    assert!(page.contains("<del>Fix a leak") && page.contains("<ins>Fix any leak"));
    assert!(!page.contains("<script>alert(1)"));
    let service = scene.now(&scene.slug).await;
    let id = service.id.0.to_string();
    let seen = |version: i32| pairs(&[("service", &id), ("version", &version.to_string())]);
    let silent = house.post(&format!("{review}/decline"), Some(&boss), &form(&seen(service.version))).await;
    assert_eq!(silent.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(silent).await.contains("id=\"f-reason-error\""));
    let late = house.post(&format!("{review}/approve"), Some(&boss), &form(&seen(service.version - 1))).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    let done = house.post(&format!("{review}/approve"), Some(&boss), &form(&seen(service.version))).await;
    assert_eq!(location(&done), "/admin/services?said=listing-approved");

    // The old address leads to the new one for good, for customers and for the business.
    let moved = house.get(&format!("/services/{}", scene.slug)).await;
    assert_eq!(moved.status(), StatusCode::MOVED_PERMANENTLY);
    assert_eq!(moved.headers()["location"], "/services/fix-any-leak");
    let chosen = "?minutes=60&start=2026-11-03T09%3A00%3A00Z&next=details";
    let moved = house.get(&format!("/services/{}/book{chosen}", scene.slug)).await;
    assert_eq!(moved.status(), StatusCode::MOVED_PERMANENTLY);
    assert_eq!(moved.headers()["location"], format!("/services/fix-any-leak/book{chosen}"));
    assert_eq!(house.get("/services/never-was-there/book").await.status(), StatusCode::NOT_FOUND);
    // A form that was open meanwhile goes to the new address as it is.
    let sent = house.post(&format!("/services/{}/book", scene.slug), Some(&boss), "note=Hello").await;
    assert_eq!(sent.status(), StatusCode::PERMANENT_REDIRECT);
    assert_eq!(sent.headers()["location"], "/services/fix-any-leak/book");
    let kept = house.post(&format!("/services/{}/favorite", scene.slug), Some(&boss), "").await;
    assert_eq!(kept.status(), StatusCode::SEE_OTHER, "hearts find it under the old address");
    assert_eq!(location(&get_as(house, &scene.path, &scene.ben).await), "/provider/services/fix-any-leak");
    let page = text(house.get("/services/fix-any-leak").await).await;
    assert!(page.contains("<strong>stress</strong>") && page.contains("&lt;script&gt;alert(1)"));
    assert!(!page.contains("<script>alert(1)") && !page.contains("javascript:alert"));
    assert_eq!(house.get("/services/never-was-there").await.status(), StatusCode::NOT_FOUND);

    let html: String = sqlx::query_scalar("SELECT html FROM outbound_messages WHERE kind = 'catalog.listing_approved'")
        .fetch_one(house.world.owner())
        .await
        .unwrap();
    assert!(html.contains("Fix any leak") && html.contains("/services/fix-any-leak"));
}

#[tokio::test]
async fn many_are_put_on_show_at_once() {
    let scene = scene().await;
    let boss = admin(&scene.house).await;
    let waits = typed(&typed(&scene.opened(&scene.slug).await, "title", "Fix any leak"), "act", "submit");
    location(&scene.send(&waits).await);
    let service = scene.now(&scene.slug).await;
    let which = |version: i32| pairs(&[("which", &format!("{}.{version}", service.id.0))]);
    let none = scene.house.post("/admin/services", Some(&boss), "").await;
    assert_eq!(location(&none), "/admin/services?said=none-chosen");
    let late = scene.house.post("/admin/services", Some(&boss), &form(&which(service.version - 1))).await;
    assert_eq!(location(&late), "/admin/services?said=some-changed");
    let done = scene.house.post("/admin/services", Some(&boss), &form(&which(service.version))).await;
    assert_eq!(location(&done), "/admin/services?said=listings-approved");
    assert_eq!(scene.now(&scene.slug).await.live.title, "Fix any leak");
}

#[tokio::test]
async fn a_title_can_be_missing_in_a_draft_only() {
    let scene = scene().await;
    let (house, ben) = (&scene.house, &scene.ben);
    let bare = typed(&scene.opened(&scene.slug).await, "title", "");
    let refused = scene.send(&typed(&bare, "act", "save")).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let refused = text(refused).await;
    assert!(refused.contains("id=\"f-title-error\"") && refused.contains("needs a title"), "{refused}");
    house.post(&format!("{}/duplicate", scene.path), Some(ben), "").await;
    let bare = typed(&scene.opened("fix-a-leak-copy").await, "title", "");
    let copy = "/provider/services/fix-a-leak-copy";
    let saved = house.post(copy, Some(ben), &form(&typed(&bare, "act", "save"))).await;
    assert_eq!(location(&saved), format!("{copy}?said=draft-saved"));
    let list = text(get_as(house, "/provider/services", ben).await).await;
    assert!(list.contains(">Without a title<"), "{list}");
    let editor = text(get_as(house, copy, ben).await).await;
    assert!(editor.contains("<h1>Without a title") && editor.contains("<title>Without a title"), "{editor}");
}

#[tokio::test]
async fn every_page_of_a_service_opens_and_every_button_leads_somewhere() {
    let scene = scene().await;
    let (house, ben) = (&scene.house, &scene.ben);
    for part in ["", "/preview", "/history", "/pictures", "/archive", "/discard"] {
        let page = get_as(house, &format!("{}{part}", scene.path), ben).await;
        assert_eq!(page.status(), StatusCode::OK, "{part}");
    }
    let paused = house.post(&format!("{}/stand", scene.path), Some(ben), "act=pause").await;
    assert_eq!(location(&paused), format!("{}?said=service-paused", scene.path));
    assert!(text(get_as(house, &scene.path, ben).await).await.contains("Offer it again"));
    let twice = house.post(&format!("{}/stand", scene.path), Some(ben), "act=pause").await;
    assert_eq!(twice.status(), StatusCode::CONFLICT);
    let twice = text(twice).await;
    assert!(twice.contains("That is not possible now") && twice.contains("This service is paused already."), "{twice}");
    let book = text(house.get(&format!("/services/{}/book", scene.slug)).await).await;
    assert!(book.contains("That is not possible now") && book.contains("is taking a break"), "{book}");
    let copy = location(&house.post(&format!("{}/duplicate", scene.path), Some(ben), "").await);
    assert_eq!(copy, "/provider/services/fix-a-leak-copy?said=service-copied");
    let nothing = house.post(&format!("{}/discard", scene.path), Some(ben), "version=0").await;
    assert_eq!(nothing.status(), StatusCode::CONFLICT);
    // Words of the list find the copy, and nothing finds what nobody wrote.
    let found = text(get_as(house, "/provider/services?q=copy", ben).await).await;
    assert!(found.contains("Fix a leak (copy)"));
    let none = text(get_as(house, "/provider/services?q=xyzzy", ben).await).await;
    assert!(none.contains("Nothing here"));
}
