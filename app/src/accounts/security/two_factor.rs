//! `/account/security/two-factor`: setting an authenticator app up.

use super::super::password_asked::password_form;
use super::super::session;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, Field, FieldKind};
use crate::ui::{Button, ButtonKind, Card, LinkButton, Notice, Tone};
use axum::http::StatusCode;
use axum::response::Response;
use domain::accounts::second_factor::{self, Offer};
use domain::kernel::Error;
use leptos::prelude::*;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use tower_sessions::Session;

const SECURITY: &str = "/account/security";

/// `GET /account/security/two-factor`.
///
/// # Errors
/// Not signed in.
pub async fn two_factor(page: PageRequest) -> Answer {
    match second_factor::offer(page.ctx(), page.actor()).await {
        Ok(offer) => Ok(offer_page(&page, StatusCode::OK, &FormState::default(), &offer)?),
        Err(Error::Conflict(_)) => Ok(see_other("/account/security")),
        // Only an address that is not proved: the page to prove it is the next step.
        Err(Error::Invalid(_)) => Ok(see_other("/account?said=prove-first")),
        Err(error) => Err(error.into()),
    }
}

/// `POST /account/security/two-factor`: the first code puts it in force.
///
/// # Errors
/// Not signed in.
pub async fn confirm(page: PageRequest, session: Session, form: Form) -> Answer {
    match second_factor::confirm(page.ctx(), page.actor(), form.text("code"), form.raw("password").to_owned()).await {
        Ok(codes) => {
            session::second_added(&session).await?;
            Ok(codes_page(&page, &codes))
        }
        Err(error) => {
            let state = form.rejected(error)?;
            match second_factor::offer(page.ctx(), page.actor()).await {
                Ok(offer) => Ok(offer_page(&page, StatusCode::UNPROCESSABLE_ENTITY, &state, &offer)?),
                Err(Error::Conflict(_)) => Ok(see_other("/account/security")),
                Err(Error::Invalid(_)) => Ok(see_other("/account?said=prove-first")),
                Err(error) => Err(error.into()),
            }
        }
    }
}

/// `POST /account/security/recovery-codes`.
///
/// # Errors
/// Not signed in; no second factor.
pub async fn new_codes(page: PageRequest, form: Form) -> Answer {
    match second_factor::new_recovery_codes(page.ctx(), page.actor(), form.raw("password").to_owned()).await {
        Ok(codes) => Ok(codes_page(&page, &codes)),
        Err(error) => Ok(new_codes_page(&page, StatusCode::UNPROCESSABLE_ENTITY, &form.rejected(error)?)),
    }
}

/// `GET /account/security/recovery-codes`.
///
/// # Errors
/// Not signed in.
pub async fn ask_new_codes(page: PageRequest) -> Answer {
    page.actor().signed_in()?;
    Ok(new_codes_page(&page, StatusCode::OK, &FormState::default()))
}

fn new_codes_page(page: &PageRequest, status: StatusCode, state: &FormState) -> Response {
    let action = "/account/security/recovery-codes".to_owned();
    let form = password_form(state, action, (ButtonKind::Primary, "Make new codes"), (SECURITY, "Back"));
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Make new recovery codes?"</h1>
                <p class="lead">"The ones you have are worthless from then on."</p>
            </div>
            {form}
        </div>
    };
    page.show_with(status, head("New recovery codes"), Frame::Account, body)
}

/// `GET /account/security/two-factor/off`.
///
/// # Errors
/// Not signed in.
pub async fn ask_off(page: PageRequest) -> Answer {
    page.actor().signed_in()?;
    Ok(off_page(&page, StatusCode::OK, &FormState::default()))
}

/// `POST /account/security/two-factor/off`.
///
/// # Errors
/// Not signed in.
pub async fn off(page: PageRequest, form: Form) -> Answer {
    match second_factor::remove(page.ctx(), page.actor(), form.raw("password").to_owned()).await {
        Ok(()) => Ok(see_other("/account/security?said=two-factor-off")),
        Err(error) => Ok(off_page(&page, StatusCode::UNPROCESSABLE_ENTITY, &form.rejected(error)?)),
    }
}

fn head(title: &str) -> Head {
    Head { title: title.to_owned(), robots_noindex: true, ..Head::default() }
}

fn offer_page(page: &PageRequest, status: StatusCode, state: &FormState, offer: &Offer) -> Result<Response, Error> {
    let code = QrCode::with_error_correction_level(&offer.address, EcLevel::M).map_err(Error::internal)?;
    // Apps scan dark on light, whatever the colours of the page.
    let picture = code.render::<svg::Color>().min_dimensions(220, 220).build();
    let picture = picture.split_once("<svg").map_or(String::new(), |(_, rest)| {
        format!("<svg role=\"img\" aria-label=\"The secret as a picture for your app\"{rest}")
    });
    let spaced: Vec<String> =
        offer.secret.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
    let (address, secret) = (offer.address.clone(), spaced.join(" "));
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Turn "<span class="whitespace-nowrap">"two-step"</span>" login on"</h1>
                <p class="lead">"You need an authenticator app, such as Aegis, 2FAS, or the one in your password manager."</p>
            </div>
            <Card title="1. Add ServiceHub to the app" dense=true>
                <div class="stack">
                    <p>"Scan this with the app:"</p>
                    <div class="qr" inner_html=picture></div>
                    <p>"The app is on this device? " <a href=address>"Open it here"</a> ". Or type this secret into it:"</p>
                    <p><code class="break-all" id="totp-secret">{secret}</code></p>
                </div>
            </Card>
            <form class="form" method="post" action="/account/security/two-factor" novalidate=true>
                <ErrorSummary form=state/>
                <h2>"2. Type the code it shows"</h2>
                <Field form=state name="code" label="Six digits" required=true autocomplete="one-time-code" maxlength=20 kind=FieldKind::Digits/>
                <Field form=state name="password" label="Your password" kind=FieldKind::Password required=true
                    autocomplete="current-password"/>
                <div class="row">
                    <Button>"Turn it on"</Button>
                    <LinkButton href="/account/security" kind=ButtonKind::Quiet>"Not now"</LinkButton>
                </div>
            </form>
        </div>
    };
    Ok(page.show_with(status, head("Two-step login"), Frame::Account, body))
}

/// Recovery codes are shown here and never again.
pub(super) fn codes_page(page: &PageRequest, codes: &[String]) -> Response {
    let items: Vec<_> = codes.iter().map(|code| view! { <li><code>{code.clone()}</code></li> }).collect();
    let onward = if page.actor().asleep {
        ("/admin", "Go to the back office")
    } else {
        ("/account/security", "Done, I have them")
    };
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Your recovery codes"</h1>
                <p class="lead">"Two-step login is on. Keep these codes where you find them without your phone."</p>
            </div>
            <Card dense=true><ul class="codes">{items}</ul></Card>
            <Notice tone=Tone::Warning title="They are shown only now">
                <p>"Each opens your account once, instead of a code of the app or a passkey. Older recovery codes are worthless from now on."</p>
            </Notice>
            <div><LinkButton href=onward.0>{onward.1}</LinkButton></div>
        </div>
    };
    page.show(head("Your recovery codes"), Frame::Account, body)
}

fn off_page(page: &PageRequest, status: StatusCode, state: &FormState) -> Response {
    let action = "/account/security/two-factor/off".to_owned();
    let form = password_form(state, action, (ButtonKind::Danger, "Turn it off"), (SECURITY, "Keep it on"));
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Turn the app off?"</h1>
                <p class="lead">"Its codes open nothing from then on. Without a passkey your password alone opens your account, and your recovery codes are deleted."</p>
            </div>
            {form}
        </div>
    };
    page.show_with(status, head("Two-step login"), Frame::Account, body)
}
