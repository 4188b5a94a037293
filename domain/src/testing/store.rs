//! What the test world says to the database. Statements are checked when they run: they speak to
//! databases that are being made.

mod rows;

pub(super) use rows::*;

use sqlx::{AssertSqlSafe, Executor, PgConnection, Result};

const TEMPLATES_LOCK: i64 = 0x7465_6d70_6c61_7465;

pub(super) async fn database_exists(connection: &mut PgConnection, name: &str) -> Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
        .bind(name)
        .fetch_one(connection)
        .await
}

pub(super) async fn lock_templates(connection: &mut PgConnection) -> Result<()> {
    sqlx::query("SELECT pg_advisory_lock($1)").bind(TEMPLATES_LOCK).execute(connection).await.map(drop)
}

pub(super) async fn create_database(connection: &mut PgConnection, name: &str) -> Result<()> {
    connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.map(drop)
}

pub(super) async fn copy_database(connection: &mut PgConnection, template: &str, name: &str) -> Result<()> {
    connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE {template}"))).await.map(drop)
}

pub(super) async fn drop_database(connection: &mut PgConnection, name: &str) -> Result<()> {
    connection.execute(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))).await.map(drop)
}

/// Gives a finished draft its name; nobody can connect to it any more, so it can always be copied.
pub(super) async fn publish_template(connection: &mut PgConnection, draft: &str, name: &str) -> Result<()> {
    connection.execute(AssertSqlSafe(format!("ALTER DATABASE {draft} RENAME TO {name}"))).await?;
    connection.execute(AssertSqlSafe(format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"))).await.map(drop)
}

pub(super) async fn worlds(connection: &mut PgConnection) -> Result<Vec<String>> {
    sqlx::query_scalar("SELECT datname::text FROM pg_database WHERE datname LIKE 'world\\_%'")
        .fetch_all(connection)
        .await
}

/// All but the newest few: older ones belong to states of the migrations that are gone.
pub(super) async fn old_templates(connection: &mut PgConnection) -> Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT datname::text FROM pg_database WHERE datname LIKE 'template\\_%' ORDER BY oid DESC OFFSET 8",
    )
    .fetch_all(connection)
    .await
}
