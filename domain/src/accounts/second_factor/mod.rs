//! The second factor: codes of an authenticator app (RFC 6238), and recovery codes for the day the phone is lost.

mod codes;
mod enrol;
mod reseal;
mod show;

pub(super) use codes::digits;
pub(super) use enrol::enrol_for_demo;
pub use enrol::{Offer, confirm, new_recovery_codes, offer, remove};
pub(super) use reseal::reseal;
pub use show::{demo_code, show};
