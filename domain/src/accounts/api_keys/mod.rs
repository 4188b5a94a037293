//! Keys for programs that act for a person: named, limited to scopes, shown once, revocable. A key never carries an
//! operator's role, and dies with its person's account, at a suspension, and when a forgotten password is replaced.

mod authenticate;
mod keep;
mod make;
mod secret;

pub use authenticate::authenticate;
pub use keep::{api_key, api_keys, revoke_key};
pub use make::{LIFETIMES, MOST_KEYS, NewKey, TypedKey, make_key};
pub use secret::well_formed;

pub(super) use keep::forget_dead;

use crate::kernel::outbox::AuditEntry;
use crate::kernel::{ApiKeyId, Scope, Tx};
use jiff::Timestamp;
use serde_json::{Value, json};

/// A key, as its owner sees it: what it opens with is not among it.
#[derive(Clone, Debug)]
pub struct ApiKey {
    /// Which one.
    pub id: ApiKeyId,
    /// What the owner calls it.
    pub name: String,
    /// How it begins.
    pub prefix: String,
    /// What it is good for.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub made: Timestamp,
    /// When it was last used, to the minute.
    pub last_used: Option<Timestamp>,
    /// When it ends by itself.
    pub expires: Option<Timestamp>,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
}

impl ApiKey {
    /// Whether it opens anything at an instant.
    #[must_use]
    pub fn works(&self, now: Timestamp) -> bool {
        self.revoked.is_none() && self.expires.is_none_or(|expires| expires > now)
    }
}

fn note(tx: &mut Tx, key: ApiKeyId, action: &'static str, detail: Value, name: &str) {
    tx.audit(AuditEntry {
        action,
        object_kind: "api_key",
        object_id: key.0,
        capacity: "customer",
        detail,
        personal: json!({ "name": name }),
    });
}
