//! `/account/security/passkeys`: adding, renaming and removing passkeys.

use super::super::passkeys::{Question, question};
use super::super::password_asked::password_form;
use super::super::session;
use super::two_factor::codes_page;
use crate::bookings::words;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head, PageScript};
use crate::request::{Answer, Failure, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, Field, FieldKind};
use crate::ui::{Button, ButtonKind, ButtonSize, Card, LinkButton, button_class};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::accounts::device_name;
use domain::accounts::passkeys::{self, Passkey};
use domain::kernel::{Error, FieldErrors, PasskeyId, Zone};
use jiff::Timestamp;
use leptos::prelude::*;
use tower_sessions::Session;

const OFF_THE_MAP: &str = "Passkeys work only where this site is reached by its name, over https. Here it is not.";

/// The part of `/account/security` about passkeys.
pub(super) fn card(page: &PageRequest, own: &[Passkey], zone: &Zone) -> impl IntoView + use<> {
    let now = page.ctx().clock.now();
    let rows: Vec<_> = own.iter().map(|passkey| row(passkey, zone, now)).collect();
    let list = (!rows.is_empty()).then(|| view! { <ul class="stack">{rows}</ul> });
    let act = if passkeys::origin(page.ctx()).is_none() {
        view! { <p class="muted">{OFF_THE_MAP}</p> }.into_any()
    } else {
        view! {
            <div><LinkButton href="/account/security/passkeys/new" kind=ButtonKind::Secondary>"Add a passkey"</LinkButton></div>
        }
        .into_any()
    };
    view! {
        <Card title="Passkeys" dense=true>
            <div class="stack">
                <p>"Log in with your finger, your face or a PIN of your device instead of a password. Nobody can talk you out of a passkey."</p>
                {list}
                {act}
            </div>
        </Card>
    }
}

fn row(passkey: &Passkey, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let added = words::day(zone, passkey.added, now);
    let used = passkey
        .last_used
        .map_or_else(|| "never used".to_owned(), |at| format!("last used {}", words::day(zone, at, now)));
    let here = format!("/account/security/passkeys/{}", passkey.id.0);
    let quiet = button_class(ButtonKind::Quiet, ButtonSize::Medium, false);
    let (rename, remove) = (format!("Rename {}", passkey.name), format!("Remove {}", passkey.name));
    view! {
        <li class="row justify-between">
            <div>
                <strong class="break-words">{passkey.name.clone()}</strong>
                <p class="muted">"Added " {added} " · " {used}</p>
            </div>
            <div class="row">
                <a class=quiet.clone() href=here.clone() aria-label=rename>"Rename"</a>
                <a class=quiet href=format!("{here}/remove") aria-label=remove>"Remove"</a>
            </div>
        </li>
    }
}

/// `GET /account/security/passkeys/new`.
///
/// # Errors
/// Not signed in.
pub async fn new_passkey(page: PageRequest) -> Answer {
    page.actor().signed_in()?;
    Ok(new_page(&page, StatusCode::OK, &suggested(&page)))
}

/// `POST /account/security/passkeys/new`: with name and password, the question to the device.
///
/// # Errors
/// Not signed in.
pub async fn ask_passkey(page: PageRequest, session: Session, form: Form) -> Answer {
    let password = form.raw("password").to_owned();
    match passkeys::start_adding(page.ctx(), page.actor(), form.text("name"), password).await {
        Ok(challenge) => {
            session::asked(&session, &challenge.ceremony).await?;
            Ok(question_page(&page, challenge.options.to_string()))
        }
        Err(error) => Ok(new_page(&page, StatusCode::UNPROCESSABLE_ENTITY, &form.rejected(error)?)),
    }
}

/// `POST /account/security/passkeys`: the device's answer in the field `credential`.
///
/// # Errors
/// Not signed in.
pub async fn add_passkey(page: PageRequest, session: Session, form: Form) -> Answer {
    page.actor().signed_in()?;
    let ceremony = session::question(&session).await?;
    match passkeys::add(page.ctx(), page.actor(), &ceremony, form.raw("credential")).await {
        Ok(added) if added.recovery.is_empty() => {
            session::renew(&session).await?;
            Ok(see_other("/account/security?said=passkey-added"))
        }
        Ok(added) => {
            session::second_added(&session).await?;
            Ok(codes_page(&page, &added.recovery))
        }
        Err(Error::Conflict(words)) => {
            let state = suggested(&page).complaining(FieldErrors::one("", words));
            Ok(new_page(&page, StatusCode::UNPROCESSABLE_ENTITY, &state))
        }
        Err(error) => Err(error.into()),
    }
}

/// The form before anything is typed: most people name a passkey after the device they sit at.
fn suggested(page: &PageRequest) -> FormState {
    FormState::with([("name", first_letter_large(&device_name(page.agent())))])
}

/// `GET /account/security/passkeys/{id}`.
///
/// # Errors
/// Not signed in; no such passkey of this person.
pub async fn passkey(page: PageRequest, Path(passkey): Path<String>) -> Answer {
    let passkey = find(&page, &passkey).await?;
    let state = FormState::with([("name", passkey.name.clone())]);
    Ok(rename_page(&page, StatusCode::OK, &state, passkey.id))
}

/// `POST /account/security/passkeys/{id}`.
///
/// # Errors
/// Not signed in; no such passkey of this person.
pub async fn rename_passkey(page: PageRequest, Path(passkey): Path<String>, form: Form) -> Answer {
    let passkey = id(&page, &passkey)?;
    match passkeys::rename(page.ctx(), page.actor(), passkey, form.text("name")).await {
        Ok(()) => Ok(see_other("/account/security?said=passkey-renamed")),
        Err(error) => Ok(rename_page(&page, StatusCode::UNPROCESSABLE_ENTITY, &form.rejected(error)?, passkey)),
    }
}

/// `GET /account/security/passkeys/{id}/remove`.
///
/// # Errors
/// Not signed in; no such passkey of this person.
pub async fn ask_remove_passkey(page: PageRequest, Path(passkey): Path<String>) -> Answer {
    let passkey = find(&page, &passkey).await?;
    Ok(remove_page(&page, StatusCode::OK, &FormState::default(), &passkey))
}

/// `POST /account/security/passkeys/{id}/remove`.
///
/// # Errors
/// Not signed in; no such passkey of this person.
pub async fn remove_passkey(page: PageRequest, Path(passkey): Path<String>, form: Form) -> Answer {
    let passkey = find(&page, &passkey).await?;
    let password = form.raw("password").to_owned();
    match passkeys::remove(page.ctx(), page.actor(), passkey.id, password).await {
        Ok(()) => Ok(see_other("/account/security?said=passkey-removed")),
        Err(error) => Ok(remove_page(&page, StatusCode::UNPROCESSABLE_ENTITY, &form.rejected(error)?, &passkey)),
    }
}

async fn find(page: &PageRequest, passkey: &str) -> Result<Passkey, Failure> {
    Ok(passkeys::find(page.ctx(), page.actor(), id(page, passkey)?).await?)
}

fn id(page: &PageRequest, text: &str) -> Result<PasskeyId, Failure> {
    page.actor().signed_in()?;
    text.parse().map(PasskeyId).map_err(|_| Failure(Error::NotFound))
}

fn head(title: &str) -> Head {
    Head { title: title.to_owned(), robots_noindex: true, ..Head::default() }
}

fn first_letter_large(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn new_page(page: &PageRequest, status: StatusCode, state: &FormState) -> Response {
    let inner = if passkeys::origin(page.ctx()).is_none() {
        view! {
            <p>{OFF_THE_MAP}</p>
            <div><LinkButton href="/account/security" kind=ButtonKind::Secondary>"Back"</LinkButton></div>
        }
        .into_any()
    } else {
        view! {
            <p class="without-scripts">"Passkeys need scripts, which are off in this browser. Two-step login with an app works without."</p>
            <form class="form" method="post" action="/account/security/passkeys/new" novalidate=true>
                <ErrorSummary form=state/>
                <Field form=state name="name" label="A name for it" required=true maxlength=80
                    hint="So that you know it again in your list: the device, or where it is kept."/>
                <Field form=state name="password" label="Your password" kind=FieldKind::Password required=true
                    autocomplete="current-password"/>
                <div class="row">
                    <Button>"Go on"</Button>
                    <LinkButton href="/account/security" kind=ButtonKind::Quiet>"Not now"</LinkButton>
                </div>
            </form>
        }
        .into_any()
    };
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Add a passkey"</h1>
                <p class="lead">"A key that stays in your device or your password manager. It opens your account when the device has made sure that it is you."</p>
            </div>
            {inner}
        </div>
    };
    page.show_with(status, head("Add a passkey"), Frame::Account, body)
}

/// The device is asked from here. Five minutes later the question is worthless.
fn question_page(page: &PageRequest, options: String) -> Response {
    let asked = passkeys::origin(page.ctx()).map(|origin| {
        let asked = Question::create(origin, "/account/security/passkeys", options, "Make the passkey");
        question(
            asked,
            None,
            "Passkeys need scripts, which are off in this browser. Two-step login with an app works without.",
        )
    });
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Now your device"</h1>
                <p class="lead">"It asks where the passkey should be kept, and then for your finger, your face or its PIN. You have five minutes."</p>
            </div>
            <div class="stack">
                {asked}
                <p hidden=true data-passkey-unable="">"This browser has no passkeys here. Try another one, or open the site under its own address."</p>
            </div>
            <div><LinkButton href="/account/security" kind=ButtonKind::Quiet>"Not now"</LinkButton></div>
        </div>
    };
    page.show(Head { script: Some(PageScript::Passkeys), ..head("Add a passkey") }, Frame::Account, body)
}

fn rename_page(page: &PageRequest, status: StatusCode, state: &FormState, passkey: PasskeyId) -> Response {
    let body = view! {
        <div class="page-narrow stack">
            <h1>"Rename a passkey"</h1>
            <form class="form" method="post" action=format!("/account/security/passkeys/{}", passkey.0) novalidate=true>
                <ErrorSummary form=state/>
                <Field form=state name="name" label="Its name" required=true maxlength=80/>
                <div class="row">
                    <Button>"Rename it"</Button>
                    <LinkButton href="/account/security" kind=ButtonKind::Quiet>"Back"</LinkButton>
                </div>
            </form>
        </div>
    };
    page.show_with(status, head("Rename a passkey"), Frame::Account, body)
}

fn remove_page(page: &PageRequest, status: StatusCode, state: &FormState, passkey: &Passkey) -> Response {
    let action = format!("/account/security/passkeys/{}/remove", passkey.id.0);
    let form = password_form(state, action, (ButtonKind::Danger, "Remove it"), ("/account/security", "Keep it"));
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1 class="break-words">"Remove “"{passkey.name.clone()}"”?"</h1>
                <p class="lead">"It opens your account no more. If it is your last second step, your password alone does from then on, and your recovery codes are deleted."</p>
            </div>
            {form}
        </div>
    };
    page.show_with(status, head("Remove a passkey"), Frame::Account, body)
}
