//! Further places of a business.

use crate::catalog::OwnPlace;
use crate::kernel::{Error, OwnPlaceId, ProviderId};
use sqlx::PgConnection;

/// Writes a place, new or changed. False: the id is another business's.
pub(in crate::availability) async fn write(
    conn: &mut PgConnection,
    provider: ProviderId,
    place: &OwnPlace,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "INSERT INTO own_places AS o (id, provider_id, name, city, postal_code, lat, lng, radius_km)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, city = excluded.city, postal_code = excluded.postal_code,
             lat = excluded.lat, lng = excluded.lng, radius_km = excluded.radius_km
         WHERE o.provider_id = excluded.provider_id",
        place.id.0,
        provider.0,
        place.name,
        place.city,
        place.postal_code,
        place.position.0,
        place.position.1,
        i32::try_from(place.radius_km).unwrap_or(i32::MAX),
    );
    Ok(done.execute(conn).await?.rows_affected() == 1)
}

/// Removes a place. False: there is none.
pub(in crate::availability) async fn remove(
    conn: &mut PgConnection,
    provider: ProviderId,
    id: OwnPlaceId,
) -> Result<bool, Error> {
    let done = sqlx::query!("DELETE FROM own_places WHERE id = $1 AND provider_id = $2", id.0, provider.0);
    Ok(done.execute(conn).await?.rows_affected() == 1)
}
