//! Becoming a provider, and staying one: the application with its steps and documents, the queue of those who check
//! it, the business it becomes, and documents that end.
//!
//! Documents are private: only the applicant and those who check applications see them, and they are no pictures of the
//! public kind ([`crate::pictures`] makes them, this subject keeps them).

mod application;
mod document;
mod life;

#[cfg(feature = "postgres")]
mod answers;
#[cfg(feature = "postgres")]
mod apply;
#[cfg(feature = "postgres")]
mod businesses;
#[cfg(feature = "postgres")]
pub mod changes;
#[cfg(feature = "postgres")]
mod entry;
#[cfg(feature = "postgres")]
mod expiring;
#[cfg(feature = "postgres")]
mod letters;
#[cfg(feature = "postgres")]
mod papers;
#[cfg(feature = "postgres")]
mod queue;
#[cfg(feature = "postgres")]
mod review;
#[cfg(feature = "postgres")]
mod store;

pub use crate::kernel::countries;
pub use application::{Application, Step, Told};
pub use document::{Document, DocumentKind, DocumentState, OVER, REMINDED, days_left, due};
pub use life::{Event, State};

#[cfg(feature = "postgres")]
pub use answers::{Answers, MOST_CATEGORIES, NewDocument, Typed};
#[cfg(feature = "postgres")]
pub use apply::{begin_again, my_application, save, send, today_of, withdraw};
#[cfg(feature = "postgres")]
pub use businesses::{
    Business, BusinessRow, BusinessesFilter, business, businesses, restore_business, suspend_business,
};
#[cfg(feature = "postgres")]
pub use expiring::{TASK_CHECK_DOCUMENTS, answer_until, check_documents};
#[cfg(feature = "postgres")]
pub use papers::{
    Papers, TypedDocument, add_document, decide_document, document_picture, papers_of_business, remove_document,
};
#[cfg(feature = "postgres")]
pub use queue::{Queue, QueueFilter, QueueRow, Reviewed, Waiting, application, queue, waiting};
#[cfg(feature = "postgres")]
pub use review::{approve, ask_for_more, decline};
