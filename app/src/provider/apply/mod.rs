//! `/provider/apply`: becoming a provider, in short steps that keep what was told.

mod acts;
mod check;
mod page;
mod parts;
mod standing;
mod steps;

pub(crate) use acts::{add as add_shown, id as shown_id};
pub use acts::{add_document, begin_again, remove_document, send, withdraw};
pub(crate) use check::summary;
pub use page::{show, submit};
pub(crate) use parts::{day, document_cards, document_form, standing as document_standing};
pub(super) use steps::countries_to_choose;

/// The address of the stepper.
pub(crate) const HERE: &str = "/provider/apply";
