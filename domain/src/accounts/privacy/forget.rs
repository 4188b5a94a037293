//! Being forgotten.

use super::copy::entry;
use crate::accounts::passwords::ask_again;
use crate::accounts::store::{people, privacy};
use crate::kernel::{Actor, Context, Error, write};

/// Bookings that are not over: while there are some, the account stays.
///
/// # Errors
/// Not signed in.
pub async fn open_bookings(ctx: &Context, actor: &Actor) -> Result<i64, Error> {
    privacy::open_bookings(&ctx.pool, actor.in_person()?).await
}

/// Deletes one's own account, with the password. Nothing brings it back. Who books with or for others first brings
/// that to an end. The last thing the history learns is that somebody left; who it was goes in the same transaction.
///
/// # Errors
/// A message beside `password`; bookings that are not over; an operator, who first hands the role back.
pub async fn delete_account(ctx: &Context, actor: &Actor, password: String) -> Result<(), Error> {
    let user = actor.in_person()?;
    let (_, _, hash) = people::secrets(&ctx.pool, user).await?;
    ask_again(ctx, user, password, hash).await?;
    if actor.is_operator() || actor.asleep {
        return Err(Error::Conflict("Operators leave through a superadmin, who takes their role first.".to_owned()));
    }
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            let open = privacy::open_bookings(&mut *tx.conn(), user).await?;
            if open > 0 {
                let words = if open == 1 { "One booking is" } else { "Some bookings are" };
                return Err(Error::Conflict(format!("{words} not over. Bring it to an end or cancel it first.")));
            }
            let now = tx.now();
            privacy::forget(tx.conn(), user, now).await?;
            tx.forget_address();
            tx.audit(entry("user.deleted", user));
            Ok(())
        })
    })
    .await
}
