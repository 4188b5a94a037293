//! Statements about keys of programs.

use crate::accounts::api_keys::ApiKey;
use crate::kernel::{ApiKeyId, Error, Membership, Scope, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

/// How many keys of a person work. Whoever else makes one for them waits until this transaction has ended; for people
/// who are suspended or gone meanwhile there is nothing to find.
pub(in crate::accounts) async fn working(conn: &mut PgConnection, user: UserId, now: Timestamp) -> Result<i64, Error> {
    sqlx::query!(
        "SELECT id FROM users WHERE id = $1 AND deleted_at IS NULL AND suspended_at IS NULL FOR NO KEY UPDATE",
        user.0
    )
    .fetch_one(&mut *conn)
    .await?;
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM api_keys
           WHERE user_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)"#,
        user.0,
        now.to_sqlx() as _
    );
    Ok(count.fetch_one(conn).await?)
}

/// Keeps a key. `api_keys_once` refuses the second one of a form.
pub(in crate::accounts) async fn put(
    conn: &mut PgConnection,
    user: UserId,
    key: &ApiKey,
    hash: &[u8],
    form_key: Uuid,
) -> sqlx::Result<()> {
    let scopes: Vec<String> = key.scopes.iter().map(|scope| scope.name().to_owned()).collect();
    sqlx::query!(
        "INSERT INTO api_keys (id, user_id, name, prefix, hash, scopes, created_at, expires_at, form_key)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        key.id.0,
        user.0,
        key.name,
        key.prefix,
        hash,
        &scopes,
        key.made.to_sqlx() as _,
        key.expires.map(ToSqlx::to_sqlx) as _,
        form_key,
    )
    .execute(conn)
    .await?;
    Ok(())
}

struct Row {
    id: Uuid,
    name: String,
    prefix: String,
    scopes: Vec<String>,
    created_at: jiff_sqlx::Timestamp,
    last_used_at: Option<jiff_sqlx::Timestamp>,
    expires_at: Option<jiff_sqlx::Timestamp>,
    revoked_at: Option<jiff_sqlx::Timestamp>,
}

impl Row {
    fn read(self) -> ApiKey {
        ApiKey {
            id: ApiKeyId(self.id),
            name: self.name,
            prefix: self.prefix,
            scopes: read_scopes(&self.scopes),
            made: self.created_at.to_jiff(),
            last_used: self.last_used_at.map(jiff_sqlx::Timestamp::to_jiff),
            expires: self.expires_at.map(jiff_sqlx::Timestamp::to_jiff),
            revoked: self.revoked_at.map(jiff_sqlx::Timestamp::to_jiff),
        }
    }
}

/// A scope that there is no more opens nothing.
fn read_scopes(names: &[String]) -> Vec<Scope> {
    names.iter().filter_map(|name| Scope::parse(name)).collect()
}

/// A person's keys, those that were not revoked first, the newest first.
pub(in crate::accounts) async fn list(db: impl PgExecutor<'_>, user: UserId) -> Result<Vec<ApiKey>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT k.id, k.name, k.prefix, k.scopes, k.created_at AS "created_at: _", u.last_used_at AS "last_used_at?: _",
               k.expires_at AS "expires_at: _", k.revoked_at AS "revoked_at: _"
           FROM api_keys k LEFT JOIN api_key_uses u ON u.key_id = k.id
           WHERE k.user_id = $1 ORDER BY k.revoked_at IS NOT NULL, k.id DESC LIMIT 100"#,
        user.0
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(Row::read).collect())
}

/// A person's key that was not revoked.
pub(in crate::accounts) async fn find(db: impl PgExecutor<'_>, user: UserId, id: ApiKeyId) -> Result<ApiKey, Error> {
    let row = sqlx::query_as!(
        Row,
        r#"SELECT k.id, k.name, k.prefix, k.scopes, k.created_at AS "created_at: _", u.last_used_at AS "last_used_at?: _",
               k.expires_at AS "expires_at: _", k.revoked_at AS "revoked_at: _"
           FROM api_keys k LEFT JOIN api_key_uses u ON u.key_id = k.id
           WHERE k.id = $2 AND k.user_id = $1 AND k.revoked_at IS NULL"#,
        user.0,
        id.0
    );
    Ok(row.fetch_one(db).await?.read())
}

/// Revokes a person's key; says what it was called.
pub(in crate::accounts) async fn revoke(
    conn: &mut PgConnection,
    user: UserId,
    id: ApiKeyId,
    now: Timestamp,
) -> Result<String, Error> {
    let name = sqlx::query_scalar!(
        "UPDATE api_keys SET revoked_at = $3 WHERE id = $2 AND user_id = $1 AND revoked_at IS NULL RETURNING name",
        user.0,
        id.0,
        now.to_sqlx() as _
    );
    Ok(name.fetch_one(conn).await?)
}

/// Revokes all keys of a person; says how many worked.
pub(in crate::accounts) async fn revoke_all(
    conn: &mut PgConnection,
    user: UserId,
    now: Timestamp,
) -> Result<u64, Error> {
    let done = sqlx::query!(
        "UPDATE api_keys SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL",
        user.0,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Who stands behind a key that works.
pub(in crate::accounts) struct Bearer {
    pub user: UserId,
    pub first_name: String,
    pub scopes: Vec<Scope>,
    pub roles: Vec<String>,
    pub memberships: Vec<Membership>,
}

/// Who stands behind a key, if it works; and a note that it was used, if the last one is older than `before`.
pub(in crate::accounts) async fn use_key(
    db: impl PgExecutor<'_>,
    hash: &[u8],
    now: Timestamp,
    before: Timestamp,
) -> Result<Option<Bearer>, Error> {
    let row = sqlx::query!(
        r#"WITH key AS (
               SELECT k.id, k.scopes, u.id AS user_id, u.first_name FROM api_keys k JOIN users u ON u.id = k.user_id
               WHERE k.hash = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2)
                 AND u.suspended_at IS NULL AND u.deleted_at IS NULL),
           noted AS (
               INSERT INTO api_key_uses AS used (key_id, last_used_at)
               SELECT id, $2 FROM key
               WHERE NOT EXISTS (SELECT FROM api_key_uses o WHERE o.key_id = key.id AND o.last_used_at > $3)
               ON CONFLICT (key_id) DO UPDATE SET last_used_at = excluded.last_used_at WHERE used.last_used_at <= $3)
           SELECT user_id, first_name, scopes, ARRAY(SELECT r.role FROM user_roles r WHERE r.user_id = key.user_id) AS "roles!",
               (SELECT coalesce(jsonb_agg(
                           jsonb_build_object('provider', m.provider_id, 'member', m.id,
                                              'manages', m.role IN ('owner', 'manager'),
                                              'owns', m.role = 'owner', 'business', b.name)
                           ORDER BY m.role = 'owner' DESC, m.id), '[]')
                FROM members m JOIN providers b ON b.id = m.provider_id WHERE m.user_id = key.user_id AND m.active) AS "memberships!: Json<Vec<Membership>>"
           FROM key"#,
        hash,
        now.to_sqlx() as _,
        before.to_sqlx() as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Bearer {
        user: UserId(row.user_id),
        first_name: row.first_name,
        scopes: read_scopes(&row.scopes),
        roles: row.roles,
        memberships: row.memberships.0,
    }))
}

/// Deletes keys that were revoked or over before an instant.
pub(in crate::accounts) async fn forget_dead(db: impl PgExecutor<'_>, before: Timestamp) -> Result<u64, Error> {
    let done = sqlx::query!("DELETE FROM api_keys WHERE revoked_at < $1 OR expires_at < $1", before.to_sqlx() as _)
        .execute(db);
    Ok(done.await?.rows_affected())
}
