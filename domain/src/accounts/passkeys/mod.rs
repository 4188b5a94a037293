//! Passkeys (W3C Web Authentication, level 3): keys in people's devices that sign a challenge of ours. One opens an account by
//! itself, because the device asks its owner for a finger, a face or a PIN first; after the password it is the second step.
//!
//! The ceremony is pure computation: the browser carries it, `webauthn-rs` makes the challenge and checks the answer. A challenge
//! is kept here, sealed, until its first answer, right or wrong.

mod add;
mod ceremony;
mod keep;
mod relying_party;
mod show;

pub use add::{Added, add, start_adding};
pub use ceremony::Challenge;
pub(in crate::accounts) use ceremony::Kind;
pub use keep::{find, list, remove, rename};
pub use relying_party::origin;
pub(in crate::accounts) use show::{Shown, Used};
pub use show::{log_in, second_step, start_log_in, start_second_step};

use crate::kernel::{PasskeyId, UserId};
use jiff::Timestamp;

/// The most a person may have.
pub const MOST: usize = 20;

/// A passkey, as its owner sees it.
#[derive(Clone, Debug)]
pub struct Passkey {
    /// Which one.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// Since when it opens the account.
    pub added: Timestamp,
    /// When it last did.
    pub last_used: Option<Timestamp>,
}

/// What credentials are sealed for: one sealed for somebody else does not open.
pub(super) fn purpose(user: UserId) -> String {
    format!("passkey {}", user.0)
}
