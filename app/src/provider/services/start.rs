//! `/provider/services/new`: the few things a service begins with. The rest is written in its form.

use super::{PATH, head};
use crate::forms::{Form, FormState};
use crate::layout::Frame;
use crate::provider::{business, elsewhere};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{Choice, ChoiceCard, ErrorSummary, Field, RadioCards, Select};
use crate::ui::{Breadcrumbs, Button, Link};
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalog::Shelves;
use domain::catalog::listing::{Beginning, begin, starting};
use domain::kernel::{CategoryId, Error, ServiceId};
use leptos::prelude::*;

/// `GET /provider/services/new`.
///
/// # Errors
/// Not signed in; not found for members who do not manage.
pub async fn show(page: PageRequest) -> Answer {
    let Some(provider) = business(&page)? else {
        return Ok(elsewhere::page(&page));
    };
    let shelves = starting(page.ctx(), page.actor(), provider).await?;
    let state = FormState::with([("kind", "visit"), ("pricing", "fixed")]);
    Ok(answer(&page, StatusCode::OK, &state, &shelves))
}

/// `POST /provider/services/new`.
///
/// # Errors
/// Not signed in; not found for members who do not manage.
pub async fn submit(page: PageRequest, form: Form) -> Answer {
    let Some(provider) = business(&page)? else {
        return Ok(elsewhere::page(&page));
    };
    let typed = Beginning::parse(form.text("title"), form.text("category"), form.text("kind"), form.text("pricing"));
    let begun = match typed {
        Ok(beginning) => begin(page.ctx(), page.actor(), provider, beginning, form.parsed("key").map(ServiceId)).await,
        Err(wrong) => Err(Error::Invalid(wrong)),
    };
    match begun {
        Ok(slug) => Ok(see_other(&format!("{PATH}/{slug}?said=service-begun"))),
        Err(error) => {
            // Who may not learns so before anything about the form.
            let shelves = starting(page.ctx(), page.actor(), provider).await?;
            Ok(answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &form.rejected(error)?, &shelves))
        }
    }
}

fn answer(page: &PageRequest, status: StatusCode, state: &FormState, shelves: &Shelves) -> Response {
    let card = |value: &str, title: &str, text: &str| ChoiceCard {
        text: Some(text.to_owned()),
        ..ChoiceCard::new(value, title)
    };
    let kinds = vec![
        card("visit", "A visit", "A time, and a place or call: people book a slot of your calendar."),
        card("delivery", "A delivery", "Work that is sent as files by a deadline."),
    ];
    let pricings = vec![
        card("fixed", "One price", "The same for everybody."),
        card("hourly", "By the hour", "People choose how long; you say the shortest and the longest."),
        card("unit", "Per unit", "Per m², per window, per page: people say how many."),
        card("from", "From", "Shown as “from”. What is booked costs this."),
        card("packages", "Packages", "Up to three sizes side by side: basic, standard, premium."),
        card("quote", "On request", "You name a price first. Nobody books it directly."),
    ];
    // A form that was pressed twice begins one service.
    let key = match state.value("key") {
        "" => page.ctx().id::<ServiceId>().0.to_string(),
        sent => sent.to_owned(),
    };
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=vec![Link::new("Services", PATH)] here="New service"/>
            <div>
                <h1>"New service"</h1>
                <p class="lead">"Four answers to begin with. All of them can be changed until it is on show."</p>
            </div>
            <form class="form" method="post" action=format!("{PATH}/new") novalidate=true>
                <ErrorSummary form=state/>
                <input type="hidden" name="key" value=key/>
                <Field form=state name="title" label="Title" required=true maxlength=120
                    hint="What you do, as a customer would say it: “Dripping tap repaired”."/>
                <Select form=state name="category" label="Category" options=options(shelves, &[]) empty="Choose one" required=true/>
                <RadioCards form=state name="kind" label="How the work is done" options=kinds/>
                <RadioCards form=state name="pricing" label="How the price is made" options=pricings/>
                <div><Button>"Go on writing"</Button></div>
            </form>
        </div>
    };
    page.show_with(status, head("New service"), Frame::Provider, body)
}

/// What can be chosen, and what is chosen already, with the way there: "Home › Plumbing".
pub(super) fn options(shelves: &Shelves, kept: &[CategoryId]) -> Vec<Choice> {
    let offered = shelves.offered(kept);
    let mut named: Vec<Choice> =
        offered.into_iter().map(|shelf| Choice::new(shelf.id.0.to_string(), shelves.path(shelf))).collect();
    named.sort_by(|one, other| one.label.cmp(&other.label));
    named
}
