//! Where a place is. What stands behind it is chosen when the process starts: our own list of places
//! (`catalog::Gazetteer`), or somebody else's service.

use super::{Error, Zone};
use async_trait::async_trait;
use std::fmt;

/// A place as people write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// The town.
    pub city: String,
    /// ISO 3166 code of the country, in capitals.
    pub country: String,
    /// As typed; may be empty.
    pub postal_code: String,
}

/// Where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// Degrees.
    pub lat: f64,
    /// Degrees.
    pub lng: f64,
    /// The zone of its clocks, if known.
    pub zone: Option<Zone>,
    /// The postal code is known, and not only the town.
    pub by_code: bool,
}

/// Finds places. Called outside of any transaction; must come to an end by itself within a few seconds.
#[async_trait]
pub trait Geocoder: fmt::Debug + Send + Sync {
    /// Where a place is; `None` when it is not known.
    ///
    /// # Errors
    /// Nobody answers: another try may succeed.
    async fn locate(&self, sought: &Sought) -> Result<Option<Located>, Error>;
}

/// Knows no place at all: for programs that need none.
#[derive(Debug)]
pub struct Nowhere;

#[async_trait]
impl Geocoder for Nowhere {
    async fn locate(&self, _sought: &Sought) -> Result<Option<Located>, Error> {
        Ok(None)
    }
}
