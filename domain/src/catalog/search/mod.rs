//! Finding services: by words (typing mistakes mended), category and its fields, place, price, rating and free day.

mod find;
mod position;
mod query;
mod rank;
pub mod ranking;
mod results;
mod sought;
mod suggest;

pub(super) use find::fresh;
pub use find::{search, search_for};
pub use position::Position;
pub use query::{SearchQuery, Sort, WIDEST_KM};
pub use rank::rank_due;
pub use ranking::{Facts, Part, Standing};
pub use results::{Facets, Filter, Found, Hit, Loosened, Nearest, Results, SearchField, Total};
pub use sought::KnownPlace;
pub use suggest::{Offered, Suggestion, suggest};

pub(super) use position::{EARTH_KM, cosine_of_km, degrees_of_km};
pub(super) use sought::{Branch, FEW, Lookup, NEAREST_KM, Sought, Text, USUAL_KM, Word};
