//! `servicehub worker`: background jobs in a process of their own.

use sqlx::PgPool;
use tokio::sync::watch;

use super::Stop;
use crate::adapters;
use crate::database::{Database, Stay, Use, self_test};
use crate::jobs::{self, Recovery};
use crate::settings::Settings;
use crate::shutdown;

/// Runs jobs until asked to end.
pub async fn run(settings: &Settings) -> Result<(), Stop> {
    let asked = shutdown::asked()?;
    adapters::announce(settings);
    let database = Database::open(settings, Stay::Guest).await?;
    let pool = database.pool(Use::Worker, jobs::CONNECTIONS);
    let done = work(settings, &database, &pool, asked).await;
    pool.close().await;
    database.close().await;
    done
}

async fn work(
    settings: &Settings,
    database: &Database,
    pool: &PgPool,
    asked: watch::Receiver<bool>,
) -> Result<(), Stop> {
    database.prepare().await?;
    self_test(pool).await?;
    let ctx = adapters::context(settings, pool.clone()).map_err(Stop::Other)?;
    tracing::info!("working");
    jobs::run(ctx, Recovery::default(), asked).await;
    Ok(())
}
