//! Calendars that leave the house, and calendars from elsewhere.

mod account_page;
mod feed;
pub mod sources_page;
pub mod stale;

pub use account_page::{change, show};
pub use feed::feed;
