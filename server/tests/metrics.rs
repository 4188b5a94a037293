//! `/metrics`: figures for whoever has the token, nothing for others, and nothing about people.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use house::{House, house_with, settings, text};

const TOKEN: &str = "a-token-that-nobody-guesses";

async fn with_token() -> House {
    let mut settings = settings();
    settings.metrics_token = Some(TOKEN.into());
    let house = house_with(settings, Vec::new()).await;
    // Gives the application its rights to the queue, as every start does.
    server::database::migrate(&house.world.url().parse().unwrap()).await.unwrap();
    house
}

async fn ask(house: &House, shown: Option<&str>) -> (StatusCode, String) {
    let mut request = Request::get("/metrics");
    if let Some(shown) = shown {
        request = request.header("authorization", shown);
    }
    let response = house.ask(request.body(Body::empty()).unwrap()).await;
    (response.status(), text(response).await)
}

#[tokio::test]
async fn only_the_token_opens_it() {
    let house = with_token().await;
    let near = format!("Bearer {TOKEN}x");
    for wrong in [None, Some(""), Some("Bearer "), Some(TOKEN), Some("Basic YTpi"), Some(near.as_str())] {
        let (status, page) = ask(&house, wrong).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{wrong:?}");
        assert!(!page.contains("servicehub_"), "{wrong:?}");
    }
    assert_eq!(ask(&house, Some(&format!("Bearer {TOKEN}"))).await.0, StatusCode::OK);
    // Without a token in the settings no token is right, not even none.
    let closed = house::house().await;
    for wrong in [None, Some("Bearer "), Some("Bearer")] {
        assert_eq!(ask(&closed, wrong).await.0, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn it_counts_by_route_and_says_nothing_about_people() {
    let house = with_token().await;
    for path in ["/services?q=ana%40example.org", "/services/s3cret-slug", "/password/reset/s3cret", "/nowhere/s3cret"]
    {
        house.get(path).await;
    }
    house.post("/login", None, "email=ana%40example.org&password=s3cret").await;
    let strange = Request::builder().method("S3CRET").uri("/login").body(Body::empty()).unwrap();
    house.ask(strange).await;
    let (_, figures) = ask(&house, Some(&format!("Bearer {TOKEN}"))).await;
    let value = |series: &str| -> f64 {
        let line =
            figures.lines().find(|line| line.starts_with(series)).unwrap_or_else(|| panic!("no {series} in {figures}"));
        line.rsplit(' ').next().unwrap().parse().unwrap()
    };
    assert_eq!(value(r#"servicehub_http_requests_total{method="GET",route="/services",status="200"}"#), 1.0);
    assert_eq!(value(r#"servicehub_http_requests_total{method="GET",route="/services/{slug}",status="404"}"#), 1.0);
    assert_eq!(value(r#"servicehub_http_requests_total{method="POST",route="/login",status="422"}"#), 1.0);
    assert_eq!(value(r#"servicehub_http_requests_total{method="GET",route="-",status="404"}"#), 1.0);
    assert_eq!(value(r#"servicehub_http_request_seconds_count{method="GET",route="/services"}"#), 1.0);
    assert_eq!(value("servicehub_database_up"), 1.0);
    assert!(value("servicehub_pool_connections") >= 1.0);
    assert!(value("servicehub_process_resident_memory_bytes") > 1e6);
    for waiting in ["jobs_waiting", "jobs_oldest_seconds", "outbox_waiting", "outbox_oldest_seconds"] {
        assert!(value(&format!("servicehub_{waiting}")) >= 0.0);
    }
    assert!(figures.ends_with("# EOF\n"));
    for secret in ["s3cret", "S3CRET", "ana", "127.0.0.1", TOKEN] {
        assert!(!figures.contains(secret), "{secret} in {figures}");
    }
}

#[tokio::test]
async fn it_is_kept_by_nobody() {
    let house = with_token().await;
    let request =
        Request::get("/metrics").header("authorization", format!("Bearer {TOKEN}")).body(Body::empty()).unwrap();
    let response = house.ask(request).await;
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert!(response.headers()["content-type"].to_str().unwrap().starts_with("application/openmetrics-text"));
}
