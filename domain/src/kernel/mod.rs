//! The words under all subjects: ids, money, time, who acts, what went wrong, paging, and the one
//! way to write. Nothing here knows what a booking is.

pub mod actor;
pub mod behalf;
pub mod countries;
pub mod email;
pub mod error;
pub mod ids;
pub mod money;
pub mod page;
pub mod policy;
pub mod reference;
pub mod scope;
pub mod time;
pub mod words;

#[cfg(feature = "postgres")]
pub mod chance;
#[cfg(feature = "postgres")]
pub mod clock;
#[cfg(feature = "postgres")]
pub mod constraint;
#[cfg(feature = "postgres")]
pub mod context;
#[cfg(feature = "postgres")]
pub mod fetch;
#[cfg(feature = "postgres")]
pub mod geocoder;
#[cfg(feature = "postgres")]
pub mod outbox;
#[cfg(feature = "postgres")]
pub mod passwords;
#[cfg(feature = "postgres")]
pub mod post;
#[cfg(feature = "postgres")]
pub mod sealing;
#[cfg(feature = "postgres")]
pub mod signer;
#[cfg(feature = "postgres")]
mod store;
#[cfg(feature = "postgres")]
pub mod workshop;
#[cfg(feature = "postgres")]
pub mod write;

pub use actor::{Actor, Membership, Role};
pub use behalf::Behalf;
pub use email::Email;
pub use error::{Error, FieldErrors, Overtaken};
pub use ids::*;
pub use money::{Currency, Money};
pub use policy::{Action, Object, can};
pub use scope::Scope;
pub use time::{TimeRange, Zone};

#[cfg(feature = "postgres")]
pub use chance::Chance;
#[cfg(feature = "postgres")]
pub use clock::Clock;
#[cfg(feature = "postgres")]
pub use context::Context;
#[cfg(feature = "postgres")]
pub use sealing::Sealer;
#[cfg(feature = "postgres")]
pub use signer::{PublicKey, Signer};
#[cfg(feature = "postgres")]
pub use workshop::Workshop;
#[cfg(feature = "postgres")]
pub use write::{Tx, WriteError, write};
