//! `/kit`: every part of the kit in every state, light beside dark, for the people who build pages.

mod acts;
mod fields;
mod identity;
mod records;
mod surfaces;

use crate::layout::{Frame, Head};
use crate::request::{Answer, Failure, PageRequest};
use crate::ui::Breadcrumbs;
use crate::ui::Link;
use domain::kernel::Error;
use leptos::prelude::*;

/// One part, shown light and dark. `make` gets a word that keeps ids and names of the two apart.
fn specimen(title: &'static str, make: fn(&'static str) -> AnyView) -> impl IntoView {
    pair(title, "kit-pair", make)
}

/// The same for parts that need the whole width: dark stands under light.
fn wide_specimen(title: &'static str, make: fn(&'static str) -> AnyView) -> impl IntoView {
    pair(title, "kit-pair kit-wide", make)
}

fn pair(title: &'static str, class: &'static str, make: fn(&'static str) -> AnyView) -> impl IntoView {
    view! {
        <section class="kit-part">
            <h2>{title}</h2>
            <div class=class>
                <div class="kit-side" data-theme="light">{make("light")}</div>
                <div class="kit-side" data-theme="dark">{make("dark")}</div>
            </div>
        </section>
    }
}

/// The page body.
pub fn kit_page() -> impl IntoView {
    view! {
        <div class="page-wide stack">
            <Breadcrumbs trail=vec![Link::new("Front page", "/")] here="The kit"/>
            <h1>"The kit"</h1>
            <p class="lead">"Every part pages are made of, in every state. Left as by day, right as by night."</p>
            {identity::parts()}
            {acts::parts()}
            {fields::parts()}
            {surfaces::parts()}
            {records::parts()}
        </div>
    }
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
