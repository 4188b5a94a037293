//! The statements of onboarding.

pub(super) mod applications;
pub(super) mod businesses;
pub(super) mod changes;
pub(super) mod decisions;
pub(super) mod expiring;
pub(super) mod papers;
pub(super) mod queue;
