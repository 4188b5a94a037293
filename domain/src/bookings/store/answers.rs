//! Questions and answers of a booking.

use crate::catalog::Question;
use crate::kernel::{BookingId, Error};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

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

/// Keeps the answers. Whoever answers answers everything that is needed: nobody has to ask again.
pub(in crate::bookings) async fn put(
    conn: &mut PgConnection,
    booking: BookingId,
    answers: &[String],
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "UPDATE bookings SET answers = $2, answered_at = $3, ask_again_at = NULL WHERE id = $1",
        booking.0,
        Json(answers) as _,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Bookings whose customer is to be asked once more, the longest due first.
pub(in crate::bookings) async fn due(db: impl PgExecutor<'_>, now: Timestamp, limit: i64) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar!(
        "SELECT id FROM bookings WHERE ask_again_at <= $1 ORDER BY ask_again_at LIMIT $2",
        now.to_sqlx() as _,
        limit
    )
    .fetch_all(db)
    .await?)
}

/// Takes the reminder of a booking away, if it is due: whoever did that gives it.
pub(in crate::bookings) async fn take_due(
    conn: &mut PgConnection,
    booking: BookingId,
    now: Timestamp,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "UPDATE bookings SET ask_again_at = NULL WHERE id = $1 AND ask_again_at <= $2",
        booking.0,
        now.to_sqlx() as _
    );
    Ok(done.execute(conn).await?.rows_affected() == 1)
}
