//! `/verify/heads.json`: the signed heads as a file to keep.

use crate::request::{Answer, PageRequest};
use axum::http::header;
use axum::response::IntoResponse;
use domain::audit::heads_file;

/// `GET /verify/heads.json?after=2026-11-02`: all signed heads, oldest first, in parts when there are very many.
///
/// # Errors
/// The database is away.
pub async fn file(page: PageRequest) -> Answer {
    let after = page.param("after").and_then(|day| day.parse().ok());
    let json = heads_file(page.ctx(), after).await?.to_json()?;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=300")];
    Ok((headers, json).into_response())
}
