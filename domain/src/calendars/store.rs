//! The statements of calendars.

pub(super) mod feeds;
pub(super) mod sources;
pub(super) mod stale;
