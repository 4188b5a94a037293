//! The page: the step that is asked for, or where the application stands.

use super::{HERE, check, standing, steps};
use crate::bookings::words;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, PageRequest, see_other};
use crate::ui::{Notice, Steps, Tone};
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalog::Shelves;
use domain::catalog::categories::shelves;
use domain::kernel::{Error, Zone};
use domain::onboarding::{self, Application, State, Step, Typed, my_application, today_of};
use leptos::prelude::*;

/// `GET /provider/apply?step=`.
///
/// # Errors
/// Not signed in; somebody acts for the person.
pub async fn show(page: PageRequest) -> Answer {
    page.actor().signed_in()?;
    if !page.actor().memberships.is_empty() {
        return Ok(see_other("/provider"));
    }
    let known = my_application(page.ctx(), page.actor()).await?;
    let asked = page.param("step").and_then(|name| Step::parse(&name));
    match &known {
        Some(known) if !known.state.open() => Ok(standing::page(&page, known)),
        _ => {
            let step = asked.unwrap_or_else(|| next(&page, known.as_ref()));
            answer(&page, StatusCode::OK, step, None, known.as_ref()).await
        }
    }
}

/// The step to go on with.
fn next(page: &PageRequest, known: Option<&Application>) -> Step {
    known.map_or(Step::Business, |known| known.next_step(today_of(page.ctx(), &known.told)))
}

/// `POST /provider/apply`: keeps a step and goes on to the next.
///
/// # Errors
/// Not signed in; somebody acts for the person; there is no such step.
pub async fn submit(page: PageRequest, form: Form) -> Answer {
    page.actor().signed_in()?;
    let step = Step::parse(form.text("step")).ok_or(Error::NotFound)?;
    let version = form.parsed("version").unwrap_or(0);
    let read = Typed { fields: form.pairs().collect() }.read(step);
    let done = match read {
        Ok(answers) => onboarding::save(page.ctx(), page.actor(), step, version, answers).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(see_other(&format!("{HERE}?step={}", step.next().unwrap_or(Step::Check).name()))),
        Err(error) => again(&page, step, &form, error).await,
    }
}

/// The same step with what was typed and what was wrong; where nothing can be changed any more, how it stands.
pub(super) async fn again(page: &PageRequest, step: Step, form: &Form, error: Error) -> Answer {
    let conflict = matches!(error, Error::Conflict(_));
    let state = form.rejected(error)?;
    let known = my_application(page.ctx(), page.actor()).await?;
    let open = known.as_ref().is_none_or(|known| known.state.open());
    if !open || !page.actor().memberships.is_empty() {
        return Ok(see_other(HERE));
    }
    let status = if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    answer(page, status, step, Some(&state), known.as_ref()).await
}

/// `typed` is the form as it was sent, if it was.
async fn answer(
    page: &PageRequest,
    status: StatusCode,
    step: Step,
    typed: Option<&FormState>,
    known: Option<&Application>,
) -> Answer {
    let shelves = if step == Step::Work { shelves(page.ctx()).await? } else { Shelves::default() };
    let told = known.map(|known| FormState::with(known.told.fields(step))).unwrap_or_default();
    let form = typed.cloned().unwrap_or(told);
    let version = known.map_or(0, |known| known.version);
    let fields = match step {
        Step::Business => steps::business(&form, version).into_any(),
        Step::Place => steps::place(&form, version).into_any(),
        Step::Work => steps::work(&form, version, &shelves).into_any(),
        Step::Documents => steps::documents(page, &form, known).into_any(),
        Step::Payout => steps::payout(&form, version).into_any(),
        Step::Check => check::part(page, &form, known).into_any(),
    };
    Ok(frame(page, status, step, known, fields))
}

fn frame(page: &PageRequest, status: StatusCode, step: Step, known: Option<&Application>, part: AnyView) -> Response {
    let today = known.map(|known| today_of(page.ctx(), &known.told));
    let done = |step: Step| known.zip(today).is_some_and(|(known, today)| known.done(step, today));
    let way = Step::ALL.map(|step| (word(step).to_owned(), done(step).then(|| format!("{HERE}?step={}", step.name()))));
    let current = Step::ALL.iter().position(|one| *one == step).unwrap_or(0);
    let (title, lead) = heading(step);
    let wish = known.filter(|known| known.state == State::Asked).map(|known| {
        let note = known.note.clone();
        // Days as the applicant will count them: those of the business to be.
        let zone = Zone::parse(&known.told.zone).unwrap_or_else(Zone::utc);
        let (now, until) = (page.ctx().clock.now(), known.decided_at.map(onboarding::answer_until));
        let until = until.map(|until| {
            let day = words::day(&zone, until, now);
            view! { <p>"It stays open until " <strong>{day}</strong> ". After that it ends, and you can begin again with what you told us."</p> }
        });
        view! {
            <Notice tone=Tone::Warning title="We need a little more before we can decide">
                <p class="whitespace-pre-line wrap-anywhere">{note}</p>
                {until}
                <p><a href=format!("{HERE}?step=check")>"When it is done, send it again"</a></p>
            </Notice>
        }
    });
    let head = Head { title: format!("{title} – become a provider"), robots_noindex: true, ..Head::default() };
    let body = view! {
        <div class="page stack apply">
            <Steps steps=way.to_vec() current=current in_any_order=true/>
            {wish}
            <div>
                <h1>{title}</h1>
                <p class="lead">{lead}</p>
            </div>
            <div class="with-side">
                <div class="stack">{part}</div>
                <aside>{steps::aside(step)}</aside>
            </div>
        </div>
    };
    page.show_with(status, head, Frame::Public, body)
}

/// The word of a step in the row of steps.
pub(super) const fn word(step: Step) -> &'static str {
    match step {
        Step::Business => "Business",
        Step::Place => "Place",
        Step::Work => "Work",
        Step::Documents => "Documents",
        Step::Payout => "Payout",
        Step::Check => "Send",
    }
}

const fn heading(step: Step) -> (&'static str, &'static str) {
    match step {
        Step::Business => {
            ("Tell us about your business", "Six short steps, about ten minutes. Everything is kept as you go.")
        }
        Step::Place => ("Where do you work?", "Customers near you find you first. Your street stays your own."),
        Step::Work => (
            "What do you do?",
            "Choose what you want to be found for. Prices and services come after we have checked you.",
        ),
        Step::Documents => (
            "Show us your documents",
            "So that people can let you in. Only you and the few who check them ever see these.",
        ),
        Step::Payout => (
            "Where should earnings go?",
            "The country of your bank account. The account itself we ask for when there is money to send.",
        ),
        Step::Check => ("Everything right?", "A last look. After sending, we answer within a few working days."),
    }
}
