//! `servicehub config`.

use std::io::Write;

use super::Stop;
use crate::settings::{Origin, Settings};

/// Prints the settings in force; secrets only say that they are set.
pub fn run(settings: &Settings, origin: impl Fn(&str) -> Origin) -> Result<(), Stop> {
    let mut out = std::io::stdout().lock();
    for line in settings.shown(origin) {
        writeln!(out, "{:<24} {:<40} {}", line.name, line.value, line.origin)?;
    }
    Ok(())
}
