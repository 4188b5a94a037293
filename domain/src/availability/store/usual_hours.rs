//! The statement about a new member's hours.

use crate::kernel::{Error, MemberId};
use sqlx::PgConnection;

/// Open Monday to Friday between two minutes of the day.
pub(in crate::availability) async fn open_on_weekdays(
    conn: &mut PgConnection,
    member: MemberId,
    (starts, ends): (i16, i16),
) -> Result<(), Error> {
    sqlx::query!(
        "INSERT INTO member_hours (member_id, weekday, kind, starts_min, ends_min)
         SELECT $1, weekday, 'open', $2, $3 FROM generate_series(1, 5) weekday",
        member.0,
        starts,
        ends
    )
    .execute(conn)
    .await?;
    Ok(())
}
