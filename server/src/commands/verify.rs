//! `servicehub verify`: promises anybody can check against this very program.

use std::io::Write;
use std::path::PathBuf;

use super::Stop;
use super::verify_audit::{self, Against};
use crate::settings::Settings;

/// What can be checked.
#[derive(clap::Subcommand)]
pub enum What {
    /// Open times against a file of test vectors (domain/tests/vectors/slots.json, recurring.json)
    Slots {
        /// The file: a JSON array of vectors
        file: PathBuf,
    },
    /// The history: nobody changed, took out, swapped or cut anything
    Audit {
        /// Against what
        #[command(flatten)]
        against: Against,
    },
}

/// Checks it. Ends with an error that names every difference.
pub fn run(settings: &Settings, what: &What) -> Result<(), Stop> {
    match what {
        What::Slots { file } => slots(file),
        What::Audit { against } => verify_audit::run(settings, against),
    }
}

fn slots(file: &PathBuf) -> Result<(), Stop> {
    let json = std::fs::read_to_string(file)
        .map_err(|error| Stop::Other(format!("{} cannot be read: {error}", file.display())))?;
    let replay = domain::availability::vectors::replay(&json)
        .map_err(|error| Stop::Other(format!("{} is no file of vectors: {error}", file.display())))?;
    if !replay.differing.is_empty() {
        let (count, all) = (replay.differing.len(), replay.vectors);
        return Err(Stop::Other(format!("{}\n{count} of {all} vectors differ", replay.differing.join("\n"))));
    }
    writeln!(
        std::io::stdout().lock(),
        "{} vectors with {} open times: all as published",
        replay.vectors,
        replay.slots
    )?;
    Ok(())
}
