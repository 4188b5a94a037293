//! Everything that can be changed, by subject.

pub mod business;
pub mod catalog;
pub mod people;
