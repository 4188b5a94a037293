//! Work that takes a core for a while and much memory, such as decoding a picture: on a bounded number of threads, with
//! a bounded queue before them, so that a crowd with cameras cannot take the machine.

use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Each piece of work may take a hundred megabytes: more than this at a time is not worth their memory.
const MOST_BENCHES: usize = 4;
/// So many wait for a bench; each holds what was sent in memory.
const PLACES: usize = 16;
/// Waiting longer than this for a free bench is answered with "try again".
const PATIENCE: Duration = Duration::from_secs(4);
/// No honest piece of work takes longer.
const LONGEST: Duration = Duration::from_secs(8);

/// Why work was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undone {
    /// Too much is being done already.
    #[error("too much is being worked on right now")]
    Busy,
    /// It took longer than any honest piece. Its bench stays taken until it ends by itself.
    #[error("it took too long")]
    TooLong,
    /// It stumbled over its material.
    #[error("it failed on the way")]
    Failed,
}

/// The benches, and the queue before them. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Workshop {
    benches: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

impl Default for Workshop {
    fn default() -> Self {
        Self::new()
    }
}

impl Workshop {
    /// One bench per core, four at most.
    #[must_use]
    pub fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self::with(cores.min(MOST_BENCHES), PLACES)
    }

    /// So many benches, and so many places to wait for one.
    #[must_use]
    pub fn with(benches: usize, places: usize) -> Self {
        Self { benches: Arc::new(Semaphore::new(benches)), places: Arc::new(Semaphore::new(places)) }
    }

    /// Does a piece of work.
    ///
    /// # Errors
    /// No bench became free in time, the work took too long, or it panicked.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Undone> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Undone::Busy)?;
        let waiting = tokio::time::timeout(PATIENCE, Arc::clone(&self.benches).acquire_owned());
        let Ok(Ok(bench)) = waiting.await else {
            return Err(Undone::Busy);
        };
        drop(place);
        let done = tokio::task::spawn_blocking(move || {
            let _held_until_done = bench;
            work()
        });
        match tokio::time::timeout(LONGEST, done).await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(_)) => Err(Undone::Failed),
            Err(_) => Err(Undone::TooLong),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Undone, Workshop};
    use std::sync::mpsc;

    #[tokio::test]
    async fn who_finds_the_queue_full_is_told_at_once() {
        let workshop = Workshop::with(1, 1);
        let (go, wait) = mpsc::channel::<()>();
        let (started, start) = tokio::sync::oneshot::channel();
        let first = tokio::spawn({
            let workshop = workshop.clone();
            async move {
                let work = move || {
                    let _ = started.send(());
                    wait.recv().is_ok()
                };
                workshop.run(work).await
            }
        });
        start.await.expect("the first piece is begun");
        let second = workshop.run(|| 2);
        tokio::pin!(second);
        assert!(futures_pending(&mut second).await, "the second waits for the bench");
        assert_eq!(workshop.run(|| 3).await, Err(Undone::Busy), "there is no place for a third");
        go.send(()).expect("the first piece waits");
        assert_eq!(first.await.expect("no panic"), Ok(true));
        assert_eq!(second.await, Ok(2));
    }

    #[tokio::test]
    async fn a_piece_that_panics_takes_nothing_with_it() {
        let workshop = Workshop::with(1, 1);
        let broken = workshop.run(|| [1, 2, 3].iter().position(|n| *n == 4).expect("a four")).await;
        assert_eq!(broken, Err(Undone::Failed));
        assert_eq!(workshop.run(|| 5).await, Ok(5), "the bench is free again");
    }

    /// Whether a future waits when it is asked once.
    async fn futures_pending<F: Future + Unpin>(future: &mut F) -> bool {
        std::future::poll_fn(|context| {
            std::task::Poll::Ready(std::pin::Pin::new(&mut *future).poll(context).is_pending())
        })
        .await
    }
}
