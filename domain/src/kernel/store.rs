//! The kernel's own statements.

use super::outbox::{AuditEntry, Event, Job};
use super::{Actor, Error};
use serde_json::json;
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
    sqlx::query!(
        "SELECT record_effects($1, $2, $3, $4)",
        who,
        json!(events),
        json!(jobs),
        json!(audit)
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// An event that waits for its consumers.
pub(super) struct PendingEvent {
    pub id: i64,
    pub kind: String,
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
