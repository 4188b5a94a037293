//! Pages for the people who build the marketplace. In production they do not exist.

pub mod mail;
