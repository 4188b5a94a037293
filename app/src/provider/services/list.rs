//! `/provider/services`: everything a business offers, offered, or is about to.

use super::{PATH, head, standing, working};
use crate::catalog::cards::{counted, free_words, picture, soon};
use crate::forms::FormState;
use crate::layout::Frame;
use crate::provider::{business, elsewhere};
use crate::request::{Answer, PageRequest};
use crate::ui::fields::{Field, FieldKind};
use crate::ui::{Badge, Button, ButtonKind, EmptyState, Icon, LinkButton, Pager, Picture, Rating, Scene, Tab, Tabs};
use domain::catalog::listing::{ListedRow, OwnFilter, list, named};
use domain::catalog::{Pricing, Status};
use form_urlencoded::Serializer;
use jiff::Timestamp;
use leptos::prelude::*;

/// `GET /provider/services?q=&state=&after=`.
///
/// # Errors
/// Not signed in; not found for members who do not manage.
pub async fn show(page: PageRequest) -> Answer {
    let Some(provider) = business(&page)? else {
        return Ok(elsewhere::page(&page));
    };
    let filter = OwnFilter {
        words: page.param("q").unwrap_or_default().trim().chars().take(80).collect(),
        status: page.param("state").and_then(|name| Status::parse(&name)),
    };
    let found = list(page.ctx(), page.actor(), provider, &filter, page.param("after").as_deref()).await?;
    let now = page.ctx().clock.now();
    let here = address(&filter.words, filter.status);
    let next = found.next.as_deref().map(|next| format!("{here}&after={next}"));
    let previous = found.continued.then(|| here.clone());
    let rows = found.items.iter().map(|row| entry(row, now)).collect::<Vec<_>>();
    let rows = if rows.is_empty() {
        nothing(&filter).into_any()
    } else {
        view! { <ul class="own-services">{rows}</ul> }.into_any()
    };
    let body = view! {
        <div class="page stack">
            <div class="row justify-between">
                <h1>"Services"</h1>
                <LinkButton href=format!("{PATH}/new") icon=Icon::PLUS>"New service"</LinkButton>
            </div>
            <Tabs label="Which services" tabs=tabs(&filter)/>
            {search(&filter)}
            {rows}
            <Pager previous=previous next=next/>
        </div>
    };
    Ok(page.show(head("Services"), Frame::Provider, body))
}

fn address(words: &str, status: Option<Status>) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("state", status.map(Status::name).unwrap_or_default());
    if !words.is_empty() {
        query.append_pair("q", words);
    }
    format!("{PATH}?{}", query.finish())
}

fn tabs(filter: &OwnFilter) -> Vec<Tab> {
    let all = Tab::new("All", address(&filter.words, None), filter.status.is_none());
    let one = |status: &Status| {
        let (_, words) = standing(*status);
        Tab::new(words, address(&filter.words, Some(*status)), filter.status == Some(*status))
    };
    std::iter::once(all).chain(Status::ALL.iter().map(one)).collect()
}

fn search(filter: &OwnFilter) -> impl IntoView + use<> {
    let form = FormState::with([("q", filter.words.as_str())]);
    let status = filter.status.map(Status::name).unwrap_or_default();
    let whole = (!filter.words.is_empty()).then(|| address("", filter.status));
    view! {
        <search>
            <form class="find-row" method="get" action=PATH>
                <input type="hidden" name="state" value=status/>
                <Field form=&form name="q" label="Search by title" kind=FieldKind::Search maxlength=80/>
                <Button kind=ButtonKind::Secondary>"Search"</Button>
                {whole.map(|href| view! { <LinkButton href=href kind=ButtonKind::Quiet>"Show all"</LinkButton> })}
            </form>
        </search>
    }
}

fn entry(row: &ListedRow, now: Timestamp) -> impl IntoView + use<> {
    let href = format!("{PATH}/{}", row.slug);
    let (tone, words) = standing(row.status);
    let working = working(row.status, row.open).map(|(tone, words)| view! { <Badge tone=tone>{words}</Badge> });
    let price = match (row.pricing, row.price.minor) {
        (Pricing::Quote, _) => row.pricing.tag(row.price, ""),
        (_, 0) => "No price yet".to_owned(),
        (Pricing::Packages | Pricing::From, _) => format!("from {}", row.price),
        (Pricing::Fixed | Pricing::Hourly | Pricing::Unit, _) => row.pricing.tag(row.price, &row.unit),
    };
    let free = row.next_free.map(|at| free_words(&soon(&row.zone, at, now)));
    let booked = (row.bookings > 0).then(|| counted(row.bookings, "booking", "bookings"));
    let facts = [Some(price), booked, free].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let rating = row.rating.map(|average| view! { <Rating average=average count=row.reviews/> });
    let shown = picture(row.picture.as_ref(), false);
    view! {
        <li class="own-service">
            <Picture picture=shown sizes="7rem" class="own-service-picture"/>
            <div class="own-service-words">
                <h2 class="own-service-title"><a href=href>{named(&row.title).to_owned()}</a></h2>
                <p class="row own-service-marks"><Badge tone=tone>{words}</Badge>{working}{rating}</p>
                <p class="muted text-sm num">{facts}</p>
            </div>
        </li>
    }
}

fn nothing(filter: &OwnFilter) -> impl IntoView + use<> {
    let new = format!("{PATH}/new");
    if !filter.words.is_empty() || filter.status.is_some() {
        let text = match (filter.words.is_empty(), filter.status) {
            (true, Some(status)) => format!("None of your services stands under “{}”.", standing(status).1),
            (false, Some(status)) => format!("No service under “{}” has these words in its title.", standing(status).1),
            (_, None) => "No service of yours has these words in its title.".to_owned(),
        };
        return view! {
            <EmptyState scene=Scene::Search title="Nothing here" text=text>
                <LinkButton href=PATH kind=ButtonKind::Secondary>"Show all"</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <EmptyState scene=Scene::Shelf title="Nothing on the shelf yet"
            text="Write down what you do, for how much and how long. You can stop and go on at any time; customers see it once we have looked at it.">
            <LinkButton href=new icon=Icon::PLUS>"Write your first service"</LinkButton>
        </EmptyState>
    }
    .into_any()
}
