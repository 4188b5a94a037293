//! Statements about sessions, as their owners see them. The store of the edge reads and writes their content.

use crate::accounts::sessions::{Attempt, Device};
use crate::kernel::{Error, UserId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::types::Uuid;
use sqlx::{PgConnection, PgExecutor};
use std::net::IpAddr;

/// A person's open sessions, the latest used first, and the latest attempts to sign in.
pub(in crate::accounts) async fn list(
    db: impl PgExecutor<'_>,
    user: UserId,
    now: Timestamp,
) -> Result<Vec<Device>, Error> {
    let rows = sqlx::query!(
        r#"SELECT id, agent, text(network(set_masklen(address, CASE family(address) WHEN 4 THEN 24 ELSE 48 END))) AS network,
               created AS "created: jiff_sqlx::Timestamp", last_seen AS "last_seen: jiff_sqlx::Timestamp"
           FROM sessions WHERE user_id = $1 AND expires > $2 ORDER BY last_seen DESC, id LIMIT 100"#,
        user.0,
        now.to_sqlx() as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Device {
            id: row.id,
            agent: row.agent.unwrap_or_default(),
            network: row.network,
            since: row.created.to_jiff(),
            last_seen: row.last_seen.to_jiff(),
        })
        .collect())
}

/// Ends one session of a person; says whether there was one.
pub(in crate::accounts) async fn end(conn: &mut PgConnection, user: UserId, session: Uuid) -> Result<bool, Error> {
    let done =
        sqlx::query!("DELETE FROM sessions WHERE user_id = $1 AND id = $2", user.0, session).execute(conn).await?;
    Ok(done.rows_affected() > 0)
}

/// Ends all sessions of a person but one (or all, for `None`), and what is only half begun; says how many.
pub(in crate::accounts) async fn end_all(
    conn: &mut PgConnection,
    user: UserId,
    but: Option<Uuid>,
) -> Result<u64, Error> {
    // First: whoever opens a session meanwhile holds this row, so it is seen below, or finds another round.
    sqlx::query!("UPDATE users SET round = round + 1 WHERE id = $1", user.0).execute(&mut *conn).await?;
    let done = sqlx::query!("DELETE FROM sessions WHERE user_id = $1 AND id IS DISTINCT FROM $2", user.0, but)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}

/// The round a person's sessions are in, and whether the account is suspended. Nobody ends them or suspends the account
/// before this transaction is over.
pub(in crate::accounts) async fn hold_round(
    conn: &mut PgConnection,
    user: UserId,
) -> Result<Option<(i64, bool)>, Error> {
    let row = sqlx::query!(
        r#"SELECT round, suspended_at IS NOT NULL AS "suspended!" FROM users
           WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE"#,
        user.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.round, row.suspended)))
}

/// Adds a line to the history of signing in; for nobody's id the same work is done and nothing is added.
pub(in crate::accounts) async fn note_attempt(
    conn: &mut PgConnection,
    id: Uuid,
    user: UserId,
    now: Timestamp,
    outcome: &str,
    address: IpAddr,
    agent: &str,
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO sign_ins (id, user_id, at, outcome, address, agent) 
         SELECT $1, id, $3, $4, ($5::text)::inet, left($6, 200) FROM users WHERE id = $2",
        id,
        user.0,
        now.to_sqlx() as _,
        outcome,
        address.to_string(),
        agent,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The latest attempts to sign in, and the latest acts of operators for the person among them.
pub(in crate::accounts) async fn attempts(db: impl PgExecutor<'_>, user: UserId) -> Result<Vec<Attempt>, Error> {
    let rows = sqlx::query!(
        r#"SELECT at AS "at!: jiff_sqlx::Timestamp", outcome AS "outcome!", host(address) AS address, agent AS "agent!",
               reason, until AS "until: jiff_sqlx::Timestamp"
           FROM ((SELECT id, at, outcome, address, agent, NULL AS reason, NULL::timestamptz AS until
                  FROM sign_ins WHERE user_id = $1 ORDER BY id DESC LIMIT 30)
                 UNION ALL
                 (SELECT id, started_at, 'behalf', NULL, '', reason, least(ended_at, expires_at)
                  FROM acts_on_behalf WHERE user_id = $1 ORDER BY id DESC LIMIT 30)) AS latest
           ORDER BY at DESC, id DESC LIMIT 30"#,
        user.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Attempt {
            at: row.at.to_jiff(),
            outcome: row.outcome,
            address: row.address,
            agent: row.agent,
            acted: row.reason.zip(row.until.map(jiff_sqlx::Timestamp::to_jiff)),
        })
        .collect())
}
