//! What stands beside every step: what it is, who does it, when, and what it costs.

use super::words;
use crate::ui::{Card, PriceLine, PriceLines, SummaryItem, SummaryList};
use domain::bookings::BookingView;
use domain::catalog::{Bookable, CancellationPolicy, Kind, Line, Quote};
use domain::kernel::{Money, Zone};
use jiff::Timestamp;
use leptos::prelude::*;

/// The price of a choice, line by line.
pub(super) fn price(quote: &Quote) -> impl IntoView + use<> {
    lines(&quote.lines, quote.total)
}

/// A frozen price, line by line.
pub(super) fn lines(lines: &[Line], total: Money) -> impl IntoView + use<> {
    let lines: Vec<PriceLine> = lines
        .iter()
        .map(|line| PriceLine { label: line.label.clone(), amount: line.amount.to_string(), ..PriceLine::default() })
        .collect();
    view! { <PriceLines lines=lines total_label="Total" total=total.to_string() note="All taxes included"/> }
}

/// What some times cost more, said before anybody chooses one.
pub(super) fn surcharges(service: &Bookable) -> Option<impl IntoView + use<>> {
    let all = service.priced.surcharges.sentences();
    let shown = service.kind() == Kind::Visit && !all.is_empty();
    shown.then(|| view! { <p class="muted text-sm">{all.join(" ")}</p> })
}

/// A choice in a card: the second step has it beside the form.
pub(super) fn of_choice(
    service: &Bookable,
    quote: &Quote,
    start: Option<Timestamp>,
    who: &str,
    viewer: Option<&Zone>,
    now: Timestamp,
) -> impl IntoView + use<> {
    let when =
        start.map(|start| (words::moment(&service.zone, start, now), words::yours(&service.zone, viewer, start)));
    let zone = service.zone.place();
    let long = match quote.days {
        0 => words::length(quote.minutes),
        1 => "Delivered in a day".to_owned(),
        days => format!("Delivered in {days} days"),
    };
    let provider = format!("{who} · {}", service.provider_name);
    let (price, policy) = (price(quote), policy(service.cancellation_policy));
    view! {
        <Card title=service.priced.title.clone()>
            <SummaryList>
                {when.map(|(when, yours)| view! {
                    <SummaryItem label="When">
                        {when}" "<span class="muted">"("{zone}" time)"</span>
                        {yours.map(|yours| view! { <br/><span class="muted">{yours}</span> })}
                    </SummaryItem>
                })}
                <SummaryItem label="Takes">{long}</SummaryItem>
                <SummaryItem label="With">{provider}</SummaryItem>
            </SummaryList>
            {price}
            {policy}
        </Card>
    }
}

/// The cancellation policy in one sentence.
pub(super) fn policy(policy: CancellationPolicy) -> impl IntoView + use<> {
    view! { <p class="muted text-sm">{policy.sentence()}</p> }
}

/// Of a visit that was moved: the time that counts for the policy.
pub(super) fn agreed_first(booking: &BookingView, now: Timestamp) -> Option<impl IntoView + use<>> {
    let agreed = booking.agreed_start.filter(|agreed| booking.visit.is_some_and(|(start, _)| start != *agreed))?;
    let agreed = words::moment_within(&booking.zone, agreed, now);
    let words = format!("The visit was moved. What cancelling costs counts from the time agreed first: {agreed}.");
    Some(view! { <p class="muted text-sm">{words}</p> })
}
