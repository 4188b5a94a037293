//! `/providers/{slug}`: a business, its people, what it offers, and what customers say.

use super::absence;
use super::blocking::reminder;
use super::cards::{card, counted, paragraphs, portrait};
use super::json_ld;
use super::reviews_part::{ReviewsPart, reviews_part};
use crate::bookings::words;
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, moved_for_good};
use crate::ui::{
    Avatar, AvatarSize, Badge, Breadcrumbs, Glyph, Icon, IconSize, Link, Notice, Rating, ServiceCard, Tone, Verified,
};
use axum::extract::Path;
use domain::catalog::{Colleague, ProviderPage, Reviews, ReviewsAsked, provider_page, renamed_business};
use domain::kernel::{Error, Zone};
use jiff::Timestamp;
use leptos::prelude::*;

/// `GET /providers/{slug}`. `?stars=` and `?after=` are for the reviews. An address the business had under another name
/// leads to the present one for good.
///
/// # Errors
/// Not found: there is no such business.
pub async fn show(page: PageRequest, Path(slug): Path<String>) -> Answer {
    let asked = ReviewsAsked::read(page.param("stars").as_deref(), page.param("after").as_deref());
    let found = provider_page(page.ctx(), page.actor().user, &slug, asked).await;
    if matches!(found, Err(Error::NotFound))
        && let Some(present) = renamed_business(page.ctx(), &slug).await?
    {
        return Ok(moved_for_good(&format!("/providers/{present}")));
    }
    let shown = found?;
    let now = page.ctx().clock.now();
    let trail = vec![Link::new("All services", "/services")];
    let business = &shown.business;
    let path = format!("/providers/{}", business.slug);
    let head = Head {
        title: format!("{} in {}", business.name, shown.city),
        description: business.headline.clone(),
        canonical: Some(path.clone()),
        image: shown
            .services
            .iter()
            .find_map(|hit| hit.picture.as_ref())
            .map(|picture| format!("/pictures/{}-1200.jpg", picture.key)),
        robots_noindex: shown.hidden,
        json_ld: vec![json_ld::provider(&page, &shown), json_ld::breadcrumbs(&page, &trail, &business.name)],
        ..Head::default()
    };
    let about: Vec<_> = paragraphs(&shown.about).into_iter().map(|text| view! { <p>{text}</p> }).collect();
    let reviews = Reviews { page: shown.reviews.page.clone(), opinion: shown.reviews.opinion.clone() };
    let said = reviews_part(
        ReviewsPart { path, asked, reviews, average: business.rating, count: business.reviews, names_service: true },
        now,
    );
    // Whoever works there has nothing to block.
    let apart = (page.actor().user.is_some() && !shown.blocked && !page.actor().works_for(shown.id)).then(|| {
        let words = format!("Block {}", business.name);
        view! { <p class="show-part"><a href=format!("/providers/{}/block", business.slug) rel="nofollow">{words}</a></p> }
    });
    let away = shown.away.as_ref().filter(|_| !shown.hidden);
    let away = away.map(|away| absence::away(&shown.business.name, away, shown.today));
    let body = view! {
        <div class="page">
            <Breadcrumbs trail=trail here=business.name.clone()/>
            {title(&shown)}
            {shown.hidden.then(resting)}
            {shown.blocked.then(|| reminder(&shown.business.name))}
            {away}
            <section class="show-part show-first">
                <h2 class="sr-only">"About"</h2>
                <div class="prose show-story">{about}</div>
            </section>
            {team(&shown.team)}
            {skills(&shown.skills)}
            {services(&shown, now)}
            {said}
            {apart}
        </div>
    };
    Ok(page.show(head, Frame::Public, body))
}

fn title(shown: &ProviderPage) -> impl IntoView + use<> {
    let business = &shown.business;
    let month = |at: Timestamp| words::date(&Zone::utc(), at).strftime("%B %Y").to_string();
    let verified = business.verified_at.map(|at| view! { <li><Verified/>"Checked in "{month(at)}</li> });
    let rating = match business.rating {
        Some(average) => {
            view! { <li><a class="show-rating" href="#reviews"><Rating average=average count=business.reviews/></a></li> }
                .into_any()
        }
        None => view! { <li><Rating average=0.0 count=0/></li> }.into_any(),
    };
    let done = (business.completed > 0).then(|| {
        view! { <li><Glyph icon=Icon::CALENDAR_CHECK size=IconSize::Small/>{counted(business.completed, "finished booking", "finished bookings")}</li> }
    });
    view! {
        <header class="who">
            <Avatar name=business.name.clone() src=portrait(business.picture.as_deref(), 384) size=AvatarSize::Huge/>
            <div>
                <h1>{business.name.clone()}</h1>
                <p class="lead">{business.headline.clone()}</p>
                <ul class="behind-facts">
                    {rating}
                    <li><Glyph icon=Icon::MAP_PIN size=IconSize::Small/>{shown.city.clone()}</li>
                    {verified}
                    {done}
                    <li><Glyph icon=Icon::HISTORY size=IconSize::Small/>"Here since "{month(shown.since)}</li>
                </ul>
            </div>
        </header>
    }
}

fn team(team: &[Colleague]) -> Option<impl IntoView + use<>> {
    if team.len() < 2 {
        return None;
    }
    let people: Vec<_> = team
        .iter()
        .take(24)
        .map(|person| {
            let skills = person.skills.iter().take(4).map(String::as_str).collect::<Vec<_>>().join(" · ");
            let skills = (!skills.is_empty()).then(|| view! { <small class="muted">{skills}</small> });
            view! {
                <li class="person">
                    <Avatar name=person.name.clone() src=portrait(person.picture.as_deref(), 192) size=AvatarSize::Large/>
                    <span>{person.name.clone()}{person.owner.then(|| view! { <small class="muted">"Owner"</small> })}{skills}</span>
                </li>
            }
        })
        .collect();
    Some(view! {
        <section class="show-part">
            <h2>"The team"</h2>
            <ul class="people">{people}</ul>
        </section>
    })
}

/// Says kindly that nothing can be booked now; why is between the business and us.
fn resting() -> impl IntoView {
    view! {
        <div class="show-resting">
            <Notice tone=Tone::Info title="This business is not available at the moment">
                <p>"Nothing new can be booked with it. What is booked already stays as it was agreed."</p>
                <p><a href="/services">"Find somebody else for the job"</a></p>
            </Notice>
        </div>
    }
}

fn skills(skills: &[String]) -> Option<impl IntoView + use<>> {
    if skills.is_empty() {
        return None;
    }
    let badges: Vec<_> = skills.iter().cloned().map(|skill| view! { <Badge>{skill}</Badge> }).collect();
    Some(view! {
        <section class="show-part">
            <h2>"Skills"</h2>
            <div class="row">{badges}</div>
        </section>
    })
}

fn services(shown: &ProviderPage, now: Timestamp) -> impl IntoView + use<> {
    let cards: Vec<_> = shown
        .services
        .iter()
        .enumerate()
        .map(|(place, hit)| view! { <ServiceCard card=card(hit, now) eager=place < 2/> })
        .collect();
    let list = if cards.is_empty() {
        view! { <p class="muted">"Nothing can be booked here at the moment."</p> }.into_any()
    } else {
        view! { <div class="service-grid">{cards}</div> }.into_any()
    };
    view! {
        <section class="show-part">
            <h2>"What can be booked"</h2>
            {list}
        </section>
    }
}
