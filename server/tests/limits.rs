//! Rate limits: exact under concurrency, over two processes' pools, and free for reading.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use axum::routing::{get, post};
use domain::kernel::Context;
use domain::testing::{PASSWORD, World};
use house::{House, house_with, settings, text};
use jiff::SignedDuration;
use server::security::address::Peer;
use server::security::limits::{ALLOWED, COSTLY, Limit, Limits, RULES, Refused, WINDOW};

const HUNDRED: Limit = Limit { name: "test", allowed: 40, window: SignedDuration::from_hours(1) };

/// The same world as another process sees it.
async fn second_process(world: &World) -> Context {
    let pool = server::database::pool(&world.url().parse().unwrap(), false, server::database::Use::Web, 8);
    Context { pool, ..world.ctx().clone() }
}

#[tokio::test(flavor = "multi_thread")]
async fn exact_over_two_processes() {
    let world = World::new().await;
    let other = second_process(&world).await;
    let doors = [Limits::new(world.ctx().clone(), true), Limits::new(other, true)];
    let attempts: Vec<_> = (0..100)
        .map(|number| {
            let door = doors[number % 2].clone();
            tokio::spawn(async move { door.take(&HUNDRED, "somebody", 1).await })
        })
        .collect();
    let mut passed = 0;
    for attempt in attempts {
        match attempt.await.unwrap() {
            Ok(()) => passed += 1,
            Err(Refused::RetryAfter(seconds)) => assert_eq!(seconds, 3600),
            Err(Refused::Away(error)) => panic!("{error}"),
        }
    }
    assert_eq!(passed, 40);
    assert!(doors[0].take(&HUNDRED, "somebody else", 1).await.is_ok());
}

#[tokio::test]
async fn the_window_ends_a_fixed_time_after_the_first_attempt() {
    let world = World::new().await;
    let limits = Limits::new(world.ctx().clone(), true);
    for _ in 0..40 {
        limits.take(&HUNDRED, "somebody", 1).await.unwrap();
    }
    world.advance(SignedDuration::from_mins(59));
    let refused = limits.take(&HUNDRED, "somebody", 1).await;
    assert!(matches!(refused, Err(Refused::RetryAfter(60))), "{refused:?}");
    world.advance(SignedDuration::from_mins(1));
    limits.take(&HUNDRED, "somebody", 1).await.unwrap();
    assert_eq!(limits.sweep().await.unwrap(), 0);
    world.advance(SignedDuration::from_hours(1));
    assert_eq!(limits.sweep().await.unwrap(), 1);
}

#[test]
fn every_rule_is_about_a_page_there_is() {
    let pages: Vec<_> = app::routes::site().into_iter().map(|(path, _)| path).collect();
    for rule in RULES {
        assert!(pages.contains(&rule.path), "no page at {}", rule.path);
    }
}

fn login(from: &str, email: &str) -> Request<Body> {
    let mut request = Request::post("/login")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        // Nobody believes strangers about their address.
        .header("x-forwarded-for", format!("198.51.100.{}", email.len()))
        .body(Body::from(format!("password=wrong-password&email={email}")))
        .unwrap();
    request.extensions_mut().insert(Peer(from.parse().unwrap()));
    request
}

/// Whether the limits refused it. A wrong password that came too early has the same status and other words.
async fn limited(house: &House, request: Request<Body>) -> bool {
    let response = house.ask(request).await;
    response.status() == StatusCode::TOO_MANY_REQUESTS && text(response).await.contains("too often in a short time")
}

#[tokio::test]
async fn guessing_a_password_ends_soon() {
    let house = house_with(settings(), Vec::new()).await;
    for _ in 0..10 {
        assert!(!limited(&house, login("203.0.113.1", "ana%40example.com")).await);
    }
    // However the name is written.
    let response = house.ask(login("203.0.113.1", "+ANA%40example.com")).await;
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(response.headers()["retry-after"], "900");
    assert!(text(response).await.contains("15 minutes"));
    // The person themself, elsewhere, is not locked out; nor are others here.
    assert!(!limited(&house, login("203.0.113.2", "ana%40example.com")).await);
    assert!(!limited(&house, login("203.0.113.1", "ben%40example.com")).await);
    house.world.advance(SignedDuration::from_mins(15));
    assert!(!limited(&house, login("203.0.113.1", "ana%40example.com")).await);
}

#[tokio::test]
async fn guessing_from_many_addresses_ends_too() {
    let house = house_with(settings(), Vec::new()).await;
    let mut refused = 0;
    for number in 0..120 {
        let from = format!("203.0.{}.{}", number / 200, number % 200 + 1);
        refused += u32::from(limited(&house, login(&from, "ana%40example.com")).await);
    }
    assert_eq!(refused, 20);
}

/// Ana's form with the password, from a browser with a cookie or without.
fn right(from: &str, cookie: Option<&str>) -> Request<Body> {
    let mut request = login(from, "");
    let pairs = [("email", "ana@example.org"), ("password", PASSWORD)];
    *request.body_mut() = Body::from(form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish());
    if let Some(cookie) = cookie {
        request.headers_mut().insert("cookie", cookie.parse().unwrap());
    }
    request
}

/// The cookie by which the browser is known from now on.
fn known_by(opened: &Response<Body>) -> String {
    let set = opened.headers().get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    set.filter_map(|set| set.split(';').next()).find(|pair| pair.contains("device=")).unwrap().to_owned()
}

/// The browser the owner has signed in with before goes on, whatever strangers try elsewhere or right beside it.
#[tokio::test]
async fn strangers_do_not_lock_the_owner_out_of_a_known_browser() {
    let house = house_with(settings(), Vec::new()).await;
    house.world.customer("Ana").await;
    let opened = house.ask(right("203.0.113.1", None)).await;
    assert_eq!(opened.status(), StatusCode::SEE_OTHER);
    let known = known_by(&opened);

    // From everywhere, and from the owner's own network.
    for number in 0..120 {
        limited(&house, login(&format!("198.51.100.{number}"), "ana%40example.org")).await;
        limited(&house, login("203.0.113.1", "ana%40example.org")).await;
    }
    assert!(limited(&house, login("198.51.100.200", "ana%40example.org")).await, "the account's share is used up");
    let planted = format!("__Host-device={}", "x".repeat(43));
    assert!(limited(&house, right("203.0.113.1", Some(&planted))).await, "a secret nobody was given knows nothing");
    let mut others = login("203.0.113.1", "ben%40example.org");
    others.headers_mut().insert("cookie", known.parse().unwrap());
    assert!(limited(&house, others).await, "it is known for one account, not for all");
    let opened = house.ask(right("203.0.113.1", Some(&known))).await;
    assert_eq!(opened.status(), StatusCode::SEE_OTHER, "and the owner goes on");

    // Its own share is bounded too.
    let known = known_by(&opened);
    let mut refused = 0;
    for _ in 0..40 {
        let mut wrong = login("203.0.113.1", "ana%40example.org");
        wrong.headers_mut().insert("cookie", known.parse().unwrap());
        refused += u32::from(limited(&house, wrong).await);
    }
    assert_eq!(refused, 10);
}

/// A form is counted as its page reads it, or not taken at all.
#[tokio::test]
async fn no_spelling_of_a_form_passes_by_the_limits() {
    let house = house_with(settings(), Vec::new()).await;
    for number in 0..10 {
        // What cannot be seen is left out by the page, so it is left out here: NUL and a space of width zero.
        let email = format!("a{}na%40example.com", "%00%E2%80%8B".repeat(number));
        assert!(!limited(&house, login("203.0.113.1", &email)).await, "{number}");
    }
    assert!(limited(&house, login("203.0.113.1", "%00ana%40example.com")).await);
    assert!(limited(&house, login("203.0.113.1", "%E2%80%AEana%40example.com%E3%85%A4")).await);
    // The first field of a name counts, for the page as well as here.
    assert!(limited(&house, login("203.0.113.1", "ana%40example.com&email=ben%40example.com")).await);

    for path in ["/login", "/password/forgot"] {
        for kind in ["multipart/form-data; boundary=x", "text/plain", "application/json"] {
            let body = "--x\r\ncontent-disposition: form-data; name=\"email\"\r\n\r\nana@example.com\r\n--x--\r\n";
            let mut request = Request::post(path)
                .header("sec-fetch-site", "same-origin")
                .header("content-type", kind)
                .body(Body::from(body))
                .unwrap();
            request.extensions_mut().insert(Peer("203.0.113.9".parse().unwrap()));
            assert_eq!(house.ask(request).await.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "{path} {kind}");
        }
    }
}

#[tokio::test]
async fn strangers_do_not_use_up_the_owners_resets() {
    let house = house_with(settings(), Vec::new()).await;
    house.world.customer("Ana").await;
    let known = known_by(&house.ask(right("203.0.113.1", None)).await);
    let ask = async |from: &str, cookie: Option<&str>| {
        let mut request = right(from, cookie);
        *request.uri_mut() = "/password/forgot".parse().unwrap();
        house.ask(request).await.status() == StatusCode::SEE_OTHER
    };
    let mut answered = 0;
    for _ in 0..8 {
        answered += u32::from(ask("198.51.100.1", None).await);
    }
    assert_eq!(answered, 5, "one stranger");
    assert!(ask("203.0.113.2", None).await, "the owner elsewhere has a share of their own");
    for number in 0..20 {
        ask(&format!("198.51.100.{}", 10 + number), None).await;
    }
    assert!(!ask("203.0.113.3", None).await, "all strangers together");
    let mut answered = 0;
    for _ in 0..8 {
        answered += u32::from(ask("203.0.113.1", Some(&known)).await);
    }
    assert_eq!(answered, 5, "the owner's own browser");
}

/// Whatever sends letters, checks secrets or makes files ends soon, for one person or from one place.
#[tokio::test]
async fn what_costs_us_or_others_something_is_bounded() {
    let house = house_with(settings(), Vec::new()).await;
    for (path, form, allowed) in [
        ("/account/security/email", "email=eve%40example.org", 5),
        ("/account/security/password", "", 30),
        ("/account/sessions", "", 60),
        ("/account/privacy", "", 10),
        ("/account/appeal", "", 30),
        ("/verify-email/nothing", "", 60),
        ("/invitation/nothing", "", 60),
        ("/admin/users/invitations", "", 60),
    ] {
        let mut passed = 0;
        while house.post(path, None, form).await.status() != StatusCode::TOO_MANY_REQUESTS {
            passed += 1;
            assert!(passed <= allowed, "{path}");
        }
        assert_eq!(passed, allowed, "{path}");
    }
    // A stranger's mailbox has one bound for everybody who asks, and each who asks one for all mailboxes.
    let mut passed = 0;
    for number in 0..12 {
        let asked = house.post("/account/security/email", None, &format!("email=person{number}%40example.org")).await;
        passed += u32::from(asked.status() != StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(passed, 4, "six of ten were used up before");
}

#[tokio::test]
async fn reading_everything_ends_too() {
    let ask = async |house: &House, from: &str, path: &str| {
        let mut request = Request::get(path).body(Body::empty()).unwrap();
        request.extensions_mut().insert(Peer(from.parse().unwrap()));
        house.ask(request).await
    };
    let house = house_with(settings(), Vec::new()).await;
    let nowhere = "/services/suggest";
    for _ in 0..ALLOWED {
        assert_eq!(ask(&house, "2001:db8::1", nowhere).await.status(), StatusCode::OK);
    }
    // A household has one share, whatever is read; other pages and other people go on.
    let refused = ask(&house, "2001:db8::2", "/services?q=leak").await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers()["retry-after"], "60");
    assert_eq!(ask(&house, "2001:db8::1", "/login").await.status(), StatusCode::OK);
    assert_eq!(ask(&house, "2001:db9::1", nowhere).await.status(), StatusCode::OK);
    house.world.advance(WINDOW);
    assert_eq!(ask(&house, "2001:db8::1", nowhere).await.status(), StatusCode::OK);
}

#[test]
fn every_costly_page_is_one_there_is() {
    let pages: Vec<_> = app::routes::site().into_iter().map(|(path, _)| path).collect();
    for path in COSTLY {
        assert!(pages.contains(&path), "no page at {path}");
    }
}

#[tokio::test]
async fn reading_costs_visitors_no_statement() {
    let pages = vec![("/test/read", get(|| async { "read" })), ("/test/write", post(|| async { "written" }))];
    let house = house_with(settings(), pages).await;
    let (_, said) = house.world.statements(house.get("/test/read")).await;
    assert!(said.is_empty(), "{said:?}");
    let (_, said) = house.world.statements(house.post("/test/write", None, "")).await;
    assert!(said.is_empty(), "{said:?}");
}
