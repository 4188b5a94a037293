//! The review of an application: what was told, the documents, and what to check, side by side.

use super::super::head;
use super::list::age_of;
use super::moved_on;
use super::review::{checklist, documents};
use crate::bookings::words;
use crate::forms::FormState;
use crate::layout::Frame;
use crate::provider::apply::summary;
use crate::request::{Answer, PageRequest};
use crate::ui::fields::{ErrorSummary, TextArea};
use crate::ui::{Breadcrumbs, Button, ButtonKind, Card, Disclosure, Icon, Link, LinkButton, Notice, Status, Tone};
use axum::http::StatusCode;
use domain::kernel::{Action, Object, Zone, can};
use domain::onboarding::{self, Application, State, today_of};
use leptos::prelude::*;

pub(super) async fn page(page: &PageRequest, reference: &str, status: StatusCode, form: &FormState) -> Answer {
    let reviewed = onboarding::application(page.ctx(), page.actor(), reference).await?;
    let known = &reviewed.application;
    let zone = page.zone().cloned().unwrap_or_else(Zone::utc);
    let now = page.ctx().clock.now();
    let today = today_of(page.ctx(), &known.told);
    let (tone, state) = state_words(known.state);
    let age = known.submitted_at.map(|at| match known.state {
        State::Submitted => format!("Sent {}, waiting {}", words::moment_within(&zone, at, now), age_of(at, now)),
        _ => format!("Sent {}", words::moment_within(&zone, at, now)),
    });
    let read = can(page.actor(), Action::ReadAudit, &Object::default()).then(|| {
        let href = format!("/admin/audit?object={}", known.id.0);
        view! { <LinkButton href=href kind=ButtonKind::Quiet icon=Icon::HISTORY>"What happened"</LinkButton> }
    });
    let trail = vec![Link::new("Providers", "/admin/providers")];
    let told = summary(&known.told, false);
    let papers = documents(&known.documents, today);
    let checks = checklist(&reviewed, today, now);
    let decide = (known.state == State::Submitted).then(|| decisions(form, known));
    let body = view! {
        <div class="page stack">
            <Breadcrumbs trail=trail here=known.reference.clone()/>
            <div>
                <div class="row justify-between"><h1 class="wrap-anywhere">{known.told.name.clone()}</h1><Status tone=tone text=state/></div>
                <p class="muted">{known.applicant.clone()} " · " <span class="break-all">{known.email.clone()}</span> " · " {age}</p>
            </div>
            {decide.is_none().then(|| moved_on(form))}
            {last_words(known)}
            <div class="review">
                <Card title="What was told" dense=true>{told}</Card>
                <Card title="Documents" dense=true>{papers}</Card>
                <div class="stack">
                    <Card title="What to check" dense=true>{checks}</Card>
                    {decide}
                    {read}
                </div>
            </div>
        </div>
    };
    Ok(page.show_with(status, head(known.told.name.clone()), Frame::Admin, body))
}

const fn state_words(state: State) -> (Tone, &'static str) {
    match state {
        State::Submitted => (Tone::Info, "Waiting for us"),
        State::Asked => (Tone::Warning, "Waiting for the applicant"),
        State::Approved => (Tone::Success, "Approved"),
        State::Declined => (Tone::Danger, "Declined"),
        State::Withdrawn => (Tone::Plain, "Taken back"),
        State::Draft => (Tone::Plain, "Being written"),
    }
}

/// What we last said, and where it led.
fn last_words(known: &Application) -> impl IntoView + use<> {
    let note = (!known.note.is_empty()).then(|| {
        let title = match known.state {
            State::Declined => "Declined with these words",
            State::Asked => "Asked with these words",
            _ => "What we said last time",
        };
        let words = known.note.clone();
        view! { <Notice title=title><p class="whitespace-pre-line wrap-anywhere">{words}</p></Notice> }
    });
    let business = known.provider.clone().map(|slug| {
        view! {
            <Notice tone=Tone::Success title="There is a business now">
                <p><a href=format!("/admin/providers/{slug}")>"Open the business"</a></p>
            </Notice>
        }
    });
    view! { {note} {business} }
}

fn decisions(form: &FormState, known: &Application) -> impl IntoView + use<> {
    let base = format!("/admin/providers/{}", known.reference);
    let (approve, ask, decline) = (format!("{base}/approve"), format!("{base}/ask"), format!("{base}/decline"));
    let version = known.version;
    let (asked, declined) = (form.error("question").is_some(), form.error("reason").is_some());
    let summary = view! { <ErrorSummary form=form/> };
    let question = view! {
        <TextArea form=form name="question" label="What is missing?" required=true maxlength=2000 rows=4
            hint="The applicant reads this, word for word."/>
    };
    let reason = view! {
        <TextArea form=form name="reason" label="Why not?" required=true maxlength=2000 rows=4
            hint="The applicant reads this, word for word, and may apply again."/>
    };
    view! {
        <Card title="Decide" dense=true>
            <div class="stack">
                {summary}
                <form method="post" action=approve>
                    <input type="hidden" name="version" value=version/>
                    <Button full=true>"Approve and open the business"</Button>
                </form>
                <Disclosure title="Ask for more" open=asked>
                    <form class="form" method="post" action=ask novalidate=true>
                        <input type="hidden" name="version" value=version/>
                        {question}
                        <div><Button kind=ButtonKind::Secondary>"Ask the applicant"</Button></div>
                    </form>
                </Disclosure>
                <Disclosure title="Decline" open=declined>
                    <form class="form" method="post" action=decline novalidate=true>
                        <input type="hidden" name="version" value=version/>
                        {reason}
                        <div><Button kind=ButtonKind::Danger>"Decline"</Button></div>
                    </form>
                </Disclosure>
            </div>
        </Card>
    }
}
