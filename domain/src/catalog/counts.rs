//! What other subjects report to the catalogue, in their own transactions.

use super::store::counts;
use crate::kernel::{Error, ProviderId, ServiceId};
use jiff::SignedDuration;
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

/// Counts a booking that its provider called off, did not answer in time, or did not begin.
///
/// # Errors
/// The database is away.
pub async fn count_broken(conn: &mut PgConnection, provider: ProviderId) -> Result<(), Error> {
    counts::broken(conn, provider).await
}

/// Counts a request that its provider has answered, and how long that took.
///
/// # Errors
/// The database is away.
pub async fn count_answer(conn: &mut PgConnection, provider: ProviderId, took: SignedDuration) -> Result<(), Error> {
    counts::answered(conn, provider, took.as_mins().max(0)).await
}
