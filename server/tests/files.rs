//! Files: built ones compressed and cached for good, pictures by safe names only.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use crate::house;
use crate::process;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use house::{House, house_with, settings, text};
use process::Folder;

async fn ask(house: &House, path: &str, headers: &[(&str, &str)]) -> axum::http::Response<Body> {
    let start = Request::get(path);
    let request = headers.iter().fold(start, |request, (name, value)| request.header(*name, *value));
    house.ask(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn pictures_are_served_for_good_and_can_do_nothing() {
    let folder = Folder::new();
    let mut settings = settings();
    settings.data_dir = folder.data();
    let pictures = settings.files_dir().join("pictures");
    std::fs::create_dir_all(&pictures).unwrap();
    std::fs::write(pictures.join("hall-800.webp"), b"not really a picture").unwrap();
    std::fs::write(folder.data().join("secret.webp"), b"secret").unwrap();
    let house = house_with(settings, Vec::new()).await;

    let response = ask(&house, "/pictures/hall-800.webp", &[]).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "image/webp");
    assert_eq!(response.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert!(response.headers()["content-security-policy"].to_str().unwrap().contains("sandbox"));
    let tag = response.headers()["etag"].to_str().unwrap().to_owned();
    let again = ask(&house, "/pictures/hall-800.webp", &[("if-none-match", &tag)]).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);

    for outside in ["..%2f..%2fsecret.webp", "%2e%2e/secret.webp", "none-800.webp", "hall-800.svg"] {
        let response = ask(&house, &format!("/pictures/{outside}"), &[]).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{outside}");
    }
}

#[tokio::test]
async fn inner_files_are_not_served() {
    let house = house_with(settings(), Vec::new()).await;
    for hidden in
        ["/manifest.json", "/.gitkeep", "/pkg/../manifest.json", "/pkg/app.css.br", "//etc/passwd", "/%2fetc/passwd"]
    {
        let response = ask(&house, hidden, &[]).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{hidden}");
    }
}

#[tokio::test]
async fn built_files_come_compressed_and_stay_cached() {
    let built = server::assets::paths();
    if built.css.is_empty() {
        return; // the browser's part is not built here; `make test` builds it first
    }
    let house = house_with(settings(), Vec::new()).await;
    for path in [built.css, built.js, built.wasm, built.boot] {
        let plain = ask(&house, &path, &[]).await;
        assert_eq!(plain.status(), StatusCode::OK, "{path}");
        assert!(!plain.headers().contains_key("content-encoding"), "{path}");
        assert_eq!(plain.headers()["cache-control"], "public, max-age=31536000, immutable");
        let packed = ask(&house, &path, &[("accept-encoding", "gzip, br;q=0.9")]).await;
        assert_eq!(packed.headers()["content-encoding"], "br", "{path}");
        assert_eq!(packed.headers()["content-type"], plain.headers()["content-type"]);
        assert_ne!(packed.headers()["etag"], plain.headers()["etag"], "{path}");
        let tag = packed.headers()["etag"].to_str().unwrap().to_owned();
        let known = [("accept-encoding", "br"), ("if-none-match", tag.as_str())];
        assert_eq!(ask(&house, &path, &known).await.status(), StatusCode::NOT_MODIFIED);
    }
}

#[tokio::test]
async fn pages_are_compressed_while_they_are_sent() {
    let page = axum::routing::get(|| async { axum::response::Html("word ".repeat(1000)) });
    let house = house_with(settings(), vec![("/test/page", page)]).await;
    let packed = ask(&house, "/test/page", &[("accept-encoding", "br")]).await;
    assert_eq!(packed.headers()["content-encoding"], "br");
    assert!(text_length(packed).await < 200);
    let plain = ask(&house, "/test/page", &[]).await;
    assert_eq!(text(plain).await.len(), 5000);
    let head = Request::builder().method(Method::HEAD).uri("/test/page").body(Body::empty()).unwrap();
    assert_eq!(house.ask(head).await.status(), StatusCode::OK);
}

async fn text_length(response: axum::http::Response<Body>) -> usize {
    use http_body_util::BodyExt;
    response.into_body().collect().await.unwrap().to_bytes().len()
}
