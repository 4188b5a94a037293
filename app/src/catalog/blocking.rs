//! `/providers/{slug}/block` and `/account/blocked`: customers who do not want to meet a business again. The form and
//! the list serve the other side too.

use crate::bookings::words;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, TextArea};
use crate::ui::{Button, ButtonKind, ButtonSize, Card, ConfirmPage, EmptyState, LinkButton, Notice, Scene, Tone};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalog::{self, Blocked, Pair, Side};
use domain::kernel::{Error, Zone};
use jiff::Timestamp;
use leptos::prelude::*;

/// `GET /providers/{slug}/block`: says what it means and asks.
///
/// # Errors
/// Not signed in; not found.
pub async fn ask(page: PageRequest, Path(slug): Path<String>) -> Answer {
    let (_, name, _) = catalog::business_to_block(page.ctx(), page.actor(), &slug).await?;
    Ok(form_page(&page, StatusCode::OK, &FormState::default(), &of_business(&slug, name)))
}

/// `POST /providers/{slug}/block`.
///
/// # Errors
/// Not signed in; not found.
pub async fn submit(page: PageRequest, Path(slug): Path<String>, form: Form) -> Answer {
    let (provider, name, _) = catalog::business_to_block(page.ctx(), page.actor(), &slug).await?;
    let pair = Pair { customer: page.actor().signed_in()?, provider };
    match catalog::block(page.ctx(), page.actor(), Side::Customer, pair, form.text("reason")).await {
        Ok(()) => Ok(see_other("/account/blocked?said=kept-apart")),
        Err(error) => refused(&page, &form, error, &of_business(&slug, name)),
    }
}

/// The form again, with what was wrong.
pub(crate) fn refused(page: &PageRequest, form: &Form, error: Error, asked: &Asked) -> Answer {
    let conflict = matches!(error, Error::Conflict(_));
    let status = if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(form_page(page, status, &form.rejected(error)?, asked))
}

fn of_business(slug: &str, name: String) -> Asked {
    Asked { name, action: format!("/providers/{slug}/block"), back: format!("/providers/{slug}"), frame: Frame::Public }
}

/// What the form of either side needs to know.
pub(crate) struct Asked {
    /// Who is to be blocked.
    pub name: String,
    /// Where the form goes.
    pub action: String,
    /// Where to go instead.
    pub back: String,
    /// What stands around it.
    pub frame: Frame,
}

/// Says what blocking means, and asks why.
pub(crate) fn form_page(page: &PageRequest, status: StatusCode, state: &FormState, asked: &Asked) -> Response {
    let title = format!("Block {}?", asked.name);
    let (action, back) = (asked.action.clone(), asked.back.clone());
    let summary = view! { <ErrorSummary form=state/> };
    let reason = view! {
        <TextArea form=state name="reason" label="Why?" optional=true maxlength=500 rows=3
            hint="For yourself, and for us if you ask for help. The other side never sees it, and is not told."/>
    };
    let body = view! {
        <div class="page-narrow">
            <ConfirmPage title=title.clone() tone=Tone::Danger
                text="Nothing new can be booked between the two of you. What is agreed already goes on as it is.">
                {summary}
                <form method="post" action=action class="stack" novalidate>
                    {reason}
                    <div class="row">
                        <Button kind=ButtonKind::Danger>"Block"</Button>
                        <LinkButton kind=ButtonKind::Quiet href=back>"Back"</LinkButton>
                    </div>
                </form>
            </ConfirmPage>
        </div>
    };
    let head = Head { title, robots_noindex: true, ..Head::default() };
    page.show_with(status, head, asked.frame, body)
}

/// `GET /account/blocked`.
///
/// # Errors
/// Not signed in.
pub async fn list(page: PageRequest) -> Answer {
    let blocked = catalog::blocked_by_customer(page.ctx(), page.actor()).await?;
    let told = ("You have blocked nobody", "Businesses you do not want to meet again can be blocked on their page.");
    let lead = "Businesses you do not want to meet again. Nothing new can be booked between you.";
    Ok(list_page(&page, Frame::Account, "/account/blocked", lead, told, &blocked))
}

/// `POST /account/blocked`: takes the block `which` back.
///
/// # Errors
/// Not signed in; not one's own.
pub async fn undo(page: PageRequest, form: Form) -> Answer {
    page.actor().signed_in()?;
    let id = form.parsed("which").ok_or(Error::NotFound)?;
    catalog::unblock(page.ctx(), page.actor(), id).await?;
    Ok(see_other("/account/blocked?said=not-apart"))
}

/// Whom one side has blocked, with a way to take each back.
pub(crate) fn list_page(
    page: &PageRequest,
    frame: Frame,
    path: &'static str,
    lead: &'static str,
    (title, text): (&'static str, &'static str),
    blocked: &[Blocked],
) -> Response {
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let now = page.ctx().clock.now();
    let cards: Vec<_> = blocked.iter().map(|one| item(one, path, &zone, now)).collect();
    let list = if cards.is_empty() {
        view! { <EmptyState scene=Scene::Door title=title text=text/> }.into_any()
    } else {
        view! { <ul class="stack">{cards}</ul> }.into_any()
    };
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Blocked"</h1>
                <p class="lead">{lead}</p>
            </div>
            {list}
        </div>
    };
    page.show(Head { title: "Blocked".to_owned(), robots_noindex: true, ..Head::default() }, frame, body)
}

fn item(one: &Blocked, path: &'static str, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let since = format!("Since {}", words::day(zone, one.at, now));
    let (id, label, text) = (one.id.to_string(), format!("Unblock {}", one.name), one.name.clone());
    let name = match &one.slug {
        Some(slug) => view! { <a href=format!("/providers/{slug}")>{text}</a> }.into_any(),
        None => text.into_any(),
    };
    let reason = Some(one.reason.clone()).filter(|reason| !reason.is_empty());
    let reason = reason.map(|reason| view! { <p class="wrap-anywhere whitespace-pre-line">{reason}</p> });
    view! {
        <li>
            <Card dense=true>
                <div class="row justify-between">
                    <div>
                        <h2 class="text-lg wrap-anywhere">{name}</h2>
                        <p class="muted">{since}</p>
                        {reason}
                    </div>
                    <form method="post" action=path>
                        <input type="hidden" name="which" value=id/>
                        <Button kind=ButtonKind::Secondary size=ButtonSize::Small>{label}</Button>
                    </form>
                </div>
            </Card>
        </li>
    }
}

/// On the page of a business or of its service: the viewer has blocked it.
pub(super) fn reminder(name: &str) -> impl IntoView + use<> {
    let title = format!("You have blocked {name}");
    view! {
        <div class="show-resting">
            <Notice tone=Tone::Info title=title>
                <p>"Nothing new can be booked between you. "<a href="/account/blocked">"Whom you have blocked"</a></p>
            </Notice>
        </div>
    }
}
