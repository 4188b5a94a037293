//! The database that is measured on: the product's own Postgres with the demo data, kept between runs.
//!
//! One idle `servicehub serve` keeps Postgres running, exactly as shipped; the servers that are measured
//! and this process are its guests. So starting and stopping those does not touch Postgres.

use std::path::{Path, PathBuf};

use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;

use crate::options::Options;
use crate::server::{Server, program};
use crate::{Outcome, store};

/// The database, running.
pub struct Database {
    keeper: Server,
    /// Its address for servers.
    pub url: String,
    /// Connections of the owner, for looking at what happened.
    pub pool: PgPool,
    /// The first process of Postgres.
    pub postgres: u32,
    /// The folder of its socket.
    pub sockets: String,
    /// The data folder.
    pub data: PathBuf,
}

impl Database {
    /// Loads the data if it is not there yet, and starts Postgres on it.
    ///
    /// # Errors
    /// No program, no data, no Postgres.
    pub async fn open(options: &Options) -> Outcome<Self> {
        let data = folder(options);
        let loaded = data.join("loaded");
        let fresh = options.fresh || !loaded.exists();
        if fresh {
            load(options, &data).await?;
        }
        eprintln!("Starting Postgres on {}", data.display());
        let mut command = program(options)?;
        command.args(["--worker", "off", "--pool-size", "2"]);
        let keeper = Server::start(command, &data).await?;
        let (postgres, sockets) = postmaster(&data)?;
        let url = format!("postgres://servicehub@{}/servicehub", sockets.replace('/', "%2F"));
        let pool = PgPoolOptions::new().max_connections(2).connect(&url).await?;
        if fresh {
            eprintln!("Letting the new data settle: statistics and visibility, as after a day of use");
            std::fs::write(&loaded, "The demo data is complete.\n")?;
        }
        store::settle(&pool, fresh).await?;
        Ok(Self { keeper, url, pool, postgres, sockets, data })
    }

    /// Ends Postgres cleanly. The data stays.
    ///
    /// # Errors
    /// It does not end.
    pub async fn close(self) -> Outcome<()> {
        self.pool.close().await;
        self.keeper.stop().await?;
        Ok(())
    }
}

/// The data folder of the asked scale.
pub fn folder(options: &Options) -> PathBuf {
    options.data_dir.join(if options.quick { "small" } else { "large" })
}

async fn load(options: &Options, data: &Path) -> Outcome<()> {
    let scale = if options.quick { "small" } else { "large" };
    clear(data)?;
    std::fs::create_dir_all(data)?;
    eprintln!("Loading the {scale} demo data into {} (kept for the next runs)", data.display());
    let mut command = program(options)?;
    command.args(["demo", "--scale", scale, "--data-dir"]).arg(data);
    if !command.status().await?.success() {
        return Err("the demo data cannot be loaded".into());
    }
    Ok(())
}

/// Takes away what an earlier or broken load left. Under root the cluster may live elsewhere, behind a link.
fn clear(data: &Path) -> Outcome<()> {
    if let Ok(elsewhere) = std::fs::read_link(data.join("postgres")) {
        std::fs::remove_dir_all(elsewhere)?;
    }
    match std::fs::remove_dir_all(data) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// The number of the first process of Postgres and the folder of its socket, as it wrote them down.
fn postmaster(data: &Path) -> Outcome<(u32, String)> {
    let text = std::fs::read_to_string(data.join("postgres/postmaster.pid"))?;
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    match lines.as_slice() {
        [pid, _, _, _, sockets, ..] => Ok((pid.parse()?, (*sockets).to_owned())),
        _ => Err("Postgres does not say where it listens".into()),
    }
}
