//! The one form mechanism. Every form works without scripts: a success answers 303, a failure shows the
//! page again with 422, a message beside each field, a linked summary, and everything that was typed.

mod reading;
mod state;

pub use reading::{Form, Upload};
pub use state::FormState;
