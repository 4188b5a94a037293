//! What a business is registered with changes: its name and with it its address, where earnings go, and where it is. Other
//! subjects decide whether, in their own transactions.

use super::open_business::slug_of;
use super::showcase::is_slug;
use super::store::change_business as store;
use crate::kernel::{Context, Error, ProviderId, ServiceId};
use sqlx::PgConnection;

/// A place a business moves to.
#[derive(Clone, Debug, PartialEq)]
pub struct NewPlace {
    /// The town.
    pub city: String,
    /// As typed; may be empty.
    pub postal_code: String,
    /// Degrees.
    pub lat: f64,
    /// Degrees.
    pub lng: f64,
}

/// Gives a business another name, and the address that is made from it; the one before leads there from then on. Says the
/// address.
///
/// # Errors
/// The database is away.
pub async fn rename_business(conn: &mut PgConnection, provider: ProviderId, name: &str) -> Result<String, Error> {
    let city = store::rename(conn, provider, name).await?;
    store::readdress(conn, provider, &slug_of(name), &slug_of(&city)).await
}

/// Says in which country earnings of a business are paid: an ISO 3166 code.
///
/// # Errors
/// The database is away.
pub async fn set_payout_country(conn: &mut PgConnection, provider: ProviderId, country: &str) -> Result<(), Error> {
    store::set_payout_country(conn, provider, country).await
}

/// Moves a business, if it is still where it was when its `moved` was `seen`. Services that start from the town it leaves
/// go along, with what is being written about them. Says which; nothing when it has moved meanwhile.
///
/// # Errors
/// The database is away.
pub async fn move_business(
    conn: &mut PgConnection,
    provider: ProviderId,
    seen: i32,
    place: &NewPlace,
) -> Result<Option<Vec<ServiceId>>, Error> {
    match store::move_row(&mut *conn, provider, seen, place).await? {
        Some(left) => store::move_services(conn, provider, &left, place).await.map(Some),
        None => Ok(None),
    }
}

/// The present address of a business that had this one before: one statement.
///
/// # Errors
/// The database is away.
pub async fn renamed_business(ctx: &Context, slug: &str) -> Result<Option<String>, Error> {
    if is_slug(slug) { store::renamed(&ctx.pool, slug).await } else { Ok(None) }
}
