//! Statements about teams.

pub(super) mod invitations;
pub(super) mod members;
