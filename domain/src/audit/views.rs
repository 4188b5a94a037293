//! An entry of the history as people read it.

use crate::kernel::UserId;
use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

/// One entry.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its number in the chain.
    pub seq: i64,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it; nobody for the marketplace itself.
    pub actor: Option<UserId>,
    /// Their name, as long as they have an account.
    pub actor_name: Option<String>,
    /// The operator who did it in the actor's place, with their name as long as they have an account.
    pub on_behalf: Option<(UserId, Option<String>)>,
    /// In which capacity: a role's name.
    pub capacity: String,
    /// What happened: `booking.accepted`.
    pub action: String,
    /// Kind of the thing it happened to.
    pub object_kind: String,
    /// Which one.
    pub object: Uuid,
    /// Facts without personal details.
    pub detail: Value,
    /// The request it came with.
    pub request: Option<Uuid>,
    /// Address and words; nothing once they were forgotten.
    pub personal: Option<Personal>,
    /// The hash that the next entry carries.
    pub hash: [u8; 32],
}

/// What can be forgotten of an entry.
#[derive(Clone, Debug, Default)]
pub struct Personal {
    /// Where the request came from.
    pub address: Option<String>,
    /// Words people typed: reasons, notes. Null when there were none.
    pub words: Value,
}
