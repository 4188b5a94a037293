//! What a business is registered with: where it is, which it changes itself, and its name and payout country, which somebody
//! looks at first.

pub mod address;
pub mod name;

use crate::ui::{ButtonKind, Card, LinkButton, SummaryItem, SummaryList};
use domain::onboarding::changes::Registered;
use domain::onboarding::countries;
use leptos::prelude::*;

/// The address of the profile, from which both pages are reached.
const PROFILE: &str = "/provider/profile";

/// What the profile shows of it. Only owners change the name and the country of the bank account.
pub(super) fn card(known: &Registered, owner: bool) -> impl IntoView + use<> {
    let waits = known.waiting().map(|asked| {
        let parts: Vec<String> =
            asked.differs().iter().map(|part| format!("{}: {}", part.part, part.after.join(", "))).collect();
        view! { <SummaryItem label="Waits for us"><span class="wrap-anywhere">{parts.join("; ")}</span></SummaryItem> }
    });
    let payout = country(&known.present.payout_country);
    let waiting = waits.is_some();
    let rename = if owner {
        let label = if waiting { "See what waits" } else { "Change name or country" };
        view! { <LinkButton href=name::PATH kind=ButtonKind::Secondary>{label}</LinkButton> }.into_any()
    } else {
        view! { <p class="muted">"Name and country of the bank account are changed by an owner."</p> }.into_any()
    };
    let (shown, place) = (known.present.name.clone(), place(known));
    view! {
        <Card title="Registered as">
            <div class="stack">
                <SummaryList>
                    <SummaryItem label="Name"><span class="wrap-anywhere">{shown}</span></SummaryItem>
                    <SummaryItem label="Where you are"><span class="wrap-anywhere">{place}</span></SummaryItem>
                    <SummaryItem label="Bank account in">{payout}</SummaryItem>
                    {waits}
                </SummaryList>
                <div class="row">
                    <LinkButton href=address::PATH kind=ButtonKind::Secondary>"Change where you are"</LinkButton>
                    {rename}
                </div>
            </div>
        </Card>
    }
}

/// "4000-001 Porto, Portugal".
fn place(known: &Registered) -> String {
    let town = [known.postal_code.as_str(), known.city.as_str()];
    let town: Vec<&str> = town.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}, {}", town.join(" "), country(&known.country))
}

fn country(code: &str) -> String {
    match countries::name(code) {
        Some(name) => name.to_owned(),
        None if code.is_empty() => "Not said yet".to_owned(),
        None => code.to_owned(),
    }
}
