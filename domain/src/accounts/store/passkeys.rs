//! Statements about passkeys, and about challenges that wait for their answer.

use crate::accounts::passkeys::{Kind, Passkey};
use crate::kernel::{Error, PasskeyId, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

/// A stored credential.
#[derive(Clone)]
pub(in crate::accounts) struct Stored {
    pub id: PasskeyId,
    pub user: UserId,
    pub sealed: Vec<u8>,
}

/// Keeps a challenge until it is answered, or until `expires`.
pub(in crate::accounts) async fn keep_ceremony(
    db: impl PgExecutor<'_>,
    hash: &[u8],
    (kind, user): (Kind, Option<UserId>),
    sealed: &[u8],
    expires: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO passkey_ceremonies (hash, kind, user_id, sealed, expires_at) VALUES ($1, $2, $3, $4, $5)",
        hash,
        kind.name(),
        user.map(|user| user.0),
        sealed,
        expires.to_sqlx() as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a challenge out, so that nobody else can answer it: of many at the same moment, one gets it.
pub(in crate::accounts) async fn take_ceremony(
    db: impl PgExecutor<'_>,
    hash: &[u8],
    (kind, user): (Kind, Option<UserId>),
    now: Timestamp,
) -> Result<Option<Vec<u8>>, Error> {
    let sealed = sqlx::query_scalar!(
        "DELETE FROM passkey_ceremonies
         WHERE hash = $1 AND kind = $2 AND user_id IS NOT DISTINCT FROM $3 AND expires_at > $4 RETURNING sealed",
        hash,
        kind.name(),
        user.map(|user| user.0),
        now.to_sqlx() as _
    );
    Ok(sealed.fetch_optional(db).await?)
}

/// A person's passkeys, the oldest first.
pub(in crate::accounts) async fn list(db: impl PgExecutor<'_>, user: UserId) -> Result<Vec<Passkey>, Error> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id: PasskeyId", name, created_at AS "created_at: jiff_sqlx::Timestamp",
               used_at AS "used_at: jiff_sqlx::Timestamp"
           FROM passkeys WHERE user_id = $1 ORDER BY id"#,
        user.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Passkey {
            id: row.id,
            name: row.name,
            added: row.created_at.to_jiff(),
            last_used: row.used_at.map(jiff_sqlx::Timestamp::to_jiff),
        })
        .collect())
}

/// A person's credentials, as they are stored.
pub(in crate::accounts) async fn stored(db: impl PgExecutor<'_>, user: UserId) -> Result<Vec<Stored>, Error> {
    let rows = sqlx::query_as!(
        Stored,
        r#"SELECT id AS "id: PasskeyId", user_id AS "user: UserId", sealed FROM passkeys WHERE user_id = $1 ORDER BY id"#,
        user.0
    );
    Ok(rows.fetch_all(db).await?)
}

/// The credential of an id, whoever's it is.
pub(in crate::accounts) async fn by_credential(db: impl PgExecutor<'_>, hash: &[u8]) -> Result<Option<Stored>, Error> {
    let row = sqlx::query_as!(
        Stored,
        r#"SELECT id AS "id: PasskeyId", user_id AS "user: UserId", sealed FROM passkeys WHERE credential_hash = $1"#,
        hash
    );
    Ok(row.fetch_optional(db).await?)
}

/// Keeps a new passkey; false when the credential belongs to somebody already.
pub(in crate::accounts) async fn insert(
    conn: &mut PgConnection,
    stored: &Stored,
    hash: &[u8],
    name: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "INSERT INTO passkeys (id, user_id, name, credential_hash, sealed, created_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (credential_hash) DO NOTHING",
        stored.id.0,
        stored.user.0,
        name,
        hash,
        &stored.sealed,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A passkey was used, and its credential may have another counter now; false when it is gone, or was used by somebody
/// else since it was read.
pub(in crate::accounts) async fn note_use(
    conn: &mut PgConnection,
    read: &Stored,
    sealed: &[u8],
    now: Timestamp,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE passkeys SET sealed = $3, used_at = $4 WHERE id = $1 AND sealed = $2",
        read.id.0,
        &read.sealed,
        sealed,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Gives a person's passkey another name; false when there is none such.
pub(in crate::accounts) async fn rename(
    conn: &mut PgConnection,
    user: UserId,
    passkey: PasskeyId,
    name: &str,
) -> Result<bool, Error> {
    let done = sqlx::query!("UPDATE passkeys SET name = $3 WHERE id = $1 AND user_id = $2", passkey.0, user.0, name)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Removes a person's passkey; its name, or `None` when there is none such.
pub(in crate::accounts) async fn remove(
    conn: &mut PgConnection,
    user: UserId,
    passkey: PasskeyId,
) -> Result<Option<String>, Error> {
    let name =
        sqlx::query_scalar!("DELETE FROM passkeys WHERE id = $1 AND user_id = $2 RETURNING name", passkey.0, user.0);
    Ok(name.fetch_optional(conn).await?)
}

/// Removes all passkeys of a person; says how many.
pub(in crate::accounts) async fn remove_all(conn: &mut PgConnection, user: UserId) -> Result<u64, Error> {
    let done = sqlx::query!("DELETE FROM passkeys WHERE user_id = $1", user.0).execute(conn).await?;
    Ok(done.rows_affected())
}

/// Credentials that do not begin with a mark: sealed with an earlier key.
pub(in crate::accounts) async fn sealed_otherwise(conn: &mut PgConnection, mark: &[u8]) -> Result<Vec<Stored>, Error> {
    let length = i32::try_from(mark.len()).unwrap_or(0);
    let rows = sqlx::query_as!(
        Stored,
        r#"SELECT id AS "id: PasskeyId", user_id AS "user: UserId", sealed FROM passkeys
           WHERE substr(sealed, 1, $2) <> $1 ORDER BY id LIMIT 200 FOR UPDATE"#,
        mark,
        length
    );
    Ok(rows.fetch_all(conn).await?)
}

/// The same credentials, sealed anew.
pub(in crate::accounts) async fn reseal(
    conn: &mut PgConnection,
    passkeys: &[uuid::Uuid],
    sealed: &[Vec<u8>],
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE passkeys p SET sealed = anew.sealed
         FROM unnest($1::uuid[], $2::bytea[]) AS anew (id, sealed) WHERE p.id = anew.id",
        passkeys,
        sealed
    )
    .execute(conn)
    .await?;
    Ok(())
}
