//! Pictures people send: looked at before they are decoded, cut, made anew from their pixels alone, and kept in the
//! database, so that every process has them.
//!
//! Nothing of a file that was sent is kept: no place it was taken at, no camera, no second file hidden behind the first.
//! What the pixels become is named after its content, so it can be cached for good, and cannot be guessed.
//! A picture that nothing refers to any more is deleted by the database itself (migration 18).

mod address;

#[cfg(feature = "postgres")]
mod develop;
#[cfg(feature = "postgres")]
mod keep;
#[cfg(feature = "postgres")]
mod look;
#[cfg(feature = "postgres")]
mod refusal;
#[cfg(feature = "postgres")]
mod store;

pub use address::{FACE_WIDTHS, face_address};

#[cfg(feature = "postgres")]
pub use develop::{Cut, FACE, Prints, SHEET};
#[cfg(feature = "postgres")]
pub use keep::{keep, largest, print, take};
#[cfg(feature = "postgres")]
pub use look::LARGEST;
#[cfg(feature = "postgres")]
pub use refusal::Refusal;
