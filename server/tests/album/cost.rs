//! What a piece of work costs this process: memory at its height, and time of the processor. Both are those of the whole
//! process, so a test that asks has to be alone in it.

use std::fs;
use std::time::Duration;

/// What was spent.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Bytes at the height, beyond what was taken before.
    pub height: u64,
    /// By all threads, whoever else used the machine meanwhile.
    pub processor: Duration,
}

/// Does a piece of work, and says what it cost.
pub async fn cost<T>(work: impl Future<Output = T>) -> (T, Cost) {
    // Sets the height back to where things stand now.
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let (before, since) = (memory("VmRSS"), processor());
    let done = work.await;
    let height = memory("VmHWM").saturating_sub(before);
    (done, Cost { height, processor: processor().saturating_sub(since) })
}

/// A line of `/proc/self/status`, in bytes.
fn memory(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|text| text.strip_prefix(line)).unwrap();
    line.trim_start_matches(':').trim().trim_end_matches(" kB").parse::<u64>().unwrap() << 10
}

/// User and system time of all threads, those that ended too; the kernel tells it in hundredths of a second.
fn processor() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let numbers: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks = |at: usize| numbers[at].parse::<u64>().unwrap();
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}
