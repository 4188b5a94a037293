//! When nothing is found: what to let go, what is nearest, and where most people look.

use super::address::Address;
use super::grid::grid;
use crate::ui::{Chip, EmptyState, Scene};
use domain::catalog::search::{Filter, Loosened, Results, SearchQuery, Sort};
use jiff::Timestamp;
use leptos::prelude::*;

/// Categories that are offered as a way on.
const POPULAR: usize = 8;

/// Help for an empty list.
pub(super) fn nothing(address: &Address, results: &Results, now: Timestamp) -> impl IntoView + use<> {
    let nearest = results.nearest.clone().unwrap_or_default();
    let ways: Vec<_> = nearest
        .loosened
        .iter()
        .filter(|loosened| loosened.filter != Filter::SomeWords)
        .map(|loosened| {
            let href = address.with(|query| let_go(query, loosened.filter));
            view! { <Chip href=href text=words(loosened) on=false/> }
        })
        .collect();
    let text = if ways.is_empty() {
        "Try other words, or begin with a category.".to_owned()
    } else {
        "Nothing fits all of that. Let one thing go:".to_owned()
    };
    let near = (!nearest.hits.is_empty()).then(|| {
        let title = nearest.loosened.first().map_or("Nearest matches", |loosened| found_without(loosened.filter));
        let hits = grid(&nearest.hits[..nearest.hits.len().min(6)], &SearchQuery::default(), None, 3, now);
        view! { <section class="results-near" aria-labelledby="nearest"><h2 id="nearest">{title}</h2>{hits}</section> }
    });
    let mut popular: Vec<_> = results.categories.iter().filter(|c| c.parent.is_none() && c.services > 0).collect();
    popular.sort_by_key(|category| std::cmp::Reverse(category.services));
    let popular: Vec<_> = popular
        .into_iter()
        .take(POPULAR)
        .map(|category| {
            let href = format!("/categories/{}", category.slug);
            view! { <Chip href=href text=category.name.clone() on=false count=u64::from(category.services)/> }
        })
        .collect();
    let way_on = if ways.is_empty() { popular } else { ways };
    view! {
        <EmptyState scene=Scene::Search title="Nothing found" text=text>
            <div class="chips">{way_on}</div>
        </EmptyState>
        {near}
    }
}

fn let_go(query: &mut SearchQuery, filter: Filter) {
    match filter {
        Filter::Date => query.date = None,
        Filter::Price => (query.min_cents, query.max_cents) = (None, None),
        Filter::Rating => query.rating = None,
        Filter::Kind => query.kind = None,
        Filter::Answers => query.answers.clear(),
        Filter::Category => query.category = None,
        Filter::Words | Filter::SomeWords => query.words = None,
        Filter::Place => {
            (query.place, query.position, query.radius_km) = (None, None, None);
            if query.sort == Sort::Distance {
                query.sort = Sort::default();
            }
        }
    }
}

fn words(loosened: &Loosened) -> String {
    let what = match loosened.filter {
        Filter::Date => "On any day",
        Filter::Price => "At any price",
        Filter::Rating => "With any rating",
        Filter::Kind => "Visits and deliveries",
        Filter::Place => "Anywhere",
        Filter::Answers => "Without the details",
        Filter::Category => "In all categories",
        Filter::Words | Filter::SomeWords => "Without the words",
    };
    let count = if loosened.results >= 100 { "100+".to_owned() } else { loosened.results.to_string() };
    format!("{what} ({count})")
}

const fn found_without(filter: Filter) -> &'static str {
    match filter {
        Filter::Date => "Free on other days",
        Filter::Price => "At other prices",
        Filter::Rating => "With fewer stars",
        Filter::Kind => "Done another way",
        Filter::Place => "In other places",
        Filter::Answers => "With other details",
        Filter::Category => "In other categories",
        Filter::SomeWords => "With some of your words",
        Filter::Words => "Without your words",
    }
}
