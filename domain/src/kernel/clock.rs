//! The one place that reads the wall clock, and the clock tests can move.

use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time. Cloned clocks tell the same time.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// Microseconds since 1970 of a stopped clock; `None` follows the machine.
    stopped: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self { stopped: None }
    }

    /// A clock that stands still until it is moved.
    #[must_use]
    pub fn stopped_at(now: Timestamp) -> Self {
        Self { stopped: Some(Arc::new(AtomicI64::new(now.as_microsecond()))) }
    }

    /// The present instant, to the microsecond (what Postgres keeps).
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
    pub fn now(&self) -> Timestamp {
        let micros = match &self.stopped {
            Some(micros) => micros.load(Ordering::SeqCst),
            None => Timestamp::now().as_microsecond(),
        };
        Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Moves a stopped clock; the machine's own is left alone.
    pub fn advance(&self, by: SignedDuration) {
        if let Some(micros) = &self.stopped {
            let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
            micros.fetch_add(by, Ordering::SeqCst);
        }
    }
}
