//! Under whose name Postgres runs: ours, or an unprivileged user when we are root,
//! because Postgres refuses to run as root.

use std::os::unix::fs::{MetadataExt, chown};
use std::path::Path;
use std::process::Stdio;

use tokio::process::Command;

use super::Complaint;

/// The user that owns and runs the cluster.
#[derive(Clone, Copy, Debug)]
pub struct Identity {
    user: u32,
    group: u32,
    dropped: bool,
}

impl Identity {
    /// Decides who runs Postgres; `cluster` keeps its owner if it exists already.
    ///
    /// # Errors
    /// When we are root and no unprivileged user can be found.
    pub fn decide(cluster: &Path) -> Result<Self, Complaint> {
        let (user, group) = ourselves()?;
        if user != 0 {
            return Ok(Self { user, group, dropped: false });
        }
        if let Ok(existing) = std::fs::metadata(cluster)
            && existing.uid() != 0
        {
            return Ok(Self { user: existing.uid(), group: existing.gid(), dropped: true });
        }
        ["postgres", "nobody"]
            .iter()
            .find_map(|name| Some(Self { user: ask_id("-u", name)?, group: ask_id("-g", name)?, dropped: true }))
            .ok_or_else(|| {
                Complaint(
                    "Postgres refuses to run as root, and there is neither a user postgres nor nobody to run it. \
                     Start the server as an ordinary user, or set DATABASE_URL."
                        .into(),
                )
            })
    }

    /// Whether Postgres runs as somebody else than the server.
    pub fn dropped(&self) -> bool {
        self.dropped
    }

    /// A command that runs as this user, in its own process group so that a Ctrl-C in the
    /// terminal reaches the server alone, and without `PG…` variables of the surroundings.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("LC_MESSAGES", "C");
        command.stdin(Stdio::null()).process_group(0);
        if self.dropped {
            command.uid(self.user).gid(self.group);
        }
        command
    }

    /// Creates a folder only this user can enter, or takes over an existing one of ours.
    ///
    /// # Errors
    /// When it cannot be made, or somebody else made it.
    pub fn private_folder(&self, path: &Path) -> Result<(), Complaint> {
        use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
        let complain = |error| Complaint::because(format!("The folder {} cannot be made", path.display()), error);
        match std::fs::DirBuilder::new().mode(0o700).create(path) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                let known = std::fs::symlink_metadata(path).map_err(complain)?;
                if !known.is_dir() || (known.uid() != self.user && known.uid() != ourselves()?.0) {
                    return Err(Complaint(format!(
                        "{} is in the way: it belongs to another user. Remove it, or choose another --data-dir.",
                        path.display()
                    )));
                }
            }
            Err(error) => return Err(complain(error)),
        }
        if self.dropped {
            chown(path, Some(self.user), Some(self.group)).map_err(complain)?;
        }
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700)).map_err(complain)
    }

    /// Whether this user can enter a folder: all folders above it must let them through.
    pub async fn can_enter(&self, folder: &Path) -> bool {
        !self.dropped
            || self
                .command(Path::new("true"))
                .current_dir(folder)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .await
                .is_ok_and(|status| status.success())
    }

    /// Whether this user can run a program.
    pub async fn can_run(&self, program: &Path) -> bool {
        !self.dropped
            || self
                .command(program)
                .arg("--version")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .await
                .is_ok_and(|status| status.success())
    }
}

fn ourselves() -> Result<(u32, u32), Complaint> {
    if let Ok(me) = std::fs::metadata("/proc/self") {
        return Ok((me.uid(), me.gid()));
    }
    ask_own_id("-u")
        .zip(ask_own_id("-g"))
        .ok_or_else(|| Complaint("The user this server runs as cannot be told (the program `id` is missing).".into()))
}

fn ask_own_id(flag: &str) -> Option<u32> {
    let said = std::process::Command::new("id").arg(flag).output().ok()?;
    String::from_utf8_lossy(&said.stdout).trim().parse().ok()
}

fn ask_id(flag: &str, name: &str) -> Option<u32> {
    let said = std::process::Command::new("id").args([flag, name]).output().ok()?;
    String::from_utf8_lossy(&said.stdout).trim().parse().ok()
}
