//! Whatever goes wrong becomes a page with its status, the request's id, and a process that lives.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use std::time::Duration;

use app::request::{Failed, Failure};
use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use domain::kernel::Error;
use house::{House, house_with, settings, text};

async fn failing() -> House {
    let mut settings = settings();
    settings.limits.timeout = Duration::from_millis(50);
    let pages = vec![
        (
            "/test/panics",
            get(|| async {
                if true {
                    panic!("a defect")
                }
            }),
        ),
        ("/test/never", get(std::future::pending::<()>)),
        ("/test/fine", get(|| async { "fine" })),
        ("/test/reads", post(|body: Bytes| async move { body.len().to_string() })),
        ("/test/private", get(|| async { Failure(Error::SignIn) })),
        ("/test/away", get(|| async { Failure(Error::Unavailable("the database".into())) })),
        ("/test/broken", get(|| async { Failure(Error::internal("secret detail")) })),
        ("/test/taken", get(|| async { (StatusCode::CONFLICT, axum::response::Html("<p>a page of its own</p>")) })),
        ("/test/outrun", get(|| async { Failure(Error::Outrun("Changed in another window.".into())) })),
        (
            "/test/words",
            get(|| async {
                let mut response = StatusCode::CONFLICT.into_response();
                response.extensions_mut().insert(Failed { words: Some("Just taken.".into()), ..Failed::default() });
                response
            }),
        ),
    ];
    house_with(settings, pages).await
}

async fn assert_page(house: &House, request: Request<Body>, status: StatusCode) -> String {
    let what = format!("{} {}", request.method(), request.uri());
    let response = house.ask(request).await;
    assert_eq!(response.status(), status, "{what}");
    let kind = response.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
    assert!(kind.as_deref().is_some_and(|kind| kind.starts_with("text/html")), "{what}: {kind:?}");
    assert_eq!(response.headers()["cache-control"], "no-store", "{what}");
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    let page = text(response).await;
    assert!(page.contains(&id), "{what}: no request id on the page");
    page
}

fn get_request(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn a_panic_is_a_page_and_the_process_lives() {
    let house = failing().await;
    let page = assert_page(&house, get_request("/test/panics"), StatusCode::INTERNAL_SERVER_ERROR).await;
    assert!(!page.contains("a defect"), "people see no internals");
    assert_eq!(house.get("/test/fine").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn every_failure_has_its_page() {
    let house = failing().await;
    assert_page(&house, get_request("/nowhere"), StatusCode::NOT_FOUND).await;
    assert_page(&house, get_request("/pictures/..%2flock"), StatusCode::NOT_FOUND).await;
    assert_page(&house, get_request("/test/reads"), StatusCode::METHOD_NOT_ALLOWED).await;
    assert_page(&house, get_request("/test/never"), StatusCode::SERVICE_UNAVAILABLE).await;
    assert_page(&house, get_request("/test/away"), StatusCode::SERVICE_UNAVAILABLE).await;
    let page = assert_page(&house, get_request("/test/broken"), StatusCode::INTERNAL_SERVER_ERROR).await;
    assert!(!page.contains("secret detail"));
    let page = assert_page(&house, get_request("/test/words"), StatusCode::CONFLICT).await;
    assert!(page.contains("Just taken.") && page.contains("That is not possible now"), "nobody was faster");
    let page = assert_page(&house, get_request("/test/outrun"), StatusCode::CONFLICT).await;
    assert!(page.contains("Changed in another window.") && page.contains("Someone was a moment faster"));
    let long = format!("/services?q={}", "a".repeat(9000));
    assert_page(&house, get_request(&long), StatusCode::URI_TOO_LONG).await;
}

#[tokio::test]
async fn a_page_of_its_own_is_kept() {
    let house = failing().await;
    let response = house.get("/test/taken").await;
    assert_eq!(response.status(), StatusCode::CONFLICT);
    assert_eq!(text(response).await, "<p>a page of its own</p>");
}

#[tokio::test]
async fn visitors_are_sent_to_the_login_and_back() {
    let house = failing().await;
    let response = house.get("/test/private?tab=2").await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()["location"], "/login?next=%2Ftest%2Fprivate%3Ftab%3D2");
}

/// NUL can stand in an address, and in no text of Postgres: it is left out of values, and names nothing.
#[tokio::test]
async fn nul_in_an_address_is_no_failure() {
    let house = house_with(settings(), Vec::new()).await;
    for (path, status) in [
        ("/dev/mail?q=a%00b", StatusCode::OK),
        ("/services?q=a%00b&category=c%00d", StatusCode::OK),
        ("/services/a%00b", StatusCode::NOT_FOUND),
        ("/services/a%00b/book", StatusCode::NOT_FOUND),
        ("/categories/%00", StatusCode::NOT_FOUND),
        ("/pictures/a%00b.webp", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(house.get(path).await.status(), status, "{path}");
    }
}

#[tokio::test]
async fn oversized_bodies_are_refused() {
    let house = failing().await;
    let post = |kind: &str, size: usize, announced: bool| {
        let request = Request::post("/test/reads").header("sec-fetch-site", "same-origin").header("content-type", kind);
        let bytes = vec![b'a'; size];
        let body = if announced {
            Body::from(bytes)
        } else {
            // Without a length, as chunked bodies come: the bound must count.
            Body::new(Chunks(bytes))
        };
        request.body(body).unwrap()
    };
    for announced in [true, false] {
        let form = "application/x-www-form-urlencoded";
        assert_eq!(house.ask(post(form, 1 << 20, announced)).await.status(), StatusCode::OK);
        assert_page(&house, post(form, (1 << 20) + 1, announced), StatusCode::PAYLOAD_TOO_LARGE).await;
        let upload = "Multipart/form-data; boundary=x";
        assert_eq!(house.ask(post(upload, 12 << 20, announced)).await.status(), StatusCode::OK);
        assert_page(&house, post(upload, (12 << 20) + 1, announced), StatusCode::PAYLOAD_TOO_LARGE).await;
    }
}

/// A body in pieces of 64 KiB.
struct Chunks(Vec<u8>);

impl Chunks {
    fn next(&mut self) -> Option<Bytes> {
        let rest = self.0.split_off(self.0.len().min(64 << 10));
        let piece = std::mem::replace(&mut self.0, rest);
        (!piece.is_empty()).then(|| piece.into())
    }
}

impl axum::body::HttpBody for Chunks {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Bytes>, Self::Error>>> {
        std::task::Poll::Ready(self.next().map(|piece| Ok(hyper::body::Frame::data(piece))))
    }
}

#[tokio::test]
async fn readiness_tells_a_database_that_is_away() {
    let house = failing().await;
    // Gives the application's role the rights on the job queue that readiness looks with.
    server::database::migrate(&house.world.url().parse().unwrap()).await.unwrap();
    assert_eq!(house.get("/healthz").await.status(), StatusCode::OK);
    let ready = house.get("/readyz").await;
    assert_eq!(ready.status(), StatusCode::OK, "{}", text(ready).await);
    house.world.ctx().pool.close().await;
    assert_eq!(house.get("/readyz").await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(house.get("/healthz").await.status(), StatusCode::OK);
}
