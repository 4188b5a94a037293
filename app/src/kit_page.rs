//! `/kit`: every part of the kit in every state, for the people who build pages.

use crate::layout::{Frame, Head};
use crate::request::{Answer, Failure, PageRequest};
use domain::kernel::Error;
use leptos::prelude::*;

/// The page body.
pub fn kit_page() -> impl IntoView {
    view! { <div class="page"><h1>"The kit"</h1></div> }
}

/// `GET /kit`, in development only.
///
/// # Errors
/// Not found when the marketplace is open to the public.
pub async fn show(page: PageRequest) -> Answer {
    if !page.site().development {
        return Err(Failure(Error::NotFound));
    }
    let head = Head { title: "The kit".to_owned(), robots_noindex: true, ..Head::default() };
    Ok(page.show(head, Frame::Public, kit_page()))
}
