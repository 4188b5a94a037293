//! `/account/security`: what protects an account.

mod changes;
mod passkeys;
mod two_factor;

pub use changes::{change_email, change_password, email, password};
pub use passkeys::{
    add_passkey, ask_passkey, ask_remove_passkey, new_passkey, passkey, remove_passkey, rename_passkey,
};
pub use two_factor::{ask_new_codes, ask_off, confirm, new_codes, off, two_factor};

use crate::bookings::words;
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest};
use crate::ui::{Badge, ButtonKind, Card, LinkButton, Notice, Tone};
use domain::accounts::{self, Profile};
use leptos::prelude::*;

/// `GET /account/security`.
///
/// # Errors
/// Not signed in.
pub async fn show(page: PageRequest) -> Answer {
    let profile = accounts::profile(page.ctx(), page.actor()).await?;
    let own = accounts::passkeys::list(page.ctx(), page.actor()).await?;
    let asleep = page.actor().asleep.then(|| {
        view! {
            <Notice tone=Tone::Warning title="Your work begins with two-step login">
                <p>"You have a role in the back office. It opens once two-step login is on: add a passkey or an authenticator app."</p>
            </Notice>
        }
    });
    let changed = profile.password_changed.map_or_else(
        || "Never changed since you registered.".to_owned(),
        |at| format!("Last changed {}.", words::day(&profile.zone, at, page.ctx().clock.now())),
    );
    let body = view! {
        <div class="page-narrow stack">
            <h1>"Security"</h1>
            {asleep}
            {second(&profile, !own.is_empty())}
            {passkeys::card(&page, &own, &profile.zone)}
            <Card title="Password" dense=true>
                <div class="stack">
                    <p>{changed}</p>
                    <div><LinkButton href="/account/security/password" kind=ButtonKind::Secondary>"Change password"</LinkButton></div>
                </div>
            </Card>
            <Card title="Email address" dense=true>
                <div class="stack">
                    <p class="break-all">"You log in with " <strong>{profile.email.clone()}</strong> "."</p>
                    <div><LinkButton href="/account/security/email" kind=ButtonKind::Secondary>"Use another address"</LinkButton></div>
                </div>
            </Card>
            <Card title="Devices" dense=true>
                <div class="stack">
                    <p>"Where you are logged in, and who tried to be."</p>
                    <div><LinkButton href="/account/sessions" kind=ButtonKind::Secondary>"See your devices"</LinkButton></div>
                </div>
            </Card>
        </div>
    };
    let head = Head { title: "Security".to_owned(), robots_noindex: true, ..Head::default() };
    Ok(page.show(head, Frame::Account, body))
}

/// Whether a second factor is in force, and what can be done about it.
fn second(profile: &Profile, passkeys: bool) -> impl IntoView + use<> {
    let left = format!("{} of 10 recovery codes are left.", profile.recovery_codes);
    let (href, words) = match (profile.two_factor, passkeys) {
        (true, false) => ("/account/security/two-factor/off", "Turn off"),
        (true, true) => ("/account/security/two-factor/off", "Turn the app off"),
        (false, _) => ("/account/security/two-factor", "Add an authenticator app"),
    };
    let app = view! { <LinkButton href=href kind=ButtonKind::Quiet>{words}</LinkButton> };
    let inner = if profile.two_factor || passkeys {
        let by = if profile.two_factor { "On" } else { "On, by passkey" };
        view! {
            <div class="stack">
                <p class="row"><Badge tone=Tone::Success>{by}</Badge><span>{left}</span></p>
                <div class="row">
                    <LinkButton href="/account/security/recovery-codes" kind=ButtonKind::Secondary>"Make new recovery codes"</LinkButton>
                    {app}
                </div>
            </div>
        }
        .into_any()
    } else {
        view! {
            <div class="stack">
                <p class="row"><Badge tone=Tone::Warning>"Off"</Badge></p>
                <p>"With two-step login a stolen password opens nothing: your phone shows a code that changes every half minute, or your device holds a passkey."</p>
                <div><LinkButton href="/account/security/two-factor">"Turn two-step login on"</LinkButton></div>
            </div>
        }
        .into_any()
    };
    view! { <Card title="Two-step login" dense=true>{inner}</Card> }
}
