//! Sweeping out what has ended: sessions, counters, handled events, old mail.

use domain::kernel::Error;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::registry::context;
use crate::security::limits::Limits;
use crate::session::PgSessionStore;

/// The task. The calendar sends nothing along, which arrives as null.
#[derive(Debug, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Housekeeping(serde_json::Value);

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
    let letters = domain::notifications::forget(&ctx).await?;
    let accounts = domain::accounts::sweep(&ctx).await?;
    let unmet = domain::catalog::forget_unmet(&ctx).await?;
    let counters = Limits::new(ctx, true).sweep().await?;
    tracing::info!(sessions, counters, events, letters, accounts, unmet, "swept out what has ended");
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_the_calendar_sends_is_accepted() {
        let sent = serde_json::from_value::<super::Housekeeping>(serde_json::Value::Null);
        assert!(sent.is_ok(), "{sent:?}");
    }
}
