//! Registering, signing in, signing out.

pub mod login;
pub mod logout;
mod onward;
pub mod register;
mod room;
mod session;
mod suspended;
