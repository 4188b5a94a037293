//! Changing the password, and getting a new one when it is forgotten.

use super::links::{self, Purpose};
use super::log_in::delay_key;
use super::password_rules::complaint;
use super::store::{api_keys, devices, factors, links as link_store, passkeys, people, sessions};
use super::{Email, letters};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, FieldErrors, Tx, UserId, write};
use serde_json::json;

/// The task behind [`forgot_password`].
pub const TASK_FORGOT: &str = "accounts.answer_forgotten";

/// Another password, by somebody who knows the present one. All other sessions end.
///
/// # Errors
/// Messages beside `password`, `new_password`, `new_password_again`.
pub async fn change_password(
    ctx: &Context,
    actor: &Actor,
    present: String,
    (new, again): (&str, &str),
) -> Result<(), Error> {
    let user = actor.in_person()?;
    let profile = people::profile(&ctx.pool, user).await?;
    let (email, first_name, hash) = people::secrets(&ctx.pool, user).await?;
    let mut errors = FieldErrors::new();
    match ask_again(ctx, user, present.clone(), hash).await {
        Err(Error::Invalid(wrong)) => wrong.iter().for_each(|(field, words)| errors.add(field, words)),
        other => other?,
    }
    check((new, again), &email, (&first_name, &profile.last_name), &mut errors);
    if new == present {
        errors.add("new_password", "That is the password you have. Choose another one.");
    }
    errors.into_result()?;
    let hash = ctx.hasher.hash(new.to_owned()).await?;
    let for_tx = (ctx.clone(), hash, email, first_name, actor.session);
    write(ctx, actor, move |tx| {
        let (ctx, hash, email, name, session) = for_tx.clone();
        Box::pin(async move { replace(&ctx, tx, user, &hash, (&email, &name), session).await })
    })
    .await
}

/// Asks for the password inside an account. Wrong ones slow the next try down, as at the door.
///
/// # Errors
/// A message beside `password`.
pub(super) async fn ask_again(ctx: &Context, user: UserId, password: String, hash: String) -> Result<(), Error> {
    let now = ctx.clock.now();
    let key = delay_key("inside", user.0.as_bytes());
    if let Some(until) = devices::take_turn(&ctx.pool, &[(key.clone(), 5)], now, 900).await? {
        let seconds = until.duration_since(now).as_secs().max(1);
        return Err(Error::invalid(
            "password",
            format!("That was wrong several times. Try again in {seconds} seconds."),
        ));
    }
    if !ctx.hasher.verify(password, Some(hash)).await? {
        return Err(Error::invalid("password", "This is not your password."));
    }
    devices::forgive(&mut *ctx.pool.acquire().await?, &key).await
}

/// Somebody has forgotten a password. The answer, and the time it takes, is the same whether the address has an
/// account: looking is the job's work.
///
/// # Errors
/// The address is none.
pub async fn forgot_password(ctx: &Context, actor: &Actor, typed: &str) -> Result<(), Error> {
    let email = Email::parse(typed)
        .ok_or_else(|| Error::invalid("email", "This does not look like an email address. Example: ana@example.org"))?;
    let id: uuid::Uuid = ctx.id();
    write(ctx, actor, move |tx| {
        let email = email.clone();
        Box::pin(async move {
            let now = tx.now();
            link_store::ask(tx.conn(), id, email.as_str(), now).await?;
            tx.job(TASK_FORGOT, json!({ "ask": id }), now);
            tx.audit(AuditEntry {
                action: "password.forgotten",
                object_kind: "user",
                object_id: uuid::Uuid::nil(),
                capacity: "customer",
                detail: json!({}),
                // Nobody's entry could not be found again when the person wants to be forgotten.
                personal: json!({}),
            });
            Ok(())
        })
    })
    .await
}

/// The job behind [`forgot_password`]: a link for whoever has an account, nothing for others.
///
/// # Errors
/// The database is away.
pub async fn answer_forgotten(ctx: &Context, ask: uuid::Uuid) -> Result<(), Error> {
    let system = Actor::system(crate::kernel::RequestId(ask));
    let for_tx = ctx.clone();
    write(ctx, &system, move |tx| {
        let ctx = for_tx.clone();
        Box::pin(async move {
            let Some(email) = link_store::asked(tx.conn(), ask).await? else { return Ok(()) };
            let found = people::by_email(&mut *tx.conn(), &email).await?;
            let whose = found.as_ref().map_or(uuid::Uuid::nil(), |(user, _)| user.0);
            if let Some((user, name)) = found {
                let secret = links::issue(&ctx, tx, user, Purpose::ResetPassword, &email).await?;
                letters::reset_password(&ctx, tx, user, (&email, &name), &secret).await?;
            }
            // Found or not: the history says that it was looked at, and nothing more.
            tx.audit(AuditEntry {
                action: "password.link_sent",
                object_kind: "user",
                object_id: whose,
                capacity: "system",
                detail: json!({}),
                personal: json!({}),
            });
            Ok(())
        })
    })
    .await
}

/// Whether a link would let somebody choose a password, without using it.
///
/// # Errors
/// The database is away.
pub async fn reset_works(ctx: &Context, secret: &str) -> Result<bool, Error> {
    links::works(ctx, Purpose::ResetPassword, secret).await
}

/// A new password, by somebody who reads the account's mail. All sessions end, keys are revoked, known browsers are
/// forgotten. The second factor stays: mail alone opens nothing that had one. Only where nobody had proved the address before, what
/// was added goes: it may have been somebody else who registered it.
///
/// # Errors
/// Messages beside the fields, and then the link still works; a link that does not work (any more).
pub async fn reset_password(ctx: &Context, actor: &Actor, secret: &str, new: (&str, &str)) -> Result<(), Error> {
    let link = link_store::peek(&ctx.pool, Purpose::ResetPassword, &links::hash(secret), ctx.clock.now()).await?;
    let user = link.ok_or_else(links::stale)?.user;
    let profile = people::profile(&ctx.pool, user).await?;
    let mut errors = FieldErrors::new();
    check(new, &profile.email, (&profile.first_name, &profile.last_name), &mut errors);
    errors.into_result()?;
    let hash = ctx.hasher.hash(new.0.to_owned()).await?;
    let acting = Actor { user: Some(user), ..actor.clone() };
    let for_tx = (ctx.clone(), secret.to_owned(), hash, profile.first_name);
    write(ctx, &acting, move |tx| {
        let (ctx, secret, hash, name) = for_tx.clone();
        Box::pin(async move {
            let now = tx.now();
            let link = links::take(tx.conn(), Purpose::ResetPassword, &secret, now).await?.ok_or_else(links::stale)?;
            devices::forget(tx.conn(), user).await?;
            let keys = api_keys::revoke_all(tx.conn(), user, now).await?;
            if !people::is_proved(&mut *tx.conn(), user).await? {
                forget_strangers_work(tx, user, keys).await?;
            }
            // Whoever opened the link reads this mailbox.
            people::email_is_verified(tx.conn(), user, &link.email, now).await?;
            replace(&ctx, tx, user, &hash, (&link.email, &name), None).await
        })
    })
    .await
}

/// Takes away whatever would let somebody in, or keep the owner out, who never read the mail of the address.
/// `keys` of programs are revoked already.
async fn forget_strangers_work(tx: &mut Tx, user: UserId, keys: u64) -> Result<(), Error> {
    let factor = factors::remove(tx.conn(), user).await?;
    let passkeys = passkeys::remove_all(tx.conn(), user).await?;
    factors::forget_recovery(tx.conn(), user).await?;
    if factor || passkeys > 0 || keys > 0 {
        tx.audit(AuditEntry {
            action: "user.cleared",
            object_kind: "user",
            object_id: user.0,
            capacity: "customer",
            detail: json!({ "second_factor": factor, "passkeys": passkeys, "keys": keys }),
            personal: json!({}),
        });
    }
    Ok(())
}

async fn replace(
    ctx: &Context,
    tx: &mut Tx,
    user: UserId,
    hash: &str,
    (email, name): (&str, &str),
    session: Option<uuid::Uuid>,
) -> Result<(), Error> {
    let now = tx.now();
    people::set_password(tx.conn(), user, hash, now).await?;
    sessions::end_all(tx.conn(), user, session).await?;
    // Whoever knew the old password may have asked for another address meanwhile.
    link_store::forget(tx.conn(), user, Purpose::ResetPassword).await?;
    link_store::forget(tx.conn(), user, Purpose::ChangeEmail).await?;
    letters::changed(ctx, tx, user, (email, name), "Your password was changed").await?;
    tx.audit(AuditEntry {
        action: "password.changed",
        object_kind: "user",
        object_id: user.0,
        capacity: "customer",
        detail: json!({}),
        personal: json!({}),
    });
    Ok(())
}

fn check((new, again): (&str, &str), email: &str, (first, last): (&str, &str), errors: &mut FieldErrors) {
    let local = email.split('@').next().unwrap_or_default();
    if let Some(words) = complaint(new, &[first, last, &format!("{first} {last}"), local, email]) {
        errors.add("new_password", words);
    } else if new != again {
        errors.add("new_password_again", "The two passwords differ. Type the same one twice.");
    }
}
