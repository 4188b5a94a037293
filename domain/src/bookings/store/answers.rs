//! Questions and answers of a booking.

use crate::catalog::Question;
use crate::kernel::{BookingId, Error};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use sqlx::types::Json;

/// What a booking was made with, and what was answered, in the same order.
pub(in crate::bookings) async fn of(
    conn: &mut PgConnection,
    booking: BookingId,
) -> Result<(Vec<Question>, Vec<String>), Error> {
    let row = sqlx::query!(
        r#"SELECT questions AS "questions: Json<Vec<Question>>", answers AS "answers: Json<Vec<String>>"
           FROM bookings WHERE id = $1"#,
        booking.0
    )
    .fetch_one(conn)
    .await?;
    Ok((row.questions.0, row.answers.0))
}

/// Keeps the answers.
pub(in crate::bookings) async fn put(
    conn: &mut PgConnection,
    booking: BookingId,
    answers: &[String],
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE bookings SET answers = $2, answered_at = $3 WHERE id = $1",
        booking.0,
        Json(answers) as _,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}
