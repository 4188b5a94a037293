//! The statements of the demo data. Names of tables and columns come from this crate alone.

pub mod aside;
pub mod large;
pub mod unfinished;

use crate::story::Rows;
use domain::kernel::Error;
use serde_json::Value;
use sqlx::{AssertSqlSafe, PgConnection, PgExecutor, PgPool};

/// Whether anybody has a login already.
///
/// # Errors
/// The database is away.
pub async fn has_users(db: impl PgExecutor<'_>) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM users) AS "any!""#).fetch_one(db).await?)
}

/// Writes all rows.
///
/// # Errors
/// A row that a table does not accept, or the database is away.
pub async fn insert(conn: &mut PgConnection, rows: &Rows) -> Result<(), Error> {
    for (table, rows) in rows.tables() {
        // A few hundred kilobytes a statement.
        for some in rows.chunks(500) {
            insert_into(conn, table, some).await?;
        }
    }
    Ok(())
}

/// Writes rows of one table. All have the columns of the first.
async fn insert_into(conn: &mut PgConnection, table: &str, rows: &[Value]) -> Result<(), Error> {
    let Some(columns) = rows.first().and_then(Value::as_object) else {
        return Ok(());
    };
    let columns: Vec<&str> = columns.keys().map(String::as_str).collect();
    let columns = columns.join(", ");
    let statement =
        format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, $1)");
    let done = sqlx::query(AssertSqlSafe(statement)).bind(Value::Array(rows.to_vec())).execute(conn).await?;
    if done.rows_affected() != rows.len() as u64 {
        return Err(Error::internal(format!("{table}: {} of {} rows were written", done.rows_affected(), rows.len())));
    }
    Ok(())
}

/// Tells the planner what is there now.
///
/// # Errors
/// The database is away, or the pool is not the owner's.
pub async fn analyze(owner: &PgPool) -> Result<(), Error> {
    sqlx::query("ANALYZE").execute(owner).await?;
    Ok(())
}
