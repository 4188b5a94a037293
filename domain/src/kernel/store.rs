//! The kernel's own statements.

use super::behalf::Behalf;
use super::outbox::{AuditEntry, Event, Job};
use super::{Actor, Error};
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

/// Writes what a transaction leaves behind, in one statement. The audit entries come last: they take the
/// lock on the head of the chain, which is held only until the commit that follows at once.
pub(super) async fn record(
    conn: &mut PgConnection,
    actor: &Actor,
    at: jiff::Timestamp,
    (audit, events, jobs): (&[AuditEntry], &[Event], &[Job]),
) -> Result<(), Error> {
    let who = json!({
        "user": actor.user,
        "address": actor.address,
        "request": actor.request,
        "at": at,
    });
    let audit: Value = match &actor.behalf {
        None => json!(audit),
        Some(behalf) => audit.iter().map(|entry| both(entry, behalf)).collect(),
    };
    sqlx::query!("SELECT record_effects($1, $2, $3, $4)", who, json!(events), json!(jobs), audit).execute(conn).await?;
    Ok(())
}

/// An entry that names the operator beside the person. The reason is about the person, so it can be forgotten.
fn both(entry: &AuditEntry, behalf: &Behalf) -> Value {
    let with = |facts: &Value, more: Value| {
        let mut facts = facts.as_object().cloned().unwrap_or_default();
        facts.insert("on_behalf".to_owned(), more);
        Value::Object(facts)
    };
    json!(AuditEntry {
        detail: with(&entry.detail, json!({ "operator": behalf.operator, "act": behalf.id })),
        personal: with(&entry.personal, json!({ "reason": behalf.reason })),
        ..entry.clone()
    })
}

/// An event that waits for its consumers.
#[derive(Clone, Debug)]
pub struct PendingEvent {
    pub(super) id: i64,
    /// What happened.
    pub kind: String,
    /// Which thing it happened to.
    pub object_id: Uuid,
}

/// Takes the oldest unhandled events; other relays skip them until this transaction ends.
pub(super) async fn take_events(conn: &mut PgConnection, limit: i64) -> Result<Vec<PendingEvent>, Error> {
    Ok(sqlx::query_as!(
        PendingEvent,
        "SELECT id, kind, object_id FROM outbox WHERE handled_at IS NULL ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED",
        limit
    )
    .fetch_all(conn)
    .await?)
}

/// Marks events as handled.
pub(super) async fn finish_events(
    conn: &mut PgConnection,
    events: &[PendingEvent],
    now: jiff::Timestamp,
) -> Result<(), Error> {
    let ids: Vec<i64> = events.iter().map(|event| event.id).collect();
    sqlx::query!("UPDATE outbox SET handled_at = $2 WHERE id = ANY($1)", &ids, jiff_sqlx::ToSqlx::to_sqlx(now) as _)
        .execute(conn)
        .await?;
    Ok(())
}

/// Deletes what was handled before an instant.
pub(super) async fn forget_events(db: impl sqlx::PgExecutor<'_>, before: jiff::Timestamp) -> Result<u64, Error> {
    let done = sqlx::query!("DELETE FROM outbox WHERE handled_at < $1", jiff_sqlx::ToSqlx::to_sqlx(before) as _)
        .execute(db)
        .await?;
    Ok(done.rows_affected())
}
