//! Statements about what others need of an account.

use crate::kernel::{Error, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

pub(in crate::accounts) async fn contact(conn: &mut PgConnection, user: UserId) -> Result<(String, String), Error> {
    let row = sqlx::query!("SELECT email, first_name FROM users WHERE id = $1 AND deleted_at IS NULL", user.0);
    let row = row.fetch_one(conn).await?;
    Ok((row.email, row.first_name))
}

pub(in crate::accounts) async fn become_provider(
    conn: &mut PgConnection,
    user: UserId,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO user_roles (user_id, role, granted_at) VALUES ($1, 'provider', $2) ON CONFLICT DO NOTHING",
        user.0,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}
