//! The real program as a process: started, watched, killed.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_servicehub");

/// A folder of its own that goes with the test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNTER: AtomicU32 = AtomicU32::new(0);
        let name = format!("hub-{}-{}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn data(&self) -> PathBuf {
        self.0.join("data")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A failed test may leave a Postgres behind.
        if let Some(pid) = postgres_pid(&self.data()) {
            kill("-KILL", pid);
        }
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Process number of the Postgres of a data folder.
pub fn postgres_pid(data: &Path) -> Option<u32> {
    let text = std::fs::read_to_string(data.join("postgres/postmaster.pid")).ok()?;
    text.lines().next()?.trim().parse().ok()
}

pub fn kill(signal: &str, pid: u32) {
    let _ = Command::new("kill").arg(signal).arg(pid.to_string()).status();
}

/// The program with nothing of the surroundings but the path.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A running program.
pub struct Running {
    child: Child,
    lines: BufReader<ChildStdout>,
    pub heard: Vec<String>,
}

impl Running {
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines, heard: Vec::new() }
    }

    /// A server on a data folder; ready when this returns.
    pub fn serve(data: &Path) -> (Self, SocketAddr) {
        let data = data.to_str().unwrap();
        let mut running = Self::start(&mut program(&["serve", "--listen", "127.0.0.1:0", "--data-dir", data]));
        let ready = running.hear(" ready ");
        let address = ready.split("listen=").nth(1).unwrap().split_whitespace().next().unwrap().parse().unwrap();
        (running, address)
    }

    /// Waits for a line of the log.
    pub fn hear(&mut self, words: &str) -> String {
        loop {
            let mut line = String::new();
            if self.lines.read_line(&mut line).unwrap() == 0 {
                let mut complaint = String::new();
                let _ = self.child.stderr.take().unwrap().read_to_string(&mut complaint);
                panic!("ended without saying {words:?}; said {:?} and {complaint:?}", self.heard);
            }
            self.heard.push(line.clone());
            if line.contains(words) {
                return line;
            }
        }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal and waits for the end; whether the program called it a success.
    pub fn end(mut self, signal: &str) -> bool {
        kill(signal, self.child.id());
        let mut rest = String::new();
        let _ = self.lines.read_to_string(&mut rest);
        self.child.wait().unwrap().success()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a command to its end: success, and what it said on both channels.
pub fn run(command: &mut Command) -> (bool, String) {
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}
