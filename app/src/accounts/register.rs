//! `/register`: making an account. The answer is the same for a new address and a known one: nobody
//! learns here who has an account.

use super::login::REGISTERED;
use super::onward::{self, carried, door};
use super::room::room;
use super::session;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{ChoiceCard, ErrorSummary, Field, FieldKind, RadioCards};
use crate::ui::{Button, ButtonSize};
use axum::http::StatusCode;
use axum::response::Response;
use domain::accounts::{Intent, Registration, Typed, register};
use domain::kernel::{Error, Zone};
use leptos::prelude::*;
use tower_sessions::Session;

/// `GET /register`. `?as=provider` chooses that card beforehand.
///
/// # Errors
/// None of its own.
pub async fn show(page: PageRequest) -> Answer {
    let next = onward::wanted(&page.param("next").unwrap_or_default());
    if page.actor().user.is_some() {
        return Ok(see_other(&next.unwrap_or_else(|| onward::home(page.actor(), None))));
    }
    let intent = page.param("as").and_then(|name| Intent::parse(&name)).unwrap_or_default();
    let state = FormState::with([("intent", intent.name())]);
    Ok(answer(&page, StatusCode::OK, &state, next.as_deref()))
}

/// `POST /register`.
///
/// # Errors
/// Too many people register right now, or the database is away.
pub async fn submit(page: PageRequest, session: Session, form: Form) -> Answer {
    let next = onward::wanted(form.raw("next"));
    match make_account(&page, &session, &form).await {
        Ok(()) => Ok(see_other(&door("/login", next.as_deref(), Some(REGISTERED)))),
        Err(error) => {
            let state = form.rejected(error)?;
            Ok(answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &state, next.as_deref()))
        }
    }
}

/// Reads the form field by field: whatever else it holds (a role, a flag) is never looked at.
async fn make_account(page: &PageRequest, session: &Session, form: &Form) -> Result<(), Error> {
    let typed = Typed {
        first_name: form.text("first_name"),
        last_name: form.text("last_name"),
        email: form.text("email"),
        phone: form.text("phone"),
        password: form.raw("password"),
        password_again: form.raw("password_again"),
        intent: form.text("intent"),
    };
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let registration = Registration::parse(&typed, zone)?;
    let email = registration.email.clone();
    register(page.ctx(), page.actor(), registration).await?;
    session::note_registered(session, &email).await.map_err(|failure| failure.0)
}

fn answer(page: &PageRequest, status: StatusCode, state: &FormState, next: Option<&str>) -> Response {
    let head = Head {
        title: "Make an account".to_owned(),
        description: "One account to book services and to offer your own. It takes a minute.".to_owned(),
        canonical: Some("/register".to_owned()),
        ..Head::default()
    };
    page.show_with(status, head, Frame::Focused, body(state, next))
}

fn body(state: &FormState, next: Option<&str>) -> impl IntoView + use<> {
    let login = door("/login", next, None);
    let intents = vec![
        ChoiceCard {
            text: Some("Find somebody, pick a time, done.".to_owned()),
            ..ChoiceCard::new(Intent::Customer.name(), "I need something done")
        },
        ChoiceCard {
            text: Some("Customers, calendar and bookings in one place. You can book as well.".to_owned()),
            ..ChoiceCard::new(Intent::Provider.name(), "I offer services")
        },
    ];
    let form = view! {
        <div>
            <h1>"Make an account"</h1>
            <p class="lead">"It takes a minute. You have one already? " <a href=login>"Log in"</a> "."</p>
        </div>
        <form class="form" method="post" action="/register" novalidate=true>
            <ErrorSummary form=state/>
            {carried(next)}
            <RadioCards form=state name="intent" label="What brings you here?" options=intents required=true/>
            <div class="form-row">
                <Field form=state name="first_name" label="First name" required=true autocomplete="given-name" maxlength=80/>
                <Field form=state name="last_name" label="Last name" required=true autocomplete="family-name" maxlength=80/>
            </div>
            <Field form=state name="email" label="Email address" kind=FieldKind::Email required=true
                hint="You log in with it. It is shown to nobody." autocomplete="email" maxlength=254/>
            <Field form=state name="phone" label="Phone" kind=FieldKind::Tel optional=true
                hint="So that somebody on the way to you can call." autocomplete="tel" maxlength=30/>
            <Field form=state name="password" label="Password" kind=FieldKind::Password required=true
                hint="At least 10 characters. A few words in a row are easy to remember." autocomplete="new-password"/>
            <Field form=state name="password_again" label="The same password once more" kind=FieldKind::Password
                required=true autocomplete="new-password"/>
            <Button size=ButtonSize::Large full=true>"Make my account"</Button>
        </form>
    };
    room(form, ())
}
