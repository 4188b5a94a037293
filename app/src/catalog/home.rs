//! `/`: one sentence, one search, and what is free this week.

use super::cards::{card, free_words, soon};
use super::{home_parts as parts, json_ld, search_form};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest};
use crate::ui::{Drawing, Glyph, Icon, Picture, Scene, ServiceCard};
use domain::catalog::search::Hit;
use domain::catalog::{Category, Home, home};
use domain::kernel::Zone;
use jiff::Timestamp;
use leptos::prelude::*;

/// Words under the search that lead to what is offered most.
const POPULAR: usize = 4;

/// `GET /`.
///
/// # Errors
/// The database is away.
pub async fn show(page: PageRequest) -> Answer {
    let Home { categories, free, near, voices } = home(page.ctx(), page.zone()).await?;
    let now = page.ctx().clock.now();
    let head = Head {
        title: "Good people for the job, at times that are really free".to_owned(),
        canonical: Some("/".to_owned()),
        json_ld: vec![json_ld::site(&page)],
        islands: true,
        ..Head::default()
    };
    let today = page.zone().unwrap_or(&Zone::utc()).rules().to_datetime(now).date();
    let body = view! {
        <div class="home">
            <section class="hero">
                <div class="hero-words">
                    <h1>"Good people for the job, at times that are really free."</h1>
                    {search_form::large(today)}
                    {popular(&categories)}
                </div>
                {hero_pictures(&free, now)}
            </section>
            {parts::tiles(&categories)}
            {free_soon(&free, near, page.zone(), now)}
            {parts::steps()}
            {parts::voices(voices)}
            {parts::for_providers()}
        </div>
    };
    Ok(page.show(head, Frame::Public, body))
}

fn popular(categories: &[Category]) -> Option<impl IntoView + use<>> {
    let mut twigs: Vec<&Category> = categories.iter().filter(|category| category.parent.is_some()).collect();
    twigs.sort_by_key(|category| std::cmp::Reverse(category.services));
    // One of each branch, so that the line shows how wide the shop is.
    let mut seen = Vec::new();
    twigs.retain(|category| {
        !seen.contains(&category.parent) && {
            seen.push(category.parent);
            true
        }
    });
    if twigs.is_empty() {
        return None;
    }
    let links: Vec<_> = twigs
        .into_iter()
        .take(POPULAR)
        .map(|category| view! { <li><a href=format!("/categories/{}", category.slug)>{category.name.clone()}</a></li> })
        .collect();
    Some(view! {
        <div class="popular">
            <p class="muted">"Often booked:"</p>
            <ul>{links}</ul>
        </div>
    })
}

/// Pictures of what is free soonest, and the first of its times on a slip of paper.
fn hero_pictures(free: &[Hit], now: Timestamp) -> AnyView {
    let pictured: Vec<&Hit> = free.iter().filter(|hit| hit.picture.is_some()).take(3).collect();
    let [first, second, third] = pictured[..] else {
        return view! { <div class="hero-drawing"><Drawing scene=Scene::OneTime/></div> }.into_any();
    };
    let small = "(min-width: 64rem) 15rem, 45vw";
    let data = |hit: &Hit| super::cards::picture(hit.picture.as_ref(), false);
    let slip = first.next_free.map(|at| {
        let href = format!("/services/{}", first.slug);
        view! {
            <a class="hero-slip card-float" href=href>
                <span class="hero-slip-when"><Glyph icon=Icon::CALENDAR_CHECK/>{free_words(&soon(&first.zone, at, now))}</span>
                <span class="hero-slip-what">{first.title.clone()}</span>
                <span class="muted">{first.provider.clone()}" · "{card(first, now).price}</span>
            </a>
        }
    });
    view! {
        <div class="hero-art">
            <Picture picture=data(first) sizes="(min-width: 64rem) 30rem, 92vw" eager=true class="hero-one"/>
            <Picture picture=data(second) sizes=small eager=true class="hero-two"/>
            <Picture picture=data(third) sizes=small eager=true class="hero-three"/>
            {slip}
        </div>
    }
    .into_any()
}

fn free_soon(free: &[Hit], near: bool, zone: Option<&Zone>, now: Timestamp) -> Option<impl IntoView + use<>> {
    if free.is_empty() {
        return None;
    }
    let title = if near { "Free near you this week" } else { "Free this week" };
    let clocks = zone.filter(|_| near).map_or_else(
        || "Times are those of the place where the work is done.".to_owned(),
        |zone| format!("Times are on {} clocks, straight from real calendars.", zone.place()),
    );
    let cards: Vec<_> = free.iter().map(|hit| view! { <ServiceCard card=card(hit, now)/> }).collect();
    Some(view! {
        <section class="home-part" aria-labelledby="free-title">
            <div class="home-head">
                <div>
                    <h2 id="free-title">{title}</h2>
                    <p class="muted">{clocks}</p>
                </div>
                <a class="home-more" href="/services?sort=soonest">"All by next free time"<Glyph icon=Icon::ARROW_RIGHT/></a>
            </div>
            <div class="service-grid shelf">{cards}</div>
        </section>
    })
}
