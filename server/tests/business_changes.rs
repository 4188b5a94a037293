//! What a business is registered with, through the whole router: it moves, an owner asks for another name, an operator
//! decides, and the former address leads on.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use domain::catalog::{import_places, read_places};
use domain::kernel::Role;
use domain::testing::Provider;
use house::visit::{location, log_in, log_in_operator};
use house::{House, house, text};

const NAME: &str = "/provider/profile/name";
const ADDRESS: &str = "/provider/profile/address";

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

struct Scene {
    house: House,
    plumbing: Provider,
    ben: String,
    olivia: String,
}

async fn scene() -> Scene {
    let house = house().await;
    let places = "country,postal_code,name,lat,lng,zone\nDE,,Berlin,52.52,13.405,Europe/Berlin\n\
                  DE,14467,Potsdam,52.4,13.06,Europe/Berlin\nDE,,Potsdam,52.4,13.06,Europe/Berlin";
    import_places(house.world.ctx(), &house.world.system(), read_places(places).unwrap(), |_, _| ()).await.unwrap();
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let ben = log_in(&house, &plumbing.owner.user).await;
    let checker = house.world.operator("Olivia", Role::OnboardingManager).await;
    let olivia = log_in_operator(&house, &checker).await;
    Scene { house, plumbing, ben, olivia }
}

impl Scene {
    async fn get(&self, path: &str, who: &str) -> String {
        text(self.house.ask(Request::get(path).header("cookie", who).body(Body::empty()).unwrap()).await).await
    }

    async fn ask(&self, seen: &str, name: &str) -> Response<Body> {
        let wish = form(&[("seen", seen), ("name", name), ("payout_country", "DE")]);
        self.house.post(NAME, Some(&self.ben), &wish).await
    }
}

#[tokio::test]
async fn a_new_name_goes_from_the_owner_to_the_checker_to_everybody() {
    let scene = scene().await;
    let page = scene.get("/provider/profile", &scene.ben).await;
    assert!(page.contains("Registered as") && page.contains(NAME) && page.contains(ADDRESS), "{page}");
    let nothing = scene.ask("0", " ").await;
    assert_eq!(nothing.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(nothing).await.contains("id=\"f-name-error\""));
    assert_eq!(location(&scene.ask("0", "Spree <Pipes>").await), "/provider/profile/name?said=change-asked");
    let page = scene.get(NAME, &scene.ben).await;
    assert!(page.contains("Waits for us") && page.contains("<ins>Spree &lt;Pipes&gt;"), "{page}");
    assert!(page.contains("<del>Berlin Plumbing"));
    assert!(scene.get("/provider/profile", &scene.ben).await.contains("Waits for us"));

    let queue = scene.get("/admin/providers?show=changes", &scene.olivia).await;
    assert!(queue.contains("/admin/providers/berlin-plumbing") && queue.contains("Spree &lt;Pipes&gt;"), "{queue}");
    let page = scene.get("/admin/providers/berlin-plumbing", &scene.olivia).await;
    assert!(page.contains("<del>Berlin Plumbing") && page.contains("value=\"1.submitted\""), "{page}");
    let approve = "/admin/providers/berlin-plumbing/change/approve";
    let done = scene.house.post(approve, Some(&scene.olivia), &form(&[("seen", "1.submitted")])).await;
    assert_eq!(location(&done), "/admin/providers/spree-pipes?said=change-approved");

    // Whoever was slower is told so, on the page of the business as it is now.
    let late = scene.house.post(approve, Some(&scene.olivia), &form(&[("seen", "1.submitted")])).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    assert!(text(late).await.contains("somebody else has decided"));
    let moved = scene.house.get("/providers/berlin-plumbing").await;
    assert_eq!(moved.status(), StatusCode::MOVED_PERMANENTLY);
    assert_eq!(moved.headers()["location"], "/providers/spree-pipes");
    assert!(text(scene.house.get("/providers/spree-pipes").await).await.contains("Spree &lt;Pipes&gt;"));
    assert!(scene.get(NAME, &scene.ben).await.contains("Approved"));
    assert_eq!(scene.house.get("/providers/nobody-at-all").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_declined_is_read_by_the_owner_and_asked_again() {
    let scene = scene().await;
    location(&scene.ask("0", "Spree Pipes").await);
    let decline = "/admin/providers/berlin-plumbing/change/decline";
    let decide = async |fields: &[(&str, &str)]| scene.house.post(decline, Some(&scene.olivia), &form(fields)).await;
    let empty = decide(&[("seen", "1.submitted"), ("reason", "")]).await;
    assert_eq!(empty.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(empty).await.contains("id=\"f-reason-error\""));
    let done = decide(&[("seen", "1.submitted"), ("reason", "Show us the <register>.")]).await;
    assert_eq!(location(&done), "/admin/providers/berlin-plumbing?said=change-declined");
    let late = decide(&[("seen", "1.submitted"), ("reason", "Words of mine")]).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    assert!(text(late).await.contains("You typed: Words of mine"));
    let page = scene.get(NAME, &scene.ben).await;
    assert!(page.contains("Declined") && page.contains("Show us the &lt;register&gt;."), "{page}");
    assert!(page.contains("value=\"Spree Pipes\""), "the form begins with what was declined");
    assert_eq!(
        location(&scene.ask("1.declined", "Spree Pipes GmbH").await),
        "/provider/profile/name?said=change-asked"
    );
}

#[tokio::test]
async fn another_window_is_told_with_both_side_by_side() {
    let scene = scene().await;
    location(&scene.ask("0", "Spree Pipes").await);
    // Sent twice: it waits.
    location(&scene.ask("0", "Spree Pipes").await);
    let late = scene.ask("0", "Havel Pipes").await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    let page = text(late).await;
    assert!(page.contains("<del>Spree Pipes") && page.contains("<ins>Havel Pipes"), "{page}");
    let back = format!("{NAME}/take-back");
    let done = scene.house.post(&back, Some(&scene.ben), &form(&[("seen", "1.submitted")])).await;
    assert_eq!(location(&done), "/provider/profile/name?said=change-taken-back");
    let twice = scene.house.post(&back, Some(&scene.ben), &form(&[("seen", "1.submitted")])).await;
    assert_eq!(twice.status(), StatusCode::CONFLICT);
    // What was typed stays in the form when nothing waits any more.
    let late = scene.ask("0", "Havel Pipes").await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    let page = text(late).await;
    assert!(page.contains("value=\"Havel Pipes\"") && page.contains("value=\"1.withdrawn\""), "{page}");

    let go = async |version: &str, city: &str| {
        let wish = form(&[("version", version), ("city", city), ("postal_code", "14467")]);
        scene.house.post(ADDRESS, Some(&scene.ben), &wish).await
    };
    assert_eq!(location(&go("0", "Potsdam").await), "/provider/profile?said=business-moved");
    assert_eq!(location(&go("0", "Potsdam").await), "/provider/profile?said=business-moved");
    let late = go("0", "Berlin").await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    let page = text(late).await;
    assert!(page.contains("<del>Potsdam") && page.contains("<ins>Berlin"), "{page}");
    assert!(page.contains("value=\"Berlin\"") && page.contains("name=\"version\" value=\"1\""), "{page}");
    let nowhere = form(&[("version", "1"), ("city", "Atlantis"), ("postal_code", "")]);
    let unknown = scene.house.post(ADDRESS, Some(&scene.ben), &nowhere).await;
    assert_eq!(unknown.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(unknown).await.contains("id=\"f-city-error\""));
}

#[tokio::test]
async fn managers_move_the_business_and_owners_rename_it() {
    let scene = scene().await;
    let max = log_in(&scene.house, &scene.plumbing.manager("Max").await.user).await;
    let page = scene.get("/provider/profile", &max).await;
    assert!(page.contains(ADDRESS) && !page.contains(&format!("href=\"{NAME}\"")), "{page}");
    assert!(page.contains("changed by an owner"));
    for path in [NAME, "/provider/profile/name/take-back"] {
        let refused = scene.house.post(path, Some(&max), &form(&[("seen", "0"), ("name", "Mine")])).await;
        assert_eq!(refused.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let tia = log_in(&scene.house, &scene.plumbing.member("Tia").await.user).await;
    let refused = scene.house.post(ADDRESS, Some(&tia), &form(&[("version", "0"), ("city", "Potsdam")])).await;
    assert_eq!(refused.status(), StatusCode::NOT_FOUND);
    let approve = "/admin/providers/berlin-plumbing/change/approve";
    let own = scene.house.post(approve, Some(&scene.ben), &form(&[("seen", "1.submitted")])).await;
    assert_eq!(own.status(), StatusCode::NOT_FOUND);
}
