//! Two texts of a service side by side: for the history, for who edits in two windows, and for reviewers.

use crate::ui::{Badge, Tone};
use domain::catalog::listing::Change;
use leptos::prelude::*;

/// What is different, part by part; lines that are in one text only are marked. `risky` says which parts are looked at.
pub fn side_by_side(changes: &[Change], before: &'static str, after: &'static str, risky: bool) -> AnyView {
    let parts = changes.iter().map(|change| part(change, before, after, risky)).collect::<Vec<_>>();
    view! { <div class="diff">{parts}</div> }.into_any()
}

/// A text nobody has seen before, part by part.
pub fn all_of_it(parts: &[Change]) -> AnyView {
    let part = |part: &Change| {
        let lines = part.after.iter().map(|line| view! { <p>{line.clone()}</p> }).collect::<Vec<_>>();
        view! {
            <section class="diff-part">
                <h3 class="diff-title">{part.part}</h3>
                <div class="diff-side">{lines}</div>
            </section>
        }
    };
    view! { <div class="diff">{parts.iter().map(part).collect::<Vec<_>>()}</div> }.into_any()
}

fn part(change: &Change, before: &'static str, after: &'static str, risky: bool) -> impl IntoView + use<> {
    let mark = (risky && change.risky).then(|| view! { <Badge tone=Tone::Warning>"Looked at first"</Badge> });
    let old = lines(&change.before, &change.after, "del");
    let new = lines(&change.after, &change.before, "ins");
    view! {
        <section class="diff-part">
            <h3 class="diff-title">{change.part}{mark}</h3>
            <div class="diff-sides">
                <div class="diff-side"><p class="diff-label">{before}</p>{old}</div>
                <div class="diff-side"><p class="diff-label">{after}</p>{new}</div>
            </div>
        </section>
    }
}

/// Lines that the other text does not have stand in `tag`.
fn lines(own: &[String], other: &[String], tag: &'static str) -> AnyView {
    if own.is_empty() {
        return view! { <p class="muted">"Nothing"</p> }.into_any();
    }
    let line = |line: &String| {
        let words = line.clone();
        match (other.contains(line), tag) {
            (true, _) => view! { <p>{words}</p> }.into_any(),
            (false, "del") => view! { <p><del>{words}</del></p> }.into_any(),
            (false, _) => view! { <p><ins>{words}</ins></p> }.into_any(),
        }
    };
    own.iter().map(line).collect::<Vec<_>>().into_any()
}
