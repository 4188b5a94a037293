//! Calendars that leave the house and come into it: secret addresses people subscribe to, and calendars kept elsewhere
//! whose busy time is taken here. Of those nothing is kept but when somebody is busy.

mod feeds;
mod read;
pub mod reading;
mod sources;
mod stale;
mod store;

pub use feeds::{Feed, FeedKind, NewFeed, Published, feeds, make_feed, read_feed, revoke_feed};
pub use read::{EVERY, TASK_READ, enqueue_due, read_source};
pub use sources::{
    Health, LONGEST_NAME, MOST_SOURCES, Source, Sources, add_source, forget_sources_of, reason_in_words, remove_source,
    sources,
};
pub use stale::stale_sources;
