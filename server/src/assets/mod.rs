//! Files: what was built into the program, and pictures from the data folder.

mod built;
mod pictures;

pub use built::{is_for_files, paths, serve as serve_built};
pub use pictures::{Pictures, serve as serve_picture};

use axum::http::{HeaderMap, HeaderValue, header};

/// For files whose name changes with their content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Whether the browser already has the version with this tag.
fn known(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| tags == "*" || tags.split(',').any(|given| given.trim().trim_start_matches("W/") == tag))
}
