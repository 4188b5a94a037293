//! Documents as cards, and the form that shows one more.

use crate::forms::FormState;
use crate::ui::fields::{Choice, ErrorSummary, Field, FieldKind, FileField, Select};
use crate::ui::{AskFirst, Badge, Button, ButtonKind, ButtonSize, Card, Icon, Tone};
use domain::onboarding::{Document, DocumentKind, DocumentState, days_left};
use jiff::civil::Date;
use leptos::prelude::*;

/// What the browser offers to choose from. The server looks into the file.
const ACCEPT: &str = "image/jpeg,image/png,image/webp";

/// A day in words.
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// How a document stands, as a badge.
pub(crate) fn standing(document: &Document, today: Date) -> (Tone, String) {
    let left = document.expires_on.map(|end| days_left(end, today));
    match (document.state, left) {
        (DocumentState::Refused, _) => (Tone::Danger, "Not accepted".to_owned()),
        (DocumentState::Replaced, _) => (Tone::Plain, "Replaced".to_owned()),
        (_, Some(left)) if left < 0 => (Tone::Danger, "Over".to_owned()),
        (_, Some(0)) => (Tone::Warning, "Ends today".to_owned()),
        (_, Some(1)) => (Tone::Warning, "Ends tomorrow".to_owned()),
        (_, Some(left)) if left <= 30 => (Tone::Warning, format!("Ends in {left} days")),
        (DocumentState::Sent, _) => (Tone::Info, "Not looked at yet".to_owned()),
        (DocumentState::Accepted, _) => (Tone::Success, "Good".to_owned()),
    }
}

/// Documents with small pictures. With `remove`, the address of the form that takes away those nobody has accepted.
pub(crate) fn document_cards(
    documents: &[Document],
    today: Date,
    remove: Option<&'static str>,
) -> impl IntoView + use<> {
    let cards: Vec<_> = documents.iter().map(|document| card(document, today, remove)).collect();
    view! { <ul class="papers">{cards}</ul> }
}

fn card(document: &Document, today: Date, remove: Option<&'static str>) -> impl IntoView + use<> {
    let picture = format!("/documents/{}?width=320", document.id.0);
    let whole = format!("/documents/{}?width=1600", document.id.0);
    let (tone, word) = standing(document, today);
    let title = document.kind.title();
    let end = document.expires_on.map_or_else(|| "No end".to_owned(), |end| format!("Good until {}", day(end)));
    let removable = matches!(document.state, DocumentState::Sent | DocumentState::Refused);
    let id = document.id.0.to_string();
    let take = remove.filter(|_| removable).map(|action| {
        view! {
            <AskFirst label="Remove" about=title.to_lowercase() icon=Icon::TRASH text="The picture is deleted at once.">
                <form method="post" action=action>
                    <input type="hidden" name="document" value=id/>
                    <Button kind=ButtonKind::Danger size=ButtonSize::Small>"Remove it"<span class="sr-only">": "{title.to_lowercase()}</span></Button>
                </form>
            </AskFirst>
        }
    });
    let note = (!document.note.is_empty()).then(|| {
        let words = document.note.clone();
        view! { <p class="paper-note wrap-anywhere whitespace-pre-line">{words}</p> }
    });
    view! {
        <li class="paper">
            <a class="paper-picture" href=whole target="_blank" rel="noopener">
                <img src=picture alt=format!("{title}, the picture you can open") loading="lazy" width="320" height="226"/>
            </a>
            <div class="paper-words">
                <p class="paper-title">{title}</p>
                <p class="muted wrap-anywhere">"Number " {document.number.clone()}</p>
                <p class="muted">{end}</p>
                <p><Badge tone=tone>{word}</Badge></p>
                {note}
                {take}
            </div>
        </li>
    }
}

/// The form that shows one more document; `first` is chosen before anybody touches it.
pub(crate) fn document_form(form: &FormState, action: &'static str, first: DocumentKind) -> impl IntoView + use<> {
    let kinds = DocumentKind::ALL
        .map(|kind| {
            Choice::new(
                kind.name(),
                if kind.needed() {
                    kind.title().to_owned()
                } else {
                    format!("{} (if your trade asks for one)", kind.title())
                },
            )
        })
        .to_vec();
    let fields = view! {
        <ErrorSummary form=form/>
        <Select form=form name="kind" label="What is it?" options=kinds value=first.name() required=true/>
        <div class="form-row">
            <Field form=form name="number" label="Number on it" required=true maxlength=60 autocomplete="off"/>
            <Field form=form name="expires_on" label="Good until" kind=FieldKind::Date required=true autocomplete="off"
                hint="A licence for life has no end: leave it empty."/>
        </div>
        <FileField form=form name="document" label="Picture or scan" accept=ACCEPT required=true
            hint="JPEG, PNG or WebP, up to 10 MB. The whole page, readable; two pages are two documents."/>
    };
    view! {
        <Card title="Add a document">
            <form class="form" method="post" action=action enctype="multipart/form-data" novalidate=true>
                {fields}
                <div><Button icon=Icon::UPLOAD>"Add this document"</Button></div>
            </form>
        </Card>
    }
}
