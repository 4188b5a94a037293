//! Who does which service: boxes to tick on the page of a member.

use crate::forms::FormState;
use crate::ui::fields::{CheckCards, ChoiceCard};
use crate::ui::{Notice, Tone};
use domain::team::{MemberPage, Staffed};
use leptos::prelude::*;

/// What is ticked as things stand.
pub(super) fn checked(services: &[Staffed]) -> impl Iterator<Item = (String, String)> + use<'_> {
    services.iter().filter(|service| service.does).map(|service| ("services".to_owned(), service.id.0.to_string()))
}

/// The boxes, with a word about services that nobody else does.
pub(super) fn services(form: &FormState, known: &MemberPage) -> impl IntoView + use<> {
    if known.services.is_empty() {
        return view! { <p class="muted">"The business has no services yet."</p> }.into_any();
    }
    let alone =
        |service: &&Staffed| service.does && service.others == 0 && service.status == "live" && known.who.active;
    let alone: Vec<&str> = known.services.iter().filter(alone).map(|service| service.title.as_str()).collect();
    let warning = (!alone.is_empty()).then(|| {
        let words = format!("Nobody else does: {}. Without {} it cannot be booked.", alone.join(", "), known.who.name);
        view! { <Notice tone=Tone::Info>{words}</Notice> }
    });
    let options = known
        .services
        .iter()
        .map(|service| {
            let others = match service.others {
                0 => "Nobody else does it".to_owned(),
                1 => "One other does it".to_owned(),
                many => format!("{many} others do it"),
            };
            let note = match service.status.as_str() {
                "paused" => Some("Paused".to_owned()),
                "live" => None,
                _ => Some("Draft".to_owned()),
            };
            let text = Some(others);
            ChoiceCard { text, note, ..ChoiceCard::new(service.id.0.to_string(), service.title.clone()) }
        })
        .collect::<Vec<_>>();
    view! {
        <CheckCards form=form name="services" label="Services" options=options hint="Only what is ticked can be booked with them."/>
        {warning}
    }
    .into_any()
}
