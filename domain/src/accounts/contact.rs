//! What other subjects need of an account: how to write to somebody, and that they offer services now.

use super::store::contact as store;
use crate::kernel::{Email, Error, UserId};
use jiff::Timestamp;
use sqlx::PgConnection;

/// Address and first name of somebody who has not left.
///
/// # Errors
/// Not found.
pub async fn contact(conn: &mut PgConnection, user: UserId) -> Result<(Email, String), Error> {
    let (email, name) = store::contact(conn, user).await?;
    let email = Email::parse(&email).ok_or_else(|| Error::internal("an account's address is none"))?;
    Ok((email, name))
}

/// Gives the role of providers. Having it already does no harm.
///
/// # Errors
/// The database is away.
pub async fn become_provider(conn: &mut PgConnection, user: UserId, now: Timestamp) -> Result<(), Error> {
    store::become_provider(conn, user, now).await
}
