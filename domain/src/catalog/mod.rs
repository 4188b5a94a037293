//! What is on offer, and by whom: categories, services with their prices, providers, and search.

mod bookable;
mod category;
mod picture;
mod priced;
pub mod quote;
pub mod search;
mod words;

#[cfg(feature = "postgres")]
mod counts;
#[cfg(feature = "postgres")]
mod store;

pub use bookable::{Bookable, BookableMember, ServiceKey};
pub use category::{Category, path_to};
pub use picture::{PICTURE_WIDTHS, ServicePicture};
pub use priced::{Extra, HOURLY_STEP_MIN, LONGEST_VISIT_MIN, Package, Priced};
pub use quote::{Choice, Line, Quote, quote};
pub use words::{
    BookingMode, CancellationPolicy, Kind, Place, Pricing, ProviderKind, Status, Tier,
};

#[cfg(feature = "postgres")]
pub use counts::{add_rating, count_completed};
#[cfg(feature = "postgres")]
pub use store::bookable;
