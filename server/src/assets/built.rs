//! Style sheets, scripts, fonts: embedded in the program, read from the disk while developing.

use app::layout::AssetPaths;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::{FOREVER, known};

#[derive(RustEmbed)]
#[folder = "../site"]
#[exclude = ".gitkeep"]
struct Built;

const MANIFEST: &str = "manifest.json";
/// Fonts keep their names, so browsers ask for them again after a month.
const A_MONTH: HeaderValue = HeaderValue::from_static("public, max-age=2592000");
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// The addresses pages load their style sheet and scripts from.
pub fn paths() -> AssetPaths {
    let manifest = Built::get(MANIFEST).and_then(|file| serde_json::from_slice(&file.data).ok());
    manifest.unwrap_or_else(|| {
        tracing::warn!("the browser's part was not built: pages come without style");
        AssetPaths::default()
    })
}

/// Whether only the build puts anything at such a path, so that nobody reads a page there.
pub fn is_for_files(path: &str) -> bool {
    path.starts_with("/pkg/") || path.starts_with("/fonts/")
}

/// The built file at a path, or 404.
pub fn serve(method: &Method, path: &str, headers: &HeaderMap) -> Response {
    let name = path.trim_start_matches('/');
    let hidden = name == MANIFEST || name.ends_with(".br") || name.split('/').any(|part| part.starts_with('.'));
    if hidden || !matches!(*method, Method::GET | Method::HEAD) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Some(plain) = Built::get(name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let packed = if takes_brotli(headers) { Built::get(&format!("{name}.br")) } else { None };
    let tag = tag(&plain, packed.is_some());
    let mut response = if known(headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let encoded = packed.is_some();
        let mut response = Body::from(packed.unwrap_or(plain).data).into_response();
        if encoded {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        response
    };
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, content_type(name));
    answer.insert(header::CACHE_CONTROL, caching(name));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        answer.insert(header::ETAG, tag);
    }
    response
}

fn caching(name: &str) -> HeaderValue {
    match name.split('/').next() {
        Some("pkg") => FOREVER,
        Some("fonts") => A_MONTH,
        _ => AN_HOUR,
    }
}

fn content_type(name: &str) -> HeaderValue {
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let xml = kind.subtype() == "xml" || kind.suffix().is_some_and(|suffix| suffix == "xml");
    let text = xml || kind.type_() == "text" || kind.subtype() == "javascript" || kind.subtype() == "json";
    let words = if text { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    HeaderValue::try_from(words).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

fn tag(file: &EmbeddedFile, packed: bool) -> String {
    let hash = hex::encode(&file.metadata.sha256_hash()[..12]);
    if packed { format!("\"{hash}-br\"") } else { format!("\"{hash}\"") }
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        words.next() == Some("br") && words.next() != Some("q=0")
    })
}

#[cfg(test)]
mod tests {
    use super::content_type;

    #[test]
    fn texts_say_in_which_letters_they_are() {
        for (name, kind) in [
            ("icon.svg", "image/svg+xml; charset=utf-8"),
            ("pkg/app.css", "text/css; charset=utf-8"),
            ("pkg/app.js", "text/javascript; charset=utf-8"),
            ("site.webmanifest", "application/manifest+json"),
            ("fonts/text.woff2", "font/woff2"),
            ("pkg/app.wasm", "application/wasm"),
        ] {
            assert_eq!(content_type(name), kind, "{name}");
        }
    }
}
