//! The built-in geocoder: our own list of places and postal codes, which operators import.

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

/// A postal code as it is kept: capital letters and digits.
#[must_use]
pub fn plain_code(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

fn code_and_beginning(typed: &str) -> Vec<String> {
    let beginning = typed.split([' ', '-']).find(|part| !part.is_empty()).unwrap_or_default();
    let mut codes = vec![plain_code(typed), plain_code(beginning)];
    codes.retain(|code| code.len() >= 2);
    codes.dedup();
    codes
}

#[cfg(test)]
mod tests {
    use super::{code_and_beginning, plain_code};

    #[test]
    fn codes_are_compared_without_their_dress() {
        assert_eq!(plain_code(" e8 3qx "), "E83QX");
        assert_eq!(code_and_beginning("E8 3QX"), ["E83QX", "E8"]);
        assert_eq!(code_and_beginning("10115"), ["10115"]);
        assert_eq!(code_and_beginning("1200-109"), ["1200109", "1200"]);
        assert_eq!(code_and_beginning(" "), [""; 0]);
    }
}
