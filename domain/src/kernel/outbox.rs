//! What a transaction leaves behind beside its rows: audit entries, events, jobs.
//! All three are written by [`super::write()`] in the same transaction as the change.

use super::{Context, Error, store};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

/// One line of the marketplace's history. Personal details go into `personal` only: the chain
/// holds a salted commitment to them, so a person can be erased and the chain still verifies.
#[derive(Clone, Debug, Serialize)]
pub struct AuditEntry {
    /// What happened, as `subject.verb`: `booking.accepted`.
    pub action: &'static str,
    /// Kind of the thing it happened to.
    pub object_kind: &'static str,
    /// Which one.
    pub object_id: Uuid,
    /// In which capacity the actor acted: a role's name.
    pub capacity: &'static str,
    /// Facts without personal details: states, amounts, times.
    pub detail: Value,
    /// Words people typed: reasons, notes.
    pub personal: Value,
}

/// Something others may react to after the commit.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// What happened: `reservations.changed`.
    pub kind: &'static str,
    /// Which thing it happened to.
    pub object_id: Uuid,
    /// Ids only.
    pub payload: Value,
}

/// Work for later, run at least once.
#[derive(Clone, Debug, Serialize)]
pub struct Job {
    /// The task's name in the registry of jobs.
    pub task: &'static str,
    /// Ids only.
    pub payload: Value,
    /// Not before.
    pub run_at: Timestamp,
}

/// Events taken from the outbox. Dropping it without [`Batch::done`] gives them back.
pub struct Batch {
    transaction: sqlx::Transaction<'static, sqlx::Postgres>,
    events: Vec<store::PendingEvent>,
}

/// Takes the oldest waiting events; other takers skip them meanwhile.
///
/// # Errors
/// The database is away.
pub async fn take(ctx: &Context, limit: i64) -> Result<Batch, Error> {
    let mut transaction = ctx.pool.begin().await?;
    let events = store::take_events(&mut transaction, limit).await?;
    Ok(Batch { transaction, events })
}

impl Batch {
    /// What happened, oldest first.
    #[must_use]
    pub fn events(&self) -> &[store::PendingEvent] {
        &self.events
    }

    /// Marks all of them as handled. Returns how many.
    ///
    /// # Errors
    /// The database is away.
    pub async fn done(mut self, ctx: &Context) -> Result<usize, Error> {
        if !self.events.is_empty() {
            store::finish_events(&mut self.transaction, &self.events, ctx.clock.now()).await?;
        }
        self.transaction.commit().await?;
        Ok(self.events.len())
    }
}

/// Forgets events that were handled more than a week ago; what happened stays in the history. Returns how many.
///
/// # Errors
/// The database is away.
pub async fn forget(ctx: &Context) -> Result<u64, Error> {
    let before = ctx.clock.now().checked_sub(jiff::SignedDuration::from_hours(7 * 24)).map_err(Error::internal)?;
    store::forget_events(&ctx.pool, before).await
}
