//! Proving a phone number, through the whole router, without scripts.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod house;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use domain::testing::PASSWORD;
use house::{House, cookie, house, text};
use jiff::SignedDuration;

const NUMBER: &str = "+4930901820";

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn location(response: &Response<Body>) -> &str {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()["location"].to_str().unwrap()
}

async fn signed_in(house: &House, name: &str) -> String {
    let person = house.world.customer(name).await;
    let login = form(&[("email", &person.email), ("password", PASSWORD)]);
    cookie(&house.post("/login", None, &login).await).unwrap()
}

async fn get(house: &House, path: &str, session: &str) -> Response<Body> {
    house.ask(Request::get(path).header("cookie", session).body(Body::empty()).unwrap()).await
}

async fn page(house: &House, path: &str, session: &str) -> String {
    let response = get(house, path, session).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    text(response).await
}

async fn save_number(house: &House, session: &str, number: &str) {
    let details = form(&[
        ("first_name", "Ana"),
        ("last_name", "Lima"),
        ("phone", number),
        ("zone", "Europe/Berlin"),
        ("locale", "en"),
    ]);
    assert_eq!(location(&house.post("/account", Some(session), &details).await), "/account?said=saved");
}

#[tokio::test]
async fn a_number_is_confirmed_on_its_page() {
    let house = house().await;
    let session = signed_in(&house, "Ana").await;
    assert!(page(&house, "/account/phone", &session).await.contains("No number yet"));
    assert!(!page(&house, "/account", &session).await.contains("href=\"/account/phone\""));
    save_number(&house, &session, "030 901820").await;
    assert!(page(&house, "/account/phone", &session).await.contains("Where in the world is this number?"));
    let refused = house.post("/account/phone", Some(&session), "").await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    assert!(text(refused).await.contains("Begin your number with + and the country"));

    save_number(&house, &session, NUMBER).await;
    let details = page(&house, "/account", &session).await;
    assert!(details.contains("href=\"/account/phone\"") && details.contains("Not confirmed yet"), "{details}");
    assert!(page(&house, "/account/phone", &session).await.contains("Send me a code"));
    let sent = house.post("/account/phone", Some(&session), "").await;
    assert_eq!(location(&sent), "/account/phone?said=code-sent");
    let asked = page(&house, "/account/phone?said=code-sent", &session).await;
    for wanted in ["A message is on its way", NUMBER, "autocomplete=\"one-time-code\"", "for 5 tries"] {
        assert!(asked.contains(wanted), "{wanted}: {asked}");
    }
    let sms = house.world.mail_to(NUMBER).await.pop().unwrap().text;
    let code = &sms["ServiceHub: ".len()..][..6];
    assert!(!asked.contains(code), "the page does not tell");
    let box_of_messages = page(&house, "/dev/mail", &session).await;
    assert!(box_of_messages.contains(code), "development shows the message: {box_of_messages}");

    let wrong = if code == "123456" { "654321" } else { "123456" };
    let refused = house.post("/account/phone/confirm", Some(&session), &form(&[("code", wrong)])).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let refused = text(refused).await;
    for wanted in ["4 tries are left", "href=\"#f-code\"", &format!("value=\"{wrong}\"")] {
        assert!(refused.contains(wanted), "{wanted}: {refused}");
    }
    let right = house.post("/account/phone/confirm", Some(&session), &form(&[("code", code)])).await;
    assert_eq!(location(&right), "/account?said=phone-confirmed");
    assert!(page(&house, "/account/phone", &session).await.contains("Another number has to be confirmed again"));
    let again = house.post("/account/phone", Some(&session), "").await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
}

#[tokio::test]
async fn too_many_codes_are_told_when_to_come_back() {
    let house = house().await;
    let session = signed_in(&house, "Ana").await;
    save_number(&house, &session, NUMBER).await;
    for _ in 0..3 {
        location(&house.post("/account/phone", Some(&session), "").await);
    }
    house.world.advance(SignedDuration::from_mins(20));
    let refused = house.post("/account/phone", Some(&session), "").await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers()["retry-after"], "2400");
    assert!(text(refused).await.contains("The next one can go in 40 minutes."));
    house.world.advance(SignedDuration::from_mins(40));
    location(&house.post("/account/phone", Some(&session), "").await);
}
