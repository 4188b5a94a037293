//! What owners do with the passkeys they have.

use super::Passkey;
use super::add::{note, parsed};
use crate::accounts::letters;
use crate::accounts::second_factor::confirm_password;
use crate::accounts::store::{factors, passkeys as store};
use crate::kernel::{Actor, Context, Error, PasskeyId, write};

/// One's own passkeys, the oldest first: one statement.
///
/// # Errors
/// Not signed in.
pub async fn list(ctx: &Context, actor: &Actor) -> Result<Vec<Passkey>, Error> {
    store::list(&ctx.pool, actor.in_person()?).await
}

/// One of one's own passkeys.
///
/// # Errors
/// Not signed in; there is none such.
pub async fn find(ctx: &Context, actor: &Actor, passkey: PasskeyId) -> Result<Passkey, Error> {
    list(ctx, actor).await?.into_iter().find(|own| own.id == passkey).ok_or(Error::NotFound)
}

/// Gives a passkey another name.
///
/// # Errors
/// A message beside `name`; there is none such.
pub async fn rename(ctx: &Context, actor: &Actor, passkey: PasskeyId, name: &str) -> Result<(), Error> {
    let user = actor.in_person()?;
    let name = find(ctx, actor, passkey).await.and(parsed(name))?;
    write(ctx, actor, move |tx| {
        let name = name.clone();
        Box::pin(async move {
            if !store::rename(tx.conn(), user, passkey, &name).await? {
                return Err(Error::NotFound);
            }
            note(tx, user, "passkey.renamed", &name);
            Ok(())
        })
    })
    .await
}

/// Removes a passkey, with the password. With the last second factor go the recovery codes; operators keep one.
///
/// # Errors
/// A wrong password; an operator's last second factor; there is none such.
pub async fn remove(ctx: &Context, actor: &Actor, passkey: PasskeyId, password: String) -> Result<(), Error> {
    let user = actor.in_person()?;
    find(ctx, actor, passkey).await?;
    let (email, first_name) = confirm_password(ctx, user, password).await?;
    let for_tx = (ctx.clone(), email, first_name, actor.is_operator());
    write(ctx, actor, move |tx| {
        let (ctx, email, first_name, operator) = for_tx.clone();
        Box::pin(async move {
            // Two at once must not each take the other for the one that stays.
            factors::lock(tx.conn(), user).await?;
            let name = store::remove(tx.conn(), user, passkey).await?.ok_or(Error::NotFound)?;
            if !factors::in_force(&mut *tx.conn(), user).await?.any() {
                if operator {
                    let words = "Operators cannot work without a second step. Add another passkey or an authenticator app first.";
                    return Err(Error::Conflict(words.to_owned()));
                }
                factors::forget_recovery(tx.conn(), user).await?;
            }
            let what = format!("The passkey “{name}” was removed");
            letters::changed(&ctx, tx, user, (&email, &first_name), &what).await?;
            note(tx, user, "passkey.removed", &name);
            Ok(())
        })
    })
    .await
}
