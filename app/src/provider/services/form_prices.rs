//! The part of the form about money: how a price is made, packages side by side, extras row by row.

use crate::forms::FormState;
use crate::ui::fields::{Choice, ChoiceCard, Field, FieldKind, RadioCards, Select, TextArea};
use crate::ui::{Button, ButtonKind, Card, Icon};
use domain::catalog::listing::{Listing, MOST_EXTRAS, extra_field, package_field};
use domain::catalog::{Kind, Pricing, Tier};
use domain::kernel::Currency;
use leptos::prelude::*;

/// How the price is made, and the fields that follow from it.
pub(super) fn prices(state: &FormState, listing: &Listing, kind: Kind) -> impl IntoView + use<> {
    let pricing = Pricing::parse(state.value("pricing")).unwrap_or(listing.pricing);
    let currency = currency(state, listing);
    let card = |value: Pricing, title: &str, text: &str| ChoiceCard {
        text: Some(text.to_owned()),
        disabled: kind == Kind::Delivery && value == Pricing::Hourly && pricing != Pricing::Hourly,
        ..ChoiceCard::new(value.name(), title)
    };
    let pricings = vec![
        card(Pricing::Fixed, "One price", "The same for everybody."),
        card(Pricing::Hourly, "By the hour", "With a shortest and a longest visit."),
        card(Pricing::Unit, "Per unit", "Per m², per window, per page: people say how many."),
        card(Pricing::From, "From", "Shown as “from”. What is booked costs this; more is agreed between you."),
        card(Pricing::Packages, "Packages", "Up to three sizes side by side."),
        card(Pricing::Quote, "On request", "You name a price first. Nobody books it directly."),
    ];
    let currencies: Vec<Choice> = Currency::ALL
        .iter()
        .map(|one| Choice::new(one.code(), format!("{} ({})", one.code(), one.symbol().trim())))
        .collect();
    let symbol = currency.symbol().trim();
    let fields = match pricing {
        Pricing::Packages => packages(state, kind, symbol).into_any(),
        Pricing::Fixed | Pricing::Hourly | Pricing::From => one_price(state, pricing, kind, symbol).into_any(),
        Pricing::Unit => {
            view! { {one_price(state, pricing, kind, symbol)} {unit(state, kind)} }.into_any()
        }
        Pricing::Quote => {
            view! { <p class="muted">"Its page says that the price is named on request, and leads to your own page."</p> }.into_any()
        }
    };
    let inner = view! {
            <div class="form">
                <RadioCards form=state name="pricing" label="How the price is made" options=pricings/>
                <div class="form-row">
                    <Select form=state name="currency" label="Currency" options=currencies/>
                    <div><Button kind=ButtonKind::Secondary name="act" value="refresh" icon=Icon::ROTATE_CCW>"Show the fields for this"</Button></div>
                </div>
                {fields}
            </div>
    };
    view! { <Card title="Price">{inner}</Card> }
}

/// The currency the form shows now.
fn currency(state: &FormState, listing: &Listing) -> Currency {
    Currency::parse(state.value("currency")).unwrap_or(listing.currency)
}

fn one_price(state: &FormState, pricing: Pricing, kind: Kind, symbol: &'static str) -> impl IntoView + use<> {
    let label = match pricing {
        Pricing::Hourly => "Price of an hour",
        Pricing::Unit => "Price of one",
        Pricing::From => "Price from",
        Pricing::Fixed | Pricing::Packages | Pricing::Quote => "Price",
    };
    let takes = if pricing == Pricing::Unit { "How long it takes at least" } else { "How long it takes" };
    let long = match (kind, pricing) {
        (Kind::Delivery, _) => {
            view! { <Field form=state name="delivery_days" label="Delivered within" kind=FieldKind::Digits suffix="days" required=true/> }
                .into_any()
        }
        (Kind::Visit, Pricing::Hourly) => view! {
            <Field form=state name="duration_min" label="Shortest visit" kind=FieldKind::Digits suffix="min" required=true/>
            <Field form=state name="max_duration_min" label="Longest visit" kind=FieldKind::Digits suffix="min" required=true/>
        }
        .into_any(),
        (Kind::Visit, _) => {
            view! { <Field form=state name="duration_min" label=takes kind=FieldKind::Digits suffix="min" required=true/> }
                .into_any()
        }
    };
    view! {
        <div class="form-row">
            <Field form=state name="price" label=label kind=FieldKind::Amount prefix=symbol required=true/>
            {long}
        </div>
    }
}

/// What is counted, and how many of it can be booked.
fn unit(state: &FormState, kind: Kind) -> impl IntoView + use<> {
    let each = (kind == Kind::Visit).then(|| {
        view! {
            <Field form=state name="unit_minutes" label="Each takes longer" kind=FieldKind::Digits suffix="min" required=true
                hint="Added to the time above for every one of them."/>
        }
    });
    view! {
        <div class="form-row">
            <Field form=state name="unit_name" label="What you count" required=true maxlength=30
                hint="One of it, as it stands after “per”: m², window, page."/>
            {each}
        </div>
        <div class="form-row">
            <Field form=state name="unit_least" label="The fewest one can book" kind=FieldKind::Digits required=true/>
            <Field form=state name="unit_most" label="The most one can book" kind=FieldKind::Digits required=true/>
        </div>
    }
}

/// The tiers as columns; on phones one below the other.
fn packages(state: &FormState, kind: Kind, symbol: &'static str) -> impl IntoView + use<> {
    let columns = Tier::ALL.iter().map(|tier| package(state, *tier, kind, symbol)).collect::<Vec<_>>();
    view! {
        <p class="muted text-sm">"A package without name, words and price is not offered."</p>
        <div class="tiers">{columns}</div>
    }
}

fn package(state: &FormState, tier: Tier, kind: Kind, symbol: &'static str) -> impl IntoView + use<> {
    let field = |what: &str| package_field(tier, what);
    let long = match kind {
        Kind::Visit => {
            view! { <Field form=state name=field("duration") label="Takes" kind=FieldKind::Digits suffix="min"/> }
                .into_any()
        }
        Kind::Delivery => view! {
            <Field form=state name=field("days") label="Delivered within" kind=FieldKind::Digits suffix="days"/>
            <Field form=state name=field("revisions") label="Rounds of changes" kind=FieldKind::Digits/>
        }
        .into_any(),
    };
    view! {
        <fieldset class="tier">
            <legend class="tier-title">{tier.title()}</legend>
            <div class="form">
                <Field form=state name=field("name") label="Name" maxlength=60/>
                <Field form=state name=field("price") label="Price" kind=FieldKind::Amount prefix=symbol/>
                {long}
                <TextArea form=state name=field("description") label="In a sentence" rows=3 maxlength=300/>
                <TextArea form=state name=field("includes") label="What is in it" rows=4 hint="One thing a line."/>
            </div>
        </fieldset>
    }
}

/// What can be added, row by row. Buttons of the form add and take away rows.
pub(super) fn extras(state: &FormState, listing: &Listing, kind: Kind) -> impl IntoView + use<> {
    let count = (0..MOST_EXTRAS).take_while(|row| has(state, &extra_field(*row, "name"))).count();
    let symbol = currency(state, listing).symbol().trim();
    let rows = (0..count).map(|row| extra(state, row, kind, symbol)).collect::<Vec<_>>();
    let more = (count < MOST_EXTRAS).then(|| {
        view! { <div><Button kind=ButtonKind::Secondary name="act" value="add-extra" icon=Icon::PLUS>"Add an extra"</Button></div> }
    });
    let none = (count == 0)
        .then(|| view! { <p class="muted">"Small things people can add when they book, each with its price."</p> });
    view! {
        <Card title="Extras">
            <div class="form">
                <input type="hidden" name="extras-shown" value="yes"/>
                {none}
                {rows}
                {more}
            </div>
        </Card>
    }
}

/// Whether a form has a field at all.
fn has(state: &FormState, name: &str) -> bool {
    !state.values(name).is_empty()
}

fn extra(state: &FormState, row: usize, kind: Kind, symbol: &'static str) -> impl IntoView + use<> {
    let field = |what: &str| extra_field(row, what);
    let more = match kind {
        Kind::Visit => {
            view! { <Field form=state name=field("minutes") label="Takes longer" kind=FieldKind::Digits suffix="min"/> }
                .into_any()
        }
        Kind::Delivery => {
            view! { <Field form=state name=field("days") label="Takes longer" kind=FieldKind::Digits suffix="days"/> }
                .into_any()
        }
    };
    let id = state.value(&field("id")).to_owned();
    let number = row + 1;
    view! {
        <fieldset class="extra-row">
            <legend class="sr-only">{format!("Extra {number}")}</legend>
            <input type="hidden" name=field("id") value=id/>
            <div class="extra-fields">
                <Field form=state name=field("name") label="What can be added" maxlength=80/>
                <Field form=state name=field("price") label="Adds to the price" kind=FieldKind::Amount prefix=symbol/>
                {more}
                <Button kind=ButtonKind::Quiet name="act" value=format!("remove-extra-{row}") icon=Icon::TRASH>
                    "Remove"<span class="sr-only">{format!(" extra {number}")}</span>
                </Button>
            </div>
        </fieldset>
    }
}
