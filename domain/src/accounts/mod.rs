//! People with a login: registering and logging in.

#[cfg(feature = "postgres")]
pub mod passwords;
