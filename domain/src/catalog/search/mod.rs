//! Finding services: by words (typing mistakes mended), category, place, price, rating and free day.

#[cfg(feature = "postgres")]
mod find;
mod position;
mod query;
mod results;
mod sought;
#[cfg(feature = "postgres")]
mod suggest;

pub use position::Position;
pub use query::{SearchQuery, Sort, WIDEST_KM};
pub use results::{Facets, Filter, Hit, Loosened, Nearest, Results, Total};
pub use sought::KnownPlace;

#[cfg(feature = "postgres")]
pub use find::search;
#[cfg(feature = "postgres")]
pub use suggest::{Offered, Suggestion, suggest};
#[cfg(feature = "postgres")]
pub(super) use position::{cosine_of_km, degrees_of_km};
#[cfg(feature = "postgres")]
pub(super) use sought::{Branch, Lookup, NEAREST_KM, RARE, Sought, USUAL_KM, Word};
