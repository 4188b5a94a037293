//! `/services/{slug}`: a service with everything one wants to know before booking it.

use super::absence;
use super::blocking::reminder;
use super::cards::{card, free_words, in_days, portrait, soon};
use super::questions_part::questions_part;
use super::reviews_part::{ReviewsPart, reviews_part};
use super::surcharges_part::surcharges_part;
use super::{favorites, json_ld, on_request, service_parts as parts};
use crate::bookings::{TimesCard, times_card, words};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, moved_for_good};
use crate::ui::{
    Avatar, Breadcrumbs, Glyph, IconSize, Link, LinkButton, Notice, Price, Rating, ServiceCard, Tone, Verified,
};
use axum::extract::Path;
use domain::catalog::listing::renamed;
use domain::catalog::search::Hit;
use domain::catalog::{BookingMode, Kind, ReviewsAsked, Showcase, Shown, Status, showcase};
use domain::kernel::Error;
use jiff::Timestamp;
use leptos::prelude::*;

/// `GET /services/{slug}`. `?stars=5` narrows the reviews, `?after=` shows older ones. An address the service had before
/// its title was changed leads to the present one for good.
///
/// # Errors
/// Not found: there is no such service, or it is a draft.
pub async fn show(page: PageRequest, Path(slug): Path<String>) -> Answer {
    let asked = ReviewsAsked::read(page.param("stars").as_deref(), page.param("after").as_deref());
    let found = showcase(page.ctx(), page.actor().user, &slug, asked).await;
    if matches!(found, Err(Error::NotFound))
        && let Some(present) = renamed(page.ctx(), &slug).await?
    {
        return Ok(moved_for_good(&format!("/services/{present}")));
    }
    let Showcase { service, reviews, similar } = found?;
    let now = page.ctx().clock.now();
    let trail = trail(&service);
    let head = head(&page, &service, &trail);
    let said = reviews_part(
        ReviewsPart {
            path: format!("/services/{}", service.slug),
            asked,
            reviews,
            average: service.rating,
            count: service.reviews,
            names_service: false,
        },
        now,
    );
    // For who blocked the business it is as good as not on offer.
    let live = service.status == Status::Live && !service.blocked;
    let aside = live.then(|| {
        view! {
            <aside class="stack" aria-label="Price and times">
                {price_and_way(&service, now)}
                {parts::promises(&service)}
            </aside>
        }
    });
    let today = words::date(&service.zone, now);
    let away = service.away.as_ref().filter(|_| live).map(|away| absence::away(&service.provider.name, away, today));
    let layout = if live { "with-side show-body" } else { "show-body" };
    let bar = (live && service.priced.has_a_price()).then(|| bottom_bar(&service, now));
    let body = view! {
        <div class="page">
            <Breadcrumbs trail=trail here=service.priced.title.clone()/>
            {title(&service)}
            {(service.status == Status::Live).then(|| favorites::large(&page, &service.slug, service.kept))}
            {resting(service.status)}
            {service.blocked.then(|| reminder(&service.provider.name))}
            {away}
            {(!live).then(|| alike(&similar, now, "Like it, and free to book"))}
            <div class=layout>
                <div>
                    {parts::gallery(&service.pictures)}
                    {parts::facts(&service)}
                    {parts::story(&service)}
                    {parts::packages(&service)}
                    {parts::extras(&service.priced)}
                    {surcharges_part(&service.priced)}
                    {parts::team(&service)}
                    {questions_part(&service)}
                    {said}
                    {parts::policy(&service)}
                    {parts::behind(&service)}
                </div>
                {aside}
            </div>
            {live.then(|| alike(&similar, now, "More like this"))}
            {bar}
        </div>
    };
    Ok(page.show(head, Frame::Public, body))
}

fn head(page: &PageRequest, service: &Shown, trail: &[Link]) -> Head {
    let title = &service.priced.title;
    Head {
        title: format!("{title} by {}", service.provider.name),
        description: service.summary.clone(),
        canonical: Some(format!("/services/{}", service.slug)),
        image: service.pictures.first().map(|picture| format!("/pictures/{}-1200.jpg", picture.key)),
        json_ld: vec![json_ld::service(page, service), json_ld::breadcrumbs(page, trail, title)],
        robots_noindex: service.status == Status::Archived,
        ..Head::default()
    }
}

fn trail(service: &Shown) -> Vec<Link> {
    let category = |(slug, name): &(String, String)| Link::new(name.clone(), format!("/categories/{slug}"));
    let mut trail = vec![Link::new("All services", "/services"), category(&service.top_category)];
    if service.category != service.top_category {
        trail.push(category(&service.category));
    }
    trail
}

fn title(service: &Shown) -> impl IntoView + use<> {
    let provider = &service.provider;
    let verified = provider.verified_at.is_some().then(|| view! { <Verified/> });
    let rating = match service.rating {
        Some(average) => {
            view! { <a class="show-rating" href="#reviews"><Rating average=average count=service.reviews/></a> }
                .into_any()
        }
        None => view! { <Rating average=0.0 count=0/> }.into_any(),
    };
    view! {
        <header class="show-head">
            <h1>{service.priced.title.clone()}</h1>
            <p class="show-by">
                <a class="show-provider" href=format!("/providers/{}", provider.slug)>
                    <Avatar name=provider.name.clone() src=portrait(provider.picture.as_deref(), 96)/>
                    <span>{provider.name.clone()}</span>
                    {verified}
                </a>
                {rating}
                <span class="muted show-where">
                    <Glyph icon=parts::place_icon(service.place) size=IconSize::Small/>
                    {parts::where_words(service)}
                </span>
            </p>
        </header>
    }
}

/// Says kindly that it cannot be booked now.
fn resting(status: Status) -> Option<impl IntoView> {
    let (title, text) = match status {
        Status::Live | Status::Draft | Status::Review => return None,
        Status::Paused => ("This service is taking a break", "It cannot be booked at the moment. The ones below can."),
        Status::Archived => {
            ("This service is not offered any more", "Its reviews stay here. The ones below can be booked.")
        }
    };
    Some(view! { <div class="show-resting"><Notice tone=Tone::Info title=title><p>{text}</p></Notice></div> })
}

/// The price and the way to book it, or whom to ask for one.
fn price_and_way(service: &Shown, now: Timestamp) -> AnyView {
    if service.priced.has_a_price() {
        return times_card(times(service), now).into_any();
    }
    on_request::card(&service.provider.name, &service.provider.slug).into_any()
}

fn times(service: &Shown) -> TimesCard {
    TimesCard {
        slug: service.slug.clone(),
        price: service.priced.from_price(),
        unit: service.priced.pricing.per(&service.priced.unit.name),
        next_free: service.next_free.filter(|_| service.priced.kind == Kind::Visit),
        zone: service.zone.clone(),
        delivery_days: (service.priced.kind == Kind::Delivery).then(|| parts::quickest(&service.priced)),
        on_request: service.booking_mode == BookingMode::Request,
    }
}

/// On phones the price and the way to the times stay in reach.
fn bottom_bar(service: &Shown, now: Timestamp) -> impl IntoView + use<> {
    let (price, from) = service.priced.from_price();
    let first = match service.priced.kind {
        Kind::Visit => service.next_free.map(|at| free_words(&soon(&service.zone, at, now))),
        Kind::Delivery => Some(in_days(parts::quickest(&service.priced))),
    };
    let unit = service.priced.pricing.per(&service.priced.unit.name).unwrap_or_default();
    let href = format!("/services/{}/book", service.slug);
    let act = if service.priced.kind == Kind::Visit { "See free times" } else { "Choose and book" };
    view! {
        <div class="bottom-bar">
            <span class="bar-words">
                <Price amount=price.to_string() from=from unit=unit/>
                {first.map(|first| view! { <small>{first}</small> })}
            </span>
            <LinkButton href=href>{act}</LinkButton>
        </div>
    }
}

fn alike(similar: &[Hit], now: Timestamp, title: &'static str) -> Option<impl IntoView + use<>> {
    if similar.is_empty() {
        return None;
    }
    let cards: Vec<_> = similar.iter().map(|hit| view! { <ServiceCard card=card(hit, now)/> }).collect();
    Some(view! {
        <section class="show-alike" aria-label=title>
            <h2>{title}</h2>
            <div class="service-grid shelf">{cards}</div>
        </section>
    })
}
