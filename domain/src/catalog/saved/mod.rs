//! Searches people keep, and the letters that tell them of new services.

mod alert;
mod dated;
mod keep;
mod letter;
mod stop;

pub use alert::alert_due;
pub(in crate::catalog) use dated::passed;
pub use dated::redate_search;
pub(in crate::catalog) use keep::read;
pub use keep::{
    LONGEST_NAME, MOST_SEARCHES, SavedSearch, remove_search, rename_search, save_search, saved_searches, set_alert,
};
pub use stop::stop_alerts;
