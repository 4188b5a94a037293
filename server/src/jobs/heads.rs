//! Signing where the history stands, every day.

use domain::audit::sign_head;
use domain::kernel::{Context, Error};
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::registry::context;

/// The task. The calendar sends nothing along, which arrives as null.
#[derive(Debug, Deserialize, Serialize)]
#[serde(transparent)]
pub struct SignHead(serde_json::Value);

impl TaskHandler for SignHead {
    const IDENTIFIER: &'static str = "sign_head";

    async fn run(self, job: WorkerContext) -> impl IntoTaskHandlerResult {
        sign(&context(&job)?).await
    }
}

/// Signs today's head, unless somebody has.
pub async fn sign(ctx: &Context) -> Result<(), Error> {
    if let Some(head) = sign_head(ctx).await? {
        tracing::info!(day = %head.day, entries = head.seq, "signed where the history stands");
    }
    Ok(())
}
