//! The hours of somebody who has not said any yet.

use super::store::usual_hours as store;
use crate::kernel::{Error, MemberId};
use sqlx::PgConnection;

/// Monday to Friday from nine to five, in minutes of the day.
const USUAL: (i16, i16) = (9 * 60, 17 * 60);

/// Gives a new member sensible hours, so that a business can be booked from the first service on.
///
/// # Errors
/// The database is away.
pub async fn give_usual_hours(conn: &mut PgConnection, member: MemberId) -> Result<(), Error> {
    store::open_on_weekdays(conn, member, USUAL).await
}
