//! `/account/sessions`: where one is signed in, and who tried to be.

use crate::bookings::words;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::fields::{Choice, ErrorSummary, Field, FieldKind, RadioGroup};
use crate::ui::{Badge, Button, ButtonKind, ButtonSize, Card, Notice, Status, Table, Tone};
use axum::http::StatusCode;
use domain::accounts::{self, Attempt, Device, device_name, end_other_sessions, end_session, operators};
use domain::kernel::{Error, Zone};
use jiff::Timestamp;
use leptos::prelude::*;
use uuid::Uuid;

/// What `which` says for all sessions but this one.
const OTHERS: &str = "others";

/// `GET /account/sessions`.
///
/// # Errors
/// Not signed in.
pub async fn show(page: PageRequest) -> Answer {
    answer(&page, StatusCode::OK, &FormState::default()).await
}

/// `POST /account/sessions`: `which` is a session's id, or `others`, with the password; or `operators` for those who act
/// for the person, without.
///
/// # Errors
/// Not signed in; no such session of this person.
pub async fn submit(page: PageRequest, form: Form) -> Answer {
    let password = form.raw("password").to_owned();
    let (ended, said) = match form.text("which") {
        OTHERS => (end_other_sessions(page.ctx(), page.actor(), password).await.map(drop), "logged-out-others"),
        "operators" => (operators::refuse_acts(page.ctx(), page.actor()).await, "act-refused"),
        "" => (Err(Error::invalid("which", "Choose what to log out.")), ""),
        _ => {
            let session: Uuid = form.parsed("which").ok_or(Error::NotFound)?;
            (end_session(page.ctx(), page.actor(), session, password).await, "logged-out-device")
        }
    };
    match ended {
        Ok(()) => Ok(see_other(&format!("/account/sessions?said={said}"))),
        Err(error) => answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &form.rejected(error)?).await,
    }
}

async fn answer(page: &PageRequest, status: StatusCode, state: &FormState) -> Answer {
    let (devices, attempts) = accounts::sessions(page.ctx(), page.actor()).await?;
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let (now, this) = (page.ctx().clock.now(), page.actor().session);
    let acted = attempts.iter().any(|one| one.acted.as_ref().is_some_and(|(_, until)| *until > now));
    let cards: Vec<_> = devices.iter().map(|device| card(device, this, &zone, now)).collect();
    let rows: Vec<_> = attempts.iter().map(|attempt| row(attempt, &zone, now)).collect();
    let others: Vec<&Device> = devices.iter().filter(|device| Some(device.id) != this).collect();
    let leave = (!others.is_empty()).then(|| leave(state, &others, &zone, now));
    let body = view! {
        <div class="page stack">
            <div>
                <h1>"Your devices"</h1>
                <p class="lead">"Everywhere you are logged in. Something you do not know? Log it out and choose a new password."</p>
            </div>
            <ul class="stack">{cards}</ul>
            {leave}
            {acted.then(going_on)}
            <h2>"Latest logins"</h2>
            <Table caption="Latest logins" quiet=true stacked=true>
                <thead><tr>
                    <th scope="col">"When"</th>
                    <th scope="col">"What"</th>
                    <th scope="col">"With"</th>
                    <th scope="col">"From"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </Table>
            <Notice tone=Tone::Plain title="How long a login lasts">
                <p>"Two weeks unused, ninety days at most. Logins and their addresses are kept for a year, for you alone, and go with your account."</p>
            </Notice>
        </div>
    };
    let head = Head { title: "Your devices".to_owned(), robots_noindex: true, ..Head::default() };
    Ok(page.show_with(status, head, Frame::Account, body))
}

/// Whoever sits before a browser that was left open logs nobody out: the password is asked once more.
fn leave(state: &FormState, others: &[&Device], zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let one = |device: &&Device| {
        let seen = words::moment_within(zone, device.last_seen, now);
        Choice::new(device.id.to_string(), format!("{}, last used {seen}", capital(&device_name(&device.agent))))
    };
    let mut options = vec![Choice::new(OTHERS, "All devices but this one")];
    options.extend(others.iter().map(one));
    view! {
        <form class="form" method="post" action="/account/sessions" novalidate=true>
            <ErrorSummary form=state/>
            <RadioGroup form=state name="which" label="Log out" options=options value=OTHERS required=true/>
            <Field form=state name="password" label="Your password" kind=FieldKind::Password required=true
                autocomplete="current-password"/>
            <div><Button kind=ButtonKind::Danger>"Log out"</Button></div>
        </form>
    }
}

/// Somebody acts for the person right now.
fn going_on() -> impl IntoView {
    view! {
        <Notice tone=Tone::Warning title="An operator of ServiceHub acts for you right now">
            <p>"Why, you read below, and in the mail we sent you. You can end it at once."</p>
            <form method="post" action="/account/sessions">
                <input type="hidden" name="which" value="operators"/>
                <Button kind=ButtonKind::Secondary size=ButtonSize::Small>"End it now"</Button>
            </form>
        </Notice>
    }
}

fn card(device: &Device, this: Option<Uuid>, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let here = (this == Some(device.id)).then(|| view! { <Badge tone=Tone::Success>"This device"</Badge> });
    let name = device_name(&device.agent);
    let seen = words::moment_within(zone, device.last_seen, now);
    let since = words::moment_within(zone, device.since, now);
    let network = device.network.as_ref().map(|network| format!(" · from the network {network}"));
    view! {
        <li>
            <Card dense=true>
                <div class="row justify-between">
                    <div>
                        <h2 class="text-lg">{capital(&name)}</h2>
                        <p class="muted">"Last used " {seen} " · logged in " {since} {network}</p>
                    </div>
                    {here}
                </div>
            </Card>
        </li>
    }
}

fn row(attempt: &Attempt, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    if let Some((reason, until)) = &attempt.acted {
        let reason = reason.clone();
        return view! {
            <tr>
                <td>{words::moment(zone, attempt.at, now)}</td>
                <td><Status tone=Tone::Info text="An operator acted for you"/><p class="wrap-anywhere">{reason}</p></td>
                <td>{format!("Until {}", words::moment_within(zone, *until, now))}</td>
                <td>"ServiceHub"</td>
            </tr>
        }
        .into_any();
    }
    let (tone, text) = match attempt.outcome.as_str() {
        "opened" => (Tone::Success, "Logged in"),
        "code" => (Tone::Warning, "Wrong code"),
        "passkey" => (Tone::Warning, "Wrong passkey"),
        "suspended" => (Tone::Warning, "Refused: suspended"),
        "delayed" => (Tone::Warning, "Refused: too early after others"),
        _ => (Tone::Warning, "Wrong password"),
    };
    view! {
        <tr>
            <td>{words::moment(zone, attempt.at, now)}</td>
            <td><Status tone=tone text=text/></td>
            <td>{device_name(&attempt.agent)}</td>
            <td class="break-all">{attempt.address.clone().unwrap_or_default()}</td>
        </tr>
    }
    .into_any()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
