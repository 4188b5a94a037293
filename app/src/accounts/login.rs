//! `/login`: signing in.

use super::device::Knock;
use super::onward::{self, carried, door};
use super::passkeys::{Question, question};
use super::room::room;
use super::{session, suspended};
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head, PageScript};
use crate::request::{Answer, Failure, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, Field, FieldKind};
use crate::ui::{Button, ButtonSize, Card, Notice, Tone};
use axum::http::{HeaderValue, StatusCode, header};
use domain::accounts::demo::{self, DemoLogin};
use domain::accounts::{Account, Credentials, LogInError, log_in, passkeys};
use domain::kernel::Error;
use leptos::prelude::*;
use tower_sessions::Session;

/// The name in the address that says: somebody has just registered here.
pub(super) const REGISTERED: &str = "registered";

/// `GET /login`. Who is signed in already goes on to where they wanted to go.
///
/// # Errors
/// The database is away.
pub async fn show(page: PageRequest, session: Session) -> Answer {
    let next = onward::wanted(&page.param("next").unwrap_or_default());
    let said = page.param("said");
    if page.actor().user.is_some() {
        return Ok(see_other(&next.unwrap_or_else(|| onward::home(page.actor(), said.as_deref()))));
    }
    let fresh = said.as_deref() == Some(REGISTERED);
    let state = match session::registered(&session).await? {
        Some(email) if fresh => FormState::with([("email", email.as_str())]),
        _ => FormState::default(),
    };
    answer(&page, StatusCode::OK, &state, next.as_deref(), fresh).await
}

/// `POST /login`.
///
/// # Errors
/// Too many people sign in right now, or the database is away.
pub async fn submit(page: PageRequest, session: Session, form: Form) -> Answer {
    let registered = session::registered(&session).await?;
    let knock = Knock::of(&page);
    let outcome = match Credentials::parse(form.text("email"), form.raw("password")) {
        Ok(credentials) => log_in(page.ctx(), page.actor(), credentials, &knock.visit).await,
        Err(error) => Err(error.into()),
    };
    let said = if registered.is_some() { "welcome" } else { "signed-in" };
    answered(&page, &session, &form, &knock, outcome, &Way { said, ..PASSWORD }).await
}

/// How somebody tries to get in.
pub(super) struct Way {
    /// Beside what field a refusal stands; none for the whole form.
    field: &'static str,
    /// What it says.
    refused: &'static str,
    /// Whether it counts as the second factor too.
    second: bool,
    /// What is said inside.
    said: &'static str,
}

const PASSWORD: Way = Way {
    field: "password",
    refused: "This address and this password do not belong together. Check both; capital letters count in the password.",
    second: false,
    said: "signed-in",
};
pub(super) const PASSKEY: Way = Way {
    field: "",
    refused: "That passkey does not open an account here. Try another one, or log in with your password.",
    second: true,
    said: "signed-in",
};

/// What people get to see after they tried, whatever they showed.
pub(super) async fn answered(
    page: &PageRequest,
    session: &Session,
    form: &Form,
    knock: &Knock,
    outcome: Result<Account, LogInError>,
    way: &Way,
) -> Answer {
    let next = onward::wanted(form.raw("next"));
    match outcome {
        Ok(account) if account.two_factor => {
            session::half_way(session, &account, page.ctx().clock.now()).await?;
            Ok(see_other(&door("/login/two-factor", next.as_deref(), None)))
        }
        Ok(account) => {
            session::sign_in(session, &account, way.second).await?;
            // Without a wish, this page itself knows where the person is at home, once the actor is known.
            Ok(knock.remembered(see_other(&next.unwrap_or_else(|| door("/login", None, Some(way.said))))))
        }
        Err(LogInError::Delayed { seconds }) => {
            let state = form.rejected(Error::invalid(way.field, delayed(seconds)))?;
            let mut answer = answer(page, StatusCode::TOO_MANY_REQUESTS, &state, next.as_deref(), false).await?;
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            Ok(answer)
        }
        Err(LogInError::Suspended { user, why }) => {
            session::suspended(session, user, page.ctx().clock.now()).await?;
            Ok(suspended::page(page, StatusCode::FORBIDDEN, &FormState::default(), &why))
        }
        Err(LogInError::Refused | LogInError::Over) => {
            let state = form.rejected(Error::invalid(way.field, way.refused))?;
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, &state, next.as_deref(), false).await
        }
        Err(LogInError::Other(error)) => {
            let state = form.rejected(error)?;
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, &state, next.as_deref(), false).await
        }
    }
}

/// How long the next try has to wait, in words.
pub(super) fn delayed(seconds: u64) -> String {
    let wait = match seconds {
        1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    };
    format!("That was wrong several times. The next try counts in {wait}.")
}

async fn answer(page: &PageRequest, status: StatusCode, state: &FormState, next: Option<&str>, fresh: bool) -> Answer {
    let logins = if page.site().development { demo::logins(page.ctx()).await.map_err(Failure)? } else { Vec::new() };
    let head = Head {
        title: "Log in".to_owned(),
        description: "Log in to ServiceHub to book services, and to run your business.".to_owned(),
        canonical: Some("/login".to_owned()),
        robots_noindex: true,
        script: Some(PageScript::Passkeys),
        ..Head::default()
    };
    let origin = passkeys::origin(page.ctx());
    Ok(page.show_with(status, head, Frame::Focused, body(state, next, fresh, logins, origin)))
}

fn body(
    state: &FormState,
    next: Option<&str>,
    fresh: bool,
    logins: Vec<DemoLogin>,
    origin: Option<String>,
) -> impl IntoView + use<> {
    let register = door("/register", next, None);
    let first_field_is_free = state.errors().next().is_none();
    let notice = fresh.then(|| {
        view! {
            <Notice tone=Tone::Success title="One more step" live=true>
                <p>"Sign in with the password you have just chosen. If this address had an account before, nothing
                about it was changed: its own password counts."</p>
            </Notice>
        }
    });
    let lead = (!fresh).then(|| {
        view! {
            <p class="lead">"New here? " <a href=register>"Make an account"</a> ", it takes a minute."</p>
        }
    });
    let passkey = origin.map(|origin| {
        let asked = Question::get(origin, "/login/passkey", "Sign in with a passkey");
        question(asked, next, "Passkeys need scripts, which are off in this browser; your password works without.")
    });
    let title = if fresh { "Almost there" } else { "Good to see you" };
    let form = view! {
        <div>
            <h1>{title}</h1>
            {lead}
        </div>
        {notice}
        <form class="form" method="post" action="/login" novalidate=true>
            <ErrorSummary form=state/>
            {carried(next)}
            <Field form=state name="email" label="Email address" kind=FieldKind::Email required=true
                autocomplete="username" maxlength=254 autofocus=first_field_is_free && !fresh/>
            <Field form=state name="password" label="Password" kind=FieldKind::Password required=true
                autocomplete="current-password" autofocus=first_field_is_free && fresh/>
            <p><a href="/password/forgot">"Forgotten your password?"</a></p>
            <Button size=ButtonSize::Large full=true>"Log in"</Button>
        </form>
        {passkey}
    };
    room(form, demo_card(logins))
}

/// Logins to try out; shown where the demo data is loaded, in development only.
fn demo_card(logins: Vec<DemoLogin>) -> Option<impl IntoView + use<>> {
    let rows = logins
        .into_iter()
        .map(|(role, email, what)| {
            view! {
                <div>
                    <dt class="font-semibold">{role}</dt>
                    <dd><code class="text-sm break-all">{email}</code></dd>
                    <dd class="muted text-sm">{what}</dd>
                </div>
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <Card title="Try it out" tone=Tone::Accent dense=true>
                <p>"This is a demonstration. Every login has the password " <code>{demo::PASSWORD}</code> "."</p>
                <dl class="mt-3 grid gap-2">{rows}</dl>
            </Card>
        }
    })
}
