//! `/provider/services`: what a business offers, how it is written, and how it comes to be seen.

pub mod edit;
mod form;
mod form_category;
mod form_prices;
mod form_questions;
mod form_rows;
mod form_surcharges;
pub mod history;
pub mod life;
pub mod list;
pub mod pictures;
pub mod preview;
mod stale;
pub mod start;

use crate::layout::{Head, PageScript};
use crate::ui::{Link, Tone};
use domain::catalog::Status;
use domain::catalog::listing::{Edited, RevisionState, named};

/// Where the list is.
const PATH: &str = "/provider/services";

fn head(title: impl Into<String>) -> Head {
    Head { title: title.into(), robots_noindex: true, ..Head::default() }
}

/// The head of pages with the small script of the editor.
fn writing(title: impl Into<String>) -> Head {
    Head { script: Some(PageScript::Editor), ..head(title) }
}

/// The way to a page of one service.
fn trail(service: &Edited) -> Vec<Link> {
    let title = named(&service.listing().title).to_owned();
    vec![Link::new("Services", PATH), Link::new(title, format!("{PATH}/{}", service.slug))]
}

/// How far a service is, as its business reads it.
pub(crate) const fn standing(status: Status) -> (Tone, &'static str) {
    match status {
        Status::Draft => (Tone::Plain, "Draft"),
        Status::Review => (Tone::Warning, "Waits for review"),
        Status::Live => (Tone::Success, "On show"),
        Status::Paused => (Tone::Info, "Paused"),
        Status::Archived => (Tone::Plain, "In the archive"),
    }
}

/// What is being done to the text, where the state of the service does not say it.
const fn working(status: Status, open: Option<RevisionState>) -> Option<(Tone, &'static str)> {
    match (status, open) {
        (Status::Live | Status::Paused | Status::Archived, Some(RevisionState::Draft)) => {
            Some((Tone::Plain, "Changes not handed in"))
        }
        (Status::Live | Status::Paused | Status::Archived, Some(RevisionState::Submitted)) => {
            Some((Tone::Warning, "Changes wait for review"))
        }
        (_, Some(RevisionState::Declined)) => Some((Tone::Danger, "Sent back")),
        _ => None,
    }
}
