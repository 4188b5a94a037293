//! `/calendar/{secret}.ics`: what calendars elsewhere read. Whoever has the address gets in, so it is told to nobody: the
//! log writes routes, not paths.

use crate::request::{Answer, PageRequest};
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use domain::calendars::read_feed;
use domain::kernel::Error;

/// `GET /calendar/{file}`: a feed, or 304 when it is still the same.
///
/// # Errors
/// Not found.
pub async fn feed(page: PageRequest, Path(file): Path<String>, headers: HeaderMap) -> Answer {
    let secret = file.strip_suffix(".ics").unwrap_or_default();
    let calendar = read_feed(page.ctx(), secret).await?;
    let tag = format!("\"{}\"", calendar.version);
    let mut response =
        if knows(&headers, &tag) { StatusCode::NOT_MODIFIED.into_response() } else { calendar.text.into_response() };
    let told = response.headers_mut();
    told.insert(header::ETAG, HeaderValue::from_str(&tag).map_err(Error::internal)?);
    // One's own program may keep it, and asks each time: an address that was revoked shows nothing more.
    told.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    told.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    if response.status() == StatusCode::OK {
        let told = response.headers_mut();
        told.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
        told.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline; filename=\"servicehub.ics\""));
    }
    Ok(response)
}

/// Whether the asker has this version (RFC 9110, 13.1.2: compared weakly).
fn knows(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|list| list.split(',')).map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_lists_and_when_they_are_weak() {
        let asked =
            |value: &'static str| HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static(value))]);
        for known in ["\"a\"", "W/\"a\"", "\"b\", W/\"a\"", "*"] {
            assert!(knows(&asked(known), "\"a\""), "{known}");
        }
        assert!(!knows(&asked("\"b\""), "\"a\"") && !knows(&HeaderMap::new(), "\"a\""));
    }
}
