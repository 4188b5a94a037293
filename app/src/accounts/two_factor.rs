//! `/login/two-factor`: the second step of signing in.

use super::device::Knock;
use super::login::delayed;
use super::onward::{self, carried, door};
use super::passkeys::{Question, question};
use super::{session, suspended};
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head, PageScript};
use crate::request::{Answer, Failure, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, Field};
use crate::ui::{Button, ButtonKind, ButtonSize, Notice, Tone};
use axum::http::{HeaderValue, StatusCode, header};
use domain::accounts::{Account, LogInError, passkeys, second_factor};
use domain::kernel::{Error, UserId};
use leptos::prelude::*;
use tower_sessions::Session;

/// `GET /login/two-factor`. Who has not shown a password goes back to the first step.
///
/// # Errors
/// The database is away.
pub async fn show(page: PageRequest, session: Session) -> Answer {
    let next = onward::wanted(&page.param("next").unwrap_or_default());
    match session::half(&session, page.ctx().clock.now()).await? {
        Some(half) => answer(&page, StatusCode::OK, &FormState::default(), next.as_deref(), half.user).await,
        None => Ok(see_other(&door("/login", next.as_deref(), None))),
    }
}

/// `POST /login/two-factor`.
///
/// # Errors
/// The database is away.
pub async fn submit(page: PageRequest, session: Session, form: Form) -> Answer {
    let next = onward::wanted(form.raw("next"));
    let Some(half) = session::half(&session, page.ctx().clock.now()).await? else {
        return Ok(see_other(&door("/login", next.as_deref(), None)));
    };
    let knock = Knock::of(&page);
    let shown = second_factor::show(page.ctx(), page.actor(), half, form.text("code"), &knock.visit).await;
    let words = "This code does not open. Each works once: wait for the next one, or use a recovery code.";
    answered(&page, &session, &form, &knock, (half.user, shown), ("code", words)).await
}

/// What people get to see after they tried, whatever they showed. `field` is where a refusal stands, and what it says.
pub(super) async fn answered(
    page: &PageRequest,
    session: &Session,
    form: &Form,
    knock: &Knock,
    (user, shown): (UserId, Result<Account, LogInError>),
    (field, refused): (&str, &str),
) -> Answer {
    let next = onward::wanted(form.raw("next"));
    match shown {
        Ok(account) => {
            session::sign_in(session, &account, true).await?;
            let next = next.unwrap_or_else(|| door("/login", None, Some("signed-in")));
            Ok(knock.remembered(see_other(&next)))
        }
        Err(LogInError::Delayed { seconds }) => {
            let state = form.rejected(Error::invalid(field, delayed(seconds)))?;
            let mut answer = answer(page, StatusCode::TOO_MANY_REQUESTS, &state, next.as_deref(), user).await?;
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            Ok(answer)
        }
        Err(LogInError::Other(error)) => Err(Failure(error)),
        Err(LogInError::Over) => Ok(see_other(&door("/login", next.as_deref(), None))),
        Err(LogInError::Suspended { user, why }) => {
            session::suspended(session, user, page.ctx().clock.now()).await?;
            Ok(suspended::page(page, StatusCode::FORBIDDEN, &FormState::default(), &why))
        }
        Err(LogInError::Refused) => {
            let state = form.rejected(Error::invalid(field, refused))?;
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, &state, next.as_deref(), user).await
        }
    }
}

async fn answer(page: &PageRequest, status: StatusCode, state: &FormState, next: Option<&str>, user: UserId) -> Answer {
    let factors = second_factor::in_force(page.ctx(), user).await?;
    let demo = if page.site().development { second_factor::demo_code(page.ctx(), user).await? } else { None };
    let filled = demo.as_deref().filter(|_| state.is_untouched()).map(|code| FormState::with([("code", code)]));
    let origin = passkeys::origin(page.ctx()).filter(|_| factors.passkeys > 0);
    let body = body(filled.as_ref().unwrap_or(state), next, demo.as_deref(), factors.app, origin);
    let head = Head {
        title: "One more step".to_owned(),
        robots_noindex: true,
        script: Some(PageScript::Passkeys),
        ..Head::default()
    };
    Ok(page.show_with(status, head, Frame::Focused, body))
}

fn body(
    state: &FormState,
    next: Option<&str>,
    demo: Option<&str>,
    app: bool,
    origin: Option<String>,
) -> impl IntoView + use<> {
    let demo = demo.map(|code| {
        let text = format!("This is a demonstration: the app of this login shows {code} now.");
        view! { <Notice tone=Tone::Info title="Try it out"><p>{text}</p></Notice> }
    });
    let (lead, hint) = if app {
        (
            "Open your authenticator app and type the six digits it shows for ServiceHub.",
            "Lost the phone? A recovery code such as abcde-fghjk works too.",
        )
    } else if origin.is_some() {
        ("Use your passkey, or type one of your recovery codes.", "A recovery code looks like abcde-fghjk.")
    } else {
        (
            "Your passkeys work only under the site's own name, over https. Here a recovery code opens.",
            "Such as abcde-fghjk.",
        )
    };
    let passkey = origin.map(|origin| {
        let asked = Question::get(origin, "/login/two-factor/passkey", "Use a passkey").loud(!app);
        question(asked, next, "Passkeys need scripts, which are off in this browser; a code works without.")
    });
    // Whoever has nothing but passkeys sees that first.
    let (before, after) = if app { (None, passkey) } else { (passkey, None) };
    let kind = if before.is_some() { ButtonKind::Secondary } else { ButtonKind::Primary };
    view! {
        <div class="page-narrow stack">
            <div>
                <h1>"One more step"</h1>
                <p class="lead">{lead}</p>
            </div>
            {demo}
            {before}
            <form class="form" method="post" action="/login/two-factor" novalidate=true>
                <ErrorSummary form=state/>
                {carried(next)}
                <Field form=state name="code" label="Code" required=true autocomplete="one-time-code" maxlength=40
                    hint=hint autofocus=app/>
                <Button kind=kind size=ButtonSize::Large full=true>"Go on"</Button>
            </form>
            {after}
            <p><a href="/login">"Back to the first step"</a></p>
        </div>
    }
}
