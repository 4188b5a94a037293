//! Background jobs: what was enqueued in transactions, and what the calendar asks for.
//!
//! The queue is in Postgres, so any number of processes share it, and a job whose process was
//! killed is given to another one after a while (the recovery below). Jobs run at least once.

mod heads;
mod housekeeping;
mod registry;

use std::time::Duration;

use domain::kernel::Context;
use graphile_worker::{Worker, WorkerBuildError, WorkerOptions, WorkerRecoveryConfig, WorkerShutdownConfig};
use tokio::sync::watch;
use tokio::time::Instant;

pub use registry::calendar;

/// Jobs at once; their pool must hold a few connections more.
pub const CONCURRENCY: u16 = 4;
/// Connections a worker needs: one per job, one that listens, some for its own bookkeeping.
pub const CONNECTIONS: u32 = CONCURRENCY as u32 + 4;

/// Running jobs get this long when the process ends; after that they are given back.
const GRACE: Duration = Duration::from_secs(10);
const SHORTEST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// How often waiting events and overdue clocks are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How fast the jobs of a dead process are noticed and taken over.
#[derive(Clone, Copy, Debug)]
pub struct Recovery {
    /// A living worker says so this often.
    pub heartbeat: Duration,
    /// Silence for this long means dead.
    pub silence: Duration,
}

impl Default for Recovery {
    fn default() -> Self {
        Self { heartbeat: Duration::from_secs(5), silence: Duration::from_secs(30) }
    }
}

/// Runs jobs, and looks after what nobody enqueues, until `stop` turns true. Survives a database
/// that goes away for a while.
pub async fn run(ctx: Context, recovery: Recovery, stop: watch::Receiver<bool>) {
    tokio::join!(do_jobs(&ctx, recovery, stop.clone()), look_after(&ctx, stop.clone()), send_messages(&ctx, stop));
}

async fn do_jobs(ctx: &Context, recovery: Recovery, mut stop: watch::Receiver<bool>) {
    let mut pause = SHORTEST_PAUSE;
    while !*stop.borrow() {
        match work(ctx, recovery, stop.clone()).await {
            Ok(()) => pause = SHORTEST_PAUSE,
            Err(error) => tracing::error!(%error, "the worker broke off and starts again"),
        }
        rest(&mut stop, pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Events, clocks that ran out, openings that grew old.
async fn look_after(ctx: &Context, mut stop: watch::Receiver<bool>) {
    // The calendar does it every hour; a process that lives for minutes may never see that.
    if let Err(error) = heads::sign(ctx).await {
        tracing::error!(%error, "where the history stands was not signed");
    }
    let mut pause = LOOK_EVERY;
    while !*stop.borrow() {
        let begun = Instant::now();
        match domain::jobs::sweep(ctx).await {
            Ok(swept) => {
                pause = LOOK_EVERY;
                if swept.urgent > 0 {
                    continue;
                }
                if swept.openings + swept.ranks + swept.told > 0 {
                    // The rest of a long queue, without being in the way of people.
                    pause = pause.min(begun.elapsed() * 9);
                }
            }
            Err(error) => {
                tracing::error!(%error, "looking after events and clocks failed");
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
        rest(&mut stop, pause).await;
    }
}

/// Messages that are due. What is being handed over when the process ends gets a little longer.
async fn send_messages(ctx: &Context, mut stop: watch::Receiver<bool>) {
    let mut pause = LOOK_EVERY;
    let mut ending = stop.clone();
    let too_late = async {
        let _ = ending.wait_for(|stop| *stop).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::pin!(too_late);
    while !*stop.borrow() {
        let sent = tokio::select! {
            sent = domain::notifications::send_due(ctx) => sent,
            () = &mut too_late => return,
        };
        match sent {
            Ok(0) => pause = LOOK_EVERY,
            Ok(_) => continue,
            Err(error) => {
                tracing::error!(%error, "messages were not sent");
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
        rest(&mut stop, pause).await;
    }
}

async fn rest(stop: &mut watch::Receiver<bool>, pause: Duration) {
    let _ = tokio::time::timeout(pause, stop.wait_for(|stop| *stop)).await;
}

async fn work(
    ctx: &Context,
    recovery: Recovery,
    mut stop: watch::Receiver<bool>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let stopped = async move {
        let _ = stop.wait_for(|stop| *stop).await;
    };
    worker(ctx, recovery, stopped).await?.run().await?;
    Ok(())
}

/// A worker over the context's database.
///
/// # Errors
/// When the database is away or a calendar line cannot be read.
pub async fn worker(
    ctx: &Context,
    recovery: Recovery,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<Worker, WorkerBuildError> {
    registry::register(WorkerOptions::default().pg_pool(ctx.pool.clone()), ctx)
        .concurrency(usize::from(CONCURRENCY))
        .with_crons(calendar())
        .worker_recovery(
            WorkerRecoveryConfig::default()
                .heartbeat_interval(recovery.heartbeat)
                .sweep_interval(recovery.silence / 2)
                .sweep_threshold(recovery.silence)
                .recovery_delay(Duration::from_secs(1))
                .enabled(true),
        )
        .worker_shutdown(
            WorkerShutdownConfig::default()
                .listen_os_shutdown_signals(false)
                .grace_period(GRACE)
                .interrupted_job_retry_delay(Duration::from_secs(1))
                .shutdown_signal(stop),
        )
        .init()
        .await
}
