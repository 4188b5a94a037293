//! People with a login: registering, signing in, signing out.
//!
//! Nobody can learn from an answer whether an address has an account: registering answers the same for
//! a new address and a known one, and signing in does the same work and says the same words for an
//! unknown address and a wrong password.

mod commands;
mod password_rules;

#[cfg(feature = "postgres")]
pub mod demo;
#[cfg(feature = "postgres")]
mod log_in;
#[cfg(feature = "postgres")]
mod log_out;
#[cfg(feature = "postgres")]
mod register;
#[cfg(feature = "postgres")]
mod store;

pub use crate::kernel::Email;
pub use commands::{Credentials, Intent, Registration, Typed};
pub use password_rules::{LONGEST_PASSWORD, SHORTEST_PASSWORD};

#[cfg(feature = "postgres")]
pub use log_in::{Account, LogInError, log_in};
#[cfg(feature = "postgres")]
pub use log_out::log_out;
#[cfg(feature = "postgres")]
pub use register::{Registered, register};
