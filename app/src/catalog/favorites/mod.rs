//! `/favorites`: services and searches people keep, and the hearts that lead there.

mod heart;
mod list;
pub mod searches;
pub mod stop;
mod wish;

pub(in crate::catalog) use heart::{button, hearts, large, mark};
pub use heart::{keep, let_go};
pub use list::show;
pub use wish::grant;
