//! What processes cost, from `/proc`: processor time and memory.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// Linux tells processor time to people in hundredths of a second, whatever it counts in itself.
const TICK: Duration = Duration::from_millis(10);

/// The processes that answer: the server, and the first process of Postgres.
#[derive(Clone, Copy, Debug)]
pub struct Processes {
    /// The server.
    pub server: u32,
    /// The parent of all processes of Postgres.
    pub postgres: u32,
}

/// Processor time, user and system.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent {
    /// By the server and all it started.
    pub server: Duration,
    /// By Postgres: connections, writers, everything.
    pub postgres: Duration,
}

impl Processes {
    /// What was spent so far.
    pub fn spent(self) -> Spent {
        // A process that ended is counted by its parent, so nothing gets lost when connections close.
        let whole = |stat: Stat| stat.own + stat.ended;
        let postgres = stat(self.postgres).map(whole).unwrap_or_default();
        let children: Duration = all().filter(|stat| stat.parent == self.postgres).map(|stat| stat.own).sum();
        Spent { server: stat(self.server).map(whole).unwrap_or_default(), postgres: postgres + children }
    }
}

impl Spent {
    /// What was spent since an earlier moment.
    pub fn since(self, earlier: Self) -> Self {
        Self {
            server: self.server.saturating_sub(earlier.server),
            postgres: self.postgres.saturating_sub(earlier.postgres),
        }
    }

    /// Milliseconds of the server and of Postgres for each of so many requests.
    pub fn each(self, requests: usize) -> (f64, f64) {
        #[expect(clippy::cast_precision_loss, reason = "for people")]
        let share = |spent: Duration| spent.as_secs_f64() * 1e3 / requests.max(1) as f64;
        (share(self.server), share(self.postgres))
    }
}

struct Stat {
    parent: u32,
    own: Duration,
    ended: Duration,
}

fn stat(pid: u32) -> Option<Stat> {
    read(&Path::new("/proc").join(pid.to_string()))
}

fn all() -> impl Iterator<Item = Stat> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_name().as_encoded_bytes()[0].is_ascii_digit())
        .filter_map(|entry| read(&entry.path()))
}

fn read(folder: &Path) -> Option<Stat> {
    parse(&std::fs::read_to_string(folder.join("stat")).ok()?)
}

/// The name of a program may hold blanks and brackets; everything after its last bracket is numbers.
fn parse(text: &str) -> Option<Stat> {
    let words: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |n: usize| words.get(n)?.parse().ok().map(|count: u32| TICK * count);
    Some(Stat { parent: words.get(1)?.parse().ok()?, own: ticks(11)? + ticks(12)?, ended: ticks(13)? + ticks(14)? })
}

/// Watches how much memory a process holds while others do something.
pub struct Memory {
    most: Arc<AtomicU64>,
    ends: Arc<AtomicBool>,
}

impl Memory {
    /// Looks four times a second, from a thread of its own.
    pub fn watch(pid: u32) -> Self {
        let (most, ends) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let (seen, told) = (Arc::clone(&most), Arc::clone(&ends));
        std::thread::spawn(move || {
            while !told.load(Ordering::Relaxed) {
                seen.fetch_max(resident(pid).unwrap_or(0), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(250));
            }
        });
        Self { most, ends }
    }

    /// The most it held so far, in KiB.
    pub fn most(&self) -> u64 {
        self.most.load(Ordering::Relaxed)
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Relaxed);
    }
}

fn resident(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stat_is_read_behind_any_name() {
        let line = "42 (postgres: a) b) S 7 42 42 0 -1 4194560 1 2 3 4 150 50 20 10 20 0 1 0 1 1 1";
        let stat = parse(line).expect("a stat");
        assert_eq!(stat.parent, 7);
        assert_eq!(stat.own, Duration::from_secs(2));
        assert_eq!(stat.ended, Duration::from_millis(300));
    }
}
