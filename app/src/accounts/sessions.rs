//! `/account/sessions`: where one is signed in, and who tried to be.

use crate::bookings::words;
use crate::forms::Form;
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::{Badge, Button, ButtonKind, ButtonSize, Card, Notice, Status, Table, Tone};
use domain::accounts::{self, Attempt, Device, device_name, end_other_sessions, end_session};
use domain::kernel::{Error, Zone};
use jiff::Timestamp;
use leptos::prelude::*;
use uuid::Uuid;

/// `GET /account/sessions`.
///
/// # Errors
/// Not signed in.
pub async fn show(page: PageRequest) -> Answer {
    let (devices, attempts) = accounts::sessions(page.ctx(), page.actor()).await?;
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let (now, this) = (page.ctx().clock.now(), page.actor().session);
    let others = devices.iter().any(|device| Some(device.id) != this);
    let cards: Vec<_> = devices.iter().map(|device| card(device, this, &zone, now)).collect();
    let rows: Vec<_> = attempts.iter().map(|attempt| row(attempt, &zone, now)).collect();
    let all = others.then(|| {
        view! {
            <form method="post" action="/account/sessions">
                <input type="hidden" name="which" value="others"/>
                <Button kind=ButtonKind::Danger>"Log all other devices out"</Button>
            </form>
        }
    });
    let body = view! {
        <div class="page stack">
            <div>
                <h1>"Your devices"</h1>
                <p class="lead">"Everywhere you are logged in. Something you do not know? Log it out and choose a new password."</p>
            </div>
            <ul class="stack">{cards}</ul>
            {all}
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
                <p>"Two weeks unused, ninety days at most. Addresses are kept for you alone and go with your account."</p>
            </Notice>
        </div>
    };
    let head = Head { title: "Your devices".to_owned(), robots_noindex: true, ..Head::default() };
    Ok(page.show(head, Frame::Account, body))
}

/// `POST /account/sessions`: `which` is a session's id, or `others`.
///
/// # Errors
/// Not signed in; no such session of this person.
pub async fn submit(page: PageRequest, form: Form) -> Answer {
    if form.text("which") == "others" {
        end_other_sessions(page.ctx(), page.actor()).await?;
        return Ok(see_other("/account/sessions?said=logged-out-others"));
    }
    let session: Uuid = form.parsed("which").ok_or(Error::NotFound)?;
    end_session(page.ctx(), page.actor(), session).await?;
    Ok(see_other("/account/sessions?said=logged-out-device"))
}

fn card(device: &Device, this: Option<Uuid>, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let here = this == Some(device.id);
    let name = device_name(&device.agent);
    let label = format!("Log {name} out");
    let seen = words::moment(zone, device.last_seen, now);
    let since = words::moment(zone, device.since, now);
    let act = if here {
        view! { <Badge tone=Tone::Success>"This device"</Badge> }.into_any()
    } else {
        view! {
            <form method="post" action="/account/sessions">
                <input type="hidden" name="which" value=device.id.to_string()/>
                <Button kind=ButtonKind::Secondary size=ButtonSize::Small>{label}</Button>
            </form>
        }
        .into_any()
    };
    view! {
        <li>
            <Card dense=true>
                <div class="row justify-between">
                    <div>
                        <h2 class="text-lg">{capital(&name)}</h2>
                        <p class="muted">"Last used " {seen} " · logged in " {since}</p>
                    </div>
                    {act}
                </div>
            </Card>
        </li>
    }
}

fn row(attempt: &Attempt, zone: &Zone, now: Timestamp) -> impl IntoView + use<> {
    let (tone, text) = match attempt.outcome.as_str() {
        "opened" => (Tone::Success, "Logged in"),
        "code" => (Tone::Warning, "Wrong code"),
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
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
