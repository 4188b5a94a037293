//! When the form about a member was opened before somebody else's change: both stand side by side, and the form keeps what
//! was typed. Only sending it again, knowingly, puts it in the place of the other.

use super::PATH;
use crate::catalog::changes::side_by_side;
use crate::forms::FormState;
use crate::ui::{ButtonKind, LinkButton, Notice, Tone};
use domain::catalog::listing::Change;
use domain::team::MemberPage;
use leptos::prelude::*;

/// What stands above the form.
pub(super) fn told(known: &MemberPage, typed: &FormState) -> AnyView {
    let here = format!("{PATH}/{}", known.who.id.0);
    let differing = differing(known, typed);
    let words = if differing.is_empty() {
        "What you typed is what was saved. You can go on from here."
    } else {
        "Nothing was overwritten. Below stands what was saved beside what you typed; the form holds yours. Save to put it in the place of the other."
    };
    let both = side_by_side(&differing, "Saved meanwhile", "What you typed", false);
    view! {
        <Notice tone=Tone::Warning title="This was changed in another window" live=true>
            <div class="stack">
                <p>{words}</p>
                {both}
                <div><LinkButton href=here kind=ButtonKind::Secondary>"Take what was saved, and drop mine"</LinkButton></div>
            </div>
        </Notice>
    }
    .into_any()
}

fn differing(known: &MemberPage, typed: &FormState) -> Vec<Change> {
    let ticked = typed.values("services");
    let does = known.services.iter().filter(|service| service.does).map(|service| service.title.clone());
    let chosen = known.services.iter().filter(|service| ticked.contains(&service.id.0.to_string().as_str()));
    let skills = typed.value("skills").split(['\n', ',']).map(str::trim).filter(|skill| !skill.is_empty());
    let parts = [
        ("Name", vec![known.who.name.clone()], vec![typed.value("name").trim().to_owned()]),
        ("Skills", known.who.skills.clone(), skills.map(str::to_owned).collect()),
        ("Services", does.collect(), chosen.map(|service| service.title.clone()).collect()),
    ];
    let parts = parts.into_iter().filter(|(_, before, after)| before != after);
    parts.map(|(part, before, after)| Change { part, before, after, risky: false }).collect()
}
