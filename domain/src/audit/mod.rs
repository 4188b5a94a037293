//! The history of everything: reading it, proving that nobody rewrote it, and forgetting people without breaking it.
//!
//! It is written by [`crate::kernel::write()`]; here it is followed from its first entry to its last with the hash of
//! each (`verify`), its end is signed every day and published (`sign_head`), and people who may look into it do
//! (`search`, `export`). `docs/audit.md` tells others how to check all of it without this program.

mod broken;
mod chain;
mod erase;
mod export;
mod filter;
mod head;
mod published;
mod search;
mod sign;
mod store;
mod verify;
mod views;

pub use broken::{Broken, Place, Verdict, Whole};
pub use erase::erase_person;
pub use export::{Export, export};
pub use filter::Filter;
pub use head::Head;
pub use published::{HeadsFile, Standing, heads_file, standing};
pub use search::search;
pub use sign::sign_head;
pub use verify::{Trust, verify, verify_on};
pub use views::{Entry, Personal};

/// The action of the entry that says that a head was signed.
pub const HEAD_SIGNED: &str = "audit.head_signed";
