//! Work that is done later: which task does what, and the relay that hands events to their consumers.
//! Everything here may run twice, or too early, without harm.

mod relay;
mod run;

pub use relay::relay;
pub use run::{Swept, TASKS, run, sweep};
