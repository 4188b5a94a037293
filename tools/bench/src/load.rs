//! Load, and how long each answer took.
//!
//! Closed: so many people, each asks again as soon as answered: finds the capacity. Open: requests come
//! at a steady rate whether or not the last ones are answered: finds what people feel. An open run counts
//! from the moment a request was planned, so a server that stalls is charged for all who wait meanwhile.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

use crate::client::{Connection, Request, Target};

/// The n-th request of a run.
pub type Requests = Arc<dyn Fn(usize) -> Arc<Request> + Send + Sync>;

/// The same requests over and over.
pub fn in_turn(requests: Vec<Arc<Request>>) -> Requests {
    Arc::new(move |n| Arc::clone(&requests[n % requests.len()]))
}

/// How a run went.
#[derive(Default)]
pub struct Run {
    /// How long it took in all.
    pub elapsed: Duration,
    /// Answers by status.
    pub statuses: BTreeMap<u16, usize>,
    /// Exchanges that broke.
    pub broken: usize,
    /// Bytes of all bodies.
    pub bytes: usize,
    latencies: Latencies,
}

/// Times that answers took.
#[derive(Default)]
pub struct Latencies(Vec<Duration>);

impl Latencies {
    /// One more.
    pub fn add(&mut self, one: Duration) {
        self.0.push(one);
    }

    /// These and those of somebody else.
    pub fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The time that so many of a hundred answers stay under.
    pub fn percentile(&mut self, percent: f64) -> Duration {
        self.0.sort_unstable();
        let last = self.0.len().saturating_sub(1);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "an index of a list in memory"
        )]
        let at = ((self.0.len() as f64 * percent / 100.0).ceil() as usize).saturating_sub(1);
        self.0.get(at.min(last)).copied().unwrap_or_default()
    }
}

impl Run {
    /// Answers.
    pub fn answers(&self) -> usize {
        self.statuses.values().sum()
    }

    /// Answers per second.
    pub fn rate(&self) -> f64 {
        per_second(self.answers(), self.elapsed)
    }

    /// Everything that was not answered with this status.
    pub fn not(&self, status: u16) -> usize {
        self.broken + self.answers() - self.statuses.get(&status).copied().unwrap_or(0)
    }

    /// The time that so many of a hundred answers stay under.
    pub fn percentile(&mut self, percent: f64) -> Duration {
        self.latencies.percentile(percent)
    }

    /// KiB of an average body.
    #[expect(clippy::cast_precision_loss, reason = "for people")]
    pub fn kibibytes(&self) -> f64 {
        self.bytes as f64 / 1024.0 / self.answers().max(1) as f64
    }

    fn join(&mut self, other: Self) {
        for (status, count) in other.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
        self.broken += other.broken;
        self.bytes += other.bytes;
        self.latencies.join(other.latencies);
    }
}

/// So many in a stretch of time, per second.
#[expect(clippy::cast_precision_loss, reason = "for people")]
pub fn per_second(count: usize, elapsed: Duration) -> f64 {
    count as f64 / elapsed.as_secs_f64().max(1e-9)
}

/// So many people who ask again as soon as they are answered.
pub async fn closed(target: &Target, people: usize, length: Duration, requests: &Requests) -> Run {
    let (next, started) = (Arc::new(AtomicUsize::new(0)), Instant::now());
    let crowd = (0..people).map(|_| {
        let (next, requests) = (Arc::clone(&next), Arc::clone(requests));
        let mut person = Person::new(target);
        async move {
            while started.elapsed() < length {
                let request = requests(next.fetch_add(1, Ordering::Relaxed));
                person.ask(&request, Instant::now()).await;
            }
            person.run
        }
    });
    gather(crowd, started).await
}

/// Requests at a steady rate per second, over as many connections as are needed up to a bound.
pub async fn open(target: &Target, people: usize, rate: f64, length: Duration, requests: &Requests) -> Run {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of requests")]
    let total = (rate * length.as_secs_f64()) as usize;
    let (next, started) = (Arc::new(AtomicUsize::new(0)), Instant::now());
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let planned = move |n: usize| started + Duration::from_secs_f64(n as f64 / rate);
    // A thread of its own keeps the time to some tens of microseconds; the runtime's timer only knows
    // milliseconds.
    let due = Arc::new(Semaphore::new(0));
    let told = Arc::clone(&due);
    let pace = std::thread::spawn(move || {
        for n in 0..total {
            std::thread::sleep(planned(n).saturating_duration_since(Instant::now()));
            told.add_permits(1);
        }
        told.add_permits(people);
    });
    let crowd = (0..people).map(|_| {
        let (next, requests, due) = (Arc::clone(&next), Arc::clone(requests), Arc::clone(&due));
        let mut person = Person::new(target);
        async move {
            while let Ok(permit) = due.acquire().await {
                permit.forget();
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= total {
                    break;
                }
                person.ask(&requests(n), planned(n)).await;
            }
            person.run
        }
    });
    let run = gather(crowd, started).await;
    let _ = pace.join();
    run
}

async fn gather<F>(crowd: impl Iterator<Item = F>, started: Instant) -> Run
where
    F: Future<Output = Run> + Send + 'static,
{
    let mut all = Run::default();
    for task in crowd.map(tokio::spawn).collect::<Vec<_>>() {
        all.join(task.await.unwrap_or_default());
    }
    all.elapsed = started.elapsed();
    all
}

struct Person {
    connection: Connection,
    run: Run,
}

impl Person {
    fn new(target: &Target) -> Self {
        Self { connection: Connection::to(target), run: Run::default() }
    }

    async fn ask(&mut self, request: &Request, since: Instant) {
        match self.connection.ask(request).await {
            Ok(answer) => {
                *self.run.statuses.entry(answer.status).or_default() += 1;
                self.run.bytes += answer.bytes;
                self.run.latencies.add(since.elapsed());
            }
            Err(_) => {
                self.run.broken += 1;
                // A server that refuses connections is not asked a million times a second.
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_occurred() {
        let mut latencies = Latencies((1..=200).rev().map(Duration::from_millis).collect());
        assert_eq!(latencies.percentile(50.0), Duration::from_millis(100));
        assert_eq!(latencies.percentile(99.0), Duration::from_millis(198));
        assert_eq!(latencies.percentile(100.0), Duration::from_millis(200));
        assert_eq!(Latencies::default().percentile(99.0), Duration::ZERO);
    }
}
