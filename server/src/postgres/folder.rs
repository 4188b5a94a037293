//! The data folder and its lock: one server at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::Complaint;

/// The data folder, held by this process until it ends, however it ends.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    // The kernel gives the lock back when the last descriptor closes, kill -9 included.
    _lock: File,
}

/// The result of asking for the folder.
pub enum Asked {
    /// It is ours now.
    Held(DataFolder),
    /// Another process has it, with this number if it could be read.
    Busy(Option<u32>),
}

impl DataFolder {
    /// Takes the folder, making it if needed.
    ///
    /// # Errors
    /// When it is in use or cannot be made.
    pub fn hold(path: &Path) -> Result<Self, Complaint> {
        match Self::ask(path)? {
            Asked::Held(folder) => Ok(folder),
            Asked::Busy(holder) => {
                let who = holder.map_or_else(String::new, |pid| format!(" (process {pid})"));
                Err(Complaint(format!(
                    "Another ServiceHub{who} is already using the folder {}. Stop it first, or give this one a folder \
                     of its own with --data-dir.",
                    path.display()
                )))
            }
        }
    }

    /// Takes the folder unless somebody else has it.
    ///
    /// # Errors
    /// When it cannot be made or opened.
    pub fn ask(path: &Path) -> Result<Asked, Complaint> {
        let complain = |error| Complaint::because(format!("The data folder {} cannot be used", path.display()), error);
        std::fs::create_dir_all(path).map_err(complain)?;
        let path = path.canonicalize().map_err(complain)?;
        let mut lock = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path.join("lock"))
            .map_err(complain)?;
        match lock.try_lock() {
            Ok(()) => {
                lock.set_len(0).and_then(|()| lock.rewind()).map_err(complain)?;
                writeln!(lock, "{}", std::process::id()).map_err(complain)?;
                Ok(Asked::Held(Self { path, _lock: lock }))
            }
            Err(TryLockError::WouldBlock) => {
                let mut said = String::new();
                let _ = lock.read_to_string(&mut said);
                Ok(Asked::Busy(said.trim().parse().ok()))
            }
            Err(TryLockError::Error(error)) => Err(complain(error)),
        }
    }

    /// Absolute path of the folder.
    pub fn path(&self) -> &Path {
        &self.path
    }
}
