//! What fields promise: typed values stay, passwords do not, messages are tied to their fields.

use domain::kernel::FieldErrors;
use leptos::prelude::*;

use super::*;
use crate::forms::FormState;

fn refused() -> FormState {
    let mut errors = FieldErrors::new();
    errors.add("email", "Write your address with an @.");
    errors.add("", "That time was just taken.");
    let values = [
        ("email", "ana\"><script>"),
        ("note", "</textarea><b>"),
        ("extra", "oven"),
        ("start", "t2"),
        ("password", "secret"),
    ];
    FormState::with(values).complaining(errors)
}

#[test]
fn what_was_typed_stays_and_cannot_break_out() {
    let form = refused();
    let html = view! { <Field form=&form name="email" label="Email"/><TextArea form=&form name="note" label="Note"/> }
        .to_html();
    assert!(html.contains("ana&quot;&gt;&lt;script&gt;"), "{html}");
    assert!(html.contains("&lt;/textarea&gt;&lt;b&gt;"), "{html}");
    assert!(!html.contains("<script>") && !html.contains("<b>"), "{html}");
}

#[test]
fn passwords_are_never_shown_again() {
    let form = refused();
    let html = view! { <Field form=&form name="password" label="Password" kind=FieldKind::Password/> }.to_html();
    assert!(!html.contains("secret"), "{html}");
}

#[test]
fn a_message_is_tied_to_its_field_and_linked_from_the_summary() {
    let form = refused();
    let html =
        view! { <ErrorSummary form=&form/><Field form=&form name="email" label="Email" hint="For your bookings."/> }
            .to_html();
    assert!(html.contains("href=\"#f-email\"") && html.contains("id=\"f-email\""), "{html}");
    assert!(html.contains("aria-describedby=\"f-email-error f-email-hint\""), "{html}");
    assert!(html.contains("aria-invalid=\"true\"") && html.contains("role=\"alert\""), "{html}");
    assert!(html.contains("<li>That time was just taken."), "a message without a field is plain text: {html}");
}

#[test]
fn a_form_nobody_filled_in_says_nothing_and_shows_its_defaults() {
    let form = FormState::default();
    let html = view! {
        <ErrorSummary form=&form/>
        <Field form=&form name="price" label="Price" value="45.00"/>
        <Checkbox form=&form name="mail" label="Remind me" checked=true/>
    }
    .to_html();
    assert!(html.contains("value=\"45.00\"") && html.contains(" checked"), "{html}");
    assert!(!html.contains("alert") && !html.contains("aria-invalid"), "{html}");
}

#[test]
fn a_default_does_not_come_back_after_it_was_emptied() {
    let form = refused();
    let html = view! {
        <Field form=&form name="price" label="Price" value="45.00"/>
        <Checkbox form=&form name="mail" label="Remind me" checked=true/>
    }
    .to_html();
    assert!(!html.contains("45.00") && !html.contains(" checked"), "{html}");
}

#[test]
fn choices_stay_chosen() {
    let form = refused();
    let time = |value: &str| SlotTime { value: value.into(), label: value.into(), ..SlotTime::default() };
    let days = vec![SlotDay { heading: "Tomorrow".into(), date: "25 Nov".into(), times: vec![time("t1"), time("t2")] }];
    let html = view! {
        <CheckCards form=&form name="extra" label="Extras" options=vec![ChoiceCard::new("oven", "Oven"), ChoiceCard::new("fridge", "Fridge")]/>
        <SlotList form=&form name="start" label="When?" days=days/>
    }
    .to_html();
    assert_eq!(html.matches(" checked").count(), 2, "{html}");
    assert!(html.contains("id=\"f-start\"") && html.contains("id=\"f-start-1\""), "{html}");
}
