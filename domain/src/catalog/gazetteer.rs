//! The built-in geocoder: our own list of places and postal codes, which operators import.

use super::postal_code::code_and_beginning;
use super::store::places as store;
use crate::kernel::geocoder::{Geocoder, Located, Sought};
use crate::kernel::{Context, Error};
use async_trait::async_trait;
use sqlx::PgPool;

/// Towns that are named to somebody whose own is not known.
const NAMED: i64 = 4;

/// Looks places up in the database.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    pool: PgPool,
}

impl Gazetteer {
    /// One over this database.
    #[must_use]
    pub const fn new(pool: PgPool) -> Self {
        Self { pool }
    }
}

#[async_trait]
impl Geocoder for Gazetteer {
    /// The postal code if it is known, else its beginning (`E8 3QX` lies in `E8`), else the town.
    async fn locate(&self, sought: &Sought) -> Result<Option<Located>, Error> {
        let codes = code_and_beginning(&sought.postal_code);
        store::locate(&self.pool, &sought.country, &codes, sought.city.trim()).await
    }
}

/// Known towns of a country that are called alike, the most alike first.
///
/// # Errors
/// The database is away.
pub async fn places_like(ctx: &Context, city: &str, country: &str) -> Result<Vec<String>, Error> {
    store::alike(&ctx.pool, city.trim(), country, NAMED).await
}

/// The countries places are known of: codes, in their order.
///
/// # Errors
/// The database is away.
pub async fn countries_known(ctx: &Context) -> Result<Vec<String>, Error> {
    store::countries(&ctx.pool).await
}
