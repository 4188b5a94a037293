//! The second factor: codes of an authenticator app (RFC 6238), passkeys (`accounts/passkeys`), and recovery codes for the day the
//! phone is lost.

mod codes;
mod enrol;
mod reseal;
mod show;

pub use super::store::factors::InForce;
pub(super) use codes::digits;
pub use enrol::{Offer, confirm, new_recovery_codes, offer, remove};
pub(super) use enrol::{confirm_password, enrol_for_demo, new_codes};
pub(super) use reseal::reseal;
pub(super) use show::{Step, step};
pub use show::{demo_code, in_force, show};
