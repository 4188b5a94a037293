//! People with a login: registering, signing in, signing out.
//!
//! Nobody can learn from an answer whether an address has an account: registering answers the same for
//! a new address and a known one, and signing in does the same work and says the same words for an
//! unknown address and a wrong password.

mod breached_passwords;
mod commands;
mod password_rules;

#[cfg(feature = "postgres")]
pub mod api_keys;
#[cfg(feature = "postgres")]
mod contact;
#[cfg(feature = "postgres")]
pub mod demo;
#[cfg(feature = "postgres")]
mod email_address;
#[cfg(feature = "postgres")]
mod joined;
#[cfg(feature = "postgres")]
mod known_browser;
#[cfg(feature = "postgres")]
mod letters;
#[cfg(feature = "postgres")]
mod links;
#[cfg(feature = "postgres")]
mod log_in;
#[cfg(feature = "postgres")]
mod log_out;
#[cfg(feature = "postgres")]
pub mod operators;
#[cfg(feature = "postgres")]
pub mod passkeys;
#[cfg(feature = "postgres")]
mod passwords;
#[cfg(feature = "postgres")]
pub mod phone;
#[cfg(feature = "postgres")]
mod picture;
#[cfg(feature = "postgres")]
pub mod privacy;
#[cfg(feature = "postgres")]
mod profile;
#[cfg(feature = "postgres")]
mod register;
#[cfg(feature = "postgres")]
pub mod second_factor;
#[cfg(feature = "postgres")]
mod sessions;
#[cfg(feature = "postgres")]
mod store;
#[cfg(feature = "postgres")]
mod sweep;

pub use crate::kernel::Email;
pub use commands::{Credentials, Intent, Registration, Typed};
pub use password_rules::{LONGEST_PASSWORD, SHORTEST_PASSWORD};

#[cfg(feature = "postgres")]
pub use contact::{become_provider, contact};
#[cfg(feature = "postgres")]
pub use email_address::{ask_for_address, proof_works, prove, send_verification};
#[cfg(feature = "postgres")]
pub use joined::is_own_address;
#[cfg(feature = "postgres")]
pub(crate) use joined::{address_of, joined_by_mail, letter_box};
#[cfg(feature = "postgres")]
pub use known_browser::knows_browser;
#[cfg(feature = "postgres")]
pub(crate) use links::{hash as link_hash, stale as stale_link};
#[cfg(feature = "postgres")]
pub use log_in::{Account, HalfWay, LogInError, Visit, log_in};
#[cfg(feature = "postgres")]
pub use log_out::log_out;
#[cfg(feature = "postgres")]
pub use passwords::{TASK_FORGOT, answer_forgotten, change_password, forgot_password, reset_password, reset_works};
#[cfg(feature = "postgres")]
pub use picture::{change_picture, remove_picture};
#[cfg(feature = "postgres")]
pub use profile::{LOCALES, PastSuspension, Profile, TypedProfile, profile, save_profile};
#[cfg(feature = "postgres")]
pub use register::{Registered, register};
#[cfg(feature = "postgres")]
pub use sessions::{Attempt, Device, device_name, end_other_sessions, end_session, sessions};
#[cfg(feature = "postgres")]
pub use sweep::sweep;
