//! Becoming a provider through the whole router, as browsers use it, without scripts.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::album;
use crate::house;

use album::sending::{bytes, get_as, signed_in};
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use domain::catalog::{import_places, read_places};
use domain::kernel::Role;
use house::{House, cookie, house, text};
use std::io::Cursor;

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn location(response: &Response<Body>) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()["location"].to_str().unwrap().to_owned()
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let place = page.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name} in {page}"));
    page[place..].split('"').nth(3).unwrap().to_owned()
}

async fn page(house: &House, path: &str, session: &str) -> String {
    let answer = get_as(house, path, session).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    text(answer).await
}

/// Sends a step with the version its page has.
async fn step(house: &House, session: &str, name: &str, fields: &[(&str, &str)]) -> Response<Body> {
    let shown = page(house, &format!("/provider/apply?step={name}"), session).await;
    let version = hidden(&shown, "version");
    let all = [&[("step", name), ("version", version.as_str())], fields].concat();
    house.post("/provider/apply", Some(session), &form(&all)).await
}

fn sheet() -> Vec<u8> {
    let picture = image::DynamicImage::ImageRgb8(image::RgbImage::from_pixel(300, 420, image::Rgb([200, 90, 90])));
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

async fn document(house: &House, path: &str, session: &str, kind: &str, end: &str, file: &[u8]) -> Response<Body> {
    let text = |name: &str, value: &str| {
        format!("--limit\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let head = "--limit\r\nContent-Disposition: form-data; name=\"document\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n";
    let fields = [text("kind", kind), text("number", "L01X00T47"), text("expires_on", end), head.to_owned()].concat();
    let body = [fields.as_bytes(), file, b"\r\n--limit--\r\n"].concat();
    let request = Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=limit")
        .header("cookie", session);
    house.ask(request.body(Body::from(body)).unwrap()).await
}

async fn checker(house: &House) -> String {
    let olivia = house.world.operator("Olivia", Role::OnboardingManager).await;
    let session = signed_in(house, &olivia).await;
    sqlx::query("UPDATE sessions SET data = data || '{\"second\": true}' WHERE user_id = $1")
        .bind(olivia.id.0)
        .execute(house.world.owner())
        .await
        .unwrap();
    session
}

#[tokio::test]
async fn from_nothing_to_a_business_in_the_browser() {
    let house = house().await;
    let world = &house.world;
    let list = "country,postal_code,name,lat,lng,zone\nDE,,Berlin,52.517,13.405,Europe/Berlin\n";
    import_places(world.ctx(), &world.system(), read_places(list).unwrap(), |_, _| ()).await.unwrap();
    let business = world.provider("Somebody Else", "Europe/Berlin").await;
    world.service(&business, |service| service.called("Fix a leak")).await;
    let category: uuid::Uuid =
        sqlx::query_scalar("SELECT id FROM categories LIMIT 1").fetch_one(world.owner()).await.unwrap();
    let mia = world.customer("Mia").await;
    let hers = signed_in(&house, &mia).await;
    assert!(location(&house.get("/provider/apply").await).starts_with("/login"));
    assert!(page(&house, "/provider", &hers).await.contains("href=\"/provider/apply\""));

    let ahead = page(&house, "/provider/apply?step=check", &hers).await;
    assert!(!ahead.contains("step-done"), "looking at a step makes those before it not done: {ahead}");
    // Wrong: the page again, with messages and what was typed.
    let wrong =
        step(&house, &hers, "business", &[("name", "Mia's <Leaks>"), ("kind", "sole"), ("headline", "short")]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let shown = text(wrong).await;
    assert!(shown.contains("Mia's &lt;Leaks&gt;") && shown.contains("at least ten letters"), "{shown}");
    let named = [("name", "Mia's <Leaks>"), ("kind", "sole"), ("headline", "Leaks found and fixed")];
    assert_eq!(location(&step(&house, &hers, "business", &named).await), "/provider/apply?step=place");
    let ahead = page(&house, "/provider/apply?step=check", &hers).await;
    assert_eq!(ahead.matches("step step-done").count(), 1, "{ahead}");
    let place = [("city", "Berlin"), ("country", "DE"), ("radius_km", "30")];
    assert_eq!(location(&step(&house, &hers, "place", &place).await), "/provider/apply?step=work");
    let work = category.to_string();
    assert_eq!(
        location(&step(&house, &hers, "work", &[("categories", &work)]).await),
        "/provider/apply?step=documents"
    );
    // A form of before says what is kept now.
    let stale = form(&[
        ("step", "business"),
        ("version", "1"),
        ("name", "Other"),
        ("kind", "company"),
        ("headline", "Leaks found and fixed"),
    ]);
    let stale = house.post("/provider/apply", Some(&hers), &stale).await;
    assert_eq!(stale.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let stale = text(stale).await;
    assert!(stale.contains("The other window saved “Mia"), "nothing is lost silently: {stale}");
    assert!(stale.contains("The other window saved “I work alone”"), "in words, never in codes: {stale}");

    let bad = document(&house, "/provider/apply/documents", &hers, "identity", "2027-05-31", b"<svg/>").await;
    assert_eq!(bad.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(bad).await.contains("value=\"L01X00T47\""), "what was typed is kept");
    for kind in ["identity", "insurance"] {
        let sent = document(&house, "/provider/apply/documents", &hers, kind, "2027-05-31", &sheet()).await;
        assert_eq!(location(&sent), "/provider/apply?step=documents");
    }
    assert_eq!(
        location(&step(&house, &hers, "payout", &[("payout_country", "DE")]).await),
        "/provider/apply?step=check"
    );
    let check = page(&house, "/provider/apply", &hers).await;
    assert!(check.contains("Send my application"), "the last step opens by itself: {check}");
    let version = hidden(&check, "version");
    let sent = house.post("/provider/apply/send", Some(&hers), &form(&[("version", &version)])).await;
    assert_eq!(location(&sent), "/provider/apply?said=application-sent");
    assert!(page(&house, "/provider/apply", &hers).await.contains("Your application is with us"));

    let olivia = checker(&house).await;
    assert!(page(&house, "/admin", &olivia).await.contains("Applications"));
    let queue = page(&house, "/admin/providers", &olivia).await;
    assert!(queue.contains("One application waits"), "{queue}");
    let reference = queue.split("/admin/providers/AP-").nth(1).unwrap().split('"').next().unwrap();
    let address = format!("/admin/providers/AP-{reference}");
    let review = page(&house, &address, &olivia).await;
    assert!(review.contains("Mia's &lt;Leaks&gt;") && review.contains("L01X00T47"));
    let picture = review.split("/documents/").nth(1).unwrap().split('"').next().unwrap();
    let picture = format!("/documents/{picture}");
    let seen = get_as(&house, &picture, &olivia).await;
    assert_eq!(
        (seen.status(), &seen.headers()["cache-control"]),
        (StatusCode::OK, &"private, no-store".parse().unwrap())
    );
    assert!(bytes(seen).await.starts_with(&[0xff, 0xd8, 0xff]), "a JPEG");
    let other = signed_in(&house, &world.customer("Una").await).await;
    assert_eq!(get_as(&house, &picture, &other).await.status(), StatusCode::NOT_FOUND);
    assert!(location(&house.get(&picture).await).starts_with("/login"));

    let asked =
        house.post(&format!("{address}/ask"), Some(&olivia), &form(&[("version", "1"), ("question", "")])).await;
    assert_eq!(asked.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let stale = house.post(&format!("{address}/approve"), Some(&olivia), "version=1").await;
    assert_eq!(stale.status(), StatusCode::CONFLICT);
    let version = hidden(&review, "version");
    let done = house.post(&format!("{address}/approve"), Some(&olivia), &form(&[("version", &version)])).await;
    assert_eq!(location(&done), "/admin/providers/mias-leaks?said=application-approved");
    let risen = get_as(&house, "/provider/apply", &hers).await;
    assert_eq!(location(&risen), "/provider");
    let (hers, old) = (cookie(&risen).expect("more rights, another id"), hers);
    assert!(location(&get_as(&house, "/provider/documents", &old).await).starts_with("/login"));
    assert!(page(&house, "/provider/documents", &hers).await.contains("Liability insurance"));
    assert_eq!(house.get("/providers/mias-leaks").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_suspended_business_says_that_it_is_not_available() {
    let house = house().await;
    let world = &house.world;
    let plumbing = world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let olivia = checker(&house).await;
    let address = format!("/admin/providers/{}", plumbing.slug);
    assert!(page(&house, &format!("{address}/suspend"), &olivia).await.contains("Bookings that stay"));
    let empty = house.post(&format!("{address}/suspend"), Some(&olivia), "reason=").await;
    assert_eq!(empty.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let reason = form(&[("reason", "Three visits were missed.")]);
    let done = house.post(&format!("{address}/suspend"), Some(&olivia), &reason).await;
    assert_eq!(location(&done), format!("{address}?said=business-suspended"));
    let shown = text(house.get(&format!("/providers/{}", plumbing.slug)).await).await;
    assert!(shown.contains("not available at the moment") && !shown.contains("Three visits"), "{shown}");
    let service = text(house.get(&format!("/services/{}", leak.slug)).await).await;
    assert!(service.contains("taking a break"), "{service}");
    assert!(!text(house.get("/services").await).await.contains("Fix a leak"));
    assert!(!text(house.get("/sitemap.xml").await).await.contains(&leak.slug));
    let owner = signed_in(&house, &plumbing.owner.user).await;
    assert!(page(&house, "/provider/documents", &owner).await.contains("Three visits were missed."));
    assert!(page(&house, "/admin/providers?show=hidden", &olivia).await.contains("Berlin Plumbing"));
    assert_eq!(
        location(&house.post(&format!("{address}/restore"), Some(&olivia), "").await),
        format!("{address}?said=business-restored")
    );
    assert!(text(house.get("/services").await).await.contains("Fix a leak"));
    let twice = house.post(&format!("{address}/restore"), Some(&olivia), "").await;
    assert_eq!(twice.status(), StatusCode::CONFLICT);
}
