//! Statements about second factors.

use crate::kernel::{Error, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

/// A stored secret.
pub(in crate::accounts) struct Secret {
    pub sealed: Vec<u8>,
    pub confirmed: bool,
}

/// A person's secret, in force or not.
pub(in crate::accounts) async fn secret(db: impl PgExecutor<'_>, user: UserId) -> Result<Option<Secret>, Error> {
    Ok(sqlx::query_as!(
        Secret,
        r#"SELECT sealed, confirmed_at IS NOT NULL AS "confirmed!" FROM totp_secrets WHERE user_id = $1"#,
        user.0
    )
    .fetch_optional(db)
    .await?)
}

/// Keeps a secret that is not in force yet. One that is in force stays.
pub(in crate::accounts) async fn offer(
    conn: &mut PgConnection,
    user: UserId,
    sealed: &[u8],
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO totp_secrets (user_id, sealed, created_at) VALUES ($1, $2, $3)
         ON CONFLICT (user_id) DO UPDATE SET sealed = excluded.sealed, created_at = excluded.created_at
         WHERE totp_secrets.confirmed_at IS NULL",
        user.0,
        sealed,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts a secret in force; of two at once, one does.
pub(in crate::accounts) async fn confirm(conn: &mut PgConnection, user: UserId, now: Timestamp) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE totp_secrets SET confirmed_at = $2 WHERE user_id = $1 AND confirmed_at IS NULL",
        user.0,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Uses the code of a step up; false when it was used before. Steps nobody can use any more are forgotten.
pub(in crate::accounts) async fn use_step(conn: &mut PgConnection, user: UserId, step: i64) -> Result<bool, Error> {
    sqlx::query!("DELETE FROM totp_used WHERE user_id = $1 AND step < $2", user.0, step - 10)
        .execute(&mut *conn)
        .await?;
    let done =
        sqlx::query!("INSERT INTO totp_used (user_id, step) VALUES ($1, $2) ON CONFLICT DO NOTHING", user.0, step)
            .execute(conn)
            .await?;
    Ok(done.rows_affected() > 0)
}

/// Steps from one on whose codes were used.
pub(in crate::accounts) async fn used_steps(
    db: impl PgExecutor<'_>,
    user: UserId,
    from: i64,
) -> Result<Vec<i64>, Error> {
    Ok(sqlx::query_scalar!("SELECT step FROM totp_used WHERE user_id = $1 AND step >= $2", user.0, from)
        .fetch_all(db)
        .await?)
}

/// Replaces all recovery codes.
pub(in crate::accounts) async fn put_recovery(
    conn: &mut PgConnection,
    user: UserId,
    hashes: &[Vec<u8>],
) -> Result<(), Error> {
    sqlx::query!("DELETE FROM recovery_codes WHERE user_id = $1", user.0).execute(&mut *conn).await?;
    sqlx::query!(
        "INSERT INTO recovery_codes (user_id, hash) SELECT $1, hash FROM unnest($2::bytea[]) hash",
        user.0,
        hashes
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Uses a recovery code up; false when there is none such, or it was used before.
pub(in crate::accounts) async fn use_recovery(
    conn: &mut PgConnection,
    user: UserId,
    hash: &[u8],
    now: Timestamp,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND hash = $2 AND used_at IS NULL",
        user.0,
        hash,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Second factors a person has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InForce {
    /// An authenticator app.
    pub app: bool,
    /// Passkeys.
    pub passkeys: i64,
}

impl InForce {
    /// Whether a password alone does not open the account.
    #[must_use]
    pub const fn any(self) -> bool {
        self.app || self.passkeys > 0
    }
}

/// What is in force for a person.
pub(in crate::accounts) async fn in_force(db: impl PgExecutor<'_>, user: UserId) -> Result<InForce, Error> {
    Ok(sqlx::query_as!(
        InForce,
        r#"SELECT EXISTS (SELECT FROM totp_secrets WHERE user_id = $1 AND confirmed_at IS NOT NULL) AS "app!",
               (SELECT count(*) FROM passkeys WHERE user_id = $1) AS "passkeys!""#,
        user.0
    )
    .fetch_one(db)
    .await?)
}

/// Lets nobody else change the factors of a person until this transaction ends.
pub(in crate::accounts) async fn lock(conn: &mut PgConnection, user: UserId) -> Result<(), Error> {
    sqlx::query!("SELECT id FROM users WHERE id = $1 FOR UPDATE", user.0).fetch_one(conn).await?;
    Ok(())
}

/// Takes recovery codes away: there is nothing left that they stand in for.
pub(in crate::accounts) async fn forget_recovery(conn: &mut PgConnection, user: UserId) -> Result<(), Error> {
    sqlx::query!("DELETE FROM recovery_codes WHERE user_id = $1", user.0).execute(conn).await?;
    Ok(())
}

/// Takes the authenticator app away.
pub(in crate::accounts) async fn remove(conn: &mut PgConnection, user: UserId) -> Result<bool, Error> {
    let done = sqlx::query!("DELETE FROM totp_secrets WHERE user_id = $1", user.0).execute(conn).await?;
    Ok(done.rows_affected() > 0)
}

/// Some secrets that do not begin with the mark of the present key.
pub(in crate::accounts) async fn sealed_otherwise(
    conn: &mut PgConnection,
    mark: &[u8],
) -> Result<Vec<(UserId, Vec<u8>)>, Error> {
    let length = i32::try_from(mark.len()).unwrap_or(0);
    let rows = sqlx::query!(
        "SELECT user_id, sealed FROM totp_secrets WHERE substr(sealed, 1, $2) <> $1 ORDER BY user_id LIMIT 200 FOR UPDATE",
        mark,
        length
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (UserId(row.user_id), row.sealed)).collect())
}

/// The same secrets, sealed anew.
pub(in crate::accounts) async fn reseal(
    conn: &mut PgConnection,
    users: &[uuid::Uuid],
    sealed: &[Vec<u8>],
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE totp_secrets t SET sealed = anew.sealed
         FROM unnest($1::uuid[], $2::bytea[]) AS anew (user_id, sealed) WHERE t.user_id = anew.user_id",
        users,
        sealed
    )
    .execute(conn)
    .await?;
    Ok(())
}
