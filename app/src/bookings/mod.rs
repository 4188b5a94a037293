//! Pages of bookings: choosing a time, the details, confirming, and the booking's own page for both sides.

mod acts;
mod area;
mod blocking;
mod booking_page;
mod choose;
mod confirm_page;
mod details;
mod list_page;
mod move_to;
mod questions;
mod reach;
mod reassign;
mod reschedule;
mod review_page;
mod summary;
mod timeline;
mod times_card;
mod typed;
mod way;
pub mod words;

pub use acts::{accept, ask_cancel, ask_decline, cancel, decline, finish, start};
pub use blocking::{ask as ask_block, submit as block};
pub use booking_page::{calendar_file, show, tone};
pub use choose::page as choose;
pub use confirm_page::{confirm, release, show as confirm_page};
pub use details::submit as book;
pub use list_page::list;
pub use questions::submit as answer;
pub use reassign::{ask as ask_reassign, submit as reassign};
pub use reschedule::{ask as ask_reschedule, submit as reschedule};
pub use review_page::{review, show_review, show_sign_off, sign_off};
pub use times_card::{TimesCard, times_card};
