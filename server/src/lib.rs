//! The process: settings, database, router, security, jobs, commands. It knows HTTP and processes;
//! what a marketplace is, `domain` knows, and what people see, `app`.

pub mod adapters;
pub mod assets;
pub mod commands;
mod compression;
pub mod database;
pub mod errors;
pub mod jobs;
pub mod keys;
pub mod listen;
pub mod observe;
pub mod postgres;
pub mod router;
pub mod security;
pub mod session;
pub mod settings;
pub mod shutdown;
pub mod signing;
