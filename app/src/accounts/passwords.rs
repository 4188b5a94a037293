//! `/password/forgot` and `/password/reset/{token}`: a new password by mail.

use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, Field, FieldKind};
use crate::ui::{Button, ButtonSize, EmptyState, LinkButton, Notice, Scene, Tone};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::accounts::{forgot_password, reset_password, reset_works};
use domain::kernel::Error;
use leptos::prelude::*;

/// `GET /password/forgot`.
///
/// # Errors
/// None of its own.
pub async fn ask(page: PageRequest) -> Answer {
    let sent = page.param("sent").is_some();
    Ok(ask_page(&page, StatusCode::OK, &FormState::default(), sent))
}

/// `POST /password/forgot`. The answer is the same for every address.
///
/// # Errors
/// The database is away.
pub async fn send(page: PageRequest, form: Form) -> Answer {
    match forgot_password(page.ctx(), page.actor(), form.text("email")).await {
        Ok(()) => Ok(see_other("/password/forgot?sent=yes")),
        Err(error) => Ok(ask_page(&page, StatusCode::UNPROCESSABLE_ENTITY, &form.rejected(error)?, false)),
    }
}

fn ask_page(page: &PageRequest, status: StatusCode, state: &FormState, sent: bool) -> Response {
    let head = Head { title: "A new password".to_owned(), robots_noindex: true, ..Head::default() };
    let notice = sent.then(|| {
        view! {
            <Notice tone=Tone::Success title="Look into your mailbox" live=true>
                <p>"If this address has an account, a mail with a link is on its way. The link works for an hour."</p>
            </Notice>
        }
    });
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Forgotten your password?"</h1>
                <p class="lead">"Type the address of your account. We send you a link to choose a new one."</p>
            </div>
            {notice}
            <form class="form" method="post" action="/password/forgot" novalidate=true>
                <ErrorSummary form=state/>
                <Field form=state name="email" label="Email address" kind=FieldKind::Email required=true
                    autocomplete="username" maxlength=254 autofocus=!sent/>
                <Button size=ButtonSize::Large full=true>"Send me a link"</Button>
            </form>
            <p><a href="/login">"Back to logging in"</a></p>
        </div>
    };
    page.show_with(status, head, Frame::Focused, body)
}

/// `GET /password/reset/{token}`. Looking does not use the link: mail programs look, too.
///
/// # Errors
/// The database is away.
pub async fn choose(page: PageRequest, Path(token): Path<String>) -> Answer {
    if !reset_works(page.ctx(), &token).await? {
        return Ok(stale(&page, "A new password", "/password/forgot", "Ask for a new link"));
    }
    Ok(choose_page(&page, StatusCode::OK, &FormState::default(), &token))
}

/// `POST /password/reset/{token}`.
///
/// # Errors
/// The database is away.
pub async fn change(page: PageRequest, Path(token): Path<String>, form: Form) -> Answer {
    let new = (form.raw("new_password"), form.raw("new_password_again"));
    match reset_password(page.ctx(), page.actor(), &token, new).await {
        Ok(()) => Ok(see_other("/login?said=password-reset")),
        Err(Error::Conflict(_)) => Ok(stale(&page, "A new password", "/password/forgot", "Ask for a new link")),
        Err(error) => Ok(choose_page(&page, StatusCode::UNPROCESSABLE_ENTITY, &form.rejected(error)?, &token)),
    }
}

fn choose_page(page: &PageRequest, status: StatusCode, state: &FormState, token: &str) -> Response {
    let head = Head { title: "Choose a new password".to_owned(), robots_noindex: true, ..Head::default() };
    let action = format!("/password/reset/{token}");
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Choose a new password"</h1>
                <p class="lead">"All your devices are logged out then, also those you do not know."</p>
            </div>
            <form class="form" method="post" action=action novalidate=true>
                <ErrorSummary form=state/>
                <Field form=state name="new_password" label="New password" kind=FieldKind::Password required=true
                    hint="At least 10 characters. A few words in a row are easy to remember." autocomplete="new-password" autofocus=true/>
                <Field form=state name="new_password_again" label="The same password once more" kind=FieldKind::Password
                    required=true autocomplete="new-password"/>
                <Button size=ButtonSize::Large full=true>"Change my password"</Button>
            </form>
        </div>
    };
    page.show_with(status, head, Frame::Focused, body)
}

/// The page of a link that does not work (any more).
pub(super) fn stale(page: &PageRequest, title: &str, href: &'static str, again: &'static str) -> Response {
    let head = Head { title: title.to_owned(), robots_noindex: true, ..Head::default() };
    let body = view! {
        <div class="page-narrow">
            <h1 class="sr-only">"This link does not work"</h1>
            <EmptyState scene=Scene::Door title="This link does not work"
                text="It was used already, is too old, or a newer one was sent. The newest mail has the link that works.">
                <LinkButton href=href>{again}</LinkButton>
            </EmptyState>
        </div>
    };
    page.show_with(StatusCode::CONFLICT, head, Frame::Focused, body)
}
