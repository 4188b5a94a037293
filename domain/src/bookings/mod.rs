//! Bookings: the agreement between a customer and a provider, from the hold during checkout to the
//! confirmation that the work is done. What may happen when, and by whom, is one table ([`life`]); pages,
//! the API, clocks and tests all read it.

pub mod calendar_file;
mod commands;
pub mod life;
mod shown;
mod views;

#[cfg(feature = "postgres")]
mod advance;
#[cfg(feature = "postgres")]
mod ahead;
#[cfg(feature = "postgres")]
mod answer;
#[cfg(feature = "postgres")]
mod appointments;
#[cfg(feature = "postgres")]
mod ask_again;
#[cfg(feature = "postgres")]
mod book;
#[cfg(feature = "postgres")]
mod completed;
#[cfg(feature = "postgres")]
mod lapse;
#[cfg(feature = "postgres")]
mod letters;
#[cfg(feature = "postgres")]
mod move_to;
#[cfg(feature = "postgres")]
mod offered;
#[cfg(feature = "postgres")]
mod open_to;
#[cfg(feature = "postgres")]
mod portal;
#[cfg(feature = "postgres")]
mod price;
#[cfg(feature = "postgres")]
mod queries;
#[cfg(feature = "postgres")]
mod reassign;
#[cfg(feature = "postgres")]
mod reschedule;
#[cfg(feature = "postgres")]
mod store;
#[cfg(feature = "postgres")]
mod tell;

pub use commands::{Address, Book, BookError, Reassign, ReassignError, Reschedule, RescheduleError, Words};
pub use life::{Capacity, Event, Move, State};
pub use shown::{Detail, sees};
pub use views::{BookingView, CalendarEntry, HistoryEntry, ListFilter, ListRow};

#[cfg(feature = "postgres")]
pub use advance::advance;
#[cfg(feature = "postgres")]
pub use ahead::{Ahead, ahead_of};
#[cfg(feature = "postgres")]
pub use answer::{answer, answer_field};
#[cfg(feature = "postgres")]
pub use appointments::{appointments_of_customer, appointments_of_worker};
#[cfg(feature = "postgres")]
pub use ask_again::ask_again_due;
#[cfg(feature = "postgres")]
pub use book::{book, rules_for};
#[cfg(feature = "postgres")]
pub use completed::{Completed, completed};
#[cfg(feature = "postgres")]
pub use lapse::{lapse, lapse_overdue};
#[cfg(feature = "postgres")]
pub use move_to::{MoveTo, move_to, new_times};
#[cfg(feature = "postgres")]
pub use offered::{Offered, offered, offered_by};
#[cfg(feature = "postgres")]
pub use open_to::is_open_to;
#[cfg(feature = "postgres")]
pub use portal::{Business, Portal, Task, Wait, portal};
#[cfg(feature = "postgres")]
pub use price::quote_for;
#[cfg(feature = "postgres")]
pub use queries::{calendar, find, list_of_customer, list_of_provider};
#[cfg(feature = "postgres")]
pub use reassign::{Givable, Other, givable, reassign};
#[cfg(feature = "postgres")]
pub use reschedule::{Movable, movable, reschedule};
