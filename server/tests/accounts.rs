//! Registering, logging in and logging out, through the whole router.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use domain::accounts::demo;
use domain::testing::PASSWORD;
use house::{House, cookie, house, house_with, settings, text};
use server::settings::Environment;

const SECRET: &str = "tea at five o'clock";

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn registration(email: &str, more: &[(&str, &str)]) -> String {
    let mut fields = vec![
        ("first_name", "Ana"),
        ("last_name", "Lima"),
        ("email", email),
        ("intent", "customer"),
        ("password", SECRET),
        ("password_again", SECRET),
    ];
    fields.extend_from_slice(more);
    form(&fields)
}

fn credentials(email: &str, password: &str) -> String {
    form(&[("email", email), ("password", password)])
}

fn location(response: &Response<Body>) -> &str {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()["location"].to_str().unwrap()
}

async fn get_as(house: &House, path: &str, cookie: &str) -> Response<Body> {
    house.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
}

async fn signed_in(house: &House, email: &str, password: &str) -> String {
    let response = house.post("/login", None, &credentials(email, password)).await;
    assert_eq!(location(&response), "/login?said=signed%2Din");
    cookie(&response).unwrap()
}

#[tokio::test]
async fn from_registering_to_signed_in_and_out_again() {
    let house = house().await;
    let next = [("next", "/services?q=leak")];
    let registered = house.post("/register", None, &registration("Ana@Example.org", &next)).await;
    assert_eq!(location(&registered), "/login?said=registered&next=%2Fservices%3Fq%3Dleak");
    let before = cookie(&registered).unwrap();

    let page = text(get_as(&house, location(&registered), &before).await).await;
    assert!(page.contains("One more step") && page.contains("value=\"ana@example.org\""), "{page}");
    assert!(page.contains("name=\"next\" value=\"/services?q=leak\""), "{page}");

    let wish = form(&[("email", "ana@example.org"), ("password", SECRET), ("next", "/services?q=leak")]);
    let opened = house.post("/login", Some(&before), &wish).await;
    assert_eq!(location(&opened), "/services?q=leak");
    let session = cookie(&opened).unwrap();
    assert_ne!(session, before, "signing in changes the session's id");
    assert_eq!(get_as(&house, "/login", &before).await.status(), StatusCode::OK, "the id from before opens nothing");

    for door in ["/login", "/register"] {
        assert_eq!(location(&get_as(&house, door, &session).await), "/");
    }
    let door = get_as(&house, "/login?said=signed-in&next=//evil.example", &session).await;
    assert_eq!(location(&door), "/?said=signed%2Din");

    assert_eq!(get_as(&house, "/logout", &session).await.status(), StatusCode::METHOD_NOT_ALLOWED);
    let closed = house.post("/logout", Some(&session), "").await;
    assert_eq!(location(&closed), "/?said=signed-out");
    assert_eq!(closed.headers()["clear-site-data"], "\"cache\", \"storage\"", "and from the browser");
    assert_eq!(get_as(&house, "/login", &session).await.status(), StatusCode::OK, "the session is gone from the store");
}

#[tokio::test]
async fn registering_answers_alike_for_new_and_known_addresses() {
    let house = house().await;
    house.world.customer("Ana").await;
    let mut answers = Vec::new();
    for email in ["ana@example.org", "new@example.org"] {
        let response = house.post("/register", None, &registration(email, &[])).await;
        let session = cookie(&response).unwrap();
        let next = location(&response).to_owned();
        let names: Vec<String> = response.headers().keys().map(ToString::to_string).collect();
        let page = text(get_as(&house, &next, &session).await).await;
        answers.push((next, names, same(&page, email)));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn logging_in_answers_alike_for_unknown_addresses_and_wrong_passwords() {
    let house = house().await;
    house.world.customer("Ana").await;
    let mut answers = Vec::new();
    for email in ["ana@example.org", "new@example.org"] {
        let response = house.post("/login", None, &credentials(email, "not the password")).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(cookie(&response), None);
        answers.push(same(&text(response).await, email));
    }
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0].contains("do not belong together"));
    assert!(!answers[0].contains("not the password"), "a password is never shown");
}

/// A page without what differs from request to request.
fn same(page: &str, email: &str) -> String {
    let page = page.replace(email, "EMAIL");
    let nonces = page.split("nonce=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let nonce = nonces.map(str::to_owned).next().unwrap_or_default();
    if nonce.is_empty() { page } else { page.replace(&nonce, "NONCE") }
}

#[tokio::test]
async fn nobody_gives_themselves_a_role() {
    let house = house().await;
    let more =
        [("role", "superadmin"), ("roles", "admin"), ("is_admin", "true"), ("user_id", "1"), ("suspended_at", "")];
    location(&house.post("/register", None, &registration("ana@example.org", &more)).await);
    let roles: Vec<String> =
        sqlx::query_scalar("SELECT role FROM user_roles").fetch_all(house.world.owner()).await.unwrap();
    assert_eq!(roles, ["customer"]);

    let twice = format!("intent=superadmin&{}", registration("tom@example.org", &[]));
    assert_eq!(house.post("/register", None, &twice).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_wrong_form_comes_back_with_everything_but_passwords() {
    let house = house().await;
    let typed = form(&[
        ("first_name", "Ana"),
        ("last_name", ""),
        ("email", "ana@example"),
        ("phone", "\"><b>"),
        ("intent", "provider"),
        ("password", "short-one"),
        ("password_again", "another-one"),
        ("next", "/bookings"),
    ]);
    let response = house.post("/register", None, &typed).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(cookie(&response), None);
    let page = text(response).await;
    for kept in ["value=\"Ana\"", "value=\"ana@example\"", "value=\"/bookings\"", "href=\"/login?next=%2Fbookings\""] {
        assert!(page.contains(kept), "{kept} is missing: {page}");
    }
    for message in ["#f-last-name", "#f-email", "#f-phone", "#f-password"] {
        assert!(page.contains(&format!("href=\"{message}\"")), "{message} is missing in the summary");
    }
    assert_eq!(page.matches("aria-invalid=\"true\"").count(), 4);
    for secret in ["short-one", "another-one", "<b>"] {
        assert!(!page.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_suspended_person_reads_why_and_stays_outside() {
    let house = house().await;
    let ana = house.world.customer("Ana").await;
    let session = signed_in(&house, &ana.email, PASSWORD).await;
    sqlx::query("UPDATE users SET suspended_at = now(), suspended_reason = 'Three visits were not paid.'")
        .execute(house.world.owner())
        .await
        .unwrap();
    assert_eq!(
        get_as(&house, "/login", &session).await.status(),
        StatusCode::OK,
        "a session from before opens nothing"
    );
    let response = house.post("/login", None, &credentials(&ana.email, PASSWORD)).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    let answering = cookie(&response).unwrap();
    assert!(text(response).await.contains("Three visits were not paid."));
    let account = get_as(&house, "/account", &answering).await;
    assert!(location(&account).starts_with("/login"), "what lets them answer opens nothing");
}

#[tokio::test]
async fn people_who_work_for_a_provider_come_home_to_the_portal() {
    let house = house().await;
    let plumbing = house.world.provider("Berlin Plumbing", "Europe/Berlin").await;
    let session = signed_in(&house, &plumbing.owner.user.email, PASSWORD).await;
    assert_eq!(location(&get_as(&house, "/login?said=signed-in", &session).await), "/provider?said=signed%2Din");
}

#[tokio::test]
async fn demo_logins_are_shown_in_development_with_demo_data_only() {
    for (environment, loaded, shown) in [
        (Environment::Development, true, true),
        (Environment::Development, false, false),
        (Environment::Production, true, false),
    ] {
        let mut settings = settings();
        settings.environment = environment;
        let house = house_with(settings, Vec::new()).await;
        if loaded {
            location(&house.post("/register", None, &registration(demo::LOGINS[0].1, &[])).await);
        }
        let page = text(house.get("/login").await).await;
        assert_eq!(page.contains(demo::PASSWORD), shown, "{environment:?}, loaded {loaded}");
    }
}

#[tokio::test]
async fn the_pages_say_what_password_managers_need_to_know() {
    let house = house().await;
    let login = text(house.get("/login").await).await;
    for wanted in [
        "autocomplete=\"username\"",
        "autocomplete=\"current-password\"",
        "<title>Log in · ServiceHub</title>",
        "method=\"post\" action=\"/login\"",
    ] {
        assert!(login.contains(wanted), "{wanted}");
    }
    let register = text(house.get("/register?as=provider").await).await;
    for wanted in ["given-name", "family-name", "email", "tel", "new-password"] {
        assert!(register.contains(&format!("autocomplete=\"{wanted}\"")), "{wanted}");
    }
    assert!(!login.contains("maxlength=\"10\""));
}

#[tokio::test]
async fn a_browser_is_known_by_a_closed_cookie_that_is_new_each_time() {
    let house = house().await;
    house.world.customer("Ana").await;
    let wish = credentials("ana@example.org", PASSWORD);
    let mut seen: Vec<String> = Vec::new();
    for _ in 0..3 {
        let with = seen.last().cloned();
        let response = house.post("/login", with.as_deref(), &wish).await;
        let set = response.headers().get_all("set-cookie").iter().map(|set| set.to_str().unwrap());
        let set = set.filter(|set| set.contains("device=")).collect::<Vec<_>>().join("\n");
        assert!(set.starts_with("__Host-device=") && !set.contains('\n') && !set.contains("Domain"), "{set}");
        for part in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/;"] {
            assert!(set.contains(part), "{part} in {set}");
        }
        let pair = set.split(';').next().unwrap().to_owned();
        assert!(!seen.contains(&pair), "{pair} again");
        seen.push(pair);
    }
    let known: i64 =
        sqlx::query_scalar("SELECT count(*) FROM known_devices").fetch_one(house.world.owner()).await.unwrap();
    assert_eq!(known, 1, "one browser, by its latest secret");
}

#[tokio::test]
async fn other_devices_are_logged_out_with_the_password() {
    let house = house().await;
    house.world.customer("Ana").await;
    let (here, there) =
        (signed_in(&house, "ana@example.org", PASSWORD).await, signed_in(&house, "ana@example.org", PASSWORD).await);
    let page = text(get_as(&house, "/account/sessions", &here).await).await;
    assert!(page.contains("This device") && page.contains("All devices but this one"), "{page}");
    assert!(page.contains("from the network 127.0.0.0/24"), "{page}");
    let wrong = form(&[("which", "others"), ("password", "a guess")]);
    let refused = house.post("/account/sessions", Some(&here), &wrong).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(refused).await.contains("This is not your password."));
    assert_eq!(get_as(&house, "/account", &there).await.status(), StatusCode::OK);
    let right = form(&[("which", "others"), ("password", PASSWORD)]);
    let done = house.post("/account/sessions", Some(&here), &right).await;
    assert_eq!(location(&done), "/account/sessions?said=logged-out-others");
    assert_ne!(get_as(&house, "/account", &there).await.status(), StatusCode::OK);
    let page = text(get_as(&house, "/account/sessions", &here).await).await;
    assert!(!page.contains("All devices but this one"), "nothing is left to log out");
    let nothing = house.post("/account/sessions", Some(&here), "").await;
    assert_eq!(nothing.status(), StatusCode::UNPROCESSABLE_ENTITY);
}
