//! A running mail server: aiosmtpd, a process of its own.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// The server; it ends when this does.
pub struct MailServer {
    pub port: u16,
    /// The file of its certificate authority, if it speaks TLS.
    pub ca: String,
    lines: Lines<BufReader<ChildStdout>>,
    _input: ChildStdin,
    _process: Child,
}

impl MailServer {
    /// Starts a server that behaves as `server.py --help` explains.
    pub async fn start(options: &[&str]) -> Self {
        let mut process = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tools/mail-server"))
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let first = lines.next_line().await.unwrap().expect("the mail server says its port");
        let (port, ca) = first.split_once(' ').unwrap();
        Self { port: port.parse().unwrap(), ca: ca.to_owned(), lines, _input: input, _process: process }
    }

    /// The next mail it took.
    pub async fn mail(&mut self) -> Value {
        serde_json::from_str(&self.lines.next_line().await.unwrap().expect("a mail")).unwrap()
    }
}

/// All headers of a name.
pub fn headers<'m>(mail: &'m Value, name: &str) -> Vec<&'m str> {
    let all = mail["headers"].as_array().unwrap();
    let named = all.iter().filter(|header| header[0].as_str().is_some_and(|own| own.eq_ignore_ascii_case(name)));
    named.map(|header| header[1].as_str().unwrap()).collect()
}
