//! Showing that a telephone number is one's own: six digits go there, and come back within ten minutes.
//!
//! What is kept is a keyed hash that belongs to the person and the number. A code works once, for five tries, and only
//! as long as no newer one was asked for. Codes cost money and bother people, so they have budgets.

mod ask;
mod budgets;
mod calling_code;
mod confirm;

pub use ask::{ask_for_code, phone};
pub use confirm::confirm_phone;

pub(super) use budgets::forget as forget_budgets;

use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Context, Error, Tx, UserId};
use jiff::Timestamp;
use serde_json::{Value, json};

/// How often a code may be tried.
pub const CODE_TRIES: u32 = 5;
/// How long a code works, in minutes.
pub const CODE_MINUTES: i64 = 10;

/// How things stand with a person's number.
#[derive(Clone, Debug)]
pub struct Phone {
    /// The number, as it stands in the details.
    pub number: Option<String>,
    /// Since when it is proved.
    pub confirmed: Option<Timestamp>,
    /// The code on its way to it, as long as it works.
    pub code: Option<SentCode>,
}

/// A code that was sent.
#[derive(Clone, Debug)]
pub struct SentCode {
    /// Until when it works.
    pub expires: Timestamp,
    /// Tries that are left.
    pub tries_left: u32,
}

/// What is stored of a code: without the installation's key nobody finds it by trying a million.
fn hash(ctx: &Context, user: UserId, number: &str, code: &str) -> Result<[u8; 32], Error> {
    ctx.sealer.hash("phone code", &[user.0.as_bytes(), number.as_bytes(), code.as_bytes()])
}

fn note(tx: &mut Tx, user: UserId, action: &'static str, detail: Value, number: &str) {
    tx.audit(AuditEntry {
        action,
        object_kind: "user",
        object_id: user.0,
        capacity: "customer",
        detail,
        personal: json!({ "phone": number }),
    });
}
