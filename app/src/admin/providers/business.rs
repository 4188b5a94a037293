//! A business for those who check it: how it stands, its documents, hiding and showing it.

use super::super::head;
use super::changes;
use super::list::standing;
use super::moved_on;
use super::review::{documents, sheet};
use crate::bookings::words;
use crate::forms::FormState;
use crate::layout::Frame;
use crate::request::{Answer, PageRequest};
use crate::ui::fields::{ErrorSummary, TextArea};
use crate::ui::{
    Breadcrumbs, Button, ButtonKind, Card, Icon, Link, LinkButton, Notice, Status, SummaryItem, SummaryList, Tone,
};
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalog::renamed_business;
use domain::kernel::{Action, Error, Object, Zone, can};
use domain::onboarding::{self, Business, Document, DocumentState, today_of};
use jiff::Timestamp;
use leptos::prelude::*;

pub(super) async fn page(page: &PageRequest, slug: &str, status: StatusCode, form: &FormState) -> Answer {
    let business = match onboarding::business(page.ctx(), page.actor(), slug).await {
        // Somebody else approved another name meanwhile: the address from before still finds it.
        Err(Error::NotFound) => {
            let present = renamed_business(page.ctx(), slug).await?.ok_or(Error::NotFound)?;
            onboarding::business(page.ctx(), page.actor(), &present).await?
        }
        found => found?,
    };
    let row = &business.row;
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let now = page.ctx().clock.now();
    let (tone, word) = standing(row);
    let read = can(page.actor(), Action::ReadAudit, &Object::default()).then(|| {
        let href = format!("/admin/audit?object={}", row.id.0);
        view! { <LinkButton href=href kind=ButtonKind::Quiet icon=Icon::HISTORY full=true>"What happened"</LinkButton> }
    });
    let trail = vec![Link::new("Providers", "/admin/providers?show=businesses")];
    let known = facts(&business, &zone, now);
    let change = changes::card(page, (row.id, &row.slug), form).await?;
    let body = view! {
        <div class="page stack">
            <Breadcrumbs trail=trail here=row.name.clone()/>
            <div class="row justify-between"><h1 class="wrap-anywhere">{row.name.clone()}</h1><Status tone=tone text=word/></div>
            {(!asks_again(&business, form)).then(|| moved_on(form))}
            {why_hidden(&business, &zone, now)}
            <div class="with-side">
                <div class="stack">
                    {change}
                    {papers(page, &business, form)}
                </div>
                <aside class="stack">
                    <Card title="The business" dense=true>{known}</Card>
                    {act(&business)}
                    {read}
                </aside>
            </div>
        </div>
    };
    Ok(page.show_with(status, head(row.name.clone()), Frame::Admin, body))
}

/// Whether a form that was refused still stands on the page, with what was wrong.
fn asks_again(business: &Business, form: &FormState) -> bool {
    let asked = form.value("document");
    let documents = business.application.iter().flat_map(|known| &known.documents);
    documents.filter(|one| one.state == DocumentState::Sent).any(|one| one.id.0.to_string() == asked)
}

fn upcoming(business: &Business, zone: &Zone, now: Timestamp) -> String {
    let next = business
        .next
        .map(|at| format!(", the next {} ({} time)", words::moment_within(zone, at, now), zone.place()))
        .unwrap_or_default();
    match business.upcoming {
        0 => "None".to_owned(),
        1 => format!("1{next}"),
        more => format!("{more}{next}"),
    }
}

fn facts(business: &Business, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let row = &business.row;
    let people: Vec<String> = business.people.iter().map(|(name, role)| format!("{name} ({role})")).collect();
    let application = business.application.as_ref().map(|known| {
        let (href, reference) = (format!("/admin/providers/{}", known.reference), known.reference.clone());
        view! { <SummaryItem label="Application"><a class="tabular" href=href>{reference}</a></SummaryItem> }
    });
    let href = format!("/providers/{}", row.slug);
    let place = format!("{}, {}", row.city, row.country);
    let (since, bookings) = (words::dated(zone, row.since, now), upcoming(business, zone, now));
    let (checked, services) = (if row.verified { "Yes" } else { "No" }, row.services);
    view! {
        <SummaryList>
            <SummaryItem label="Page"><a href=href>"As customers see it"</a></SummaryItem>
            <SummaryItem label="Place">{place}</SummaryItem>
            <SummaryItem label="Since">{since}</SummaryItem>
            <SummaryItem label="Checked">{checked}</SummaryItem>
            <SummaryItem label="Services on offer">{services}</SummaryItem>
            <SummaryItem label="Bookings to come">{bookings}</SummaryItem>
            <SummaryItem label="People"><span class="wrap-anywhere">{people.join(", ")}</span></SummaryItem>
            {application}
        </SummaryList>
    }
}

fn why_hidden(business: &Business, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let row = &business.row;
    let suspended = row.suspended_at.map(|at| {
        let (since, reason) = (words::moment_within(zone, at, now), row.reason.clone());
        view! {
            <Notice tone=Tone::Danger title=format!("Suspended {since}")>
                <p class="whitespace-pre-line wrap-anywhere">{reason}</p>
            </Notice>
        }
    });
    let over = row.papers_over_at.map(|at| {
        view! {
            <Notice tone=Tone::Warning title=format!("Hidden {}", words::moment_within(zone, at, now))>
                <p>"A document it needs is over. Accept a new one, and it is shown again by itself."</p>
            </Notice>
        }
    });
    view! { {suspended} {over} }
}

fn act(business: &Business) -> impl IntoView + use<> {
    let base = format!("/admin/providers/{}", business.row.slug);
    if business.row.suspended_at.is_some() {
        view! {
            <form method="post" action=format!("{base}/restore")>
                <Button full=true>"Show it again"</Button>
            </form>
        }
        .into_any()
    } else {
        view! { <LinkButton href=format!("{base}/suspend") kind=ButtonKind::Danger full=true>"Suspend"</LinkButton> }
            .into_any()
    }
}

/// New documents with their decision first, then the others.
fn papers(page: &PageRequest, business: &Business, form: &FormState) -> AnyView {
    let Some(known) = &business.application else {
        return view! { <Card title="Documents"><p class="muted">"None: the business is from before we asked for documents."</p></Card> }
            .into_any();
    };
    let today = today_of(page.ctx(), &known.told);
    let (new, others): (Vec<Document>, Vec<Document>) =
        known.documents.iter().cloned().partition(|document| document.state == DocumentState::Sent);
    let asked = form.value("document").to_owned();
    let new: Vec<_> = new
        .iter()
        .map(|document| {
            let own = asked == document.id.0.to_string();
            let empty = FormState::default();
            let form = if own { form } else { &empty };
            let action = format!("/admin/providers/{}/documents", business.row.slug);
            let note = view! {
                <ErrorSummary form=form/>
                <TextArea form=form name="note" label="A word to the business" maxlength=2000 rows=2
                    hint="Needed when you refuse it. They read this, word for word."/>
            };
            let (picture, id) = (sheet(document, today), document.id.0.to_string());
            view! {
                <Card title="New document" tone=Tone::Info>
                    {picture}
                    <form class="form" method="post" action=action novalidate=true>
                        <input type="hidden" name="document" value=id/>
                        {note}
                        <div class="row">
                            <Button name="decision" value="accept">"Accept it"</Button>
                            <Button name="decision" value="refuse" kind=ButtonKind::Danger>"Refuse it"</Button>
                        </div>
                    </form>
                </Card>
            }
        })
        .collect();
    let others = documents(&others, today);
    view! {
        {new}
        <Card title="Documents">{others}</Card>
    }
    .into_any()
}

/// The page that asks before a business is hidden.
pub(super) async fn suspend_page(
    page: &PageRequest,
    slug: &str,
    status: StatusCode,
    form: &FormState,
) -> Result<Response, crate::request::Failure> {
    let business = onboarding::business(page.ctx(), page.actor(), slug).await?;
    let base = format!("/admin/providers/{slug}");
    let title = format!("Suspend {}?", business.row.name);
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let bookings = upcoming(&business, &zone, page.ctx().clock.now());
    let services = business.row.services;
    let fields = view! {
        <ErrorSummary form=form/>
        <TextArea form=form name="reason" label="Reason" required=true maxlength=500 rows=3
            hint="The people of the business read this, word for word."/>
    };
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>{title.clone()}</h1>
                <p class="lead">"Its services are not found and cannot be booked, and its page says it is not available. What is booked stays."</p>
            </div>
            <SummaryList>
                <SummaryItem label="Services that are hidden">{services}</SummaryItem>
                <SummaryItem label="Bookings that stay">{bookings}</SummaryItem>
            </SummaryList>
            <form class="form" method="post" action=format!("{base}/suspend") novalidate=true>
                {fields}
                <div class="row">
                    <Button kind=ButtonKind::Danger>"Suspend"</Button>
                    <LinkButton href=base.clone() kind=ButtonKind::Quiet>"Back"</LinkButton>
                </div>
            </form>
        </div>
    };
    Ok(page.show_with(status, head(title), Frame::Admin, body))
}
