//! One cluster on disk: making it, starting it, stopping it.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use tokio::process::Child;

use super::binaries::Binaries;
use super::home::Home;
use super::identity::Identity;
use super::{Complaint, OWNER};

/// Settings given on every start, so that an old cluster gets new ones too.
const SETTINGS: [&str; 20] = [
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "port=5432",
    "fsync=on",
    "synchronous_commit=on",
    "full_page_writes=on",
    "max_connections=100",
    "shared_buffers=128MB",
    "random_page_cost=1.1",
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "logging_collector=on",
    "log_directory=log",
    "log_filename=postgres-%a.log",
    "log_truncate_on_rotation=on",
    "log_rotation_age=1d",
    // Statements carry what people typed; the log does not.
    "log_min_error_statement=panic",
    "log_parameter_max_length=0",
    "log_parameter_max_length_on_error=0",
];

/// A cluster and everything needed to run it.
#[derive(Clone, Debug)]
pub struct Cluster {
    home: Home,
    binaries: Binaries,
    identity: Identity,
}

impl Cluster {
    /// Finds the programs and folders, and makes the cluster if there is none.
    ///
    /// # Errors
    /// Everything that keeps it from working, in words.
    pub async fn prepare(data: &Path) -> Result<Self, Complaint> {
        let identity = Identity::decide(&Home::of(data).cluster)?;
        let home = Home::prepare(data, &identity).await?;
        let existing = std::fs::read_to_string(home.cluster.join("PG_VERSION")).ok();
        let wanted = existing.as_deref().and_then(|text| text.trim().parse().ok());
        let binaries = home.runnable(Binaries::find(wanted)?, &identity).await?;
        let cluster = Self { home, binaries, identity };
        if wanted.is_none() {
            cluster.initialise().await?;
        }
        Ok(cluster)
    }

    /// Made aside and renamed, so that a cluster is there whole or not at all.
    async fn initialise(&self) -> Result<(), Complaint> {
        tracing::info!(postgres = self.binaries.major(), "making a database of our own");
        let draft = self.home.cluster.with_extension("new");
        let _ = std::fs::remove_dir_all(&draft);
        self.identity.private_folder(&draft)?;
        let mut said = String::new();
        for locale in ["C.UTF-8", "en_US.UTF-8", "C"] {
            let output = self
                .identity
                .command(&self.binaries.program("initdb"))
                .current_dir(&draft)
                .arg("--pgdata")
                .arg(&draft)
                .args(["--username", OWNER, "--auth", "trust", "--encoding", "UTF8", "--data-checksums"])
                .args(["--locale", locale, "--lc-messages", "C"])
                .output()
                .await
                .map_err(|error| Complaint::because("initdb cannot be started", error))?;
            if output.status.success() {
                return std::fs::rename(&draft, &self.home.cluster)
                    .map_err(|error| Complaint::because("The new database cannot be put in its place", error));
            }
            said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        }
        Err(Complaint(format!("initdb could not make a database: {said}")))
    }

    /// Starts the server; it is accepting connections only some time later.
    ///
    /// # Errors
    /// When the program cannot be run.
    pub fn start(&self) -> Result<Child, Complaint> {
        let complain = |error: std::io::Error| Complaint::because("Postgres cannot be started", error);
        let log = std::fs::File::create(&self.home.start_log).map_err(complain)?;
        let mut command = self.identity.command(&self.binaries.program("postgres"));
        command.arg("-D").arg(&self.home.cluster).current_dir(&self.home.cluster);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command.arg("-c").arg(format!("unix_socket_directories={}", self.home.sockets.display()));
        command.stdout(log.try_clone().map_err(complain)?).stderr(log);
        command.spawn().map_err(complain)
    }

    /// Stops the server: running statements end, everything is written. Returns when it is gone.
    ///
    /// # Errors
    /// When it does not stop within a minute.
    pub async fn stop(&self) -> Result<(), Complaint> {
        let output = self
            .identity
            .command(&self.binaries.program("pg_ctl"))
            .current_dir(&self.home.cluster)
            .args(["stop", "--mode", "fast", "--wait", "--timeout", "60", "--pgdata"])
            .arg(&self.home.cluster)
            .stdout(Stdio::null())
            .output()
            .await
            .map_err(|error| Complaint::because("pg_ctl cannot be started", error))?;
        if output.status.success() || self.left_running().is_none() {
            Ok(())
        } else {
            Err(Complaint(format!("Postgres does not stop: {}", String::from_utf8_lossy(&output.stderr).trim())))
        }
    }

    /// Process number of a server that is still running on this cluster.
    pub fn left_running(&self) -> Option<u32> {
        let text = std::fs::read_to_string(self.mark()).ok()?;
        let pid = text.lines().next()?.trim().parse().ok()?;
        // The number may have been given to an unrelated process since.
        match std::fs::read(format!("/proc/{pid}/cmdline")) {
            Ok(words) => {
                let ours = String::from_utf8_lossy(&words).contains(&*self.home.cluster.to_string_lossy());
                ours.then_some(pid)
            }
            Err(_) => (!Path::new("/proc/self").exists()).then_some(pid),
        }
    }

    /// Whether a server left its mark: it was killed, or is still running.
    pub fn marked(&self) -> bool {
        self.mark().exists()
    }

    /// Takes away the mark of a server that is gone if its number belongs to an unrelated process
    /// now, because Postgres would take that one for the old server. Any other mark is Postgres's
    /// own business: it guards against processes of the old server that still hold its memory.
    pub fn forget_mistaken(&self) {
        let pid =
            std::fs::read_to_string(self.mark()).ok().and_then(|text| text.lines().next()?.trim().parse::<u32>().ok());
        let somebody = pid.is_some_and(|pid| Path::new("/proc").join(pid.to_string()).exists());
        if somebody && self.left_running().is_none() {
            let _ = std::fs::remove_file(self.mark());
        }
    }

    fn mark(&self) -> PathBuf {
        self.home.cluster.join("postmaster.pid")
    }

    /// How to connect as `role` to `database`.
    pub fn options(&self, role: &str, database: &str) -> PgConnectOptions {
        options(&self.home, role, database)
    }

    /// The last lines Postgres said, before and after its own log was open.
    pub fn last_words(&self) -> String {
        let mut text = std::fs::read_to_string(&self.home.start_log).unwrap_or_default();
        let logs = std::fs::read_dir(self.home.cluster.join("log")).into_iter().flatten().flatten();
        let newest = logs.max_by_key(|entry| entry.metadata().and_then(|known| known.modified()).ok());
        if let Some(said) = newest.and_then(|entry| std::fs::read_to_string(entry.path()).ok()) {
            text.push_str(&said);
        }
        let lines: Vec<_> = text.lines().rev().take(5).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }
}

/// How to connect to the cluster in `home`.
pub fn options(home: &Home, role: &str, database: &str) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(&home.sockets)
        .port(5432)
        .username(role)
        .database(database)
        .ssl_mode(PgSslMode::Disable)
}
