//! Counts and ratings kept on the rows that show them.

use crate::kernel::{Error, ProviderId, ServiceId};
use sqlx::PgConnection;

/// One more completed booking.
pub(in crate::catalog) async fn completed(
    conn: &mut PgConnection,
    service: ServiceId,
    provider: ProviderId,
) -> Result<(), Error> {
    sqlx::query!(
        "WITH s AS (UPDATE services SET booking_count = booking_count + 1 WHERE id = $1)
         UPDATE providers SET completed_count = completed_count + 1 WHERE id = $2",
        service.0,
        provider.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// One more review with so many stars.
pub(in crate::catalog) async fn rated(
    conn: &mut PgConnection,
    service: ServiceId,
    provider: ProviderId,
    stars: i16,
) -> Result<(), Error> {
    sqlx::query!(
        "WITH s AS (UPDATE services SET rating_sum = rating_sum + $3::smallint, rating_count = rating_count + 1 WHERE id = $1)
         UPDATE providers SET rating_sum = rating_sum + $3::smallint, rating_count = rating_count + 1 WHERE id = $2",
        service.0,
        provider.0,
        stars
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// One more booking that was not kept.
pub(in crate::catalog) async fn broken(conn: &mut PgConnection, provider: ProviderId) -> Result<(), Error> {
    sqlx::query!("UPDATE providers SET broken_count = broken_count + 1 WHERE id = $1", provider.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// One more request that was answered, after so many minutes.
pub(in crate::catalog) async fn answered(
    conn: &mut PgConnection,
    provider: ProviderId,
    minutes: i64,
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE providers SET answer_count = answer_count + 1, answer_minutes = answer_minutes + $2 WHERE id = $1",
        provider.0,
        minutes
    )
    .execute(conn)
    .await?;
    Ok(())
}
