//! `/verify`: what everybody may check without trusting us.

mod by_hand;
mod heads_file;
mod page;

pub use heads_file::file;
pub use page::show;
