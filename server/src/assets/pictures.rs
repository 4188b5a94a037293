//! Pictures: drawings from the data folder, and what people sent from the database. Their names come from us and change
//! with their content.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::request::Failure;
use axum::body::Body;
use axum::extract::{Path as UrlPath, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::kernel::{Context, Error};
use domain::pictures;

use super::{FOREVER, known};

/// Where pictures lie.
#[derive(Clone, Debug)]
pub struct Pictures {
    folder: Arc<Path>,
    ctx: Context,
}

impl Pictures {
    /// Pictures of a folder, which need not exist yet, and of a database.
    pub fn new(folder: PathBuf, ctx: Context) -> Self {
        Self { folder: folder.into(), ctx }
    }

    /// The file of a safe name. It lies in one of two places, and the name says in which.
    async fn read(&self, name: &str) -> Result<Vec<u8>, Error> {
        match pictures::print(&self.ctx, name).await {
            Err(Error::NotFound) => {}
            found => return found,
        }
        tokio::fs::read(self.folder.join(name)).await.map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Error::NotFound,
            _ => Error::internal(format!("a picture cannot be read: {error}")),
        })
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
    match pictures.read(&name).await {
        Ok(bytes) => answer(StatusCode::OK, Body::from(bytes), kind, &tag),
        Err(error) => Failure(error).into_response(),
    }
}

fn answer(status: StatusCode, body: Body, kind: &'static str, tag: &str) -> Response {
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, FOREVER);
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
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
