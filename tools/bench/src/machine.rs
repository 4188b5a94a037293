//! What was measured on what: figures without it mean nothing.

use std::process::Command;

use crate::database::Database;
use crate::options::Options;
use crate::{Outcome, store};

/// The surroundings of a run, in words.
pub struct Surroundings {
    /// The day.
    pub date: String,
    /// Cores, processor, memory, kernel.
    pub machine: String,
    /// The program and Postgres.
    pub versions: String,
    /// How much data, and how Postgres is set.
    pub data: String,
}

/// Describes the surroundings.
///
/// # Errors
/// The database is away.
pub async fn describe(database: &Database, options: &Options) -> Outcome<Surroundings> {
    let counts = store::counts(&database.pool).await?;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let memory = field("/proc/meminfo", "MemTotal").unwrap_or_default();
    let memory: u64 = memory.trim_end_matches("kB").trim().parse().unwrap_or(0);
    #[expect(clippy::disallowed_methods, reason = "the date of the figures")]
    let date = jiff::Zoned::now().date().to_string();
    Ok(Surroundings {
        date,
        machine: format!(
            "{cores} cores ({}), {} GiB of memory, Linux {}",
            field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".to_owned()),
            memory >> 20,
            said("uname", &["-r"]).unwrap_or_default(),
        ),
        versions: format!(
            "ServiceHub {} ({}), PostgreSQL {}, release build",
            env!("CARGO_PKG_VERSION"),
            said("git", &["rev-parse", "--short", "HEAD"]).unwrap_or_else(|| "no commit".to_owned()),
            store::version(&database.pool).await?,
        ),
        data: format!(
            "{} services, {} bookings, {}; pool of {} connections; {}",
            crate::figures::thousands(counts.services),
            crate::figures::thousands(counts.bookings),
            counts.size,
            options.pool_size,
            store::settings(&database.pool).await?,
        ),
    })
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let (_, value) = text.lines().find(|line| line.starts_with(name))?.split_once(':')?;
    Some(value.trim().to_owned())
}

fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
