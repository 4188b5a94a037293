//! Proving a phone number and keeping API keys, through the whole router, without scripts.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use domain::accounts::api_keys::{authenticate, well_formed};
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

/// What is kept in a hidden field of a form.
fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name}: {page}"));
    rest.split('"').next().unwrap()
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
    for _ in 0..4 {
        house.post("/account/phone/confirm", Some(&session), &form(&[("code", wrong)])).await;
    }
    let dead = text(house.post("/account/phone/confirm", Some(&session), &form(&[("code", code)])).await).await;
    assert!(dead.contains("That code works no more") && dead.contains("Send me a code"), "{dead}");
    assert!(!dead.contains("#f-code"), "no way to a field that is not there");
    house.world.advance(SignedDuration::from_secs(1));
    location(&house.post("/account/phone", Some(&session), "").await);
    let sms = house.world.mail_to(NUMBER).await.pop().unwrap().text;
    let code = &sms["ServiceHub: ".len()..][..6];
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

/// The key on the page that shows it.
fn shown_key(page: &str) -> &str {
    let begin = page.find("sh_live_").unwrap_or_else(|| panic!("no key: {page}"));
    &page[begin..begin + 80]
}

#[tokio::test]
async fn a_key_is_made_shown_once_and_revoked() {
    let house = house().await;
    let session = signed_in(&house, "Ana").await;
    let empty = page(&house, "/account/api-keys", &session).await;
    assert!(empty.contains("No keys yet") && empty.contains("href=\"/account/api-keys/new\""));
    let asked = page(&house, "/account/api-keys/new", &session).await;
    assert_eq!(asked.matches("type=\"checkbox\"").count(), 5);
    let wish = |password: &str| {
        let key = hidden(&asked, "form_key");
        let fields = [
            ("form_key", key),
            ("name", "Van <b>"),
            ("scopes", "bookings:read"),
            ("scopes", "calendar:read"),
            ("lasts", "90"),
            ("password", password),
        ];
        form(&fields)
    };
    // A wrong password: everything but it is kept.
    let refused = house.post("/account/api-keys/new", Some(&session), &wish("a guess of mine")).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let refused = text(refused).await;
    assert!(refused.contains("href=\"#f-password\"") && !refused.contains("a guess of mine"));
    assert!(refused.contains("value=\"Van &lt;b&gt;\""), "{refused}");
    assert_eq!(refused.matches("checked").count(), 2, "{refused}");

    let made = house.post("/account/api-keys/new", Some(&session), &wish(PASSWORD)).await;
    assert_eq!(made.status(), StatusCode::OK);
    assert_eq!(made.headers()["cache-control"], "no-store");
    let shown = text(made).await;
    let key = shown_key(&shown);
    assert!(well_formed(key), "{key}");
    let visitor = house.world.visitor();
    let opens = async || authenticate(house.world.ctx(), key, visitor.address, visitor.request).await.is_ok();
    assert!(opens().await);
    // Sent again by a reload: no second key, and nothing shown.
    let again = house.post("/account/api-keys/new", Some(&session), &wish(PASSWORD)).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    assert!(!text(again).await.contains("sh_live_"));
    let list = page(&house, "/account/api-keys", &session).await;
    assert!(list.contains(&key[..16]) && !list.contains(&key[..20]), "{list}");
    assert!(list.contains("Van &lt;b&gt;") && list.contains("Read your calendar") && list.contains("works until"));

    // Revoking asks first; somebody else finds nothing.
    let path = list.split("href=\"").find_map(|rest| rest.split('"').next().filter(|to| to.ends_with("/revoke")));
    let path = path.unwrap().to_owned();
    let ben = signed_in(&house, "Ben").await;
    assert_eq!(get(&house, &path, &ben).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(house.post(&path, Some(&ben), "").await.status(), StatusCode::NOT_FOUND);
    assert!(page(&house, &path, &session).await.contains("shut out at once"));
    assert!(opens().await, "asking changes nothing");
    assert_eq!(location(&house.post(&path, Some(&session), "").await), "/account/api-keys?said=key-revoked");
    assert!(!opens().await);
    assert_eq!(house.post(&path, Some(&session), "").await.status(), StatusCode::NOT_FOUND, "once");
    assert!(page(&house, "/account/api-keys", &session).await.contains("Revoked"));
}

/// Pages come from browsers only: a key in a header opens none of them.
#[tokio::test]
async fn a_key_opens_no_page() {
    let house = house().await;
    let session = signed_in(&house, "Ana").await;
    let asked = page(&house, "/account/api-keys/new", &session).await;
    let wish = form(&[
        ("form_key", hidden(&asked, "form_key")),
        ("name", "Van"),
        ("scopes", "bookings:read"),
        ("lasts", "never"),
        ("password", PASSWORD),
    ]);
    let shown = text(house.post("/account/api-keys/new", Some(&session), &wish).await).await;
    let key = shown_key(&shown);
    for header in ["authorization", "x-api-key", "cookie"] {
        for value in [key.to_owned(), format!("Bearer {key}"), format!("session={key}")] {
            let request = Request::get("/bookings").header(header, value).body(Body::empty()).unwrap();
            assert!(location(&house.ask(request).await).starts_with("/login"), "{header}");
        }
    }
}
