//! Pictures from the data folder. Their names come from us and change with their content.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path as UrlPath, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::{FOREVER, known};

/// Where pictures lie.
#[derive(Clone, Debug)]
pub struct Pictures {
    folder: Arc<Path>,
}

impl Pictures {
    /// Pictures of a folder; it need not exist yet.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder: folder.into() }
    }
}

/// A picture of a known kind, or 404.
pub async fn serve(State(pictures): State<Pictures>, UrlPath(name): UrlPath<String>, headers: HeaderMap) -> Response {
    let Some(kind) = safe_kind(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = format!("\"{name}\"");
    if known(&headers, &tag) {
        return answer(StatusCode::NOT_MODIFIED, Body::empty(), kind, &tag);
    }
    match tokio::fs::read(pictures.folder.join(&name)).await {
        Ok(bytes) => answer(StatusCode::OK, Body::from(bytes), kind, &tag),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a picture cannot be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn answer(status: StatusCode, body: Body, kind: &'static str, tag: &str) -> Response {
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, FOREVER);
    // Should a picture ever be opened as a page, it can do nothing.
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// The kind of a picture with a safe name: small letters, digits and dashes, one dot, a known ending.
fn safe_kind(name: &str) -> Option<&'static str> {
    let (stem, ending) = name.split_once('.')?;
    let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    if stem.is_empty() || name.len() > 120 || !stem.chars().all(safe) {
        return None;
    }
    match ending {
        "webp" => Some("image/webp"),
        "jpg" => Some("image/jpeg"),
        "png" => Some("image/png"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::safe_kind;

    #[test]
    fn names_cannot_leave_the_folder() {
        assert_eq!(safe_kind("cleaning-1-800.webp"), Some("image/webp"));
        for name in [
            "",
            ".",
            "..",
            "../lock",
            "a/b.webp",
            "a\\b.webp",
            ".webp",
            "a.svg",
            "a.webp.html",
            "A.webp",
            "a%2f.webp",
            "lock",
        ] {
            assert_eq!(safe_kind(name), None, "{name}");
        }
    }
}
