//! `servicehub config`.

use std::io::Write;

use super::Stop;
use crate::settings::{Origin, Settings};

/// Prints the settings in force; secrets only say that they are set.
pub fn run(settings: &Settings, matches: &clap::ArgMatches) -> Result<(), Stop> {
    let mut out = std::io::stdout().lock();
    for line in settings.shown(|id| Origin::of(matches, id)) {
        writeln!(out, "{:<24} {:<40} {}", line.name, line.value, line.origin)?;
    }
    Ok(())
}
