//! What other subjects report to the catalogue, in their own transactions.

use super::store::counts;
use crate::kernel::{Error, ProviderId, ServiceId};
use sqlx::PgConnection;

/// Counts a completed booking on its service and provider.
///
/// # Errors
/// The database is away.
pub async fn count_completed(conn: &mut PgConnection, service: ServiceId, provider: ProviderId) -> Result<(), Error> {
    counts::completed(conn, service, provider).await
}

/// Adds a review's stars to the averages of its service and provider.
///
/// # Errors
/// The database is away.
pub async fn add_rating(
    conn: &mut PgConnection,
    service: ServiceId,
    provider: ProviderId,
    stars: u8,
) -> Result<(), Error> {
    counts::rated(conn, service, provider, i16::from(stars)).await
}
