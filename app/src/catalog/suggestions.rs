//! `/services/suggest`: what the search box offers while one types.

use crate::islands::search_box::Offer;
use crate::request::{Failure, PageRequest};
use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::catalog::search::{Offered, suggest};

/// At most eight offers as JSON.
pub async fn show(page: PageRequest) -> Result<Response, Failure> {
    let typed = page.param("q").unwrap_or_default();
    let offers: Vec<Offer> = suggest(page.ctx(), page.actor().user, &typed)
        .await?
        .into_iter()
        .map(|suggestion| Offer {
            href: match suggestion.offered {
                Offered::Category => format!("/categories/{}", suggestion.slug),
                Offered::Service => format!("/services/{}", suggestion.slug),
                Offered::Provider => format!("/providers/{}", suggestion.slug),
            },
            text: suggestion.text,
            note: match suggestion.offered {
                Offered::Category => "Category".to_owned(),
                Offered::Service | Offered::Provider => suggestion.note,
            },
        })
        .collect();
    // What is left out depends on who asks, and changes when somebody blocks.
    let kept = if page.actor().user.is_some() { "private, no-cache" } else { "private, max-age=60" };
    Ok(([(header::CACHE_CONTROL, kept), (header::VARY, "cookie")], Json(offers)).into_response())
}
