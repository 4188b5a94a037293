//! Sweeping out what has ended: sessions and counters.

use domain::kernel::Error;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::registry::context;
use crate::security::limits::Limits;
use crate::session::PgSessionStore;

/// The task.
#[derive(Debug, Deserialize, Serialize)]
pub struct Housekeeping {}

impl TaskHandler for Housekeeping {
    const IDENTIFIER: &'static str = "housekeeping";

    async fn run(self, job: WorkerContext) -> impl IntoTaskHandlerResult {
        sweep(&job).await
    }
}

async fn sweep(job: &WorkerContext) -> Result<(), Error> {
    let ctx = context(job)?;
    let sessions = PgSessionStore::new(ctx.clone()).delete_ended().await?;
    let events = domain::kernel::outbox::forget(&ctx).await?;
    let counters = Limits::new(ctx, true).sweep().await?;
    tracing::info!(sessions, counters, events, "swept out what has ended");
    Ok(())
}
