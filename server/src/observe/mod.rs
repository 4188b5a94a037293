//! What operators see: structured logs with request ids, and whether the process is well.
//!
//! Logs hold no personal data and no secrets: no bodies, no queries, no addresses, and of paths
//! only the template of the route (`/bookings/{reference}`). Lines of refusals name the person by id
//! and the address by a keyed hash, so that they can be followed up.

mod health;
mod logs;
mod metrics;
mod request;

pub use health::{Health, routes as health_routes};
pub use logs::begin as begin_logs;
pub use metrics::{Metrics, Waiting, hash as token_hash, routes as metrics_routes};
pub use request::observe;
