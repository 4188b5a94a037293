//! The public pages of the catalogue.
//
// DIVISION OF WORK (00:11, from the lead, to shorten the path; remove this note when both are done):
// - engineer of the search: `/services`, `/categories/{slug}`, `/services/suggest`, search_box island, domain search.
// - a second engineer writes: `/` (home), `/services/{slug}`, `/providers/{slug}`, `/sitemap.xml`, `/robots.txt`, with
//   their domain reads in domain/src/catalog/{showcase,provider_page,home,sitemap}.rs and store/ files of the same names.

mod cards;
pub mod home;
mod home_parts;
mod json_ld;
pub mod provider_page;
pub mod results;
mod reviews_part;
mod search_form;
pub mod service_page;
mod service_parts;
pub mod sitemap;
pub mod suggestions;
