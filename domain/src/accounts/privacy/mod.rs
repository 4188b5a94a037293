//! What the law and decency ask: a copy of everything about oneself, and being forgotten.

mod copy;
mod forget;

pub use copy::{Export, TASK_EXPORT, ask_for_copy, copies, download, forget_copies, make_copy};
pub use forget::{delete_account, open_bookings};
