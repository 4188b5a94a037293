//! The statements of reviews.

use super::review::{NewReview, Stars};
use crate::bookings::Completed;
use crate::kernel::{Error, ReviewId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// Writes a review down.
pub(super) async fn insert(
    conn: &mut PgConnection,
    id: ReviewId,
    booking: &Completed,
    stars: Stars,
    review: &NewReview,
    now: Timestamp,
) -> Result<(), Error> {
    let [rating, quality, punctuality, professionalism, value] = stars.map(i16::from);
    sqlx::query!(
        "INSERT INTO reviews (id, booking_id, service_id, provider_id, customer_id, rating, quality, punctuality,
            professionalism, value, title, body, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        id.0,
        booking.id.0,
        booking.service.0,
        booking.provider.0,
        booking.customer.0,
        rating,
        quality,
        punctuality,
        professionalism,
        value,
        review.title.trim(),
        review.body.trim(),
        now.to_sqlx() as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}
