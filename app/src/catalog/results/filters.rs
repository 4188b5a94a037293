//! Narrowing a list: chips for what is in force, and the panel with everything else. The panel is a plain
//! form; on phones it is a sheet.

use super::address::Address;
use super::words;
use crate::forms::FormState;
use crate::ui::fields::{Choice, Field, FieldKind, RadioGroup, Select, TickGroup};
use crate::ui::{Button, ButtonKind, Chip, Sheet};
use domain::catalog::Kind;
use domain::catalog::search::{Results, SearchQuery};
use leptos::prelude::*;

/// Circles that are offered, in kilometres.
const CIRCLES_KM: [u32; 5] = [5, 10, 25, 50, 100];

/// What is in force, each one tap to take away; then the branches of the category.
pub(super) fn chips(address: &Address, results: &Results) -> impl IntoView + use<> {
    let on: Vec<_> =
        in_force(address, results).into_iter().map(|(text, href)| view! { <Chip href=href text=text/> }).collect();
    let branches: Vec<_> = results
        .facets
        .categories
        .iter()
        .filter_map(|(id, count)| {
            let category = results.categories.iter().find(|c| c.id == *id)?;
            let href = address.category(&category.slug);
            let name = category.name.clone();
            Some(match count {
                Some(count) => view! { <Chip href=href text=name on=false count=u64::from(*count)/> }.into_any(),
                None => view! { <Chip href=href text=name on=false/> }.into_any(),
            })
        })
        .collect();
    let on =
        (!on.is_empty()).then(|| view! { <div class="chips" role="group" aria-label="Filters in force">{on}</div> });
    let branches =
        (!branches.is_empty()).then(|| view! { <nav class="chips chips-row" aria-label="Categories">{branches}</nav> });
    view! { {branches}{on} }
}

/// Words of a filter that is in force, and the address without it.
fn in_force(address: &Address, results: &Results) -> Vec<(String, String)> {
    let query = &address.query;
    let mut chips = Vec::new();
    if let Some(words) = &query.words {
        chips.push((format!("“{words}”"), address.with(|q| q.words = None)));
    }
    // On a category's own page the heading says it, and the crumbs lead out of it.
    if let Some(category) = results.category.as_ref().filter(|_| address.path == "/services") {
        chips.push((category.name.clone(), address.with(|q| q.category = None)));
    }
    if let Some(place) = words::place(query, results) {
        let within = query.radius_km.map_or(String::new(), |km| format!(", within {km} km"));
        let href = address.with(|q| (q.place, q.position, q.radius_km) = (None, None, None));
        chips.push((format!("{place}{within}"), href));
    }
    if let Some(price) = price_words(query) {
        chips.push((price, address.with(|q| (q.min_cents, q.max_cents) = (None, None))));
    }
    if let Some(rating) = query.rating {
        chips.push((format!("{} stars or more", short(rating)), address.with(|q| q.rating = None)));
    }
    if let Some(date) = query.date {
        chips.push((format!("Free on {}", words::day(date)), address.with(|q| q.date = None)));
    }
    if let Some(kind) = query.kind {
        chips.push((words::kind(kind).to_owned(), address.with(|q| q.kind = None)));
    }
    for field in &results.fields {
        let choices = field.choices();
        let on = choices.iter().filter(|(value, _)| query.answers.contains(&(field.key.clone(), value.clone())));
        chips.extend(on.map(|(value, words)| {
            let href = address.with(|q| q.answers.retain(|answer| *answer != (field.key.clone(), value.clone())));
            (format!("{}: {words}", field.label), href)
        }));
    }
    chips
}

fn price_words(query: &SearchQuery) -> Option<String> {
    let whole = |cents: i64| format!("{}", cents as f64 / 100.0);
    match (query.min_cents, query.max_cents) {
        (Some(low), Some(high)) => Some(format!("Price {} to {}", whole(low), whole(high))),
        (Some(low), None) => Some(format!("Price from {}", whole(low))),
        (None, Some(high)) => Some(format!("Price up to {}", whole(high))),
        (None, None) => None,
    }
}

/// 450 is "4.5", 400 is "4".
fn short(rating: i32) -> String {
    format!("{}", f64::from(rating) / 100.0)
}

/// The panel.
pub(super) fn panel(address: &Address, results: &Results) -> impl IntoView + use<> {
    let query = &address.query;
    let form = FormState::with(query.pairs());
    // What the panel has no field for travels along.
    let kept: Vec<_> = query
        .pairs()
        .into_iter()
        .filter(|(name, _)| {
            matches!(name.as_ref(), "q" | "exact" | "category" | "place" | "lat" | "lng" | "date" | "sort")
        })
        .filter(|(name, _)| name != "category" || address.path == "/services")
        .map(|(name, value)| view! { <input type="hidden" name=name.into_owned() value=value/> })
        .collect();
    let circle = results.has_distances.then(|| {
        let options = CIRCLES_KM.map(|km| Choice::new(km.to_string(), format!("{km} km"))).to_vec();
        view! { <Select form=&form name="radius" label="How far" options=options empty="As far as they come"/> }
    });
    let count = [
        query.min_cents.or(query.max_cents).is_some(),
        query.radius_km.is_some(),
        query.rating.is_some(),
        query.kind.is_some(),
    ];
    let count = count.into_iter().map(u32::from).sum::<u32>() + u32::try_from(asked_fields(query)).unwrap_or(0);
    let action = address.path.clone();
    let (ratings, kinds) = (ratings(results), kinds(results));
    let without = address.with(|query| {
        (query.min_cents, query.max_cents, query.radius_km, query.rating, query.kind) = (None, None, None, None, None);
        query.answers.clear();
    });
    let fields: Vec<_> = results
        .fields
        .iter()
        .map(|field| {
            let options = field.choices().into_iter().map(|(value, words)| Choice::new(value, words)).collect();
            view! { <TickGroup form=&form name=format!("f.{}", field.key) label=field.label.clone() options=options/> }
        })
        .collect();
    let clear = (count > 0).then(|| view! { <a class="btn btn-quiet btn-full" href=without>"Clear these filters"</a> });
    view! {
        <Sheet id="filters" title="Filters" count=count>
            <form class="filters" action=action method="get">
                {kept}
                <fieldset class="filters-price">
                    <legend class="field-label">"Price"</legend>
                    <Field form=&form name="min_price" label="From" kind=FieldKind::Amount maxlength=9/>
                    <Field form=&form name="max_price" label="Up to" kind=FieldKind::Amount maxlength=9/>
                </fieldset>
                {circle}
                <RadioGroup form=&form name="rating" label="Rating" options=ratings/>
                <RadioGroup form=&form name="kind" label="How it is done" options=kinds/>
                {fields}
                <Button kind=ButtonKind::Secondary full=true>"Show services"</Button>
                {clear}
            </form>
        </Sheet>
    }
}

/// Fields of the category that narrow the list.
fn asked_fields(query: &SearchQuery) -> usize {
    query.answers.iter().map(|(field, _)| field).collect::<std::collections::BTreeSet<_>>().len()
}

fn ratings(results: &Results) -> Vec<Choice> {
    let ratings = results.facets.ratings.iter().map(|(rating, count)| {
        Choice::new(short(*rating), numbered(format!("{} stars or more", short(*rating)), *count))
    });
    let ratings: Vec<Choice> = ratings.collect();
    let usual = [450, 400, 350].map(|rating| Choice::new(short(rating), format!("{} stars or more", short(rating))));
    std::iter::once(Choice::new("", "Any")).chain(if ratings.is_empty() { usual.to_vec() } else { ratings }).collect()
}

fn kinds(results: &Results) -> Vec<Choice> {
    let count = |kind: Kind| results.facets.kinds.iter().find(|(k, _)| *k == kind).and_then(|(_, count)| *count);
    let kinds =
        Kind::ALL.iter().map(|kind| Choice::new(kind.name(), numbered(words::kind(*kind).to_owned(), count(*kind))));
    std::iter::once(Choice::new("", "Any")).chain(kinds).collect()
}

fn numbered(text: String, count: Option<u32>) -> String {
    match count {
        Some(count) => format!("{text} ({count})"),
        None => text,
    }
}
