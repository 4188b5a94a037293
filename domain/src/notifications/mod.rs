//! What we tell people outside of the site: letters by email, short messages by SMS.
//!
//! Writing is part of a change: [`email()`] and [`sms()`] put a row into its transaction. Sending looks for rows that are
//! due ([`send_due`]), hands them to the post ([`crate::kernel::post`]) with no transaction open, and records what came of
//! them. Words and addresses are kept no longer than they are needed: bodies may hold secret links.

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
pub use send::send_due;
pub use views::{Channel, MessageRow, MessageView, Outcome};
pub use write::{Enclosed, LONGEST_SMS, circular, email, email_with, sms};
