//! Sessions in Postgres. The table holds hashes of ids only, so reading it opens no session. With its id a session notes
//! what its person may do (`rights`); when that is more by now, [`super::attach_actor`] gives it another id first.

use async_trait::async_trait;
use domain::kernel::Context;
use jiff::SignedDuration;
use jiff_sqlx::ToSqlx;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use tower_sessions::SessionStore;
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use uuid::Uuid;

use super::{BEHALF, IDLE, OLDEST, OPERATOR_IDLE, OPERATOR_OLDEST, ROUND, USER, Visit};

/// Key under which the person is handed to [`super::attach_actor`]; never stored.
pub const PERSON: &str = "person";
/// `last_seen` is written at most this often, so that reading a page hardly ever writes.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(10);
/// Ids are 128 random bits: more clashes than this are not chance.
const MOST_CLASHES: usize = 3;

/// The store.
#[derive(Clone, Debug)]
pub struct PgSessionStore {
    ctx: Context,
}

impl PgSessionStore {
    /// A store in the context's database, living by its clock.
    pub fn new(ctx: Context) -> Self {
        Self { ctx }
    }

    /// Deletes sessions that have ended; says how many.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn delete_ended(&self) -> sqlx::Result<u64> {
        let now = self.ctx.clock.now();
        let done = sqlx::query!("DELETE FROM sessions WHERE expires <= $1", now.to_sqlx() as _)
            .execute(&self.ctx.pool)
            .await?;
        Ok(done.rows_affected())
    }
}

#[async_trait]
impl SessionStore for PgSessionStore {
    /// A login that is over by now (the password was changed, the account suspended) leaves nothing behind, and its id
    /// opens nothing.
    async fn create(&self, record: &mut Record) -> Result<()> {
        let now = self.ctx.clock.now();
        let (user, data) = split(record);
        let round = record.data.get(ROUND).and_then(Value::as_i64);
        let visit = Visit::current();
        for _ in 0..MOST_CLASHES {
            // Whoever ends all sessions changes the person's row first: either that is seen here, or they see this session.
            let done = sqlx::query!(
                r#"WITH login AS (
                       SELECT $9::bigint IS NULL OR EXISTS (SELECT FROM users WHERE id = $2 AND round = $9 FOR SHARE) AS holds),
                    opened AS (
                       INSERT INTO sessions (id_hash, user_id, data, created, last_seen, expires, address, agent)
                       SELECT $1, $2, $3::jsonb || jsonb_build_object('rights', rights_of($2)), $4, $4,
                              CASE WHEN is_operator($2) THEN $8 ELSE $5::timestamptz END, $6, $7
                       FROM login WHERE holds
                       ON CONFLICT (id_hash) DO NOTHING RETURNING 1)
                   SELECT holds AS "holds!", EXISTS (SELECT FROM opened) AS "opened!" FROM login"#,
                hash(&record.id),
                user,
                data,
                now.to_sqlx() as _,
                (now + IDLE).to_sqlx() as _,
                visit.as_ref().map(|visit| ipnet::IpNet::from(visit.address)) as _,
                visit.as_ref().map(|visit| visit.agent.as_str()),
                (now + OPERATOR_IDLE).to_sqlx() as _,
                round,
            )
            .fetch_one(&self.ctx.pool)
            .await
            .map_err(backend)?;
            if done.opened || !done.holds {
                return Ok(());
            }
            // Never take over a row that is there: the id may belong to somebody.
            record.id = Id::default();
        }
        Err(Error::Backend("session ids keep clashing".into()))
    }

    /// A session that has ended meanwhile (signed out elsewhere) stays ended.
    async fn save(&self, record: &Record) -> Result<()> {
        let (user, data) = split(record);
        let now = self.ctx.clock.now();
        sqlx::query!(
            "UPDATE sessions SET user_id = $2, data = $3,
                 expires = CASE WHEN is_operator($2) THEN least(expires, $5) ELSE expires END
             WHERE id_hash = $1 AND expires > $4",
            hash(&record.id),
            user,
            data,
            now.to_sqlx() as _,
            (now + OPERATOR_IDLE).to_sqlx() as _,
        )
        .execute(&self.ctx.pool)
        .await
        .map_err(backend)?;
        Ok(())
    }

    /// One statement: the session, the person, whom they act for, and now and then a note that it is in use.
    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let now = self.ctx.clock.now();
        let found = sqlx::query!(
            r#"
            WITH seen AS (
                UPDATE sessions SET last_seen = $2, expires =
                    CASE WHEN is_operator(user_id) THEN least($6, created + make_interval(secs => $7))
                    ELSE least($3, created + make_interval(secs => $5)) END
                WHERE id_hash = $1 AND expires > $2 AND last_seen < $4
            )
            SELECT s.id, s.data, u.id IS NOT NULL AND NOT rights_of(u.id) <@ coalesce(s.data -> 'rights', '[]') AS "risen!", s.expires AS "expires: jiff_sqlx::Timestamp", u.id AS "user_id?", u.first_name AS "first_name?", u.picture AS "picture?",
                   ARRAY(SELECT r.role FROM user_roles r WHERE r.user_id = u.id) AS "roles!",
                   (SELECT jsonb_agg(
                               jsonb_build_object('provider', m.provider_id, 'member', m.id,
                                                  'manages', m.role IN ('owner', 'manager'),
                                                  'owns', m.role = 'owner', 'business', b.name)
                               ORDER BY m.provider_id::text = s.data ->> 'business' DESC NULLS LAST,
                                        m.role = 'owner' DESC, m.id)
                    FROM members m JOIN providers b ON b.id = m.provider_id WHERE m.user_id = coalesce(p.id, u.id) AND m.active) AS memberships,
                   CASE WHEN a.id IS NOT NULL THEN
                       jsonb_build_object(
                           'act', a.id, 'person', a.user_id, 'reason', a.reason, 'until', a.expires_at,
                           'open', a.ended_at IS NULL AND a.expires_at > $2 AND p.id IS NOT NULL,
                           'first_name', coalesce(p.first_name, ''), 'last_name', coalesce(p.last_name, ''),
                           'roles', ARRAY(SELECT r.role FROM user_roles r WHERE r.user_id = p.id)) END AS behalf
            FROM sessions s
            LEFT JOIN users u ON u.id = s.user_id AND u.suspended_at IS NULL
            LEFT JOIN acts_on_behalf a ON a.id = (s.data ->> 'behalf')::uuid AND a.operator_id = u.id
            LEFT JOIN users p ON p.id = a.user_id AND p.suspended_at IS NULL AND p.deleted_at IS NULL
            WHERE s.id_hash = $1 AND s.expires > $2
            "#,
            hash(id),
            now.to_sqlx() as _,
            (now + IDLE).to_sqlx() as _,
            (now - SEEN_EVERY).to_sqlx() as _,
            OLDEST.as_secs_f64(),
            (now + OPERATOR_IDLE).to_sqlx() as _,
            OPERATOR_OLDEST.as_secs_f64(),
        )
        .fetch_optional(&self.ctx.pool)
        .await
        .map_err(backend)?;
        let Some(row) = found else { return Ok(None) };
        let Value::Object(stored) = row.data else {
            return Err(Error::Decode("session data is not an object".into()));
        };
        let mut data: std::collections::HashMap<String, Value> = stored.into_iter().collect();
        if let (Some(user), Some(name)) = (row.user_id, row.first_name) {
            let memberships = row.memberships.unwrap_or_else(|| json!([]));
            data.insert(USER.into(), json!(user));
            data.insert(
                PERSON.into(),
                json!({ "user": user, "session": row.id, "second": data.contains_key("second"), "name": name,
                        "picture": row.picture, "roles": row.roles, "memberships": memberships, "behalf": row.behalf,
                        "bears": data.contains_key(BEHALF), "risen": row.risen }),
            );
        }
        let expiry_date = OffsetDateTime::from_unix_timestamp(row.expires.to_jiff().as_second())
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        sqlx::query!("DELETE FROM sessions WHERE id_hash = $1", hash(id))
            .execute(&self.ctx.pool)
            .await
            .map_err(backend)?;
        Ok(())
    }
}

fn hash(id: &Id) -> Vec<u8> {
    Sha256::digest(id.0.to_be_bytes()).to_vec()
}

/// The person's id goes into a column of its own; what was only brought along is dropped.
fn split(record: &Record) -> (Option<Uuid>, Value) {
    let user = record.data.get(USER).and_then(|value| serde_json::from_value(value.clone()).ok());
    let rest: Map<String, Value> = record
        .data
        .iter()
        .filter(|(key, _)| !matches!(key.as_str(), USER | PERSON | ROUND))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    (user, Value::Object(rest))
}

fn backend(error: sqlx::Error) -> Error {
    Error::Backend(error.to_string())
}
