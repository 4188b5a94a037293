//! `servicehub worker`: background jobs in a process of their own.

use super::Stop;
use crate::adapters;
use crate::database::{Database, Stay, Use, migrate, self_test};
use crate::jobs::{self, Recovery};
use crate::settings::Settings;
use crate::shutdown;

/// Runs jobs until asked to end.
pub async fn run(settings: &Settings) -> Result<(), Stop> {
    let asked = shutdown::asked()?;
    adapters::announce(settings);
    let database = Database::open(settings, Stay::Guest).await?;
    let pool = database.pool(Use::Worker, jobs::CONNECTIONS);
    let ctx = adapters::context(settings, pool.clone()).map_err(Stop::Other)?;
    let mut done = migrate(database.owner()).await;
    if done.is_ok() {
        done = self_test(&pool).await;
    }
    if done.is_ok() {
        tracing::info!("working");
        jobs::run(ctx, Recovery::default(), asked).await;
    }
    pool.close().await;
    database.close().await;
    Ok(done?)
}
