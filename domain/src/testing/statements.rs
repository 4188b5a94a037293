//! Listening to what sqlx says to the database.

use std::fmt::Debug;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use tracing::Dispatch;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Subscriber;
use tracing::{Event, Metadata};

/// The target sqlx reports finished statements under.
const TARGET: &str = "sqlx::query";

/// Not work of ours: transaction control, settings, pings.
const SILENT: &[&str] = &["BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET"];

/// Two listeners nobody asks. As long as there is only one in the process, tracing lets the first thread
/// that passes a statement decide for all whether anybody listens.
static DEAF: LazyLock<[Dispatch; 2]> = LazyLock::new(|| [0; 2].map(|_| Dispatch::new(Listener::default())));

#[derive(Clone, Default)]
struct Listener {
    heard: Arc<Mutex<Vec<String>>>,
}

/// Makes ready to listen; to be called before the first statement.
pub(super) fn prepare() {
    LazyLock::force(&DEAF);
}

pub(super) async fn listen<T>(work: impl Future<Output = T>) -> (T, Vec<String>) {
    let listener = Listener::default();
    let heard = Arc::clone(&listener.heard);
    let guard = tracing::subscriber::set_default(listener);
    let value = work.await;
    drop(guard);
    let heard = std::mem::take(&mut *heard.lock().unwrap_or_else(PoisonError::into_inner));
    (value, heard)
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == TARGET
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut summary = Summary::default();
        event.record(&mut summary);
        let first = summary.0.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        if !first.is_empty() && !SILENT.contains(&first.as_str()) {
            self.heard.lock().unwrap_or_else(PoisonError::into_inner).push(summary.0);
        }
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The field sqlx puts the first words of a statement into.
#[derive(Default)]
struct Summary(String);

impl Visit for Summary {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            self.0 = value.to_owned();
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "summary" {
            self.0 = format!("{value:?}");
        }
    }
}
