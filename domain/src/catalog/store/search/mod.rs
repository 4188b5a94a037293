//! The statements of search.

mod filters;
mod lookup;
mod order;
mod page;
pub(in crate::catalog) mod ranks;
mod rows;
mod statement;
mod suggest;

pub(in crate::catalog) use lookup::lookup;
pub(in crate::catalog) use page::{Counting, counts, page};
pub(in crate::catalog) use rows::FoundFacet;
pub(in crate::catalog) use suggest::suggest;
