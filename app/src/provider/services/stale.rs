//! When a form was opened before somebody else's change: what was saved meanwhile and what was typed stand side by side,
//! and the form keeps what was typed. Only sending it again, knowingly, puts it in the place of the other.

use super::PATH;
use super::form::{self, Editor};
use crate::catalog::changes::side_by_side;
use crate::forms::FormState;
use crate::request::PageRequest;
use crate::ui::{ButtonKind, LinkButton, Notice, Tone};
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalog::Shelves;
use domain::catalog::listing::{Edited, Listing, told_apart};
use domain::kernel::FieldErrors;
use leptos::prelude::*;

/// The page: 409. `sent` are the fields as the form goes on with them, `typed` what they say.
pub(super) fn page(
    page: &PageRequest,
    service: &Edited,
    shelves: &Shelves,
    sent: Vec<(String, String)>,
    typed: &Listing,
) -> Response {
    let differing = told_apart(service.listing(), typed, shelves, &service.team);
    let told = side_by_side(&differing, "Saved meanwhile", "What you typed", false);
    let here = format!("{PATH}/{}", service.slug);
    let words = if differing.is_empty() {
        "What you typed is what was saved. You can go on from here."
    } else {
        "Nothing was overwritten. Below stand both texts; the form holds yours. Save to put it in the place of the other."
    };
    let above = view! {
        <Notice tone=Tone::Warning title="This was changed in another window" live=true>
            <div class="stack">
                <p>{words}</p>
                {told}
                <div><LinkButton href=here kind=ButtonKind::Secondary>"Take the saved text, and drop mine"</LinkButton></div>
            </div>
        </Notice>
    }
    .into_any();
    let state = FormState::rejected(sent, FieldErrors::new());
    let editor = Editor { service, shelves, state: &state };
    form::page_with(page, StatusCode::CONFLICT, &editor, Some(above))
}
