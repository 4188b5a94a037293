//! `/account/privacy`: a copy of everything about oneself, and the end of the account.

use super::password_asked::password_form;
use super::session;
use crate::bookings::words;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::{Button, ButtonKind, Card, LinkButton, Notice, ProgressBar, Tone};
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::accounts::privacy::{self, Export};
use domain::kernel::{Error, Zone};
use jiff::Timestamp;
use leptos::prelude::*;
use tower_sessions::Session;

fn head(title: &str) -> Head {
    Head { title: title.to_owned(), robots_noindex: true, ..Head::default() }
}

/// `GET /account/privacy`.
///
/// # Errors
/// Not signed in.
pub async fn show(page: PageRequest) -> Answer {
    let copies = privacy::copies(page.ctx(), page.actor()).await?;
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let now = page.ctx().clock.now();
    let being_made = copies.iter().any(|copy| !copy.done);
    let cards: Vec<_> = copies.iter().map(|copy| card(copy, &zone, now)).collect();
    let ask = (!being_made).then(|| {
        view! { <form method="post" action="/account/privacy"><Button kind=ButtonKind::Secondary>"Make me a copy"</Button></form> }
    });
    let body = view! {
        <div class="page-narrow stack">
            <h1>"Privacy"</h1>
            <Card title="A copy of everything about you" dense=true>
                <div class="stack">
                    <p>"A ZIP of plain files: your details, bookings, reviews, logins, mails, and your part of the history."</p>
                    {ask}
                    <ul class="stack">{cards}</ul>
                </div>
            </Card>
            <Card title="What we keep, and how long" dense=true>
                <ul class="list-disc ps-5">
                    <li>"Logins: a year, for you to see. A session ends after two weeks unused."</li>
                    <li>"Mails we sent: their words go once they have left, the rest after 30 days."</li>
                    <li>"Bookings: for good, because two sides rely on them. Address and notes go with your account."</li>
                    <li>"The history: for good, and nobody can change it. Your words in it go with your account."</li>
                </ul>
            </Card>
            <Card title="Delete your account" dense=true>
                <div class="stack">
                    <p>"Everything that says who you are is deleted, at once and for good."</p>
                    <div><LinkButton href="/account/privacy/delete" kind=ButtonKind::Danger>"Delete my account"</LinkButton></div>
                </div>
            </Card>
        </div>
    };
    Ok(page.show(head("Privacy"), Frame::Account, body))
}

fn card(copy: &Export, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let asked = words::moment_within(zone, copy.asked_at, now);
    let act = if copy.done {
        let until = words::within(words::day(zone, copy.expires_at, now));
        view! {
            <div class="row justify-between">
                <p>"Made " {asked} ", here until " {until}</p>
                <LinkButton href=format!("/account/privacy/copy/{}", copy.id) download=true>"Download"</LinkButton>
            </div>
        }
        .into_any()
    } else {
        view! {
            <div class="stack">
                <ProgressBar label="Being made" percent=copy.progress/>
                <div><LinkButton href="/account/privacy" kind=ButtonKind::Quiet>"Look again"</LinkButton></div>
            </div>
        }
        .into_any()
    };
    view! { <li>{act}</li> }
}

/// `POST /account/privacy`: asks for a copy.
///
/// # Errors
/// Not signed in.
pub async fn ask(page: PageRequest) -> Answer {
    privacy::ask_for_copy(page.ctx(), page.actor()).await?;
    Ok(see_other("/account/privacy?said=copy-asked"))
}

/// `GET /account/privacy/copy/{id}`.
///
/// # Errors
/// Not signed in; not found, also for somebody else's.
pub async fn download(page: PageRequest, Path(copy): Path<String>) -> Answer {
    page.actor().signed_in()?;
    let copy = copy.parse().map_err(|_| Error::NotFound)?;
    let content = privacy::download(page.ctx(), page.actor(), copy).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"servicehub-my-data.zip\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, content).into_response())
}

/// `GET /account/privacy/delete`.
///
/// # Errors
/// Not signed in.
pub async fn ask_delete(page: PageRequest) -> Answer {
    let open = privacy::open_bookings(page.ctx(), page.actor()).await?;
    Ok(delete_page(&page, StatusCode::OK, &FormState::default(), open))
}

/// `POST /account/privacy/delete`.
///
/// # Errors
/// Not signed in.
pub async fn delete(page: PageRequest, session: Session, form: Form) -> Answer {
    match privacy::delete_account(page.ctx(), page.actor(), form.raw("password").to_owned()).await {
        Ok(()) => {
            session::sign_out(&session).await?;
            Ok(see_other("/?said=account-deleted"))
        }
        Err(error) => {
            let status = if matches!(error, Error::Conflict(_)) {
                StatusCode::CONFLICT
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            let state = form.rejected(error)?;
            let open = privacy::open_bookings(page.ctx(), page.actor()).await?;
            Ok(delete_page(&page, status, &state, open))
        }
    }
}

fn delete_page(page: &PageRequest, status: StatusCode, state: &FormState, open: i64) -> Response {
    let open = (open > 0).then(|| {
        let (words, end) = if open == 1 {
            ("One booking is not over.".to_owned(), "Bring it to an end or cancel it first: somebody relies on it. ")
        } else {
            (
                format!("{open} bookings are not over."),
                "Bring them to an end or cancel them first: somebody relies on them. ",
            )
        };
        view! {
            <Notice tone=Tone::Warning title=words>
                <p>{end}<a href="/bookings">"See your bookings"</a> "."</p>
            </Notice>
        }
    });
    let action = "/account/privacy/delete".to_owned();
    let act = (ButtonKind::Danger, "Delete my account for good");
    let form = password_form(state, action, act, ("/account/privacy", "Keep it"));
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Delete your account?"</h1>
                <p class="lead">"At once and for good. Nobody can bring it back, we neither."</p>
            </div>
            {open}
            <Card title="What goes, what stays" dense=true>
                <ul class="list-disc ps-5">
                    <li>"Goes: your name, addresses, phone, picture, logins, mails, notes, and the words of your reviews."</li>
                    <li>"Stays: that somebody booked what, when and for how much, and the stars of your reviews."</li>
                    <li>"Stays: the history, with sealed marks in place of your words, so that it can still be checked."</li>
                    <li>"A business that only you own closes, and its services are taken off the site."</li>
                </ul>
            </Card>
            {form}
        </div>
    };
    page.show_with(status, head("Delete your account"), Frame::Account, body)
}
