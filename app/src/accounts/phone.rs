//! `/account/phone`: showing that a number is one's own, with a code that goes there.

use crate::bookings::words;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, Field, FieldKind};
use crate::ui::{Badge, Button, ButtonKind, Card, LinkButton, Notice, Tone};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use domain::accounts::phone::{self, CODE_MINUTES, Phone, SentCode};
use domain::kernel::{Error, FieldErrors, Zone};
use domain::notifications::international;
use leptos::prelude::*;

/// `GET /account/phone`.
///
/// # Errors
/// Not signed in.
pub async fn show(page: PageRequest) -> Answer {
    let phone = phone::phone(page.ctx(), page.actor()).await?;
    Ok(answer(&page, StatusCode::OK, &FormState::default(), &phone))
}

/// `POST /account/phone`: sends a code.
///
/// # Errors
/// Not signed in.
pub async fn ask(page: PageRequest, form: Form) -> Answer {
    match phone::ask_for_code(page.ctx(), page.actor()).await {
        Ok(()) => Ok(see_other("/account/phone?said=code-sent")),
        Err(Error::TooMany { retry_after }) => {
            let words = format!("Several codes went out lately. The next one can go {}.", within(retry_after));
            let state = FormState::default().complaining(FieldErrors::one("", words));
            let phone = phone::phone(page.ctx(), page.actor()).await?;
            let mut response = answer(&page, StatusCode::TOO_MANY_REQUESTS, &state, &phone);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
            Ok(response)
        }
        Err(error) => {
            let state = form.rejected(error)?;
            let phone = phone::phone(page.ctx(), page.actor()).await?;
            Ok(answer(&page, StatusCode::CONFLICT, &state, &phone))
        }
    }
}

/// `POST /account/phone/confirm`: gives the code back.
///
/// # Errors
/// Not signed in.
pub async fn confirm(page: PageRequest, form: Form) -> Answer {
    match phone::confirm_phone(page.ctx(), page.actor(), form.text("code")).await {
        Ok(()) => Ok(see_other("/account?said=phone-confirmed")),
        Err(error) => {
            let status = if matches!(error, Error::Conflict(_)) {
                StatusCode::CONFLICT
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            let mut state = form.rejected(error)?;
            let phone = phone::phone(page.ctx(), page.actor()).await?;
            if phone.code.is_none() {
                // The field is not there any more, so the message belongs to the page.
                let words = state.errors().map(|(_, words)| words.to_owned()).next().unwrap_or_default();
                state = FormState::default().complaining(FieldErrors::one("", words));
            }
            Ok(answer(&page, status, &state, &phone))
        }
    }
}

/// "in 5 minutes", "in 3 hours": rounded up, so that nobody comes too early.
fn within(seconds: u32) -> String {
    match seconds.div_ceil(60) {
        1 => "in a minute".to_owned(),
        minutes @ 2..=90 => format!("in {minutes} minutes"),
        minutes => format!("in {} hours", minutes.div_ceil(60)),
    }
}

fn answer(page: &PageRequest, status: StatusCode, state: &FormState, phone: &Phone) -> Response {
    let head = Head { title: "Confirm your phone".to_owned(), robots_noindex: true, ..Head::default() };
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let now = page.ctx().clock.now();
    let number = phone.number.clone().unwrap_or_default();
    let content = match (&phone.number, phone.confirmed, &phone.code) {
        (None, ..) => view! {
            <Notice tone=Tone::Info title="No number yet">
                <p>"Add your phone number to your details, then confirm it here."</p>
            </Notice>
            <ErrorSummary form=state/>
            <div><LinkButton href="/account#f-phone">"Add your number"</LinkButton></div>
        }
        .into_any(),
        (Some(_), Some(since), _) => view! {
            <ErrorSummary form=state/>
            <Card dense=true>
                <p class="row"><strong>{number}</strong><Badge tone=Tone::Success>"Confirmed"</Badge></p>
                <p class="muted">"Since " {words::moment_within(&zone, since, now)} ". Another number has to be confirmed again."</p>
            </Card>
            <div><LinkButton href="/account" kind=ButtonKind::Secondary>"Back to your details"</LinkButton></div>
        }
        .into_any(),
        (Some(typed), None, _) if international(typed).is_none() => view! {
            <Notice tone=Tone::Warning title="Where in the world is this number?">
                <p><strong>{number}</strong> " does not begin with + and the country. Write it as in +49 30 901820, then confirm it here."</p>
            </Notice>
            <ErrorSummary form=state/>
            <div><LinkButton href="/account#f-phone">"Change your number"</LinkButton></div>
        }
        .into_any(),
        (Some(_), None, Some(code)) => {
            let until = words::clock(&zone, code.expires);
            code_form(state, number, code, until).into_any()
        }
        (Some(_), None, None) => view! {
            <form class="form" method="post" action="/account/phone">
                <ErrorSummary form=state/>
                <p>"A message with six digits goes to " <strong>{number}</strong> ". They work for " {CODE_MINUTES} " minutes."</p>
                <div class="row">
                    <Button>"Send me a code"</Button>
                    <LinkButton href="/account#f-phone" kind=ButtonKind::Quiet>"Change the number"</LinkButton>
                </div>
            </form>
        }
        .into_any(),
    };
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Confirm your phone"</h1>
                <p class="lead">"So that people you book with reach you, and messages about visits find you."</p>
            </div>
            {content}
        </div>
    };
    page.show_with(status, head, Frame::Account, body)
}

fn code_form(state: &FormState, number: String, code: &SentCode, until: String) -> impl IntoView + use<> {
    let tries = match code.tries_left {
        1 => "one try".to_owned(),
        left => format!("{left} tries"),
    };
    let hint = format!("It works until {until}, for {tries}.");
    view! {
        <form class="form" method="post" action="/account/phone/confirm" novalidate=true>
            <ErrorSummary form=state/>
            <p>"A message with six digits went to " <strong>{number}</strong> "."</p>
            <Field form=state name="code" label="The six digits" kind=FieldKind::Digits required=true hint=hint
                autocomplete="one-time-code" maxlength=20/>
            <div class="row"><Button>"Confirm this number"</Button></div>
        </form>
        <Card title="Nothing came?" dense=true>
            <form class="stack" method="post" action="/account/phone">
                <p>"It can take a minute. A new code makes the one before worthless."</p>
                <div class="row">
                    <Button kind=ButtonKind::Secondary>"Send a new code"</Button>
                    <LinkButton href="/account#f-phone" kind=ButtonKind::Quiet>"Change the number"</LinkButton>
                </div>
            </form>
        </Card>
    }
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn waits_are_told_in_words() {
        for (seconds, words) in [
            (1, "in a minute"),
            (61, "in 2 minutes"),
            (3600, "in 60 minutes"),
            (5401, "in 2 hours"),
            (86_400, "in 24 hours"),
        ] {
            assert_eq!(within(seconds), words);
        }
    }
}
