//! Everything that can be changed, by subject.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

pub mod accounts;
pub mod business;
pub mod catalog;
pub mod on_show;
pub mod people;
