//! `servicehub migrate`.

use super::Stop;
use crate::database::{Database, Stay, Use, migrate, self_test};
use crate::settings::Settings;

/// Brings the database up to date and checks it.
pub async fn run(settings: &Settings) -> Result<(), Stop> {
    let database = Database::open(settings, Stay::Guest).await?;
    let mut done = match database.owner() {
        Ok(owner) => migrate(owner).await,
        Err(unusable) => Err(unusable),
    };
    if done.is_ok() {
        let pool = database.pool(Use::Web, 1);
        done = self_test(&pool).await;
        pool.close().await;
    }
    database.close().await;
    done?;
    tracing::info!("the database is up to date");
    Ok(())
}
