//! Passkeys at the door: the question to the device, and its answer, which comes through a form like any other.

use super::device::Knock;
use super::onward::{self, carried, door};
use super::{login, session, two_factor};
use crate::forms::Form;
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::{Button, ButtonKind, ButtonSize};
use axum::Json;
use axum::http::header;
use axum::response::IntoResponse;
use domain::accounts::passkeys::{self, Challenge};
use domain::kernel::Error;
use leptos::prelude::*;
use tower_sessions::Session;

/// `POST /login/passkey/options`: a question for whatever passkey of this site the browser has, as JSON.
///
/// # Errors
/// Browsers have no passkeys for this site; the database is away.
pub async fn ask(page: PageRequest, session: Session) -> Answer {
    asked(&session, passkeys::start_log_in(page.ctx()).await?).await
}

/// `POST /login/passkey`: the answer in the field `credential`.
///
/// # Errors
/// The database is away.
pub async fn log_in(page: PageRequest, session: Session, form: Form) -> Answer {
    let ceremony = session::question(&session).await?;
    let knock = Knock::of(&page);
    let outcome = passkeys::log_in(page.ctx(), page.actor(), &ceremony, form.raw("credential"), &knock.visit).await;
    login::answered(&page, &session, &form, &knock, outcome, &login::PASSKEY).await
}

/// `POST /login/two-factor/passkey/options`: a question for the passkeys of somebody whose password was right, as JSON.
///
/// # Errors
/// Nobody has shown a password in this browser; they have no passkey.
pub async fn ask_second(page: PageRequest, session: Session) -> Answer {
    let half = session::half(&session, page.ctx().clock.now()).await?.ok_or(Error::SignIn)?;
    asked(&session, passkeys::start_second_step(page.ctx(), half.user).await?).await
}

/// `POST /login/two-factor/passkey`: the answer in the field `credential`.
///
/// # Errors
/// The database is away.
pub async fn second_step(page: PageRequest, session: Session, form: Form) -> Answer {
    let Some(half) = session::half(&session, page.ctx().clock.now()).await? else {
        let next = onward::wanted(form.raw("next"));
        return Ok(see_other(&door("/login", next.as_deref(), None)));
    };
    let ceremony = session::question(&session).await?;
    let knock = Knock::of(&page);
    let answer = (&*ceremony, form.raw("credential"));
    let shown = passkeys::second_step(page.ctx(), page.actor(), half, answer, &knock.visit).await;
    let words = "That passkey does not open this account. Try another one, or type a code.";
    two_factor::answered(&page, &session, &form, &knock, (half.user, shown), ("", words)).await
}

async fn asked(session: &Session, challenge: Challenge) -> Answer {
    session::asked(session, &challenge.ceremony).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(challenge.options)).into_response())
}

/// What a button asks a device for.
pub(super) struct Question {
    /// What the browser is to do: `get` an answer or `create` a passkey.
    act: &'static str,
    /// Where passkeys of this site work. In a browser that is elsewhere the button stays away.
    origin: String,
    /// Where the answer goes. The question is at `…/options`, unless it is here already.
    action: &'static str,
    options: Option<String>,
    words: &'static str,
    loud: bool,
}

impl Question {
    /// For one of the passkeys there are.
    pub(super) fn get(origin: String, action: &'static str, words: &'static str) -> Self {
        Self { act: "get", origin, action, options: None, words, loud: false }
    }

    /// For a new one.
    pub(super) fn create(origin: String, action: &'static str, options: String, words: &'static str) -> Self {
        Self { act: "create", origin, action, options: Some(options), words, loud: true }
    }

    /// The one thing to do on its page, or not.
    pub(super) fn loud(self, loud: bool) -> Self {
        Self { loud, ..self }
    }
}

/// A button for browsers that can do it, and a sentence for those without scripts. The script is `style/passkeys.js`.
pub(super) fn question(question: Question, next: Option<&str>, without: &'static str) -> impl IntoView + use<> {
    let Question { act, origin, action, options, words, loud } = question;
    let full = options.is_none();
    let kind = if loud { ButtonKind::Primary } else { ButtonKind::Secondary };
    view! {
        <form method="post" action=action data-passkey=act data-origin=origin data-options=options hidden=true>
            {carried(next)}
            <input type="hidden" name="credential" value=""/>
            <Button kind=kind size=ButtonSize::Large full=full>{words}</Button>
            <p class="mt-2 muted" aria-live="polite"></p>
        </form>
        <p class="muted without-scripts">{without}</p>
    }
}
