//! What a business writes about a service, and its way to the customers: a document that is drafted, submitted, looked
//! at where it must be, and put on show.
//!
//! The document and its rules are pure. The tables of the catalogue (`services`, `packages`, `extras`,
//! `service_pictures` …) are what customers see; they are written from the document when it goes live. While nobody has
//! written anything yet, the document is read from those rows.

mod changes;
mod document;
mod missing;
mod questions;
mod surcharges;
mod told;
mod typed;
mod unit;

#[cfg(feature = "postgres")]
mod begin;
#[cfg(feature = "postgres")]
mod find;
#[cfg(feature = "postgres")]
mod keep;
#[cfg(feature = "postgres")]
mod letters;
#[cfg(feature = "postgres")]
mod photos;
#[cfg(feature = "postgres")]
mod publish;
#[cfg(feature = "postgres")]
mod review;
#[cfg(feature = "postgres")]
mod save;
#[cfg(feature = "postgres")]
mod stand;
#[cfg(feature = "postgres")]
mod views;

pub use changes::{Change, changes, changes_in_order, needs_review, whole};
pub use document::{Listing, ListingExtra, ListingPackage, named};
pub use missing::missing;
pub use questions::{question_field, question_rows};
pub use told::{Told, missing_told, read_told, shown_told, told_field};
pub use typed::{MOST_EXTRAS, Typed, extra_field, extra_rows, fields, package_field, read};

#[cfg(feature = "postgres")]
pub use begin::{Beginning, begin, duplicate};
#[cfg(feature = "postgres")]
pub use find::{
    admin_list, edited, for_review, history, list, preview, preview_typed, renamed, starting, told_apart, told_whole,
    waiting,
};
#[cfg(feature = "postgres")]
pub use photos::{LISTING_CUT, MOST_PICTURES, PictureAct, SentPicture, add_pictures, arrange_picture};
#[cfg(feature = "postgres")]
pub use publish::SERVICE_CHANGED;
#[cfg(feature = "postgres")]
pub use review::{Chosen, approve, approve_all, decline};
#[cfg(feature = "postgres")]
pub use save::{SaveError, Saved, discard, save, submit};
#[cfg(feature = "postgres")]
pub use stand::{Standing, stand};
#[cfg(feature = "postgres")]
pub use views::{AdminFilter, AdminRow, Edited, ListedRow, OwnFilter, Review, Revision, RevisionState, Teammate};
