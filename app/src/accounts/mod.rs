//! Registering, signing in and out, and a person's own account.

pub mod api_keys;
mod device;
pub(crate) mod invited;
pub mod login;
pub mod logout;
mod onward;
pub mod passkeys;
mod password_asked;
pub mod passwords;
pub mod phone;
pub mod picture;
pub mod privacy;
pub mod profile;
pub mod register;
mod room;
pub mod security;
pub(crate) mod session;
pub mod sessions;
pub mod suspended;
pub mod two_factor;
pub mod verify_email;
