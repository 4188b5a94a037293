//! The statements about the database itself. They speak to system tables and to tables that may
//! not exist yet, so they are checked when they run, not when they are compiled.

use sqlx::{Executor, PgConnection, PgPool};

use crate::observe::Waiting;

/// Any number, the same in every version of this program.
const MIGRATION_LOCK: i64 = 0x5e72_76a3_6875_6200;

/// What the self-test looks at.
#[derive(sqlx::FromRow)]
pub struct Foundations {
    /// The exclusion constraint is there and enforced.
    pub no_overlap: bool,
    /// The role could change the tables.
    pub may_alter: bool,
}

/// `150018` for 15.18.
pub async fn server_version(connection: &mut PgConnection) -> sqlx::Result<i32> {
    sqlx::query_scalar("SELECT current_setting('server_version_num')::int").fetch_one(connection).await
}

/// Waits until no other process migrates; held until the connection closes.
pub async fn lock_migrations(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query("SELECT pg_advisory_lock($1)").bind(MIGRATION_LOCK).execute(connection).await.map(drop)
}

/// Lets the application's role use the job queue and see which migrations ran. The queue's
/// tables have row-level security without policies, so each gets one.
pub async fn grant_rights(connection: &mut PgConnection) -> sqlx::Result<()> {
    connection
        .execute(
            r"
            DO $$
            DECLARE
                queue_table record;
            BEGIN
                -- Making a role is not being allowed to act as it.
                BEGIN
                    SET LOCAL ROLE servicehub_app;
                    RESET ROLE;
                EXCEPTION WHEN insufficient_privilege THEN
                    EXECUTE format('GRANT servicehub_app TO %I', session_user);
                END;
                GRANT SELECT ON _sqlx_migrations TO servicehub_app;
                GRANT USAGE ON SCHEMA graphile_worker TO servicehub_app;
                GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO servicehub_app;
                GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA graphile_worker TO servicehub_app;
                GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO servicehub_app;
                FOR queue_table IN
                    SELECT c.relname FROM pg_class c
                    WHERE c.relnamespace = 'graphile_worker'::regnamespace AND c.relrowsecurity
                      AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'servicehub_app')
                LOOP
                    EXECUTE format('CREATE POLICY servicehub_app ON graphile_worker.%I TO servicehub_app USING (true) WITH CHECK (true)',
                                   queue_table.relname);
                END LOOP;
            END $$",
        )
        .await
        .map(drop)
}

/// Looks at what must be there.
pub async fn foundations(pool: &PgPool) -> sqlx::Result<Foundations> {
    sqlx::query_as(
        r"
        SELECT EXISTS (
                   SELECT FROM pg_constraint
                   WHERE conname = 'reservations_no_overlap' AND contype = 'x' AND convalidated
                     AND conrelid = to_regclass('reservations')
               ) AS no_overlap,
               (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
               OR EXISTS (
                   SELECT FROM pg_class
                   WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
                     AND pg_has_role(current_user, relowner, 'USAGE')
               ) AS may_alter",
    )
    .fetch_one(pool)
    .await
}

/// The newest migration that ran; fails when the database is away.
pub async fn applied_version(pool: &PgPool) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT coalesce(max(version) FILTER (WHERE success), 0) FROM _sqlx_migrations")
        .fetch_one(pool)
        .await
}

/// Seconds the oldest due job has been waiting; zero when none waits.
pub async fn job_lag(pool: &PgPool) -> sqlx::Result<f64> {
    sqlx::query_scalar(
        "SELECT coalesce(extract(epoch FROM now() - min(run_at)), 0)::float8 FROM graphile_worker.jobs \
         WHERE locked_at IS NULL AND attempts < max_attempts AND run_at <= now()",
    )
    .fetch_one(pool)
    .await
}

/// What waits to be done: due jobs and events, and how long the oldest of each has waited.
pub async fn waiting(pool: &PgPool) -> sqlx::Result<Waiting> {
    let (jobs, job_seconds, events, event_seconds) = sqlx::query_as(
        "SELECT j.jobs, j.oldest, e.events, e.oldest
         FROM (SELECT count(*) AS jobs, coalesce(extract(epoch FROM now() - min(run_at)), 0)::float8 AS oldest
               FROM graphile_worker.jobs WHERE locked_at IS NULL AND attempts < max_attempts AND run_at <= now()) j,
              (SELECT count(*) AS events, greatest(coalesce(extract(epoch FROM now() - min(at)), 0), 0)::float8 AS oldest
               FROM outbox WHERE handled_at IS NULL) e",
    )
    .fetch_one(pool)
    .await?;
    Ok(Waiting { jobs, job_seconds, events, event_seconds })
}
