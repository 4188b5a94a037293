//! The page of a service without what only customers need: for those who write it, before anybody else sees it.

use super::questions_part::questions_part;
use super::service_parts as parts;
use super::surcharges_part::surcharges_part;
use crate::ui::Price;
use domain::catalog::Shown;
use leptos::prelude::*;

/// The parts of the page, made by the same functions.
pub fn parts_of(service: &Shown) -> AnyView {
    let (price, from) = service.priced.from_price();
    let priced = &service.priced;
    let amount = if priced.has_a_price() { price.to_string() } else { priced.pricing.tag(price, "") };
    let unit = priced.pricing.per(&priced.unit.name).unwrap_or_default();
    view! {
        <header class="show-head">
            <h1>{service.priced.title.clone()}</h1>
            <p class="show-by">
                <span>{service.provider.name.clone()}</span>
                <span class="muted show-where">{parts::where_words(service)}</span>
                <Price amount=amount from=from unit=unit/>
            </p>
        </header>
        <div class="show-body">
            {parts::gallery(&service.pictures)}
            {parts::facts(service)}
            {parts::story(service)}
            {parts::packages(service)}
            {parts::extras(&service.priced)}
            {surcharges_part(&service.priced)}
            {parts::team(service)}
            {questions_part(service)}
            {parts::policy(service)}
            {parts::behind(service)}
        </div>
    }
    .into_any()
}
