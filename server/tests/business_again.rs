//! A business on its way, where pages had gone wrong before: buttons of an old form, decisions that came too late, what a
//! reviewer sees of a first text, what a business says of itself, and forms with more fields than there are.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use domain::catalog::listing::{Edited, edited, fields};
use domain::kernel::Role;
use domain::testing::Provider;
use house::visit::{location, log_in as signed_in, log_in_operator};
use house::{House, house, text};

type Pairs = Vec<(String, String)>;

fn form(fields: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn pairs(fields: &[(&str, &str)]) -> Pairs {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn typed(fields: &[(String, String)], name: &str, value: &str) -> Pairs {
    let mut all: Pairs = fields.iter().filter(|(field, _)| field != name).cloned().collect();
    all.push((name.to_owned(), value.to_owned()));
    all
}

struct Scene {
    house: House,
    plumbing: Provider,
    ben: String,
    path: String,
    slug: String,
}

/// An operator with both steps behind them.
async fn operator(house: &House, role: Role) -> String {
    let who = house.world.operator("Olivia", role).await;
    log_in_operator(house, &who).await
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
    Scene { house, plumbing, ben, path, slug: leak.slug }
}

impl Scene {
    async fn now(&self) -> Edited {
        let ben = self.house.world.actor(&self.plumbing.owner.user).await;
        edited(self.house.world.ctx(), &ben, &self.slug).await.unwrap().0
    }

    async fn opened(&self) -> Pairs {
        let service = self.now().await;
        typed(&fields(service.listing()), "version", &service.version.to_string())
    }

    async fn send(&self, fields: &[(String, String)]) -> Response<Body> {
        self.house.post(&self.path, Some(&self.ben), &form(fields)).await
    }

    async fn get(&self, path: &str, who: &str) -> String {
        text(self.house.ask(Request::get(path).header("cookie", who).body(Body::empty()).unwrap()).await).await
    }
}

#[tokio::test]
async fn a_button_of_an_old_form_makes_no_new_one_of_it() {
    let scene = scene().await;
    let (one, other) = (scene.opened().await, scene.opened().await);
    location(&scene.send(&typed(&typed(&one, "summary", "The first window."), "act", "save")).await);
    for act in ["add-extra", "remove-extra-0", "refresh", "add-question", "raise-question-0"] {
        let late = scene.send(&typed(&typed(&other, "summary", "The second window."), "act", act)).await;
        assert_eq!(late.status(), StatusCode::CONFLICT, "{act}");
        let page = text(late).await;
        assert!(page.contains("<del>The first window.") && page.contains("<ins>The second window."), "{act}");
    }
    let more = text(scene.send(&typed(&other, "act", "add-extra")).await).await;
    assert!(more.contains("name=\"extra-1-name\""), "and what the button was for is done");
    assert_eq!(scene.now().await.listing().summary, "The first window.");
}

#[tokio::test]
async fn a_decision_that_comes_too_late_keeps_its_words() {
    let scene = scene().await;
    let boss = operator(&scene.house, Role::Admin).await;
    location(&scene.send(&typed(&typed(&scene.opened().await, "title", "Fix any leak"), "act", "submit")).await);
    let seen = scene.now().await;
    let review = format!("/admin/services/{}", scene.slug);
    let decision = pairs(&[
        ("service", &seen.id.0.to_string()),
        ("version", &seen.version.to_string()),
        ("reason", "The title says too much."),
    ]);
    // The business takes it back and hands in another text.
    location(&scene.send(&typed(&typed(&scene.opened().await, "title", "Fix all leaks"), "act", "submit")).await);
    let late = scene.house.post(&format!("{review}/decline"), Some(&boss), &form(&decision)).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    let page = text(late).await;
    assert!(page.contains("changed this meanwhile") && page.contains("The title says too much."));
    assert!(page.contains("<ins>Fix all leaks"), "and what is there now");
    // And takes it back for good: there is nothing to decide, and the words still stand there.
    location(&scene.send(&typed(&typed(&scene.opened().await, "title", "Fix some leaks"), "act", "save")).await);
    let late = scene.house.post(&format!("{review}/decline"), Some(&boss), &form(&decision)).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    assert!(text(late).await.contains("You typed: The title says too much."));
}

#[tokio::test]
async fn a_reviewer_sees_all_of_a_first_text() {
    let scene = scene().await;
    let boss = operator(&scene.house, Role::Admin).await;
    sqlx::query("UPDATE services SET status = 'draft'").execute(scene.house.world.owner()).await.unwrap();
    let wish = typed(&typed(&scene.opened().await, "price", "95"), "question-0-text", "Where is the stopcock?");
    location(&scene.send(&typed(&wish, "act", "submit")).await);
    let page = scene.get(&format!("/admin/services/{}", scene.slug), &boss).await;
    for words in ["All of it is new", "€95", "Where is the stopcock?", "Berlin", "Tea", "kept free before"] {
        assert!(page.contains(words), "{words}");
    }
}

#[tokio::test]
async fn words_about_a_picture_outlive_a_change_elsewhere() {
    let scene = scene().await;
    sqlx::query("INSERT INTO service_pictures (service_id, position, key, alt, colour) SELECT id, 0, 'shot', '', '#000000' FROM services")
        .execute(scene.house.world.owner())
        .await
        .unwrap();
    let wish = pairs(&[
        ("version", "-1"),
        ("which", "shot"),
        ("number", "1"),
        ("words-1", "A dripping tap"),
        ("act", "describe"),
    ]);
    let late = scene.house.post(&format!("{}/pictures/arrange", scene.path), Some(&scene.ben), &form(&wish)).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    let page = text(late).await;
    assert!(page.contains("value=\"A dripping tap\"") && page.contains("not saved yet"), "{page}");
}

#[tokio::test]
async fn a_business_writes_its_profile_without_scripts() {
    let scene = scene().await;
    let path = "/provider/profile";
    let page = scene.get(path, &scene.ben).await;
    assert!(page.contains("Your story") && page.contains("How far do you go?"));
    let version = page.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let wish = pairs(&[
        ("version", version),
        ("headline", "Leaks found & fixed"),
        ("about", "We began in 1990."),
        ("skills", "taps"),
        ("radius_km", "900"),
        ("postal_codes", "10115"),
    ]);
    let refused = scene.house.post(path, Some(&scene.ben), &form(&wish)).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(refused).await;
    assert!(
        page.contains("id=\"f-radius-km-error\"")
            && page.contains("We began in 1990.")
            && page.contains("value=\"900\"")
    );
    let good = typed(&wish, "radius_km", "40");
    assert_eq!(location(&scene.house.post(path, Some(&scene.ben), &form(&good)).await), "/provider/profile?said=saved");
    // Pressed twice; then something else from a window that was open before.
    assert_eq!(location(&scene.house.post(path, Some(&scene.ben), &form(&good)).await), "/provider/profile?said=saved");
    let late = scene.house.post(path, Some(&scene.ben), &form(&typed(&good, "headline", "Something else now"))).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    let page = text(late).await;
    assert!(page.contains("<del>Leaks found &amp; fixed") && page.contains("<ins>Something else now"));
    let public = text(scene.house.get(&format!("/providers/{}", scene.plumbing.slug)).await).await;
    assert!(public.contains("Leaks found &amp; fixed") && public.contains("We began in 1990."));
    let tia = scene.plumbing.member("Tia").await;
    let hers = signed_in(&scene.house, &tia.user).await;
    assert_eq!(scene.house.post(path, Some(&hers), &form(&good)).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn operators_see_at_once_what_waits_for_them() {
    let scene = scene().await;
    let boss = operator(&scene.house, Role::Admin).await;
    location(&scene.send(&typed(&typed(&scene.opened().await, "title", "Fix any leak"), "act", "submit")).await);
    let page = scene.get("/admin", &boss).await;
    assert!(page.contains("for review, the first for less than a day"), "{page}");
    let auditor = operator(&scene.house, Role::Auditor).await;
    let page = scene.get("/admin", &auditor).await;
    assert!(page.contains("Signed last") && page.contains("href=\"/admin/audit\""));
    assert!(!page.contains("for review") && !page.contains("Applications"), "and nothing of other rooms");
    let onboarding = operator(&scene.house, Role::OnboardingManager).await;
    let page = scene.get("/admin", &onboarding).await;
    assert!(page.contains("Applications") && !page.contains("for review") && !page.contains("Signed last"));
}

#[tokio::test]
async fn a_form_with_too_many_fields_is_refused_and_loses_none_in_silence() {
    let scene = scene().await;
    let mut wish = typed(&scene.opened().await, "act", "save");
    wish.extend((0..590).map(|number| (format!("more-{number}"), "x".to_owned())));
    assert_eq!(scene.send(&wish).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
    wish.truncate(400);
    assert_ne!(scene.send(&wish).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_list_of_a_category_that_was_renamed_leads_to_it() {
    let scene = scene().await;
    let rename = "WITH kept AS (INSERT INTO category_slugs (slug, category_id) SELECT 'its-former-name', id FROM categories LIMIT 1)
                  UPDATE categories SET slug = 'its-new-name' WHERE id = (SELECT id FROM categories LIMIT 1)";
    sqlx::query(rename).execute(scene.house.world.owner()).await.unwrap();
    let moved = scene.house.get("/services?category=its-former-name&rating=4").await;
    assert_eq!(moved.status(), StatusCode::MOVED_PERMANENTLY);
    let to = moved.headers()["location"].to_str().unwrap();
    assert!(to.contains("its-new-name") && to.contains("rating=4") && !to.contains("former"), "{to}");
    assert_eq!(scene.house.get(to).await.status(), StatusCode::OK);
    assert_eq!(scene.house.get("/services?category=never-was").await.status(), StatusCode::OK);
}
