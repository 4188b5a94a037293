//! The forms of booking, through the whole router: nothing that was typed or picked is lost on the way.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::testing::PASSWORD;
use house::{House, cookie, house, text};

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

async fn get(house: &House, path: &str, cookie: &str) -> (StatusCode, String) {
    let answer = house.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await;
    (answer.status(), text(answer).await)
}

const KEY: &str = "0199a000-0000-7000-8000-000000000001";

fn wish(start: &str, street: &str) -> String {
    form(&[
        ("start", start),
        ("street", street),
        ("postal_code", "10119"),
        ("city", "Berlin"),
        ("note", "The bell is <broken>."),
        ("key", KEY),
    ])
}

#[tokio::test]
async fn what_was_typed_before_logging_in_is_there_afterwards() {
    let house = house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = house.world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let ana = house.world.customer("Ana").await;
    let door = format!("/services/{}/book", leak.slug);
    // The session ended while the form was open.
    let answer = house.post(&door, None, &wish("2026-11-03T09:00:00Z", "Linienstraße 1")).await;
    let (before, login) = (cookie(&answer).unwrap(), answer.headers()["location"].to_str().unwrap().to_owned());
    assert!(login.starts_with("/login?next="), "{login}");
    assert!(!login.contains("Linien"), "addresses of pages are kept in many places: {login}");

    let query = login.split_once('?').unwrap().1;
    let next = form_urlencoded::parse(query.as_bytes()).next().unwrap().1.into_owned();
    let fields = form(&[("email", &ana.email), ("password", PASSWORD), ("next", &next)]);
    let answer = house.post("/login", Some(&before), &fields).await;
    let (after, back) = (cookie(&answer).unwrap(), answer.headers()["location"].to_str().unwrap().to_owned());
    let (status, page) = get(&house, &back, &after).await;
    assert_eq!(status, StatusCode::OK);
    for typed in ["value=\"Linienstraße 1\"", "value=\"10119\"", "value=\"Berlin\"", "The bell is &lt;broken"] {
        assert!(page.contains(typed), "{typed} is lost: {page}");
    }
    // Another service asks anew, and so does this one once the time is held.
    let other = house.world.service(&plumbing, |service| service.called("Fit a tap")).await;
    let details = format!("/services/{}/book?start=2026-11-04T09:00:00Z&next=details", other.slug);
    assert!(!get(&house, &details, &after).await.1.contains("Linienstraße"));
    let held = house.post(&door, Some(&after), &wish("2026-11-03T09:00:00Z", "Linienstraße 1")).await;
    assert_eq!(held.status(), StatusCode::SEE_OTHER);
    let later = format!("{door}?start=2026-11-04T09:00:00Z&next=details");
    assert!(!get(&house, &later, &after).await.1.contains("Linienstraße"));
}

#[tokio::test]
async fn another_choice_is_shown_without_going_on() {
    let house = house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = house.world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let ana = house.world.customer("Ana").await;
    let login = house.post("/login", None, &form(&[("email", &ana.email), ("password", PASSWORD)])).await;
    let hers = cookie(&login).unwrap();
    let door = format!("/services/{}/book?start=2026-11-03T09:00:00Z", leak.slug);
    let (status, page) = get(&house, &door, &hers).await;
    assert!(status == StatusCode::OK && page.contains("A few details"), "a picked time leads on: {page}");
    for choosing in [format!("{door}&show=choice"), format!("/services/{}/book?show=choice", leak.slug)] {
        let (status, page) = get(&house, &choosing, &hers).await;
        assert!(status == StatusCode::OK && page.contains("Choose a time"), "{choosing}: {page}");
        assert!(page.contains("formnovalidate"), "no time has to be picked for it");
    }
}

#[tokio::test]
async fn who_looks_too_far_ahead_is_told_and_nothing_goes_on_without_a_time() {
    let house = house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = house.world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let door = format!("/services/{}/book", leak.slug);
    let near = text(house.get(&door).await).await;
    assert!(near.contains("Continue with this time") && !near.contains("further ahead"), "{near}");
    let far = text(house.get(&format!("{door}?from=9999-12-31")).await).await;
    assert!(far.contains("That is further ahead than one can book"), "{far}");
    assert!(far.contains("Fix a leak can be booked up to ") && far.contains("Next free: "), "{far}");
    sqlx::query("DELETE FROM member_hours").execute(house.world.owner()).await.unwrap();
    let nothing = text(house.get(&door).await).await;
    assert!(nothing.contains("Nothing is free from here on"), "{nothing}");
    assert!(!nothing.contains("Continue with this time"), "no button that cannot work");
}

#[tokio::test]
async fn a_time_one_holds_is_not_taken_for_oneself() {
    let house = house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let leak = house.world.service(&plumbing, |service| service.called("Fix a leak")).await;
    let ana = house.world.customer("Ana").await;
    let login = house.post("/login", None, &form(&[("email", &ana.email), ("password", PASSWORD)])).await;
    let hers = cookie(&login).unwrap();
    let door = format!("/services/{}/book", leak.slug);
    let start = "2026-11-03T09:00:00Z";
    assert_eq!(house.post(&door, Some(&hers), &wish(start, "Linienstraße 1")).await.status(), StatusCode::SEE_OTHER);
    // Back to the details and a corrected street: told once, then booked under the new key of the page.
    let (status, page) = get(&house, &format!("{door}?start={start}&next=details"), &hers).await;
    assert!(status == StatusCode::OK && page.contains("A few details"), "{page}");
    let told = house.post(&door, Some(&hers), &wish(start, "Linienstraße 11")).await;
    assert_eq!(told.status(), StatusCode::CONFLICT);
    let page = text(told).await;
    assert!(page.contains("already made booking") && page.contains("Linienstraße 11"), "{page}");
    let key = page.split("name=\"key\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert_ne!(key, KEY);
    let corrected = wish(start, "Linienstraße 11").replace(KEY, key);
    assert_eq!(house.post(&door, Some(&hers), &corrected).await.status(), StatusCode::SEE_OTHER);
}
