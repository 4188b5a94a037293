//! `/account`: a person's own details.

use crate::bookings::words;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{Choice, ErrorSummary, Field, FieldKind, Select};
use crate::ui::{Badge, Button, ButtonKind, Card, LinkButton, Notice, Tone};
use axum::http::StatusCode;
use axum::response::Response;
use domain::accounts::{self, LOCALES, Profile, TypedProfile, save_profile, send_verification};
use domain::kernel::Zone;
use leptos::prelude::*;

/// `GET /account`.
///
/// # Errors
/// Not signed in.
pub async fn show(page: PageRequest) -> Answer {
    with_picture(&page, StatusCode::OK, &FormState::default()).await
}

/// The page with the details as they are kept, and the form of the picture in this state.
pub(super) async fn with_picture(page: &PageRequest, status: StatusCode, picture: &FormState) -> Answer {
    let profile = accounts::profile(page.ctx(), page.actor()).await?;
    let details = FormState::with([
        ("first_name", profile.first_name.as_str()),
        ("last_name", &profile.last_name),
        ("phone", profile.phone.as_deref().unwrap_or_default()),
        ("zone", profile.zone.name()),
        ("locale", &profile.locale),
    ]);
    Ok(answer(page, status, (&details, picture), &profile))
}

/// `POST /account`.
///
/// # Errors
/// Not signed in.
pub async fn submit(page: PageRequest, form: Form) -> Answer {
    let typed = TypedProfile {
        first_name: form.text("first_name"),
        last_name: form.text("last_name"),
        phone: form.text("phone"),
        zone: form.text("zone"),
        locale: form.text("locale"),
    };
    match save_profile(page.ctx(), page.actor(), typed).await {
        Ok(()) => Ok(see_other("/account?said=saved")),
        Err(error) => {
            let state = form.rejected(error)?;
            let profile = accounts::profile(page.ctx(), page.actor()).await?;
            Ok(answer(&page, StatusCode::UNPROCESSABLE_ENTITY, (&state, &FormState::default()), &profile))
        }
    }
}

/// `POST /account/verify-email`: another link.
///
/// # Errors
/// Not signed in.
pub async fn send_link(page: PageRequest) -> Answer {
    send_verification(page.ctx(), page.actor()).await?;
    Ok(see_other("/account?said=link-sent"))
}

/// The states are those of the details and of the picture: two forms, of which one is wrong at most.
fn answer(
    page: &PageRequest,
    status: StatusCode,
    (state, picture): (&FormState, &FormState),
    profile: &Profile,
) -> Response {
    let head = Head { title: "Your details".to_owned(), robots_noindex: true, ..Head::default() };
    let now = page.ctx().clock.now();
    let since = words::day(&profile.zone, profile.since, now);
    let zones =
        Zone::names().into_iter().map(|name| Choice::new(name.clone(), name.replace('_', " "))).collect::<Vec<_>>();
    let locales = LOCALES.iter().map(|(code, name)| Choice::new(*code, *name)).collect::<Vec<_>>();
    let body = view! {
        <div class="page-narrow stack">
            <div>
                <h1>"Your details"</h1>
                <p class="muted">"With us since " {since} "."</p>
            </div>
            {super::picture::part(picture, profile)}
            {address(profile)}
            {phone(profile)}
            <form class="form" method="post" action="/account" novalidate=true>
                <ErrorSummary form=state/>
                <div class="form-row">
                    <Field form=state name="first_name" label="First name" required=true autocomplete="given-name" maxlength=80/>
                    <Field form=state name="last_name" label="Last name" required=true autocomplete="family-name" maxlength=80/>
                </div>
                <Field form=state name="phone" label="Phone" kind=FieldKind::Tel optional=true
                    hint="Only the people you book, and who book you, see it." autocomplete="tel" maxlength=30/>
                <Select form=state name="zone" label="Time zone" options=zones required=true
                    hint="Times that concern only you are shown in it. A visit's times are always those of its place."/>
                <Select form=state name="locale" label="Language" options=locales required=true
                    hint="Of mails and formats. Pages are in English so far."/>
                <Button>"Save"</Button>
            </form>
            {super::suspended::past(&profile.suspensions, &profile.zone, now)}
        </div>
    };
    page.show_with(status, head, Frame::Account, body)
}

/// The phone number, and whether it is proved.
fn phone(profile: &Profile) -> impl IntoView + use<> {
    let inner = profile.phone.clone().map(|number| {
        let (badge, act) = if profile.phone_verified {
            (view! { <Badge tone=Tone::Success>"Confirmed"</Badge> }.into_any(), None)
        } else {
            let act = view! {
                <div><LinkButton href="/account/phone" kind=ButtonKind::Secondary>"Confirm this number"</LinkButton></div>
            };
            (view! { <Badge tone=Tone::Warning>"Not confirmed yet"</Badge> }.into_any(), Some(act))
        };
        view! {
            <Card title="Phone number" dense=true>
                <div class="stack"><p class="row"><span>{number}</span>{badge}</p>{act}</div>
            </Card>
        }
    });
    view! { {inner} }
}

/// The address one signs in with, and whether it is proved.
fn address(profile: &Profile) -> impl IntoView + use<> {
    let badge = if profile.email_verified {
        view! { <Badge tone=Tone::Success>"Confirmed"</Badge> }.into_any()
    } else {
        view! { <Badge tone=Tone::Warning>"Not confirmed yet"</Badge> }.into_any()
    };
    let send = (!profile.email_verified).then(|| {
        view! {
            <form method="post" action="/account/verify-email">
                <Button kind=ButtonKind::Secondary>"Send me the link again"</Button>
            </form>
        }
    });
    let waiting = profile.new_email.clone().map(|email| {
        view! {
            <Notice tone=Tone::Info title="A new address waits">
                <p>"A link went to " <strong>{email}</strong> ". Open it, and you log in with that address."</p>
            </Notice>
        }
    });
    let shown = profile.email.clone();
    view! {
        <Card title="Email address" dense=true>
            <div class="stack">
                <p class="row"><span class="break-all">{shown}</span>{badge}</p>
                {waiting}
                <div class="row">
                    {send}
                    <LinkButton href="/account/security/email" kind=ButtonKind::Quiet>"Use another address"</LinkButton>
                </div>
            </div>
        </Card>
    }
}
