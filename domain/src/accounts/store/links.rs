//! Statements about links that were sent out.

use crate::accounts::links::Purpose;
use crate::kernel::{Error, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

/// Whose link it is and the address it was sent to.
pub(in crate::accounts) struct Link {
    pub user: UserId,
    pub email: String,
}

/// Keeps a link; an earlier one of the same purpose is no longer one.
pub(in crate::accounts) async fn put(
    conn: &mut PgConnection,
    user: UserId,
    purpose: Purpose,
    hash: &[u8],
    email: &str,
    (now, expires): (Timestamp, Timestamp),
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO account_links (user_id, purpose, hash, email, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (user_id, purpose) DO UPDATE
         SET hash = excluded.hash, email = excluded.email, created_at = excluded.created_at, expires_at = excluded.expires_at",
        user.0,
        purpose.name(),
        hash,
        email,
        now.to_sqlx() as _,
        expires.to_sqlx() as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether a link is good, without using it.
pub(in crate::accounts) async fn peek(
    db: impl PgExecutor<'_>,
    purpose: Purpose,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<Link>, Error> {
    Ok(sqlx::query_as!(
        Link,
        r#"SELECT l.user_id AS "user: UserId", l.email FROM account_links l JOIN users u ON u.id = l.user_id
           WHERE l.hash = $1 AND l.purpose = $2 AND l.expires_at > $3 AND u.deleted_at IS NULL"#,
        hash,
        purpose.name(),
        now.to_sqlx() as _,
    )
    .fetch_optional(db)
    .await?)
}

/// Uses a link up: of many at the same moment, one gets it.
pub(in crate::accounts) async fn take(
    conn: &mut PgConnection,
    purpose: Purpose,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<Link>, Error> {
    Ok(sqlx::query_as!(
        Link,
        r#"DELETE FROM account_links l USING users u
           WHERE u.id = l.user_id AND u.deleted_at IS NULL AND l.hash = $1 AND l.purpose = $2 AND l.expires_at > $3
           RETURNING l.user_id AS "user: UserId", l.email"#,
        hash,
        purpose.name(),
        now.to_sqlx() as _,
    )
    .fetch_optional(conn)
    .await?)
}

/// Forgets a person's links of one purpose.
pub(in crate::accounts) async fn forget(conn: &mut PgConnection, user: UserId, purpose: Purpose) -> Result<(), Error> {
    sqlx::query!("DELETE FROM account_links WHERE user_id = $1 AND purpose = $2", user.0, purpose.name())
        .execute(conn)
        .await?;
    Ok(())
}

/// Keeps what somebody asked until a job looks at it.
pub(in crate::accounts) async fn ask(
    conn: &mut PgConnection,
    id: uuid::Uuid,
    email: &str,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!("INSERT INTO forgotten_passwords (id, email, at) VALUES ($1, $2, $3)", id, email, now.to_sqlx() as _)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes what was asked; `None` when it was answered already.
pub(in crate::accounts) async fn asked(conn: &mut PgConnection, id: uuid::Uuid) -> Result<Option<String>, Error> {
    let email = sqlx::query_scalar!("DELETE FROM forgotten_passwords WHERE id = $1 RETURNING email", id);
    Ok(email.fetch_optional(conn).await?)
}
