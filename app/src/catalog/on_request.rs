//! A service whose price is named on request: its page and the address of its booking say so, and lead to the business.

use crate::layout::{Frame, Head};
use crate::request::PageRequest;
use crate::ui::{Breadcrumbs, ButtonKind, Card, Link, LinkButton, Price};
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalog::Bookable;
use leptos::prelude::*;

/// In place of the price and its times.
pub(super) fn card(provider: &str, slug: &str) -> impl IntoView + use<> {
    let href = format!("/providers/{slug}");
    let words = format!(
        "{provider} looks at what you need first and then names a price, so this cannot be booked directly. Their page says \
         what else they offer and how they work."
    );
    let act = format!("To {provider}");
    view! {
        <Card>
            <Price amount="Price on request" large=true/>
            <p>{words}</p>
            <LinkButton kind=ButtonKind::Primary full=true href=href>{act}</LinkButton>
        </Card>
    }
}

/// In place of the steps of a booking.
pub(crate) fn page(page: &PageRequest, service: &Bookable, status: StatusCode) -> Response {
    let here = format!("/services/{}", service.slug);
    let trail = vec![Link::new(service.priced.title.clone(), here.clone())];
    let head = Head {
        title: format!("{}: price on request", service.priced.title),
        canonical: Some(here.clone()),
        robots_noindex: true,
        ..Head::default()
    };
    let card = card(&service.provider_name, &service.provider_slug);
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=trail here="Book"/>
            <h1>"The price comes first"</h1>
            {card}
            <p class="row">
                <a href=here>"Back to the service"</a>
                <a href="/services">"Services that can be booked at once"</a>
            </p>
        </div>
    };
    page.show_with(status, head, Frame::Public, body)
}
