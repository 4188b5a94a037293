//! Another password, another address.

use super::super::session;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, Field, FieldKind};
use crate::ui::{Button, ButtonKind, LinkButton};
use axum::http::StatusCode;
use axum::response::Response;
use domain::accounts;
use leptos::prelude::*;
use tower_sessions::Session;

/// `GET /account/security/password`.
///
/// # Errors
/// Not signed in.
pub async fn password(page: PageRequest) -> Answer {
    page.actor().signed_in()?;
    Ok(password_page(&page, StatusCode::OK, &FormState::default()))
}

/// `POST /account/security/password`.
///
/// # Errors
/// Not signed in.
pub async fn change_password(page: PageRequest, session: Session, form: Form) -> Answer {
    let new = (form.raw("new_password"), form.raw("new_password_again"));
    match accounts::change_password(page.ctx(), page.actor(), form.raw("password").to_owned(), new).await {
        Ok(()) => {
            session::renew(&session).await?;
            Ok(see_other("/account/security?said=password-changed"))
        }
        Err(error) => Ok(password_page(&page, StatusCode::UNPROCESSABLE_ENTITY, &form.rejected(error)?)),
    }
}

fn password_page(page: &PageRequest, status: StatusCode, state: &FormState) -> Response {
    let head = Head { title: "Change your password".to_owned(), robots_noindex: true, ..Head::default() };
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Change your password"</h1>
                <p class="lead">"All your other devices are logged out then."</p>
            </div>
            <form class="form" method="post" action="/account/security/password" novalidate=true>
                <ErrorSummary form=state/>
                <Field form=state name="password" label="Present password" kind=FieldKind::Password required=true
                    autocomplete="current-password"/>
                <Field form=state name="new_password" label="New password" kind=FieldKind::Password required=true
                    hint="At least 10 characters. A few words in a row are easy to remember." autocomplete="new-password"/>
                <Field form=state name="new_password_again" label="The new password once more" kind=FieldKind::Password
                    required=true autocomplete="new-password"/>
                <div class="row">
                    <Button>"Change my password"</Button>
                    <LinkButton href="/account/security" kind=ButtonKind::Quiet>"Back"</LinkButton>
                </div>
            </form>
        </div>
    };
    page.show_with(status, head, Frame::Account, body)
}

/// `GET /account/security/email`.
///
/// # Errors
/// Not signed in.
pub async fn email(page: PageRequest) -> Answer {
    page.actor().signed_in()?;
    Ok(email_page(&page, StatusCode::OK, &FormState::default()))
}

/// `POST /account/security/email`.
///
/// # Errors
/// Not signed in.
pub async fn change_email(page: PageRequest, form: Form) -> Answer {
    let password = form.raw("password").to_owned();
    match accounts::ask_for_address(page.ctx(), page.actor(), form.text("email"), password).await {
        Ok(()) => Ok(see_other("/account?said=link-sent")),
        Err(error) => Ok(email_page(&page, StatusCode::UNPROCESSABLE_ENTITY, &form.rejected(error)?)),
    }
}

fn email_page(page: &PageRequest, status: StatusCode, state: &FormState) -> Response {
    let head = Head { title: "Use another address".to_owned(), robots_noindex: true, ..Head::default() };
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Use another address"</h1>
                <p class="lead">"A link goes to the new address. Nothing changes until you open it."</p>
            </div>
            <form class="form" method="post" action="/account/security/email" novalidate=true>
                <ErrorSummary form=state/>
                <Field form=state name="email" label="New email address" kind=FieldKind::Email required=true
                    autocomplete="email" maxlength=254/>
                <Field form=state name="password" label="Your password" kind=FieldKind::Password required=true
                    autocomplete="current-password"/>
                <div class="row">
                    <Button>"Send me the link"</Button>
                    <LinkButton href="/account/security" kind=ButtonKind::Quiet>"Back"</LinkButton>
                </div>
            </form>
        </div>
    };
    page.show_with(status, head, Frame::Account, body)
}
