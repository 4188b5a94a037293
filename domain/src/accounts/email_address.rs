//! Proving an address, and changing it.

use super::links::{self, Purpose};
use super::passwords::ask_again;
use super::store::{links as link_store, people};
use super::{Email, letters};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, UserId, constraint, write};
use serde_json::json;
use uuid::Uuid;

/// Sends another link that proves the account's address. Says nothing when it is proved already.
///
/// # Errors
/// Not signed in.
pub async fn send_verification(ctx: &Context, actor: &Actor) -> Result<(), Error> {
    let user = actor.signed_in()?;
    let profile = people::profile(&ctx.pool, user).await?;
    if profile.email_verified {
        return Ok(());
    }
    let for_tx = (ctx.clone(), profile.email, profile.first_name);
    write(ctx, actor, move |tx| {
        let (ctx, email, name) = for_tx.clone();
        Box::pin(async move {
            let secret = links::issue(&ctx, tx, user, Purpose::VerifyEmail, &email).await?;
            letters::verify_email(&ctx, tx, user, (&email, &name), &secret).await?;
            tx.audit(entry("user.link_sent", user.0, &email));
            Ok(())
        })
    })
    .await
}

/// Asks for another address: a link goes there, and nothing changes until it is opened. Whether somebody else has
/// that address, nobody learns here.
///
/// # Errors
/// A wrong password, an address that is none.
pub async fn ask_for_address(ctx: &Context, actor: &Actor, typed: &str, password: String) -> Result<(), Error> {
    let user = actor.in_person()?;
    let email = Email::parse(typed)
        .ok_or_else(|| Error::invalid("email", "This does not look like an email address. Example: ana@example.org"))?;
    let (old, first_name, hash) = people::secrets(&ctx.pool, user).await?;
    ask_again(ctx, user, password, hash).await?;
    if email.as_str() == old {
        return Err(Error::invalid("email", "That is your address already."));
    }
    let for_tx = (ctx.clone(), email, first_name, old);
    write(ctx, actor, move |tx| {
        let (ctx, email, name, old) = for_tx.clone();
        Box::pin(async move {
            // Somebody who has an account there already is told so, instead of getting the link. Whoever asked sees that one
            // waits, either way: this one waits for ever, because nobody is told its secret.
            let secret = links::issue(&ctx, tx, user, Purpose::ChangeEmail, email.as_str()).await?;
            match people::by_email(&mut *tx.conn(), email.as_str()).await? {
                Some((other, name)) => letters::registered_again(&ctx, tx, other, (email.as_str(), &name)).await?,
                None => letters::change_email(&ctx, tx, user, (email.as_str(), &name), &secret).await?,
            }
            let words = "Somebody asked to use another address for your account";
            letters::changed(&ctx, tx, user, (&old, &name), words).await?;
            tx.audit(entry("user.email_asked", user.0, email.as_str()));
            Ok(())
        })
    })
    .await
}

/// Whether a link would prove something, without using it: mail programs open links before people do.
///
/// # Errors
/// The database is away.
pub async fn proof_works(ctx: &Context, secret: &str) -> Result<bool, Error> {
    Ok(links::works(ctx, Purpose::VerifyEmail, secret).await?
        || links::works(ctx, Purpose::ChangeEmail, secret).await?)
}

/// Uses a link of either kind.
///
/// # Errors
/// [`Error::Conflict`] when it does not work (any more), or the new address belongs to somebody by now.
pub async fn prove(ctx: &Context, actor: &Actor, secret: &str) -> Result<(), Error> {
    let for_tx = (ctx.clone(), secret.to_owned());
    let done = write(ctx, actor, move |tx| {
        let (ctx, secret) = for_tx.clone();
        Box::pin(async move {
            let now = tx.now();
            if let Some(link) = links::take(tx.conn(), Purpose::VerifyEmail, &secret, now).await? {
                people::email_is_verified(tx.conn(), link.user, &link.email, now).await?;
                tx.audit(entry("user.email_verified", link.user.0, &link.email));
                return Ok(());
            }
            let link = links::take(tx.conn(), Purpose::ChangeEmail, &secret, now).await?.ok_or_else(links::stale)?;
            let (old, name, _) = people::secrets(&mut *tx.conn(), link.user).await?;
            people::change_email(tx.conn(), link.user, &link.email, now).await?;
            // Links to the old address prove nothing about the new one.
            link_store::forget(tx.conn(), link.user, Purpose::VerifyEmail).await?;
            link_store::forget(tx.conn(), link.user, Purpose::ResetPassword).await?;
            let words = "The email address of your account was changed";
            letters::changed(&ctx, tx, link.user, (&old, &name), words).await?;
            tx.audit(entry("user.email_changed", link.user.0, &link.email));
            Ok(())
        })
    })
    .await;
    match done {
        Err(Error::Internal(inner))
            if inner.downcast_ref::<sqlx::Error>().is_some_and(|e| constraint::violates(e, "users_email")) =>
        {
            Err(links::stale())
        }
        done => done,
    }
}

/// Proves the address of a new account with a link of its own; part of registering.
pub(super) async fn begin(
    ctx: &Context,
    tx: &mut crate::kernel::Tx,
    user: UserId,
    (email, first_name): (&str, &str),
) -> Result<(), Error> {
    let secret = links::issue(ctx, tx, user, Purpose::VerifyEmail, email).await?;
    letters::verify_email(ctx, tx, user, (email, first_name), &secret).await
}

fn entry(action: &'static str, user: Uuid, email: &str) -> AuditEntry {
    AuditEntry {
        action,
        object_kind: "user",
        object_id: user,
        capacity: "customer",
        detail: json!({}),
        personal: json!({ "email": email }),
    }
}
