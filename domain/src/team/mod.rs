//! The people of a business: who works there in which role, with which skills, on which services; how they come and
//! how they go. Somebody may be on the team without a login and be invited later. A business keeps an owner: the
//! database refuses to let the last one go (`members_keep_an_owner`).

mod commands;
mod role;
mod views;

#[cfg(feature = "postgres")]
mod come_and_go;
#[cfg(feature = "postgres")]
mod edit;
#[cfg(feature = "postgres")]
mod find;
#[cfg(feature = "postgres")]
mod invite;
#[cfg(feature = "postgres")]
mod join;
#[cfg(feature = "postgres")]
mod letters;
#[cfg(feature = "postgres")]
mod rights;
#[cfg(feature = "postgres")]
mod store;

pub use commands::{Edit, MOST_SKILLS, TypedEdit};
pub use role::MemberRole;
pub use views::{Colleague, Invited, MemberPage, Offer, Staffed, Team};

#[cfg(feature = "postgres")]
pub use come_and_go::{deactivate, leave, reactivate, remove};
#[cfg(feature = "postgres")]
pub use edit::{EditError, add, change_role, edit};
#[cfg(feature = "postgres")]
pub use find::{member, team};
#[cfg(feature = "postgres")]
pub use invite::{LASTS, TypedInvitation, invite, resend, revoke};
#[cfg(feature = "postgres")]
pub use join::{accept, offer};
