//! Documents large enough to read, and what a checker should look at.

use crate::provider::apply::{day, document_standing};
use crate::ui::{Glyph, Icon, IconSize, Status};
use domain::onboarding::{Document, DocumentState, Reviewed, days_left};
use jiff::Timestamp;
use jiff::civil::Date;
use leptos::prelude::*;

/// Documents one below the other, each a link to its largest picture.
pub(super) fn documents(documents: &[Document], today: Date) -> AnyView {
    if documents.is_empty() {
        return view! { <p class="muted">"None."</p> }.into_any();
    }
    let shown: Vec<_> = documents.iter().map(|document| view! { <li>{sheet(document, today)}</li> }).collect();
    view! { <ul class="stack">{shown}</ul> }.into_any()
}

/// One document.
pub(super) fn sheet(document: &Document, today: Date) -> impl IntoView + use<> {
    let (tone, word) = document_standing(document, today);
    let title = document.kind.title();
    let end = document.expires_on.map_or_else(|| "No end".to_owned(), |end| format!("Good until {}", day(end)));
    let note = (!document.note.is_empty()).then(|| {
        let words = document.note.clone();
        view! { <p class="paper-note wrap-anywhere whitespace-pre-line">{words}</p> }
    });
    view! {
        <div class="sheet-shown">
            <div class="row justify-between"><p class="paper-title">{title}</p><Status tone=tone text=word/></div>
            <p class="muted wrap-anywhere">{document.number.clone()} " · " {end}</p>
            {note}
            <a class="sheet-picture" href=format!("/documents/{}?width=1600", document.id.0) target="_blank" rel="noopener">
                <img src=format!("/documents/{}?width=800", document.id.0) alt=format!("{title}, the picture you can open") loading="lazy"/>
            </a>
        </div>
    }
}

/// What to look at: `true` for what is fine.
pub(super) fn checklist(reviewed: &Reviewed, today: Date, now: Timestamp) -> impl IntoView + use<> {
    let items: Vec<_> = points(reviewed, today, now)
        .into_iter()
        .map(|(fine, words)| {
            let (icon, class, label) = if fine {
                (Icon::CIRCLE_CHECK, "check check-fine", "Fine:")
            } else {
                (Icon::TRIANGLE_ALERT, "check check-look", "Look at this:")
            };
            view! { <li class=class><Glyph icon=icon size=IconSize::Small label=label/><span class="wrap-anywhere">{words}</span></li> }
        })
        .collect();
    let names: Vec<_> = reviewed
        .namesakes
        .iter()
        .map(|(key, name)| view! { <li><a href=format!("/admin/providers/{key}")>{name.clone()}</a></li> })
        .collect();
    let alike = (!names.is_empty()).then(|| view! { <ul class="list-disc ps-5">{names}</ul> });
    let applicant = reviewed.application.applicant.clone();
    view! {
        <ul class="checks">{items}</ul>
        {alike}
        <p class="muted">"By eye: does the identity document say " <strong>{applicant}</strong>
            ", does the insurance name the business, and are both readable to the edges?"</p>
    }
}

fn points(reviewed: &Reviewed, today: Date, now: Timestamp) -> Vec<(bool, String)> {
    let known = &reviewed.application;
    let mut points = Vec::new();
    let mut point = |fine: bool, good: String, bad: String| points.push((fine, if fine { good } else { bad }));
    let missing: Vec<String> = known.missing_documents(today).iter().map(|kind| kind.title().to_lowercase()).collect();
    point(
        missing.is_empty(),
        "Identity and insurance are there and good today".into(),
        format!("Missing or over: {}", missing.join(", ")),
    );
    let soon: Vec<String> = known
        .documents
        .iter()
        .filter(|document| matches!(document.state, DocumentState::Sent | DocumentState::Accepted))
        .filter_map(|document| Some((document.kind, days_left(document.expires_on?, today))))
        .filter(|(_, left)| (0..=30).contains(left))
        .map(|(kind, left)| {
            format!("{} (in {left} {})", kind.title().to_lowercase(), if left == 1 { "day" } else { "days" })
        })
        .collect();
    let over: Vec<String> = known
        .documents
        .iter()
        .filter(|document| document.state == DocumentState::Sent)
        .filter(|document| document.expires_on.is_some_and(|end| days_left(end, today) < 0))
        .map(|document| document.kind.title().to_lowercase())
        .collect();
    if !over.is_empty() {
        let words = format!("Over since it was sent, and refused when you approve: {}", over.join(", "));
        point(false, String::new(), words);
    }
    point(soon.is_empty(), "Nothing ends within 30 days".into(), format!("Ends soon: {}", soon.join(", ")));
    point(known.email_verified, "The email address is confirmed".into(), "The email address is not confirmed".into());
    let days = now.duration_since(known.member_since).as_hours() / 24;
    point(
        days >= 1,
        format!("The account is {days} {} old", if days == 1 { "day" } else { "days" }),
        "The account was made within the last day".into(),
    );
    let alike = reviewed.namesakes.len();
    point(alike == 0, "No other business of this name".into(), format!("{alike} of the same name:"));
    if reviewed.works_somewhere && known.provider.is_none() {
        point(false, String::new(), "The applicant works for a business already".into());
    }
    if known.round > 1 {
        point(false, String::new(), format!("Sent for the {}. time: has what we asked for been done?", known.round));
    }
    points
}
