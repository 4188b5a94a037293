//! Passkeys through the whole router: who may ask, what a session is worth afterwards, and what pages say.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use domain::kernel::Role;
use domain::testing::{Authenticator, PASSWORD, User};
use house::{House, cookie, house, text};
use serde_json::Value;

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn to(answer: &Response<Body>) -> &str {
    answer.headers().get(header::LOCATION).map(|to| to.to_str().unwrap()).unwrap_or_default()
}

fn device(house: &House) -> Authenticator {
    Authenticator::at(&house.world.ctx().public_url)
}

async fn page(house: &House, path: &str, session: &str) -> Response<Body> {
    house.ask(Request::get(path).header(header::COOKIE, session).body(Body::empty()).unwrap()).await
}

async fn by_password(house: &House, user: &User) -> (String, Response<Body>) {
    let answer = house.post("/login", None, &form(&[("email", &user.email), ("password", PASSWORD)])).await;
    (cookie(&answer).unwrap(), answer)
}

/// Adds a passkey as the pages do; the cookie from then on, and the last answer.
async fn add(house: &House, session: &str, device: &mut Authenticator) -> (String, Response<Body>) {
    let body = form(&[("name", "Laptop"), ("password", PASSWORD)]);
    let asked = house.post("/account/security/passkeys/new", Some(session), &body).await;
    assert_eq!(asked.status(), StatusCode::OK);
    let html = text(asked).await;
    let options = html.split("data-options=\"").nth(1).unwrap().split('"').next().unwrap().replace("&quot;", "\"");
    let options: Value = serde_json::from_str(&options).unwrap();
    let body = form(&[("credential", &device.create(&options))]);
    let answer = house.post("/account/security/passkeys", Some(session), &body).await;
    (cookie(&answer).unwrap(), answer)
}

/// Asks a question at one of the doors; the cookie from then on, and the question.
async fn question(house: &House, path: &str, session: Option<&str>) -> (String, Value) {
    let answer = house.post(&format!("{path}/options"), session, "").await;
    assert_eq!(answer.status(), StatusCode::OK);
    let cookie = cookie(&answer).or(session.map(str::to_owned)).unwrap();
    (cookie, serde_json::from_str(&text(answer).await).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_works_with_a_passkey() {
    let house = house().await;
    let boss = house.world.operator("Boss", Role::Superadmin).await;
    let (session, _) = by_password(&house, &boss).await;
    assert_eq!(page(&house, "/admin", &session).await.status(), StatusCode::SEE_OTHER, "roles sleep");
    let mut laptop = device(&house);
    let (session, added) = add(&house, &session, &mut laptop).await;
    assert_eq!(added.status(), StatusCode::OK);
    let said = text(added).await;
    assert!(said.contains("Your recovery codes") && said.matches("<code>").count() == 10);
    assert_eq!(page(&house, "/admin", &session).await.status(), StatusCode::OK, "it was shown just now");
    let listed = text(page(&house, "/account/security", &session).await).await;
    assert!(listed.contains("Laptop") && listed.contains("On, by passkey"));

    // Alone it is both steps.
    let (session, options) = question(&house, "/login/passkey", None).await;
    let body = form(&[("credential", &laptop.get(&options)), ("next", "/admin/users")]);
    let opened = house.post("/login/passkey", Some(&session), &body).await;
    assert_eq!((opened.status(), to(&opened)), (StatusCode::SEE_OTHER, "/admin/users"));
    let fresh = cookie(&opened).unwrap();
    assert_ne!(fresh, session, "the session changes its id");
    assert!(opened.headers().get_all(header::SET_COOKIE).iter().any(|set| set.to_str().unwrap().contains("device=")));
    assert_eq!(page(&house, "/admin", &fresh).await.status(), StatusCode::OK);

    // After the password it is the second.
    let (session, half) = by_password(&house, &boss).await;
    assert!(to(&half).starts_with("/login/two-factor"));
    let shown = text(page(&house, "/login/two-factor", &session).await).await;
    assert!(shown.contains("Use a passkey") && shown.contains("recovery code"));
    let (session, options) = question(&house, "/login/two-factor/passkey", Some(&session)).await;
    let answer = form(&[("credential", &laptop.get(&options))]);
    let opened = house.post("/login/two-factor/passkey", Some(&session), &answer).await;
    assert_eq!(opened.status(), StatusCode::SEE_OTHER);
    assert_eq!(page(&house, "/admin", &cookie(&opened).unwrap()).await.status(), StatusCode::OK);
    // The half-way session is no more.
    let again = house.post("/login/two-factor/passkey", Some(&session), &answer).await;
    assert!(to(&again).starts_with("/login"));
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_belong_to_one_browser_and_to_our_pages() {
    let house = house().await;
    let ana = house.world.customer("Ana").await;
    let mut laptop = device(&house);
    let (session, _) = by_password(&house, &ana).await;
    add(&house, &session, &mut laptop).await;

    let elsewhere = Request::post("/login/passkey/options").header("sec-fetch-site", "cross-site");
    let elsewhere = house.ask(elsewhere.body(Body::empty()).unwrap()).await;
    assert_eq!(elsewhere.status(), StatusCode::FORBIDDEN);
    let nobody = house.post("/login/two-factor/passkey/options", None, "").await;
    assert!(to(&nobody).starts_with("/login") || nobody.status() == StatusCode::UNAUTHORIZED);

    let (one, options) = question(&house, "/login/passkey", None).await;
    let (other, _) = question(&house, "/login/passkey", None).await;
    let body = form(&[("credential", &laptop.get(&options)), ("next", "/bookings")]);
    for session in [Some(&*other), None] {
        let refused = house.post("/login/passkey", session, &body).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "another browser's question");
        let said = text(refused).await;
        assert!(said.contains("That passkey does not open an account here"));
        assert!(said.contains("value=\"/bookings\""), "the way on is kept");
    }
    let opened = house.post("/login/passkey", Some(&one), &body).await;
    assert_eq!((opened.status(), to(&opened)), (StatusCode::SEE_OTHER, "/bookings"));
    let again = house.post("/login/passkey", Some(&one), &body).await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY, "answered before");
}

#[tokio::test(flavor = "multi_thread")]
async fn owners_rename_and_remove_theirs() {
    let house = house().await;
    let (ana, ben) = (house.world.customer("Ana").await, house.world.customer("Ben").await);
    let (session, _) = by_password(&house, &ana).await;
    let wrong = form(&[("name", "Laptop"), ("password", "a guess")]);
    let refused = house.post("/account/security/passkeys/new", Some(&session), &wrong).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let said = text(refused).await;
    assert!(said.contains("This is not your password") && said.contains("value=\"Laptop\""));
    let garbage = house.post("/account/security/passkeys", Some(&session), &form(&[("credential", "{}")])).await;
    assert_eq!(garbage.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let (session, _) = add(&house, &session, &mut device(&house)).await;
    let listed = text(page(&house, "/account/security", &session).await).await;
    let here = listed.split("href=\"/account/security/passkeys/").nth(1).unwrap().split('"').next().unwrap();
    let here = format!("/account/security/passkeys/{here}");
    let (his, _) = by_password(&house, &ben).await;
    for path in [here.clone(), format!("{here}/remove")] {
        assert_eq!(page(&house, &path, &his).await.status(), StatusCode::NOT_FOUND);
        let body = form(&[("name", "Mine"), ("password", PASSWORD)]);
        assert_eq!(house.post(&path, Some(&his), &body).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(page(&house, &path, &session).await.status(), StatusCode::OK);
    }
    let renamed = house.post(&here, Some(&session), &form(&[("name", "<b>Phone</b>")])).await;
    assert_eq!(to(&renamed), "/account/security?said=passkey-renamed");
    let listed = text(page(&house, "/account/security", &session).await).await;
    assert!(listed.contains("&lt;b&gt;Phone") && !listed.contains("<b>Phone"));
    let refused = house.post(&format!("{here}/remove"), Some(&session), &form(&[("password", "a guess")])).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let removed = house.post(&format!("{here}/remove"), Some(&session), &form(&[("password", PASSWORD)])).await;
    assert_eq!(to(&removed), "/account/security?said=passkey-removed");
    assert!(!text(page(&house, "/account/security", &session).await).await.contains("Phone"));
}
