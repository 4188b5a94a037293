//! Bringing the tables up to date, once, however many processes start at the same time.

use graphile_worker::WorkerUtils;
use sqlx::Connection;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};

use super::complaints::Unusable;
use super::store;

fn known() -> Migrator {
    let mut migrations = sqlx::migrate!("../migrations");
    // An older program may start against newer tables: changes are expand first, contract later.
    migrations.set_ignore_missing(true);
    migrations
}

/// Number of the newest migration this program knows.
pub fn latest_version() -> i64 {
    known().iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// Brings tables, job queue and rights up to date as the owner. Other processes wait their turn.
///
/// # Errors
/// What could not be done, in words.
pub async fn migrate(owner: &PgConnectOptions) -> Result<(), Unusable> {
    let complain = |error: sqlx::Error| Unusable(format!("The tables cannot be brought up to date: {error}"));
    let mut guard = PgConnection::connect_with(owner).await.map_err(complain)?;
    // Held by this connection, so it is given back even if we are killed.
    store::lock_migrations(&mut guard).await.map_err(complain)?;
    let done = migrate_alone(owner, &mut guard).await;
    let _ = guard.close().await;
    done
}

async fn migrate_alone(owner: &PgConnectOptions, guard: &mut PgConnection) -> Result<(), Unusable> {
    let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with(owner.clone());
    let queue = WorkerUtils::new(pool.clone(), "graphile_worker").migrate().await;
    pool.close().await;
    queue.map_err(|error| Unusable(format!("The tables of the job queue cannot be brought up to date: {error}")))?;

    known().run(&mut *guard).await.map_err(|error| Unusable(in_words(&error)))?;

    store::grant_rights(guard)
        .await
        .map_err(|error| Unusable(format!("The application's role cannot be given its rights: {error}")))
}

fn in_words(error: &MigrateError) -> String {
    match error {
        MigrateError::VersionMismatch(version) => {
            format!(
                "Migration {version} was changed after it had run on this database. Put the old text back and add a new migration."
            )
        }
        MigrateError::Dirty(version) => {
            format!("Migration {version} broke off half-way on this database and needs a look by hand.")
        }
        other => format!("The tables cannot be brought up to date: {other}"),
    }
}
