//! `/provider/profile/name`: an owner asks for another name or country of the bank account, sees where that stands, and
//! takes it back.

use super::super::apply::countries_to_choose;
use super::super::business;
use super::{PROFILE, country};
use crate::bookings::words;
use crate::catalog::changes::side_by_side;
use crate::forms::{Form, FormState};
use crate::layout::{Frame, Head};
use crate::request::{Answer, Failure, PageRequest, see_other};
use crate::ui::fields::{ErrorSummary, Field, Select};
use crate::ui::{Breadcrumbs, Button, ButtonKind, Card, Link, LinkButton, Notice, SummaryItem, SummaryList, Tone};
use axum::http::StatusCode;
use axum::response::Response;
use domain::kernel::{Action, Error, FieldErrors, Object, ProviderId, Zone, can};
use domain::onboarding::changes::{
    AskError, AskedChange, ChangeState, Registered, Wished, ask_for_change, differing, registered, take_back_change,
};
use leptos::prelude::*;

pub(super) const PATH: &str = "/provider/profile/name";

/// The business of an owner; for everybody else there is nothing here.
async fn owned(page: &PageRequest) -> Result<(ProviderId, Registered), Failure> {
    let provider = business(page)?.ok_or(Error::NotFound)?;
    let object = Object { provider: Some(provider), ..Object::default() };
    if !can(page.actor(), Action::RenameBusiness, &object) {
        return Err(Failure(Error::NotFound));
    }
    Ok((provider, registered(page.ctx(), page.actor(), provider).await?))
}

/// `GET /provider/profile/name`.
///
/// # Errors
/// Not signed in; not found for everybody but owners.
pub async fn show(page: PageRequest) -> Answer {
    let (_, known) = owned(&page).await?;
    let seen = known.seen();
    Ok(answer(&page, StatusCode::OK, (&known, &seen), &fresh(&known), None))
}

/// What the form begins with: what was declined last, to be put right, else what holds.
fn fresh(known: &Registered) -> FormState {
    let declined = known.latest.as_ref().filter(|latest| latest.state == ChangeState::Declined);
    let begin = declined.map_or(&known.present, |latest| &latest.wished);
    FormState::with([("name", begin.name.clone()), ("payout_country", begin.payout_country.clone())])
}

/// `POST /provider/profile/name` with what it was made from in `seen`.
///
/// # Errors
/// Not signed in; not found for everybody but owners.
pub async fn submit(page: PageRequest, form: Form) -> Answer {
    let (provider, known) = owned(&page).await?;
    let seen = form.text("seen").to_owned();
    let wished = match Wished::parse(form.text("name"), form.text("payout_country"), &known) {
        Ok(wished) => wished,
        // The form goes on from what it was made from: what happened meanwhile is still to be told.
        Err(error) => {
            let state = form.rejected(error)?;
            return Ok(answer(&page, StatusCode::UNPROCESSABLE_ENTITY, (&known, &seen), &state, None));
        }
    };
    match ask_for_change(page.ctx(), page.actor(), provider, &seen, wished.clone()).await {
        Ok(()) => Ok(see_other(&format!("{PATH}?said=change-asked"))),
        Err(AskError::Stale) => {
            let known = registered(page.ctx(), page.actor(), provider).await?;
            // Sent twice, or the same in both windows: it waits.
            if known.waiting().is_some_and(|asked| asked.wished == wished) {
                return Ok(see_other(&format!("{PATH}?said=change-asked")));
            }
            let state = FormState::rejected(form.kept(), FieldErrors::new());
            let (both, seen) = (told(&known, &wished), known.seen());
            Ok(answer(&page, StatusCode::CONFLICT, (&known, &seen), &state, Some(both)))
        }
        Err(AskError::Other(error)) => Err(error.into()),
    }
}

/// `POST /provider/profile/name/take-back` with what waits in `seen`.
///
/// # Errors
/// Not signed in; not found for everybody but owners.
pub async fn take_back(page: PageRequest, form: Form) -> Answer {
    let (provider, _) = owned(&page).await?;
    match take_back_change(page.ctx(), page.actor(), provider, form.text("seen")).await {
        Ok(()) => Ok(see_other(&format!("{PATH}?said=change-taken-back"))),
        Err(error @ Error::Conflict(_)) => {
            let (_, known) = owned(&page).await?;
            let seen = known.seen();
            let why = form.rejected(error)?.error("").unwrap_or_default().to_owned();
            let notice = view! { <Notice tone=Tone::Warning live=true><p>{why}</p></Notice> }.into_any();
            Ok(answer(&page, StatusCode::CONFLICT, (&known, &seen), &fresh(&known), Some(notice)))
        }
        Err(error) => Err(error.into()),
    }
}

/// What waits or holds by now beside what was typed.
fn told(known: &Registered, typed: &Wished) -> AnyView {
    let waiting = known.waiting();
    let (other, label) =
        waiting.map_or((&known.present, "As it is now"), |asked| (&asked.wished, "Asked for meanwhile"));
    let differs = differing(other, typed);
    let both = (!differs.is_empty()).then(|| side_by_side(&differs, label, "What you typed", false));
    let next = if waiting.is_some() {
        "Only one change waits at a time. To ask for yours, take the other back first: what you typed stands here."
    } else {
        "Nothing of yours is lost: the form holds it. Look at what has changed, then ask again."
    };
    view! {
        <Notice tone=Tone::Warning title="This was changed in another window" live=true>
            <div class="stack"><p>{next}</p>{both}</div>
        </Notice>
    }
    .into_any()
}

fn answer(
    page: &PageRequest,
    status: StatusCode,
    (known, seen): (&Registered, &str),
    state: &FormState,
    above: Option<AnyView>,
) -> Response {
    let head = Head { title: "Name and bank account".to_owned(), robots_noindex: true, ..Head::default() };
    let part = match known.waiting() {
        Some(asked) => waits(page, asked, &known.seen()),
        None => ask(page, known, seen, state),
    };
    let (name, bank) = (known.present.name.clone(), country(&known.present.payout_country));
    let body = view! {
        <div class="page-narrow stack">
            <Breadcrumbs trail=vec![Link::new("Profile", PROFILE)] here="Name and bank account"/>
            <div>
                <h1>"Name and bank account"</h1>
                <p class="lead">"We have checked both, so a person looks at a change before it holds."</p>
            </div>
            {above}
            <Card title="As it is">
                <SummaryList>
                    <SummaryItem label="Name"><span class="wrap-anywhere">{name}</span></SummaryItem>
                    <SummaryItem label="Bank account in">{bank}</SummaryItem>
                </SummaryList>
            </Card>
            {part}
        </div>
    };
    page.show_with(status, head, Frame::Provider, body)
}

fn moment(page: &PageRequest, at: jiff::Timestamp) -> String {
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    words::moment_within(&zone, at, page.ctx().clock.now())
}

fn waits(page: &PageRequest, asked: &AskedChange, seen: &str) -> AnyView {
    let both = side_by_side(&asked.differs(), "Now", "Asked for", false);
    let since = format!(
        "Asked by {} {}. We write to all owners when it is decided.",
        asked.asked_by,
        moment(page, asked.asked_at)
    );
    let seen = seen.to_owned();
    view! {
        <Card title="Waits for us" tone=Tone::Info>
            <div class="stack">
                <p class="wrap-anywhere">{since}</p>
                {both}
                <form method="post" action=format!("{PATH}/take-back")>
                    <input type="hidden" name="seen" value=seen/>
                    <Button kind=ButtonKind::Secondary>"Take it back"</Button>
                </form>
            </div>
        </Card>
    }
    .into_any()
}

fn ask(page: &PageRequest, known: &Registered, seen: &str, state: &FormState) -> AnyView {
    let seen = seen.to_owned();
    let fields = view! {
        <ErrorSummary form=state/>
        <input type="hidden" name="seen" value=seen/>
        <Field form=state name="name" label="Name of the business" required=true maxlength=120 autocomplete="organization"
            hint="A new name brings a new address of your page. The one before leads there."/>
        <Select form=state name="payout_country" label="Country of your bank account" options=countries_to_choose()
            empty="Choose a country"/>
    };
    view! {
        {known.latest.as_ref().and_then(|latest| ended(page, latest))}
        <Card title="Ask for a change">
            <form class="form" method="post" action=PATH novalidate=true>
                {fields}
                <div class="row">
                    <Button>"Ask for it"</Button>
                    <LinkButton href=PROFILE kind=ButtonKind::Quiet>"Back"</LinkButton>
                </div>
            </form>
        </Card>
    }
    .into_any()
}

/// How the last one ended.
fn ended(page: &PageRequest, latest: &AskedChange) -> Option<AnyView> {
    let when = latest.decided_at.map(|at| moment(page, at)).unwrap_or_default();
    let parts: Vec<String> =
        latest.differs().iter().map(|part| format!("{}: {}", part.part, part.after.join(", "))).collect();
    let parts = parts.join("; ");
    match latest.state {
        ChangeState::Declined => {
            let note = latest.note.clone();
            Some(view! {
                <Notice tone=Tone::Warning title=format!("Declined {when}")>
                    <p class="wrap-anywhere">{parts}</p>
                    <p class="whitespace-pre-line wrap-anywhere">{note}</p>
                </Notice>
            }
            .into_any())
        }
        ChangeState::Approved => Some(view! {
            <Notice tone=Tone::Success title=format!("Approved {when}")><p class="wrap-anywhere">{parts}</p></Notice>
        }
        .into_any()),
        ChangeState::Withdrawn => Some(view! {
            <Notice title=format!("Taken back {when}")><p class="wrap-anywhere">{parts}</p></Notice>
        }
        .into_any()),
        ChangeState::Submitted => None,
    }
}
