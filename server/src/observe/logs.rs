//! Setting up the log of the process.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::settings::{LogFormat, Settings};

/// Libraries that call ordinary life a warning: cookies of sessions that have ended, clients that
/// hang up, notices such as "already exists".
const QUIET: &str = "tower_sessions=error,tower_sessions_core=error,hyper=error,sqlx=warn,sqlx::postgres::notice=error,graphile_worker=warn";

/// Begins to write the log to standard output. Panics become entries of it too.
pub fn begin(settings: &Settings) {
    // Later directives win, so what the operator says comes last.
    let filter = EnvFilter::new(format!("{QUIET},{}", settings.log));
    let registry = tracing_subscriber::registry().with(filter);
    let started = match settings.log_format {
        LogFormat::Json => registry.with(tracing_subscriber::fmt::layer().json().flatten_event(true)).try_init(),
        LogFormat::Text => registry
            .with(tracing_subscriber::fmt::layer().with_target(false).with_ansi(std::io::stdout().is_terminal()))
            .try_init(),
    };
    if started.is_ok() {
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!(place, "panic: {}", words(panic.payload()));
        }));
    }
}

fn words(payload: &(dyn std::any::Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no words")
}
