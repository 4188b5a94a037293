//! The page around a list.

use super::address::Address;
use super::grid::grid;
use super::nothing::nothing;
use super::{filters, words};
use crate::catalog::{favorites, json_ld, search_form};
use crate::layout::{Frame, Head};
use crate::request::PageRequest;
use crate::ui::{Breadcrumbs, Link, Notice, Pager, Tone};
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalog::path_to;
use domain::catalog::search::{Results, Sort};
use domain::kernel::Zone;
use leptos::prelude::*;

pub(super) fn render(page: &PageRequest, address: &Address, results: Results, status: StatusCode) -> Response {
    let now = page.ctx().clock.now();
    let heading = words::heading(&address.query, &results);
    let trail = trail(&results);
    let crumbs_here = results.category.as_ref().map_or_else(|| "Services".to_owned(), |c| c.name.clone());
    let head = Head {
        title: heading.clone(),
        description: description(&results),
        canonical: Some(address.canonical()),
        json_ld: vec![json_ld::breadcrumbs(page, &trail, &crumbs_here)],
        // Lists of search words and of answers are endless; search engines know the categories instead.
        robots_noindex: address.query.words.is_some()
            || !address.query.answers.is_empty()
            || results.page.items.is_empty(),
        islands: true,
        ..Head::default()
    };
    let sought = address.query.words.as_ref().map(|words| results.mended.as_ref().unwrap_or(words).clone());
    let blurb = results.category.as_ref().filter(|_| !address.query.narrows()).map(|c| c.blurb.clone());
    let empty = results.page.items.is_empty() && !results.page.continued;
    let list = if empty {
        nothing(address, &results, now).into_any()
    } else {
        let next = results.page.next.as_ref().map(|cursor| address.after(cursor));
        let first = results.page.continued.then(|| address.with(|_| ()));
        let over = (results.page.continued && results.page.items.is_empty())
            .then(|| view! { <p class="muted">"That was all."</p> });
        view! {
            {grid(&results.page.items, &address.query, sought.as_deref(), 2, now)}
            {over}
            {pager(first, next)}
        }
        .into_any()
    };
    let bar = (!empty).then(|| {
        let count = results.total.map(words::total);
        view! {
            <div class="results-bar">
                <p class="results-count" role="status">{count}</p>
                {sorts(address, &results)}
            </div>
        }
    });
    let today = page.zone().unwrap_or(&Zone::utc()).rules().to_datetime(now).date();
    let body = view! {
        <div class="page results">
            {favorites::hearts(page)}
            <Breadcrumbs trail=trail here=crumbs_here/>
            <h1>{heading}</h1>
            {blurb.filter(|blurb| !blurb.is_empty()).map(|blurb| view! { <p class="lead">{blurb}</p> })}
            {search_form::compact(&address.path, &address.query, today)}
            {notices(address, &results, now)}
            {filters::chips(address, &results)}
            {favorites::searches::keep_form(&address.query)}
            <div class="with-panel">
                {filters::panel(address, &results)}
                <div>
                    {bar}
                    {list}
                </div>
            </div>
        </div>
    };
    page.show_with(status, head, Frame::Public, body)
}

fn trail(results: &Results) -> Vec<Link> {
    let mut trail = vec![Link::new("Home", "/")];
    if let Some(category) = &results.category {
        trail.push(Link::new("Services", "/services"));
        let path = path_to(category, &results.categories);
        let above = path.iter().take(path.len().saturating_sub(1));
        trail.extend(above.map(|c| Link::new(c.name.clone(), format!("/categories/{}", c.slug))));
    }
    trail
}

fn description(results: &Results) -> String {
    match &results.category {
        Some(category) if !category.blurb.is_empty() => {
            format!("{} Real free times, honest reviews, prices before you book.", category.blurb)
        }
        Some(category) => format!("{}: real free times, honest reviews, prices before you book.", category.name),
        None => String::new(),
    }
}

/// What was understood differently than typed.
fn notices(address: &Address, results: &Results, now: jiff::Timestamp) -> impl IntoView + use<> {
    let mended = results.mended.clone().zip(address.query.words.clone()).map(|(mended, typed)| {
        let exactly = address.with(|query| query.exact = true);
        let words = format!("Search for exactly “{typed}”");
        view! {
            <Notice tone=Tone::Info live=true>
                <p>"Showing results for "<strong>"“"{mended}"”"</strong>". Nothing matches “"{typed}"”. "<a href=exactly rel="nofollow">{words}</a></p>
            </Notice>
        }
    });
    let elsewhere = address.query.category.clone().filter(|_| results.category.is_none()).map(|category| {
        view! {
            <Notice tone=Tone::Warning live=true>
                <p>"There is no category called “"{category}"”, so these are from all of them. "<a href="/services">"See every service"</a></p>
            </Notice>
        }
    });
    let unknown = results.place_unknown.then(|| address.query.place.clone()).flatten().map(|place| {
        view! {
            <Notice tone=Tone::Warning live=true>
                <p>"We do not know a place called “"{place}"”, so these are from everywhere. Try the nearest larger town."</p>
            </Notice>
        }
    });
    let over = address.query.date.filter(|date| words::is_over(*date, now)).map(|date| {
        let any_day = address.with(|query| query.date = None);
        view! {
            <Notice tone=Tone::Warning live=true>
                <p>{words::day(date)}" is over. "<a href=any_day>"Look on any day"</a></p>
            </Notice>
        }
    });
    view! { {mended}{elsewhere}{unknown}{over} }
}

fn sorts(address: &Address, results: &Results) -> impl IntoView + use<> {
    // Without a place there is nothing to be near to; the list is then in its usual order.
    let in_force = match address.query.sort {
        Sort::Distance if !results.has_distances => Sort::default(),
        sort => sort,
    };
    let links: Vec<_> = Sort::ALL
        .into_iter()
        .filter(|sort| *sort != Sort::Distance || results.has_distances)
        .map(|sort| {
            let href = address.with(|query| query.sort = sort);
            let current = (sort == in_force).then_some("true");
            view! { <li><a href=href aria-current=current rel="nofollow">{words::sort(sort)}</a></li> }
        })
        .collect();
    view! {
        <nav class="sorts" aria-label="Order">
            <ul>{links}<li><a href="/how-ranking-works">"How this works"</a></li></ul>
        </nav>
    }
}

/// Lists go forward page by page; the way back is the browser's, or the beginning.
fn pager(first: Option<String>, next: Option<String>) -> impl IntoView {
    view! {
        <Pager previous=None next=next/>
        {first.map(|href| view! { <p class="results-first"><a href=href>"Back to the first page"</a></p> })}
    }
}
