//! The way to calendars kept elsewhere. People type the addresses, so whoever stands behind this trait goes nowhere
//! but to public machines: see the server's `adapters/calendars`.

use async_trait::async_trait;
use std::fmt;

/// Why a calendar could not be had. Told to the person whose calendar it is, so it says nothing about our own network:
/// an address that is refused looks the same whatever stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfetched {
    /// Not an address of a public machine, or not one we go to.
    #[error("address")]
    Address,
    /// There is nobody of that name, or nobody answers.
    #[error("unreachable")]
    Unreachable,
    /// It took too long.
    #[error("slow")]
    TooSlow,
    /// The answer was another than "here it is"; the status is below 1000.
    #[error("status {0}")]
    Status(u16),
    /// More than we read.
    #[error("size")]
    TooLarge,
    /// It sends us on and on.
    #[error("redirects")]
    Redirects,
    /// What came is no calendar.
    #[error("content")]
    NotACalendar,
}

/// Fetches calendars. Called outside of any transaction; must come to an end by itself within a quarter of a minute.
#[async_trait]
pub trait Calendars: fmt::Debug + Send + Sync {
    /// Whether an address could be fetched at all, without asking anybody: what is refused here is refused for ever.
    ///
    /// # Errors
    /// It could not.
    fn check(&self, address: &str) -> Result<(), Unfetched>;

    /// The text at an address.
    async fn fetch(&self, address: &str) -> Result<String, Unfetched>;
}

/// For processes that fetch nothing: every address is refused.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nowhere;

#[async_trait]
impl Calendars for Nowhere {
    fn check(&self, _: &str) -> Result<(), Unfetched> {
        Err(Unfetched::Address)
    }

    async fn fetch(&self, _: &str) -> Result<String, Unfetched> {
        Err(Unfetched::Address)
    }
}
