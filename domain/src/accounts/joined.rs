//! What other subjects need to know of people who come to them by a link in a mail.

use super::store::people;
use crate::kernel::{Actor, Context, Error, Tx, UserId};
use sqlx::PgConnection;

/// Address and first name of a person.
///
/// # Errors
/// There is no such person.
pub(crate) async fn address_of(conn: &mut PgConnection, user: UserId) -> Result<(String, String), Error> {
    let (email, first_name, _) = people::secrets(conn, user).await?;
    Ok((email, first_name))
}

/// Whether something that is for an address is for whoever asks; for nobody who is not signed in. One statement.
///
/// # Errors
/// The database is away.
pub async fn is_own_address(ctx: &Context, actor: &Actor, address: &str) -> Result<bool, Error> {
    let Some(user) = actor.user else {
        return Ok(false);
    };
    let (own, _, _) = people::secrets(&ctx.pool, user).await?;
    Ok(own == address)
}

/// The same, where the person may be gone.
///
/// # Errors
/// The database is away.
pub(crate) async fn letter_box(conn: &mut PgConnection, user: UserId) -> Result<Option<(String, String)>, Error> {
    match address_of(conn, user).await {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Somebody has come to a business by a link that went to their address: it is proved, and they are a provider's.
///
/// # Errors
/// The database is away.
pub(crate) async fn joined_by_mail(tx: &mut Tx, user: UserId, email: &str) -> Result<(), Error> {
    let now = tx.now();
    people::email_is_verified(tx.conn(), user, email, now).await?;
    people::is_providers(tx.conn(), user, now).await
}
