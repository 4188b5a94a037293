//! The form of a service as it is filled in: what its category asks, the preview beside it, and several pictures at once.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::album;
use crate::house;

use album::sending::{get_as, signed_in};
use album::{jpeg, quarters};
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use domain::catalog::categories::{self, CategoryText, FieldText, TypedCategory, TypedField};
use domain::catalog::listing::{Edited, edited, fields, told_field};
use domain::kernel::{Actor, CategoryId, Role};
use domain::testing::{Provider, User};
use house::{House, house, text};
use uuid::Uuid;

/// A drawing, which is no picture here.
const SVG: &[u8] = b"<svg/>";

type Pairs = Vec<(String, String)>;

struct Scene {
    house: House,
    business: Provider,
    boss: Actor,
    ben: String,
    slug: String,
    path: String,
}

async fn scene() -> Scene {
    let house = house().await;
    let business = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = house.world.service(&business, |service| service.called("Fix a leak").costs(8000)).await;
    let boss = house.world.actor(&house.world.operator("Boss", Role::Admin).await).await;
    let ben = signed_in(&house, &business.owner.user).await;
    let path = format!("/provider/services/{}", leak.slug);
    Scene { slug: leak.slug, path, house, business, boss, ben }
}

impl Scene {
    async fn now(&self) -> Edited {
        let ben = self.house.world.actor(&self.business.owner.user).await;
        edited(self.house.world.ctx(), &ben, &self.slug).await.unwrap().0
    }

    /// What the form of the service holds when it is opened.
    async fn opened(&self) -> Pairs {
        let service = self.now().await;
        let mut all = fields(service.listing());
        all.push(("version".to_owned(), service.version.to_string()));
        all
    }

    async fn send(&self, path: &str, fields: &[(String, String)]) -> Response<Body> {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.house.post(path, Some(&self.ben), &form).await
    }

    /// A category at the top that asks for something, and what it asks for.
    async fn asking(&self, name: &str, label: &str, (kind, unit): (&str, &str)) -> (CategoryId, Uuid) {
        let ctx = self.house.world.ctx();
        let (slug, parent, blurb, keywords, tint, picture) = ("", "", "", "", "plumbing", "");
        let typed = TypedCategory { name, slug, parent, blurb, keywords, tint, picture, hidden: false };
        let id = categories::add(ctx, &self.boss, CategoryText::parse(typed).unwrap()).await.unwrap();
        let field = TypedField { label, kind, unit, options: "", required: true, searchable: true };
        categories::save_field(ctx, &self.boss, (id, 1), None, FieldText::parse(field).unwrap()).await.unwrap();
        let shelves = categories::shelves(ctx).await.unwrap();
        (id, shelves.asked(id)[0].id)
    }

    async fn hide(&self, id: CategoryId) {
        let ctx = self.house.world.ctx();
        let page = categories::category(ctx, &self.boss, id).await.unwrap();
        let (name, tint) = (page.branch.name.as_str(), page.tint.as_str());
        let (slug, parent, blurb, keywords, picture) = ("", "", "", "", "");
        let typed = TypedCategory { name, slug, parent, blurb, keywords, tint, picture, hidden: true };
        let version = page.branch.version;
        categories::change(ctx, &self.boss, id, version, CategoryText::parse(typed).unwrap()).await.unwrap();
    }
}

/// The same fields with one of them typed anew.
fn typed(fields: &[(String, String)], name: &str, value: &str) -> Pairs {
    let mut all: Pairs = fields.iter().filter(|(field, _)| field != name).cloned().collect();
    all.push((name.to_owned(), value.to_owned()));
    all
}

#[tokio::test]
async fn a_category_asks_beside_itself_and_nothing_typed_is_lost() {
    let scene = scene().await;
    let (drains, width) = scene.asking("Drains", "Widest pipe", ("number", "cm")).await;
    let (roofs, pitch) = scene.asking("Roofs", "Steepest roof", ("text", "")).await;
    let (width, pitch) = (told_field(width), told_field(pitch));
    let opened = typed(&scene.opened().await, "summary", "Typed and not saved");
    assert!(!text(get_as(&scene.house, &scene.path, &scene.ben).await).await.contains(&width));

    let chosen = typed(&typed(&opened, "category", &drains.0.to_string()), "act", "refresh");
    let page = text(scene.send(&scene.path, &chosen).await).await;
    assert!(page.contains("Widest pipe") && page.contains("Typed and not saved"));
    assert!(!page.contains("Steepest roof"));
    // Somebody who looks elsewhere and comes back finds the answer again.
    let away = typed(&typed(&chosen, &width, "110,5"), "category", &roofs.0.to_string());
    let page = text(scene.send(&scene.path, &away).await).await;
    assert!(
        page.contains("Steepest roof") && page.contains(&format!("type=\"hidden\" name=\"{width}\" value=\"110,5\""))
    );
    let back = typed(&away, "category", &drains.0.to_string());
    assert!(text(scene.send(&scene.path, &back).await).await.contains("value=\"110,5\""));

    let wrong = scene.send(&scene.path, &typed(&typed(&back, &width, "wide"), "act", "save")).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(wrong).await;
    assert!(page.contains(&format!("id=\"f-{width}-error\"")) && page.contains("value=\"wide\""));
    let saved = scene.send(&scene.path, &typed(&typed(&back, &pitch, "45°"), "act", "save")).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    let told = scene.now().await.listing().told.clone();
    assert_eq!(told.into_values().map(|told| told.value).collect::<Vec<_>>(), ["110.5"], "only what is asked here");
    let page = text(get_as(&scene.house, &format!("{}/preview", scene.path), &scene.ben).await).await;
    assert!(page.contains("110.5 cm"));

    // What has to be said is missed when it is handed in, beside its field.
    let silent = typed(&typed(&scene.opened().await, &width, ""), "act", "submit");
    let answer = scene.send(&scene.path, &silent).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(answer).await.contains(&format!("id=\"f-{width}-error\"")));
}

#[tokio::test]
async fn hidden_categories_are_not_offered_but_kept() {
    let scene = scene().await;
    let (drains, _) = scene.asking("Drains", "Widest pipe", ("number", "cm")).await;
    let (roofs, _) = scene.asking("Roofs", "Steepest roof", ("text", "")).await;
    let moved = typed(&typed(&scene.opened().await, "category", &drains.0.to_string()), "act", "save");
    assert_eq!(scene.send(&scene.path, &moved).await.status(), StatusCode::SEE_OTHER);
    scene.hide(drains).await;
    scene.hide(roofs).await;
    let offers = |page: &str, id: CategoryId| page.contains(&format!("value=\"{}\"", id.0));
    let page = text(get_as(&scene.house, &scene.path, &scene.ben).await).await;
    assert!(offers(&page, drains) && page.contains("Widest pipe"), "it keeps its category");
    assert!(!offers(&page, roofs));
    let page = text(get_as(&scene.house, "/provider/services/new", &scene.ben).await).await;
    assert!(!offers(&page, drains) && !offers(&page, roofs));
    let forged = typed(&typed(&scene.opened().await, "category", &roofs.0.to_string()), "act", "save");
    let answer = scene.send(&scene.path, &forged).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(answer).await.contains("id=\"f-category-error\""));

    // Who wants to become a provider does not find them either, and forging one chooses nothing.
    let mira: User = scene.house.world.customer("Mira").await;
    let session = signed_in(&scene.house, &mira).await;
    let business = "step=business&version=0&name=Mira+Repairs&kind=sole&headline=Small+repairs+on+the+day&about=";
    scene.house.post("/provider/apply", Some(&session), business).await;
    let page = text(get_as(&scene.house, "/provider/apply?step=work", &session).await).await;
    assert!(page.contains("What do you do?") && !offers(&page, drains));
}

#[tokio::test]
async fn the_preview_shows_what_is_typed_and_saves_nothing() {
    let scene = scene().await;
    let before = scene.now().await.version;
    let mut wish = scene.opened().await;
    for (name, value) in [
        ("title", "Any <b>leak</b>"),
        ("description", "With **stress** and <script>alert(1)</script>."),
        ("price", "91"),
        ("duration_min", "nonsense"),
    ] {
        wish = typed(&wish, name, value);
    }
    let path = format!("{}/preview", scene.path);
    let answer = scene.send(&path, &wish).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let part = text(answer).await;
    assert!(part.contains("Any &lt;b&gt;leak&lt;/b&gt;") && part.contains("<strong>stress</strong>"));
    assert!(part.contains("91") && !part.contains("<script") && !part.contains("<html"));
    assert_eq!(scene.now().await.version, before);
    let page = text(get_as(&scene.house, &scene.path, &scene.ben).await).await;
    assert!(page.contains(&format!("data-preview=\"{path}\"")));
}

/// Sends files in the field `picture`, as a browser or as the script of the page does.
async fn upload(scene: &Scene, files: &[(&str, &[u8])], script: bool) -> Response<Body> {
    let mut body = Vec::new();
    for (name, file) in files {
        let start = format!("--limit\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(start.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--limit--\r\n");
    let mut request = Request::post(format!("{}/pictures", scene.path))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=limit")
        .header("cookie", &scene.ben);
    if script {
        request = request.header("accept", "application/json");
    }
    scene.house.ask(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn several_pictures_are_taken_and_the_others_named() {
    let scene = scene().await;
    let photos: Vec<Vec<u8>> = [(800, 600), (900, 600), (700, 600)].map(|(w, h)| jpeg(&quarters(w, h))).into();
    let (one, two, three) = (photos[0].as_slice(), photos[1].as_slice(), photos[2].as_slice());
    let mixed = upload(&scene, &[("one.jpg", one), ("plan.svg", SVG), ("two.jpg", two)], false).await;
    assert_eq!(mixed.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(mixed).await;
    assert!(page.contains("The others were added. plan.svg: "), "it says which one");
    let keys: Vec<String> = scene.now().await.listing().pictures.iter().map(|picture| picture.key.clone()).collect();
    assert_eq!(keys.len(), 2);

    let told = upload(&scene, &[("plan.svg", SVG)], true).await;
    assert_eq!(told.status(), StatusCode::OK);
    let told: serde_json::Value = serde_json::from_str(&text(told).await).unwrap();
    assert_eq!(told["refused"].as_array().unwrap().len(), 1);
    let taken = upload(&scene, &[("three.jpg", three)], true).await;
    assert_eq!(text(taken).await, "{\"refused\":[]}");
    assert_eq!(scene.now().await.listing().pictures.len(), 3);

    // By hand, any picture goes to any place; nonsense goes nowhere.
    let service = scene.now().await;
    let arrange = |place: &str| {
        let (which, version) = (service.listing().pictures[2].key.clone(), service.version.to_string());
        [("act", "to"), ("which", which.as_str()), ("version", version.as_str()), ("place", place)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let path = format!("{}/pictures/arrange", scene.path);
    assert_eq!(scene.send(&path, &arrange("first")).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(scene.send(&path, &arrange("0")).await.status(), StatusCode::SEE_OTHER);
    let now: Vec<String> = scene.now().await.listing().pictures.iter().map(|picture| picture.key.clone()).collect();
    assert_eq!(now[1..], keys[..]);
}
