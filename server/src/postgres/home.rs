//! Where the cluster lives: under the data folder, or beside the system's own state when the
//! unprivileged user cannot enter the data folder (a clone in `/root`, for example).

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::Complaint;
use super::binaries::Binaries;
use super::identity::Identity;

/// A unix socket's address holds 107 bytes and a zero.
const LONGEST_SOCKET_PATH: usize = 107;
const SOCKET_NAME: &str = "/.s.PGSQL.5432";
const STATE: &str = "/var/lib/servicehub";

/// The folders of one cluster.
#[derive(Clone, Debug)]
pub struct Home {
    /// The cluster itself (`PGDATA`).
    pub cluster: PathBuf,
    /// The closed folder of the socket.
    pub sockets: PathBuf,
    /// What Postgres says before its own log is open.
    pub start_log: PathBuf,
    base: PathBuf,
}

impl Home {
    /// The folders for a data folder, without touching anything.
    pub fn of(data: &Path) -> Self {
        let cluster = data.join("postgres");
        // A link made on an earlier start points to the real place.
        let base = match std::fs::read_link(&cluster) {
            Ok(target) => target.parent().map_or_else(|| data.to_path_buf(), Path::to_path_buf),
            Err(_) => data.to_path_buf(),
        };
        Self::at(data, base)
    }

    fn at(data: &Path, base: PathBuf) -> Self {
        let own = base.join("sockets");
        let short = own.as_os_str().len() + SOCKET_NAME.len() <= LONGEST_SOCKET_PATH;
        let sockets = if short { own } else { std::env::temp_dir().join(format!("servicehub-{}", fingerprint(data))) };
        Self { cluster: base.join("postgres"), sockets, start_log: data.join("postgres.log"), base }
    }

    /// Makes the folders and lets the user of Postgres in.
    ///
    /// # Errors
    /// When a folder cannot be made or entered.
    pub async fn prepare(data: &Path, identity: &Identity) -> Result<Self, Complaint> {
        let mut home = Self::of(data);
        if identity.dropped() {
            // Entering is enough; what is inside stays closed.
            let complain =
                |error| Complaint::because(format!("The folder {} cannot be opened up", data.display()), error);
            std::fs::set_permissions(data, std::fs::Permissions::from_mode(0o711)).map_err(complain)?;
            if home.base == data && !identity.can_enter(data).await {
                home = move_out(data, identity).await?;
            }
        }
        if home.sockets.as_os_str().len() + SOCKET_NAME.len() > LONGEST_SOCKET_PATH {
            return Err(Complaint(format!(
                "{} is too long for a unix socket. Choose a shorter --data-dir or TMPDIR.",
                home.sockets.display()
            )));
        }
        identity.private_folder(&home.sockets)?;
        Ok(home)
    }

    /// The programs as the user of Postgres can run them: as found, or copied next to the cluster.
    ///
    /// # Errors
    /// When they cannot be copied.
    pub async fn runnable(&self, found: Binaries, identity: &Identity) -> Result<Binaries, Complaint> {
        if identity.can_run(&found.program("postgres")).await {
            return Ok(found);
        }
        let package = found.folder().parent().unwrap_or(found.folder());
        let copy = self.base.join(format!("programs-{}", found.major()));
        let copied = found.moved_to(copy.join("bin"));
        if !identity.can_run(&copied.program("postgres")).await {
            let status = tokio::process::Command::new("cp").arg("-a").arg(package).arg(&copy).status().await;
            if !status.is_ok_and(|status| status.success()) || !identity.can_run(&copied.program("postgres")).await {
                return Err(Complaint(format!(
                    "The Postgres programs in {} cannot be run by an unprivileged user, nor copied to {}. \
                     Install Postgres system-wide, or start the server as an ordinary user.",
                    found.folder().display(),
                    copy.display()
                )));
            }
        }
        Ok(copied)
    }
}

/// Puts the cluster under the system's state folder and leaves a link in the data folder.
async fn move_out(data: &Path, identity: &Identity) -> Result<Home, Complaint> {
    let base = Path::new(STATE).join(fingerprint(data));
    let complain = |error| {
        Complaint::because(
            format!(
                "Postgres runs as an unprivileged user that cannot enter {}, and {} cannot be made instead. \
                 Choose a --data-dir everybody may enter",
                data.display(),
                base.display()
            ),
            error,
        )
    };
    std::fs::create_dir_all(&base).map_err(complain)?;
    std::fs::set_permissions(&base, std::fs::Permissions::from_mode(0o711)).map_err(complain)?;
    if !identity.can_enter(&base).await {
        return Err(Complaint(format!(
            "Postgres runs as an unprivileged user that can enter neither {} nor {}. Choose a --data-dir everybody may enter.",
            data.display(),
            base.display()
        )));
    }
    let link = data.join("postgres");
    if link.is_dir() {
        // A cluster from a time when the folder was open.
        std::fs::rename(&link, base.join("postgres")).map_err(complain)?;
    }
    symlink(base.join("postgres"), link).map_err(complain)?;
    tracing::info!(
        place = %base.display(),
        "the database is kept here, because the user Postgres runs as cannot enter the data folder"
    );
    Ok(Home::at(data, base))
}

/// A short name for a folder, the same every time.
fn fingerprint(path: &Path) -> String {
    let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
    hex::encode(&digest[..6])
}
