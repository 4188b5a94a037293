//! Lists of services: `/services` with its search, and `/categories/{slug}`.

mod address;
mod filters;
mod grid;
mod nothing;
mod page;
mod place;
mod words;

use crate::request::{Answer, PageRequest};
use address::Address;
pub(in crate::catalog) use address::address_of;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use domain::catalog::search::{Results, SearchQuery, search_for};
use domain::catalog::{categories, count_unmet};
use domain::kernel::Error;

/// `/services`: everything, narrowed by what the address says.
pub async fn show(page: PageRequest) -> Answer {
    let query = SearchQuery::read(pairs(&page).iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let results = search_for(page.ctx(), page.actor().user, &query).await?;
    count_unmet(page.ctx(), page.actor(), &query, &results).await?;
    let former = query.category.clone().filter(|_| results.category.is_none());
    let address = Address { path: "/services".to_owned(), query: understood(query, &results) };
    if let Some(former) = former
        && let Some(present) = categories::moved(page.ctx(), &former).await?
    {
        let to = address.with(|query| query.category = Some(present));
        return Ok((StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response());
    }
    Ok(page::render(&page, &address, results, StatusCode::OK))
}

/// `/categories/{slug}`: the same list for a branch of the catalogue.
pub async fn category(page: PageRequest, slug: Result<Path<String>, PathRejection>) -> Answer {
    let Ok(Path(slug)) = slug else {
        return Err(Error::NotFound.into());
    };
    let mut query = SearchQuery::read(pairs(&page).iter().map(|(name, value)| (name.as_str(), value.as_str())));
    query.category = Some(slug.clone());
    let results = search_for(page.ctx(), page.actor().user, &query).await?;
    count_unmet(page.ctx(), page.actor(), &query, &results).await?;
    if results.category.is_none() {
        let present = categories::moved(page.ctx(), &slug).await?.ok_or(Error::NotFound)?;
        let query = if page.query().is_empty() { String::new() } else { format!("?{}", page.query()) };
        let to = format!("/categories/{present}{query}");
        return Ok((StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response());
    }
    let address = Address { path: format!("/categories/{slug}"), query: understood(query, &results) };
    Ok(page::render(&page, &address, results, StatusCode::OK))
}

/// What was asked, without answers that the category does not know: as if they were not there. In a category that moved
/// they stay, for its new address.
fn understood(query: SearchQuery, results: &Results) -> SearchQuery {
    let mut query = query;
    if results.category.is_some() || query.category.is_none() {
        query.answers.retain(|(key, value)| {
            let field = results.fields.iter().find(|field| field.key == *key);
            field.is_some_and(|field| field.choices().iter().any(|(known, _)| known == value))
        });
    }
    query
}

fn pairs(page: &PageRequest) -> Vec<(String, String)> {
    form_urlencoded::parse(page.query().as_bytes()).into_owned().collect()
}
