//! Keeping the own Postgres running for as long as the server does.

use std::path::Path;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{Connection, Executor};
use tokio::process::Child;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::cluster::Cluster;
use super::folder::{Asked, DataFolder};
use super::home::Home;
use super::{Complaint, OWNER};

/// Looking again this often whether a starting server accepts connections.
const LOOK_AGAIN: Duration = Duration::from_millis(20);
/// Recovery after a crash may replay much; this is when we stop believing in it.
const LONGEST_START: Duration = Duration::from_secs(300);
/// Processes of a killed Postgres are gone after this.
const LONGEST_FAREWELL: Duration = Duration::from_secs(30);
const SHORTEST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// The own Postgres, running.
#[derive(Debug)]
pub struct OwnPostgres {
    home: Home,
    // `None` for a guest of another process's Postgres.
    watched: Option<Watched>,
}

#[derive(Debug)]
struct Watched {
    stop: watch::Sender<bool>,
    task: JoinHandle<Result<(), Complaint>>,
    // Given back only after Postgres has stopped.
    _folder: DataFolder,
}

impl OwnPostgres {
    /// Starts the Postgres of a data folder and keeps it running.
    ///
    /// # Errors
    /// Everything that keeps it from running, in words; also when another server has the folder.
    pub async fn start(data: &Path) -> Result<Self, Complaint> {
        Self::start_in(DataFolder::hold(data)?).await
    }

    /// Like [`OwnPostgres::start`], but joins the Postgres of a server that is already running.
    ///
    /// # Errors
    /// As for starting.
    pub async fn start_or_join(data: &Path) -> Result<Self, Complaint> {
        match DataFolder::ask(data)? {
            Asked::Held(folder) => Self::start_in(folder).await,
            Asked::Busy(_) => {
                let data = data.canonicalize().map_err(|error| Complaint::because("The data folder is gone", error))?;
                let own = Self { home: Home::of(&data), watched: None };
                wait_until_accepting(&own.owner(), || Ok(())).await?;
                Ok(own)
            }
        }
    }

    async fn start_in(folder: DataFolder) -> Result<Self, Complaint> {
        let cluster = Cluster::prepare(folder.path()).await?;
        if let Some(pid) = cluster.left_running() {
            tracing::info!(pid, "Postgres of a killed server is still running; stopping it cleanly first");
            cluster.stop().await?;
        }
        let child = start_patiently(&cluster).await?;
        if let Err(error) = make_database(&cluster).await {
            let _ = cluster.stop().await;
            return Err(error);
        }
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(keep_running(cluster, child, stopped));
        let home = Home::of(folder.path());
        Ok(Self { home, watched: Some(Watched { stop, task, _folder: folder }) })
    }

    /// How to connect as the owner of the tables.
    pub fn owner(&self) -> PgConnectOptions {
        super::cluster::options(&self.home, OWNER, OWNER)
    }

    /// Stops Postgres cleanly and gives the folder back. Guests just leave.
    ///
    /// # Errors
    /// When it does not stop.
    pub async fn shut_down(self) -> Result<(), Complaint> {
        let Some(watched) = self.watched else {
            return Ok(());
        };
        let _ = watched.stop.send(true);
        let stopped = watched.task.await.map_err(|error| Complaint::because("Watching Postgres broke off", error))?;
        // Empty now; makes a difference only where it lies outside the data folder.
        let _ = std::fs::remove_dir(&self.home.sockets);
        stopped
    }
}

/// Starts Postgres. If the last one was killed, its processes may hold its memory for a moment
/// longer, and Postgres rightly refuses to start beside them.
async fn start_patiently(cluster: &Cluster) -> Result<Child, Complaint> {
    let killed = cluster.marked();
    cluster.forget_mistaken();
    let deadline = tokio::time::Instant::now() + LONGEST_FAREWELL;
    loop {
        match start_and_wait(cluster).await {
            Err(complaint) if killed && tokio::time::Instant::now() < deadline => {
                tracing::debug!(%complaint, "Postgres does not start yet; trying again");
                tokio::time::sleep(SHORTEST_PAUSE).await;
            }
            done => return done,
        }
    }
}

/// Starts Postgres and returns when it accepts connections.
async fn start_and_wait(cluster: &Cluster) -> Result<Child, Complaint> {
    let mut child = cluster.start()?;
    let options = cluster.options(OWNER, "postgres");
    let waited = wait_until_accepting(&options, || match child.try_wait() {
        Ok(None) => Ok(()),
        Ok(Some(status)) => Err(Complaint(format!("Postgres ended at once ({status}):\n{}", cluster.last_words()))),
        Err(error) => Err(Complaint::because("Postgres cannot be watched", error)),
    })
    .await;
    match waited {
        Ok(()) => Ok(child),
        Err(complaint) => {
            let _ = child.start_kill();
            let _ = child.wait().await;
            Err(complaint)
        }
    }
}

async fn wait_until_accepting(
    options: &PgConnectOptions,
    mut alive: impl FnMut() -> Result<(), Complaint>,
) -> Result<(), Complaint> {
    let deadline = tokio::time::Instant::now() + LONGEST_START;
    loop {
        match PgConnection::connect_with(options).await {
            Ok(connection) => {
                let _ = connection.close().await;
                return Ok(());
            }
            Err(error) if starting(&error) && tokio::time::Instant::now() < deadline => {}
            Err(error) => {
                return Err(Complaint::because("The own Postgres does not accept connections", error));
            }
        }
        alive()?;
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

/// Not there yet, or there and still recovering.
fn starting(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        sqlx::Error::Database(error) => matches!(error.code().as_deref(), Some("57P03" | "57P01")),
        _ => false,
    }
}

async fn make_database(cluster: &Cluster) -> Result<(), Complaint> {
    let complain = |error: sqlx::Error| Complaint::because("The database cannot be made", error);
    let mut connection = PgConnection::connect_with(&cluster.options(OWNER, "postgres")).await.map_err(complain)?;
    match connection.execute("CREATE DATABASE servicehub").await {
        Ok(_) => Ok(()),
        // 42P04: it is there already.
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42P04") => Ok(()),
        Err(error) => Err(complain(error)),
    }
}

/// Starts Postgres again whenever it dies, until told to stop it.
async fn keep_running(cluster: Cluster, mut child: Child, mut stopped: watch::Receiver<bool>) -> Result<(), Complaint> {
    loop {
        let ended = tokio::select! {
            () = told(&mut stopped) => None,
            status = child.wait() => Some(status.map_or_else(|error| error.to_string(), |status| status.to_string())),
        };
        let Some(status) = ended else {
            cluster.stop().await?;
            let _ = child.wait().await;
            return Ok(());
        };
        tracing::error!(%status, "Postgres ended unexpectedly; starting it again");
        let mut pause = SHORTEST_PAUSE;
        child = loop {
            cluster.forget_mistaken();
            match start_and_wait(&cluster).await {
                Ok(child) => break child,
                // Processes of the old one may still hold its memory for a moment.
                Err(complaint) => {
                    tracing::warn!(%complaint, "Postgres does not start yet; trying again")
                }
            }
            tokio::select! {
                () = told(&mut stopped) => return Ok(()),
                () = tokio::time::sleep(pause) => pause = (pause * 2).min(LONGEST_PAUSE),
            }
        };
        tracing::info!("Postgres is running again");
    }
}

/// Resolves when told to stop, also when nobody is left to tell.
async fn told(stopped: &mut watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stop| *stop).await;
}
