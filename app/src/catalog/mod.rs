//! The public pages of the catalogue.
//
// DIVISION OF WORK (00:11, from the lead, to shorten the path; remove this note when both are done):
// - engineer of the search: `/services`, `/categories/{slug}`, `/services/suggest`, search_box island, domain search.
// - a second engineer writes: `/` (home), `/services/{slug}`, `/providers/{slug}`, `/sitemap.xml`, `/robots.txt`, with
//   their domain reads in domain/src/catalog/{showcase,provider_page,home,sitemap}.rs and store/ files of the same names.
