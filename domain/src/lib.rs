//! What a marketplace knows: its words, rules and statements. No pages, no HTTP.
//!
//! The subjects, in the order in which they may use each other (later ones use earlier ones, through
//! public functions, never through each other's tables):
//!
//! `kernel` ← `pictures` ← `notifications` ← `accounts` ← `catalog` ← `availability` ← `bookings` ← `calendars` ← `onboarding` ← `team` ← `reviews` ← `audit` ← `jobs`
//!
//! Without features only types and pure rules are compiled: the browser uses those too. With `postgres`
//! come the use cases. With `testing` comes a world to test in.

pub mod accounts;
#[cfg(feature = "postgres")]
pub mod audit;
pub mod availability;
pub mod bookings;
#[cfg(feature = "postgres")]
pub mod calendars;
pub mod catalog;
#[cfg(feature = "postgres")]
pub mod jobs;
pub mod kernel;
#[cfg(feature = "postgres")]
pub mod notifications;
pub mod onboarding;
pub mod pictures;
pub mod reviews;
pub mod team;

#[cfg(feature = "testing")]
pub mod testing;
