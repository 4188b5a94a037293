//! When people can be booked. Hours are civil times with a zone, taken time is rows of one table, and
//! open slots are one pure function of the two. One function writes taken time, whoever asks: the web,
//! the back office, imports. The database has the last word: its exclusion constraint refuses overlaps.

pub mod calendar;
pub mod civil;
pub mod slots;
pub mod why;

#[cfg(feature = "postgres")]
mod ask_why;
#[cfg(feature = "postgres")]
mod blocks;
#[cfg(feature = "postgres")]
mod change;
#[cfg(feature = "postgres")]
mod elsewhere;
#[cfg(feature = "postgres")]
pub mod holidays;
#[cfg(feature = "postgres")]
mod keeping;
#[cfg(feature = "postgres")]
mod openings;
#[cfg(feature = "postgres")]
mod places;
#[cfg(feature = "postgres")]
mod reserve;
#[cfg(feature = "postgres")]
mod store;
#[cfg(feature = "postgres")]
mod times;
#[cfg(feature = "postgres")]
mod usual_hours;
#[cfg(feature = "postgres")]
pub mod vectors;
#[cfg(feature = "postgres")]
mod week;

pub use calendar::{Calendar, Closure, Exception, Limits, Period};
pub use slots::{Rules, Slot, Taken, open_slots};

#[cfg(feature = "postgres")]
pub use ask_why::{Answer, AskedService, Questions, answer, questions};
#[cfg(feature = "postgres")]
pub use blocks::{Block, block, blocks_of, move_block, unblock};
#[cfg(feature = "postgres")]
pub use change::{
    Change, Foreseen, MOST_DATES, Outcome, Outside, agreement, change, dates_between, foresee, travel_version,
};
#[cfg(feature = "postgres")]
pub use elsewhere::Imported;
#[cfg(feature = "postgres")]
pub use keeping::{AwayNote, Dated, Keeping, Kept, keeping, seal};
#[cfg(feature = "postgres")]
pub use openings::{refresh_members, refresh_services, refresh_stale};
#[cfg(feature = "postgres")]
pub use places::{PlaceText, TypedPlace, locate_place, place_version};
#[cfg(feature = "postgres")]
pub use reserve::{Claim, State, forget_import, import, lock_members, promote, release, reserve, reserve_all};
#[cfg(feature = "postgres")]
pub use times::{Away, MemberTimes, OpenDay, OpenTime, Teammate, Timetable, open_days, teammates, timetable};
#[cfg(feature = "postgres")]
pub use usual_hours::give_usual_hours;
#[cfg(feature = "postgres")]
pub use week::{MemberWeek, Team, week_of};
