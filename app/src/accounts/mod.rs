//! Registering, signing in, signing out.

pub mod login;
pub mod logout;
mod onward;
mod promises;
pub mod register;
mod session;
mod suspended;
