//! The commands of the program.

mod config;
mod demo;
mod import;
mod invite;
mod migrate;
mod serve;
mod verify;
mod verify_audit;
mod worker;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::database::Unusable;
use crate::settings::{Given, Origin, Problems, Settings};

/// A marketplace for services, in one program.
#[derive(clap::Parser)]
#[command(name = "servicehub", version)]
struct Cli {
    #[command(flatten)]
    given: Given,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Serve the site (what happens without a command)
    Serve,
    /// Bring the database up to date and end
    Migrate,
    /// Run background jobs only
    Worker,
    /// Fill an empty database with demo data and end
    Demo {
        /// How much
        #[arg(long, value_enum, default_value_t)]
        scale: demo::Amount,
    },
    /// Invite an operator: prints the link, and sends it. The first superadmin begins like this
    Invite {
        /// The address of the account that may accept
        email: String,
        /// superadmin, admin, ops_manager, onboarding_manager or auditor
        #[arg(long)]
        role: String,
    },
    /// Bring lists along, such as places
    Import {
        /// What
        #[command(subcommand)]
        what: import::What,
    },
    /// Check promises of this program
    Verify {
        /// What
        #[command(subcommand)]
        what: verify::What,
    },
    /// Show the settings in force and where each comes from
    Config,
}

/// Why a command ended without doing its work, for people.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// Settings that cannot be used.
    #[error(transparent)]
    Settings(#[from] Problems),
    /// A database that cannot be used.
    #[error(transparent)]
    Database(#[from] Unusable),
    /// Anything else, in words.
    #[error("{0}")]
    Other(String),
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Other(error.to_string())
    }
}

/// Reads the command line and runs the command.
pub fn main() -> ExitCode {
    let matches = Cli::command().get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let given = cli.given.with_files(|name| std::env::var(name).ok());
    let read = given.and_then(|given| Ok((Settings::read(&given)?, given.from_files)));
    let done = read.map_err(Stop::from).and_then(|(settings, from_files)| match cli.command {
        Some(Command::Config) => config::run(&settings, |id| Origin::of(&matches, &from_files, id)),
        Some(Command::Verify { what }) => verify::run(&settings, &what),
        command => {
            crate::observe::begin_logs(&settings);
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
            let done = runtime.block_on(async {
                match command {
                    Some(Command::Migrate) => migrate::run(&settings).await,
                    Some(Command::Worker) => worker::run(&settings).await,
                    Some(Command::Demo { scale }) => demo::run(&settings, scale).await,
                    Some(Command::Invite { email, role }) => invite::run(&settings, &email, &role).await,
                    Some(Command::Import { what }) => import::run(&settings, &what).await,
                    _ => serve::run(&settings).await,
                }
            });
            // Threads that draw or hash for what has been given up would hold the process for minutes.
            runtime.shutdown_background();
            done
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            eprintln!("{stop}");
            ExitCode::FAILURE
        }
    }
}
