//! What we tell people outside of the site: letters by email, short messages by SMS.
//!
//! Writing is part of a change: [`email()`] and [`sms()`] put a row and a job into its transaction. Sending is the job:
//! it hands the row to the post ([`crate::kernel::post`]) with no transaction open, and records what came of it. Words and
//! addresses are kept no longer than they are needed: bodies may hold secret links.

mod address;
mod html;
mod letter;
mod queries;
mod send;
mod store;
mod views;
mod write;

pub use address::international;
pub use letter::{Letter, one_line};
pub use queries::{find, forget, list};
pub use send::{TASK_SEND, send};
pub use views::{Channel, MessageRow, MessageView, Outcome};
pub use write::{Enclosed, LONGEST_SMS, circular, email, email_with, sms};
