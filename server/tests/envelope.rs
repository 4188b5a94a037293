//! The envelope around every route: nothing in the site map may be outside it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use std::collections::HashSet;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use axum::routing::{get, post};
use house::{House, OURS, house, house_with, settings};

/// All addresses of the process, with the parameters filled in.
fn addresses() -> Vec<String> {
    let pages = app::routes::site().into_iter().map(|(path, _)| path);
    let others = ["/healthz", "/readyz", "/metrics", "/pictures/{name}", "/pkg/app.css", "/nowhere"];
    pages.chain(others).map(fill).collect()
}

fn fill(path: &str) -> String {
    let filled = path.split('/').map(|part| match part.strip_prefix('{') {
        Some(name) if name.starts_with("id") => "018f0000-0000-7000-8000-000000000000",
        Some(_) => "x1",
        None => part,
    });
    filled.collect::<Vec<_>>().join("/")
}

fn request(method: &Method, path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let start = Request::builder().method(method).uri(path);
    headers.iter().fold(start, |request, (name, value)| request.header(*name, *value)).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn no_route_takes_a_write_from_elsewhere() {
    let house = house().await;
    let foreign: [&[(&str, &str)]; 9] = [
        &[],
        &[("origin", "null")],
        &[("origin", "https://evil.example")],
        &[("origin", "https://evil.hub.example")],
        &[("origin", "http://hub.example")],
        &[("origin", "https://hub.example.evil.example"), ("host", "hub.example")],
        &[("sec-fetch-site", "cross-site"), ("origin", OURS)],
        &[("sec-fetch-site", "same-site"), ("origin", "https://other.hub.example")],
        &[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")],
    ];
    let mut asked = 0;
    for path in addresses() {
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            // The one exception is a sealed word that says who and what by itself: `server/tests/favorites.rs`.
            if method == Method::POST && path.starts_with("/letters/stop/") {
                continue;
            }
            for headers in foreign {
                let response = house.ask(request(&method, &path, headers)).await;
                assert_eq!(response.status(), StatusCode::FORBIDDEN, "{method} {path} with {headers:?}");
                asked += 1;
            }
        }
        // A WebSocket begins as a GET, and its origin is checked all the same.
        let upgrade = [("upgrade", "websocket"), ("connection", "upgrade"), ("origin", "https://evil.example")];
        let response = house.ask(request(&Method::GET, &path, &upgrade)).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "upgrade of {path}");
    }
    assert!(asked > 100, "the site map was walked");
}

#[tokio::test]
async fn our_own_pages_may_write() {
    let house = house_with(settings(), vec![("/test/write", post(|| async { "written" }))]).await;
    let ours: [&[(&str, &str)]; 4] = [
        &[("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "none")],
        &[("origin", OURS)],
        // Nobody but a browser can say this; a stripped referrer makes the origin null.
        &[("sec-fetch-site", "same-origin"), ("origin", "null")],
    ];
    for headers in ours {
        let response = house.ask(request(&Method::POST, "/test/write", headers)).await;
        assert_eq!(response.status(), StatusCode::OK, "{headers:?}");
    }
    // In development the site is reached by several names; elsewhere it has one.
    let by_address = [("origin", "http://192.168.1.5:3000"), ("host", "192.168.1.5:3000")];
    let response = house.ask(request(&Method::POST, "/test/write", &by_address)).await;
    assert_eq!(response.status(), StatusCode::OK);
}

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let house = house().await;
    let mut nonces = HashSet::new();
    for path in addresses() {
        for method in [Method::GET, Method::HEAD, Method::OPTIONS, Method::POST] {
            let response = house.ask(request(&method, &path, &[])).await;
            let what = format!("{method} {path} ({})", response.status());
            let header = |name: &str| {
                response.headers().get(name).unwrap_or_else(|| panic!("{what}: no {name}")).to_str().unwrap().to_owned()
            };
            assert_eq!(header("x-content-type-options"), "nosniff", "{what}");
            assert_eq!(header("x-frame-options"), "DENY", "{what}");
            assert_eq!(header("referrer-policy"), "same-origin", "{what}");
            assert!(!header("cache-control").is_empty(), "{what}");
            assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{what}");
            assert_eq!(header("cross-origin-resource-policy"), "same-origin", "{what}");
            assert!(header("permissions-policy").contains("camera=()"), "{what}");
            assert!(header("strict-transport-security").starts_with("max-age=31536000"), "{what}");
            assert!(header("x-request-id").len() == 36, "{what}");
            let policy = header("content-security-policy");
            if policy.starts_with("default-src 'none'") {
                continue; // pictures bring a stricter one
            }
            for part in [
                "default-src 'self'",
                "frame-ancestors 'none'",
                "base-uri 'none'",
                "object-src 'none'",
                "form-action 'self'",
            ] {
                assert!(policy.contains(part), "{what}: {policy}");
            }
            assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{what}: {policy}");
            let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
            assert!(nonce.len() >= 22, "{what}: {nonce}");
            assert!(nonces.insert(nonce), "{what}: a nonce was used twice");
        }
    }
}

#[tokio::test]
async fn plain_http_does_not_ask_for_tls() {
    let mut settings = settings();
    settings.public_url = "http://localhost:3000".into();
    let house = house_with(settings, Vec::new()).await;
    let response = house.get("/healthz").await;
    assert!(!response.headers().contains_key("strict-transport-security"));
    assert!(!response.headers()["content-security-policy"].to_str().unwrap().contains("upgrade-insecure-requests"));
}

#[tokio::test]
async fn a_handler_cannot_weaken_the_envelope() {
    let weak = get(|| async { [("x-frame-options", "ALLOWALL"), ("x-content-type-options", "sniff")] });
    let house: House = house_with(settings(), vec![("/test/weak", weak)]).await;
    let response = house.get("/test/weak").await;
    assert_eq!(response.headers()["x-frame-options"], "DENY");
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn what_nobody_said_anything_about_is_kept_by_nobody() {
    let silent = get(|| async { "a calendar" });
    let public = get(|| async { ([("cache-control", "public, max-age=60")], "a list") });
    let careless = get(|| async { ([("cache-control", "private, no-cache")], "a link's page") });
    let pages = vec![("/test/silent", silent), ("/test/public", public), ("/test/link/{token}", careless)];
    let house: House = house_with(settings(), pages).await;
    let caching = async |path: &str| house.get(path).await.headers()["cache-control"].to_str().unwrap().to_owned();
    assert_eq!(caching("/test/silent").await, "no-store");
    assert_eq!(caching("/test/public").await, "public, max-age=60");
    assert_eq!(caching("/test/link/s3cret").await, "no-store", "its address is a secret");
    for path in ["/password/reset/s3cret", "/verify-email/s3cret", "/invitation/s3cret", "/nowhere"] {
        assert_eq!(caching(path).await, "no-store", "{path}");
    }
}
