//! Finding services: by words (typing mistakes mended), category, place, price, rating and free day.

mod find;
mod position;
mod query;
mod results;
mod sought;
mod suggest;

pub use find::search;
pub use position::Position;
pub use query::{SearchQuery, Sort, WIDEST_KM};
pub use results::{Facets, Filter, Hit, Loosened, Nearest, Results, Total};
pub use sought::KnownPlace;
pub use suggest::{Offered, Suggestion, suggest};

pub(super) use position::{cosine_of_km, degrees_of_km};
pub(super) use sought::{Branch, FEW, Lookup, NEAREST_KM, Sought, Text, USUAL_KM, Word};
