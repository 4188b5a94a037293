//! The settings of the process: one struct, read once, checked as a whole.

mod files;
mod given;
mod post;
mod read;
mod safety;
mod shown;

pub use given::{Given, Origin};
pub use post::{Encryption, PostSettings, SmtpSettings, TwilioSettings, Way};
pub use shown::Shown;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use secrecy::SecretString;

/// Everything the process can be told from outside.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to accept connections.
    pub listen: SocketAddr,
    /// The database to use; `None` means the own one under [`Settings::data_dir`].
    pub database_url: Option<SecretString>,
    /// How the application's role logs in; `None` means that the owner of [`Settings::database_url`] steps down to it.
    pub database_app_url: Option<SecretString>,
    /// What the history is signed with; `None` means the key kept in [`Settings::data_dir`].
    pub signing_key: Option<SecretString>,
    /// Scheme and host people use, without a slash at the end.
    pub public_url: String,
    /// Folder for the own database and files.
    pub data_dir: PathBuf,
    /// Development shows more and forgives more.
    pub environment: Environment,
    /// Whether a development installation may be reached from other machines.
    pub development_in_public: bool,
    /// Whether calendars of this very machine, and over plain HTTP, may be read.
    pub local_calendars: bool,
    /// What opens `/metrics`; `None` means that there is no such address.
    pub metrics_token: Option<SecretString>,
    /// Filter directives of the log.
    pub log: String,
    /// How log lines look.
    pub log_format: LogFormat,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Connections pages may use at once.
    pub pool_size: u32,
    /// Whether `serve` also runs background jobs.
    pub worker: bool,
    /// Whether an empty database gets the demo data.
    pub demo: bool,
    /// Whether attempts are counted and bounded.
    pub rate_limits: bool,
    /// Bounds on what one visitor may ask for.
    pub limits: RequestLimits,
    /// The key for secrets stored encrypted; `None` means the one under [`Settings::data_dir`].
    pub encryption_key: Option<SecretString>,
    /// Earlier keys for secrets stored encrypted: they open what they sealed, and seal nothing more.
    pub old_encryption_keys: Vec<SecretString>,
    /// How mail and short messages leave.
    pub post: PostSettings,
}

/// Bounds on single requests and connections.
#[derive(Clone, Copy, Debug)]
pub struct RequestLimits {
    /// How long answering may take, counted from the last byte of the request.
    pub timeout: Duration,
    /// Bytes of an ordinary form.
    pub body: usize,
    /// Bytes of a form with files.
    pub upload: usize,
    /// Connections one address may hold.
    pub connections_per_address: usize,
    /// How long sending the request's headers may take; also how long a connection may idle.
    pub header_timeout: Duration,
    /// Time every body gets before its pace counts.
    pub body_grace: Duration,
    /// Bytes per second a body must arrive with after that.
    pub body_pace: u64,
    /// How long a peer may leave an answer unread.
    pub write_stall: Duration,
    /// How many connections in all.
    pub connections: usize,
}

impl Default for RequestLimits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(15),
            body: 1 << 20,
            upload: 12 << 20,
            connections_per_address: 100,
            header_timeout: Duration::from_secs(10),
            body_grace: Duration::from_secs(10),
            body_pace: 16 << 10,
            write_stall: Duration::from_secs(10),
            connections: 10_000,
        }
    }
}

/// What kind of installation this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    /// One person's machine.
    Development,
    /// Real people, real money.
    Production,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines, one object per line.
    Json,
}

impl Settings {
    /// Whether this is a development installation.
    pub fn development(&self) -> bool {
        self.environment == Environment::Development
    }

    /// Whether people reach the site over TLS (decides cookie names and HSTS).
    pub fn https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Folder of uploaded and generated pictures.
    pub fn files_dir(&self) -> PathBuf {
        self.data_dir.join("files")
    }
}

/// One setting that cannot be used, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Name as in the environment.
    pub setting: &'static str,
    /// What is wrong and what would be right.
    pub text: String,
}

/// All settings that cannot be used.
#[derive(Debug, thiserror::Error)]
pub struct Problems(pub Vec<Problem>);

impl std::fmt::Display for Problems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.len() {
            1 => writeln!(f, "One setting cannot be used:")?,
            count => writeln!(f, "{count} settings cannot be used:")?,
        }
        for problem in &self.0 {
            writeln!(f, "  {}: {}", problem.setting, problem.text)?;
        }
        write!(f, "Each is a flag or an environment variable; `servicehub --help` lists them.")
    }
}
