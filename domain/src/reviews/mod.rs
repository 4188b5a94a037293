//! What customers say of work that is done. Averages and counts follow in the same transaction.

mod review;

#[cfg(feature = "postgres")]
mod store;
#[cfg(feature = "postgres")]
mod write;

pub use review::NewReview;

#[cfg(feature = "postgres")]
pub use write::write;
