//! Where an application stands that the applicant does not change now.

use super::check::summary;
use super::parts::document_cards;
use crate::bookings::words;
use crate::layout::{Frame, Head};
use crate::request::PageRequest;
use crate::ui::{Button, ButtonKind, Card, Moment, Notice, Timeline, TimelineEntry, Tone};
use axum::response::Response;
use domain::kernel::Zone;
use domain::onboarding::{Application, State, today_of};
use leptos::prelude::*;

pub(super) fn page(page: &PageRequest, known: &Application) -> Response {
    let zone = Zone::parse(&known.told.zone).unwrap_or_else(Zone::utc);
    let now = page.ctx().clock.now();
    let when = |at: Option<jiff::Timestamp>| at.map(|at| words::moment_within(&zone, at, now));
    let title = match known.state {
        State::Submitted => "Your application is with us",
        State::Declined => "We could not take you on this time",
        State::Withdrawn => "You have taken your application back",
        State::Draft | State::Asked | State::Approved => "Your application",
    };
    let sent = TimelineEntry {
        title: if known.round > 1 { format!("Sent for the {} time", ordinal(known.round)) } else { "Sent".to_owned() },
        when: when(known.submitted_at),
        datetime: known.submitted_at.map(|at| at.to_string()),
        ..TimelineEntry::default()
    };
    let waits = TimelineEntry {
        title: "A person looks at it".to_owned(),
        text: Some("Usually within a few working days. You get a mail either way.".to_owned()),
        moment: Moment::Now,
        ..TimelineEntry::default()
    };
    let then = TimelineEntry {
        title: "Your business opens".to_owned(),
        text: Some("Then you describe your first service.".to_owned()),
        moment: Moment::Next,
        ..TimelineEntry::default()
    };
    let declined = TimelineEntry {
        title: "Declined".to_owned(),
        when: when(known.decided_at),
        datetime: known.decided_at.map(|at| at.to_string()),
        tone: Tone::Danger,
        ..TimelineEntry::default()
    };
    let entries = match known.state {
        State::Declined => vec![sent, declined],
        State::Withdrawn => Vec::new(),
        _ => vec![sent, waits, then],
    };
    let version = known.version;
    let act = if known.state == State::Submitted {
        view! {
            <form method="post" action="/provider/apply/withdraw" class="stack-tight">
                <input type="hidden" name="version" value=version/>
                <p class="muted">"To change something, take it back and send it again. It then waits anew."</p>
                <Button kind=ButtonKind::Secondary>"Take it back"</Button>
            </form>
        }
        .into_any()
    } else {
        let words = if known.state == State::Declined { "Apply again" } else { "Go on with it" };
        view! {
            <form method="post" action="/provider/apply/again">
                <input type="hidden" name="version" value=version/>
                <Button>{words}</Button>
            </form>
        }
        .into_any()
    };
    let reason = (known.state == State::Declined).then(|| {
        let words = known.note.clone();
        view! { <Notice tone=Tone::Danger title="This is why"><p class="whitespace-pre-line wrap-anywhere">{words}</p></Notice> }
    });
    let timeline =
        (!entries.is_empty()).then(|| view! { <Card title="Where it stands"><Timeline entries=entries/></Card> });
    let papers = (!known.documents.is_empty()).then(|| {
        let today = today_of(page.ctx(), &known.told);
        let cards = document_cards(&known.documents, today, None);
        view! { <Card title="Documents">{cards}</Card> }
    });
    let head = Head { title: title.to_owned(), robots_noindex: true, ..Head::default() };
    let told = summary(&known.told, false);
    let body = view! {
        <div class="page stack apply">
            <div>
                <h1>{title}</h1>
                <p class="lead">{known.told.name.clone()} " · " <span class="tabular">{known.reference.clone()}</span></p>
            </div>
            <div class="with-side">
                <div class="stack">
                    {reason}
                    {timeline}
                    {act}
                </div>
                <aside class="stack">
                    <Card title="What you told us" dense=true>{told}</Card>
                    {papers}
                </aside>
            </div>
        </div>
    };
    page.show(head, Frame::Public, body)
}

fn ordinal(number: i16) -> String {
    match number {
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        more => format!("{more}th"),
    }
}
