//! What is on offer, and by whom: categories, services with their prices, providers, and search.

mod absence;
mod area;
mod bookable;
mod category;
mod category_field;
pub mod completeness;
pub mod listing;
mod own_place;
mod picture;
mod postal_code;
mod priced;
pub mod questions;
pub mod quote;
mod shelves;
pub mod surcharges;
mod travel;
pub mod unit;
mod words;

#[cfg(feature = "postgres")]
mod blocking;
#[cfg(feature = "postgres")]
pub mod categories;
#[cfg(feature = "postgres")]
mod change_business;
#[cfg(feature = "postgres")]
mod counts;
#[cfg(feature = "postgres")]
mod favorites;
#[cfg(feature = "postgres")]
mod gazetteer;
#[cfg(feature = "postgres")]
mod home;
#[cfg(feature = "postgres")]
mod import_places;
#[cfg(feature = "postgres")]
mod open_business;
#[cfg(feature = "postgres")]
pub mod profile;
#[cfg(feature = "postgres")]
mod provider_page;
#[cfg(feature = "postgres")]
mod published;
#[cfg(feature = "postgres")]
pub mod saved;
#[cfg(feature = "postgres")]
pub mod search;
#[cfg(feature = "postgres")]
mod showcase;
#[cfg(feature = "postgres")]
mod sitemap;
#[cfg(feature = "postgres")]
mod store;
#[cfg(feature = "postgres")]
mod unmet;
#[cfg(feature = "postgres")]
mod way;

pub use absence::Absence;
pub use area::{OutOfArea, Reach};
pub use bookable::{Bookable, BookableMember, ServiceKey};
pub use category::{Category, path_to};
pub use category_field::{CategoryField, FieldKind};
pub use own_place::{At, MOST_OWN_PLACES, OwnPlace};
pub use picture::{PICTURE_WIDTHS, ServicePicture};
pub use postal_code::plain_code;
pub use priced::{Extra, HOURLY_STEP_MIN, LONGEST_VISIT_MIN, Package, Priced};
pub use questions::{Asked, Question};
pub use quote::{Choice, Line, Quote, quote, quote_at};
pub use shelves::{Shelf, Shelves};
pub use surcharges::Surcharges;
pub use travel::{Band, Base, Known, MOST_BANDS, Travel, Way, km_between};
pub use unit::Unit;
pub use words::{AnswerKind, BookingMode, CancellationPolicy, Kind, Place, Pricing, ProviderKind, Status, Tier};

#[cfg(feature = "postgres")]
pub use blocking::{
    Blocked, Pair, Side, apart, block, blocked_by_customer, blocked_by_provider, business_to_block, keep_apart, unblock,
};
#[cfg(feature = "postgres")]
pub use change_business::{NewPlace, move_business, rename_business, renamed_business, set_payout_country};
#[cfg(feature = "postgres")]
pub use counts::{add_rating, count_answer, count_broken, count_completed};
#[cfg(feature = "postgres")]
pub use favorites::{Favorite, MOST_FAVORITES, favorites, keep, let_go};
#[cfg(feature = "postgres")]
pub use gazetteer::{Gazetteer, countries_known, places_like};
#[cfg(feature = "postgres")]
pub use home::{Home, home};
#[cfg(feature = "postgres")]
pub use import_places::{COLUMNS, Imported, PlaceLine, import_places, read_places};
#[cfg(feature = "postgres")]
pub use open_business::{NewBusiness, open_business, owners_of, papers_over, suspend_business};
#[cfg(feature = "postgres")]
pub use provider_page::{Colleague, ProviderPage, provider_page};
#[cfg(feature = "postgres")]
pub use published::{Opinion, PublishedReview, Reviews, ReviewsAsked, WEIGHED};
#[cfg(feature = "postgres")]
pub use showcase::{Behind, Showcase, Shown, showcase};
#[cfg(feature = "postgres")]
pub use sitemap::{LARGEST_PART, Listed, Sitemap, sitemap, sitemap_part};
#[cfg(feature = "postgres")]
pub use store::bookable;
#[cfg(feature = "postgres")]
pub use unmet::{COUNTS_FOR_DAYS, FEWEST, Unmet, count_unmet, forget_unmet, unmet_near};
#[cfg(feature = "postgres")]
pub use way::{Going, going_to, way_to};
