//! A customer's bookings.

use super::booking_page::tone;
use super::words;
use crate::forms::FormState;
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest};
use crate::ui::fields::{Field, FieldKind};
use crate::ui::{Button, ButtonKind, Card, EmptyState, LinkButton, Pager, Status, Tab, Tabs};
use domain::bookings::{self, ListFilter, ListRow, State};
use leptos::prelude::*;

/// `GET /bookings?show=open|waiting|past&q=&after=`.
pub async fn list(page: PageRequest) -> Answer {
    let filter = ListFilter::parse(&page.param("show").unwrap_or_default());
    let q = page.param("q").unwrap_or_default();
    let after = page.param("after");
    let found = bookings::list_of_customer(page.ctx(), page.actor(), filter, &q, after.as_deref()).await?;
    let encoded = percent_encoding::utf8_percent_encode(&q, percent_encoding::NON_ALPHANUMERIC).to_string();
    let address = |filter: ListFilter| format!("/bookings?show={}&q={encoded}", filter.name());
    let tabs = ListFilter::ALL.map(|one| Tab::new(title(one), address(one), one == filter)).to_vec();
    let next = found.next.map(|cursor| format!("{}&after={cursor}", address(filter)));
    let previous = found.continued.then(|| address(filter));
    let form = FormState::with([("q", q.clone())]);
    let empty = found.items.is_empty();
    let rows: Vec<_> = found.items.iter().map(|row| card(row, &page)).collect();
    let body = view! {
        <div class="page stack">
            <h1>"Your bookings"</h1>
            <Tabs label="Which bookings" tabs=tabs/>
            <form method="get" action="/bookings" class="find-row" role="search" aria-label="Your bookings">
                <input type="hidden" name="show" value=filter.name()/>
                <Field form=&form name="q" label="Service, provider or reference" kind=FieldKind::Search/>
                <Button kind=ButtonKind::Secondary>"Search"</Button>
            </form>
            {if empty { nothing(filter, &q).into_any() } else { view! { <ul class="stack">{rows}</ul> }.into_any() }}
            <Pager previous=previous next=next/>
        </div>
    };
    let head = Head { title: "Your bookings".to_owned(), robots_noindex: true, ..Head::default() };
    Ok(page.show(head, Frame::Public, body))
}

const fn title(filter: ListFilter) -> &'static str {
    match filter {
        ListFilter::Open => "To come",
        ListFilter::Waiting => "Waiting",
        ListFilter::Past => "Past",
    }
}

fn card(row: &ListRow, page: &PageRequest) -> impl IntoView + use<> {
    let now = page.ctx().clock.now();
    let when = match (row.visit, row.due_at) {
        (Some(visit), _) => words::span(&row.zone, visit, now),
        (None, Some(due)) => format!("Due {}", words::within(words::day(&row.zone, due, now))),
        _ => String::new(),
    };
    let act = match row.state {
        State::Held => Some(("Confirm", format!("/bookings/{}/pay", row.reference))),
        State::Confirmed if !row.awaited.is_empty() => {
            Some(("Answer the questions", format!("/bookings/{}#questions", row.reference)))
        }
        State::Done => Some(("Confirm that it is done", format!("/bookings/{}/sign-off", row.reference))),
        _ => None,
    };
    let href = format!("/bookings/{}", row.reference);
    let (title, status) = (row.title.clone(), row.state);
    let about = format!("{} · {} · {} · {}", row.member_name, row.other, row.total, row.reference);
    view! {
        <li>
            <Card dense=true>
                <div class="row justify-between">
                    <div>
                        <h2 class="text-lg"><a href=href>{title}</a></h2>
                        <p>{when}</p>
                        <p class="muted">{about}</p>
                    </div>
                    <div class="row">
                        <Status tone=tone(status) text=status.title()/>
                        {act.map(|(words, href)| view! { <LinkButton href=href>{words}</LinkButton> })}
                    </div>
                </div>
            </Card>
        </li>
    }
}

fn nothing(filter: ListFilter, q: &str) -> impl IntoView + use<> {
    let (title, text) = match (filter, q.is_empty()) {
        (_, false) => {
            ("Nothing found", "No booking here matches your words. Try fewer of them, or look under the other tabs.")
        }
        (ListFilter::Open, _) => {
            ("Nothing planned", "When you book something, it appears here with its time and who comes.")
        }
        (ListFilter::Waiting, _) => ("Nothing waits", "Requests without an answer and work to confirm appear here."),
        (ListFilter::Past, _) => {
            ("Nothing here yet", "Finished and cancelled bookings are kept here, with their history.")
        }
    };
    view! {
        <EmptyState title=title text=text>
            <LinkButton kind=ButtonKind::Primary href="/services">"Find a service"</LinkButton>
        </EmptyState>
    }
}
