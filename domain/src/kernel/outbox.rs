//! What a transaction leaves behind beside its rows: audit entries, events, jobs.
//! All three are written by [`super::write()`] in the same transaction as the change.

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
