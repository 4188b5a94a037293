//! The own database: a private Postgres under the data directory, for installations without
//! a `DATABASE_URL`.
//!
//! It listens on a unix socket in a closed folder only, is durable, and outlives a killed
//! server: the next start finds it, stops it cleanly and starts it again as its own child.

mod binaries;
mod cluster;
mod folder;
mod home;
mod identity;
mod supervisor;

pub use folder::DataFolder;
pub use supervisor::OwnPostgres;

/// Name of the database and of the role that owns it.
pub const OWNER: &str = "servicehub";

/// Why the own database cannot be used, for people.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Complaint(pub String);

impl Complaint {
    fn because(what: impl std::fmt::Display, cause: impl std::fmt::Display) -> Self {
        Self(format!("{what}: {cause}"))
    }
}
