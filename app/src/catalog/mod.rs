//! The public pages of the catalogue.

mod absence;
pub mod blocking;
pub(crate) mod cards;
pub mod changes;
pub mod favorites;
pub mod home;
mod home_parts;
mod json_ld;
mod markdown;
pub(crate) mod on_request;
pub mod preview;
pub mod provider_page;
mod questions_part;
pub mod ranking;
pub mod results;
mod reviews_part;
mod search_form;
pub mod service_page;
mod service_parts;
pub mod sitemap;
pub mod suggestions;
mod surcharges_part;
