//! What was given on the command line and in the environment, still as text.
//!
//! Everything is read as text on purpose: `clap` stops at the first value it cannot read,
//! and people want to hear about all of them at once.

/// The settings as given; `None` means "not given, take the default".
#[derive(clap::Args, Clone, Default)]
pub struct Given {
    /// Address and port to listen on
    #[arg(long, env = "LISTEN", global = true, value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,

    /// Postgres 15 to 18 to use; without it the server runs its own under the data directory
    #[arg(long, env = "DATABASE_URL", global = true, value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,

    /// The same database for the role servicehub_app, which serving then uses; alone it is enough for serving
    #[arg(long, env = "DATABASE_APP_URL", global = true, value_name = "URL", hide_env_values = true)]
    pub database_app_url: Option<String>,

    /// Secret the history is signed with: 32 bytes in base64; without it one is made in the data directory
    #[arg(long, env = "SIGNING_KEY", global = true, value_name = "KEY", hide_env_values = true)]
    pub signing_key: Option<String>,

    /// Address people reach this site at, without a path
    #[arg(long, env = "PUBLIC_URL", global = true, value_name = "URL")]
    pub public_url: Option<String>,

    /// Folder for the own database and uploaded files
    #[arg(long, env = "DATA_DIR", global = true, value_name = "FOLDER")]
    pub data_dir: Option<String>,

    /// development or production
    #[arg(long, env = "ENVIRONMENT", global = true, value_name = "NAME")]
    pub environment: Option<String>,

    /// on or off: let other machines reach a development installation, with everything it shows
    #[arg(long, env = "DEVELOPMENT_IN_PUBLIC", global = true, value_name = "ON|OFF")]
    pub development_in_public: Option<String>,

    /// on or off: read calendars of this very machine too, over plain HTTP (development only)
    #[arg(long, env = "LOCAL_CALENDARS", global = true, value_name = "ON|OFF")]
    pub local_calendars: Option<String>,

    /// Token that opens /metrics (Authorization: Bearer …), 20 characters or more; without it there is no such address
    #[arg(long, env = "METRICS_TOKEN", global = true, value_name = "TOKEN", hide_env_values = true)]
    pub metrics_token: Option<String>,

    /// What to log, such as info or info,sqlx=warn
    #[arg(long, env = "LOG", global = true, value_name = "FILTER")]
    pub log: Option<String>,

    /// text or json (json in production unless said otherwise)
    #[arg(long, env = "LOG_FORMAT", global = true, value_name = "FORMAT")]
    pub log_format: Option<String>,

    /// Addresses or networks of reverse proxies whose X-Forwarded-For is believed
    #[arg(long, env = "TRUSTED_PROXIES", global = true, value_name = "NETWORKS")]
    pub trusted_proxies: Option<String>,

    /// Connections to the database that pages may use at once
    #[arg(long, env = "POOL_SIZE", global = true, value_name = "NUMBER")]
    pub pool_size: Option<String>,

    /// on or off: run background jobs inside `serve`
    #[arg(long, env = "WORKER", global = true, value_name = "ON|OFF")]
    pub worker: Option<String>,

    /// on or off: load the demo data when the database is empty
    #[arg(long, env = "DEMO", global = true, value_name = "ON|OFF")]
    pub demo: Option<String>,

    /// on or off: bound how often people may try (off is for benches, never in production)
    #[arg(long, env = "RATE_LIMITS", global = true, value_name = "ON|OFF")]
    pub rate_limits: Option<String>,

    /// Seconds a page may take before people see "try again"
    #[arg(long, env = "REQUEST_TIMEOUT", global = true, value_name = "SECONDS")]
    pub request_timeout: Option<String>,

    /// Largest form in KiB
    #[arg(long, env = "REQUEST_BODY_LIMIT", global = true, value_name = "KIB")]
    pub request_body_limit: Option<String>,

    /// Largest upload in KiB
    #[arg(long, env = "UPLOAD_LIMIT", global = true, value_name = "KIB")]
    pub upload_limit: Option<String>,

    /// Connections one address may hold open at once
    #[arg(long, env = "CONNECTIONS_PER_ADDRESS", global = true, value_name = "NUMBER")]
    pub connections_per_address: Option<String>,

    /// Key for secrets stored encrypted: 32 random bytes in base64; without it one is made and kept under DATA_DIR
    #[arg(long, env = "ENCRYPTION_KEY", global = true, value_name = "BASE64", hide_env_values = true)]
    pub encryption_key: Option<String>,

    /// Earlier keys that still open what they sealed, separated by commas; new ones seal with ENCRYPTION_KEY
    #[arg(long, env = "OLD_ENCRYPTION_KEYS", global = true, value_name = "BASE64", hide_env_values = true)]
    pub old_encryption_keys: Option<String>,

    /// Mail server, such as smtp://user:password@host:587; off for none; without it mail is shown at /dev/mail
    #[arg(long, env = "SMTP_URL", global = true, value_name = "URL", hide_env_values = true)]
    pub smtp_url: Option<String>,

    /// Who writes our mail, such as ServiceHub <hello@example.com>
    #[arg(long, env = "MAIL_FROM", global = true, value_name = "ADDRESS")]
    pub mail_from: Option<String>,

    /// Where Twilio's REST API is (for a stand-in)
    #[arg(long, env = "TWILIO_BASE_URL", global = true, value_name = "URL")]
    pub twilio_base_url: Option<String>,

    /// Account with Twilio for short messages; without it they are shown at /dev/mail
    #[arg(long, env = "TWILIO_ACCOUNT_SID", global = true, value_name = "SID")]
    pub twilio_account_sid: Option<String>,

    /// The account's token
    #[arg(long, env = "TWILIO_AUTH_TOKEN", global = true, value_name = "TOKEN", hide_env_values = true)]
    pub twilio_auth_token: Option<String>,

    /// Number, name or messaging service (MG…) that short messages come from
    #[arg(long, env = "TWILIO_FROM", global = true, value_name = "SENDER")]
    pub twilio_from: Option<String>,

    /// Arguments whose values were read from files.
    #[arg(skip)]
    pub from_files: Vec<&'static str>,
}

/// Where a setting's value came from, in words for `servicehub config`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A flag of the command.
    Flag,
    /// The environment variable of the same name.
    Environment,
    /// A file that the environment names.
    File,
    /// Nobody said anything.
    Default,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Flag => "flag",
            Self::Environment => "environment",
            Self::File => "file",
            Self::Default => "default",
        })
    }
}

impl Origin {
    /// Where the argument called `id` (a field name of [`Given`]) is from, some being from files.
    pub fn of(matches: &clap::ArgMatches, files: &[&str], id: &str) -> Self {
        if files.contains(&id) { Self::File } else { Self::found(matches, id) }
    }

    /// Where `clap` found an argument.
    fn found(matches: &clap::ArgMatches, id: &str) -> Self {
        // Global arguments may have been read by a subcommand.
        if let Some((_, inner)) = matches.subcommand()
            && let found @ (Self::Flag | Self::Environment) = Self::found(inner, id)
        {
            return found;
        }
        match matches.try_contains_id(id).ok().and_then(|_| matches.value_source(id)) {
            Some(clap::parser::ValueSource::CommandLine) => Self::Flag,
            Some(clap::parser::ValueSource::EnvVariable) => Self::Environment,
            _ => Self::Default,
        }
    }
}
