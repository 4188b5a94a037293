//! Statements about acting for people. Whether an act is in force, the store of sessions asks with every request.

use crate::kernel::{Error, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use sqlx::types::Uuid;

/// Keeps that an operator acts for a person.
pub(in crate::accounts) async fn begin(
    conn: &mut PgConnection,
    id: Uuid,
    (operator, user): (UserId, UserId),
    reason: &str,
    (now, until): (Timestamp, Timestamp),
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO acts_on_behalf (id, operator_id, user_id, reason, started_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
        id,
        operator.0,
        user.0,
        reason,
        now.to_sqlx() as _,
        until.to_sqlx() as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends an act; says whether it was going on.
pub(in crate::accounts) async fn end(conn: &mut PgConnection, id: Uuid, now: Timestamp) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE acts_on_behalf SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL",
        id,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Notes the end of an act whose time is over; says for whom it was.
pub(in crate::accounts) async fn lapse(
    conn: &mut PgConnection,
    id: Uuid,
    now: Timestamp,
) -> Result<Option<UserId>, Error> {
    let user = sqlx::query_scalar!(
        "UPDATE acts_on_behalf SET ended_at = expires_at WHERE id = $1 AND ended_at IS NULL AND expires_at <= $2 RETURNING user_id",
        id,
        now.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await?;
    Ok(user.map(UserId))
}

/// Ends whatever an operator does for others.
pub(in crate::accounts) async fn end_of_operator(
    conn: &mut PgConnection,
    operator: UserId,
    now: Timestamp,
) -> Result<u64, Error> {
    let done = sqlx::query!(
        "UPDATE acts_on_behalf SET ended_at = least($2, expires_at) WHERE operator_id = $1 AND ended_at IS NULL",
        operator.0,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Ends whatever others do for a person; says how much was going on.
pub(in crate::accounts) async fn end_for_person(
    conn: &mut PgConnection,
    user: UserId,
    now: Timestamp,
) -> Result<u64, Error> {
    let done = sqlx::query!(
        "UPDATE acts_on_behalf SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL AND expires_at > $2",
        user.0,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// All sessions of somebody end: so does what they do for others, and what others do for them.
pub(in crate::accounts) async fn end_with(conn: &mut PgConnection, user: UserId, now: Timestamp) -> Result<(), Error> {
    end_of_operator(&mut *conn, user, now).await?;
    end_for_person(conn, user, now).await?;
    Ok(())
}
