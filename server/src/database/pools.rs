//! Pools of the application's role, with time limits on everything they run.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, Executor, PgPool};

use super::APP_ROLE;

/// A connection unused for this long is asked whether it still lives before it is lent out.
/// Under load nothing waits that long, so pages do not pay for it.
const DOUBTFUL_AFTER: Duration = Duration::from_secs(1);

/// What a pool is for; decides its time limits and its name in `pg_stat_activity`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Answering people: statements end after two seconds.
    Web,
    /// Background jobs: statements end after a minute.
    Worker,
    /// Loading demo data: statements end after ten minutes.
    Loading,
}

impl Use {
    fn name(self) -> &'static str {
        match self {
            Self::Web => "servicehub web",
            Self::Worker => "servicehub worker",
            Self::Loading => "servicehub demo",
        }
    }

    /// Limits in the database itself hold even when this process hangs.
    fn limits(self) -> &'static str {
        match self {
            Self::Web => {
                "SET statement_timeout = '2s'; SET lock_timeout = '1500ms'; SET idle_in_transaction_session_timeout = '5s'; SET max_parallel_workers_per_gather = 0; SET jit = off; SET plan_cache_mode = force_generic_plan"
            }
            Self::Worker => {
                "SET statement_timeout = '60s'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '30s'"
            }
            Self::Loading => {
                "SET statement_timeout = '10min'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '10min'"
            }
        }
    }
}

/// A pool of the application's role. `direct` logs in as that role (the own Postgres trusts its
/// socket); otherwise the owner logs in and steps down to it.
pub fn pool(owner: &PgConnectOptions, direct: bool, purpose: Use, size: u32) -> PgPool {
    let mut options = owner.clone().application_name(purpose.name()).statement_cache_capacity(500);
    if direct {
        options = options.username(APP_ROLE);
    }
    PgPoolOptions::new()
        .max_connections(size)
        .acquire_timeout(Duration::from_secs(3))
        .idle_timeout(Duration::from_secs(600))
        .max_lifetime(Duration::from_secs(3600))
        .test_before_acquire(false)
        .before_acquire(|connection, known| {
            Box::pin(async move {
                if known.idle_for > DOUBTFUL_AFTER {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .after_connect(move |connection, _| {
            Box::pin(async move {
                if !direct {
                    connection.execute("SET ROLE servicehub_app").await?;
                }
                connection.execute(purpose.limits()).await?;
                Ok(())
            })
        })
        .connect_lazy_with(options)
}
