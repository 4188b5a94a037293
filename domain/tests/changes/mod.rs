//! Everything that can be changed, by subject.

pub mod accounts;
pub mod business;
pub mod catalog;
pub mod on_show;
pub mod people;
