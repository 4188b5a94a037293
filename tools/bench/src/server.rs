//! The program that is measured, as a process.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use tokio::process::{Child, Command};

use crate::Outcome;
use crate::client::{Connection, Request, Target};
use crate::database::Database;
use crate::options::Options;

/// How long a start may take at most.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program with nothing of the surroundings but what finding Postgres needs.
pub fn program(options: &Options) -> Outcome<Command> {
    let beside = || Some(std::env::current_exe().ok()?.with_file_name("servicehub"));
    let path: PathBuf = options.program.clone().or_else(beside).ok_or("no program to measure")?;
    if !path.exists() {
        return Err(format!("{} is missing; build it: cargo build --release -p server", path.display()).into());
    }
    let mut command = Command::new(path);
    command.env_clear().stdin(std::process::Stdio::null()).kill_on_drop(true);
    for name in ["PATH", "HOME", "TMPDIR", "SERVICEHUB_POSTGRES_BIN"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    Ok(command)
}

/// A port that is free at this moment.
pub async fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port())
}

/// Where servers are started for measuring: all on one database.
pub struct Stage<'a> {
    options: &'a Options,
    url: String,
    data: PathBuf,
}

/// A running server.
pub struct Server {
    child: Child,
    /// Where it listens on this machine.
    pub port: u16,
    /// From starting the process to its first answer.
    pub started_in: Duration,
}

impl<'a> Stage<'a> {
    /// A stage on a database.
    pub fn new(options: &'a Options, database: &Database) -> Self {
        Self { options, url: database.url.clone(), data: database.data.clone() }
    }

    /// Starts a server on the database, as `servicehub serve` with its usual settings.
    ///
    /// # Errors
    /// It does not start; its log says why.
    pub async fn start(&self) -> Outcome<Server> {
        let mut command = program(self.options)?;
        command.env("DATABASE_URL", &self.url);
        command.args(["--pool-size", &self.options.pool_size.to_string()]);
        Server::start(command, &self.data).await
    }
}

impl Server {
    /// Starts `serve` on a free port and waits for its first answer.
    ///
    /// # Errors
    /// It ends, or does not answer.
    pub async fn start(mut command: Command, data: &Path) -> Outcome<Self> {
        let port = free_port().await?;
        let log = data.join("bench.log");
        let said = File::options().create(true).append(true).open(&log)?;
        command.args(["serve", "--rate-limits", "off", "--connections-per-address", "1000"]);
        // People sign in from many places: what this process says about them is believed.
        command.args(["--trusted-proxies", "127.0.0.1"]);
        command.arg("--listen").arg(format!("127.0.0.1:{port}")).arg("--data-dir").arg(data);
        command.stdout(said.try_clone()?).stderr(said);
        let begun = Instant::now();
        let mut child = command.spawn()?;
        let (mut connection, alive) = (Connection::to(&Target::new(port)), Request::get("/healthz", None));
        loop {
            if matches!(connection.ask(&alive).await, Ok(answer) if answer.status == 200) {
                break;
            }
            if child.try_wait()?.is_some() || begun.elapsed() > PATIENCE {
                return Err(format!("the server does not start; see {}", log.display()).into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(Self { child, port, started_in: begun.elapsed() })
    }

    /// The number of the process.
    pub fn pid(&self) -> u32 {
        self.child.id().unwrap_or_default()
    }

    /// Asks it to end and waits; whether it called that a success.
    ///
    /// # Errors
    /// It cannot be asked.
    pub async fn stop(mut self) -> Outcome<bool> {
        Command::new("kill").arg("-TERM").arg(self.pid().to_string()).status().await?;
        Ok(self.child.wait().await?.success())
    }
}
