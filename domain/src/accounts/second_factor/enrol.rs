//! Setting the second factor up, and taking it away.

use super::codes::{self, RECOVERY_CODES};
use crate::accounts::letters;
use crate::accounts::passwords::ask_again;
use crate::accounts::store::{factors, people, sessions};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, Tx, UserId, write};
use serde_json::{Value, json};

/// What a person needs to set an authenticator app up.
#[derive(Clone)]
pub struct Offer {
    /// `otpauth://totp/…`, for the picture an app scans and for apps on the same device.
    pub address: String,
    /// The secret in Base32, for typing.
    pub secret: String,
}

/// What secrets are sealed for: one sealed for somebody else does not open.
pub(super) fn purpose(user: UserId) -> String {
    format!("totp {}", user.0)
}

/// The secret a person may set up, made at the first call. Refused while one is in force.
///
/// # Errors
/// Not signed in; a second factor is in force; beside `email`, an address that nobody has proved.
pub async fn offer(ctx: &Context, actor: &Actor) -> Result<Offer, Error> {
    let user = actor.in_person()?;
    let (email, _, _) = people::secrets(&ctx.pool, user).await?;
    // Whoever registers somebody else's address must not lock its owner out.
    if !people::is_proved(&ctx.pool, user).await? {
        return Err(Error::invalid(
            "email",
            "Confirm your email address first. Two-step login protects it from then on.",
        ));
    }
    let secret = match factors::secret(&ctx.pool, user).await? {
        Some(known) if known.confirmed => {
            return Err(Error::Conflict("Two-step login is on already.".to_owned()));
        }
        Some(known) => ctx.sealer.open(&purpose(user), &known.sealed)?,
        None => {
            let secret = ctx.chance.bytes::<20>();
            let sealed = ctx.sealer.seal(&ctx.chance, &purpose(user), &secret)?;
            write(ctx, actor, move |tx| {
                let sealed = sealed.clone();
                Box::pin(async move {
                    let now = tx.now();
                    factors::offer(tx.conn(), user, &sealed, now).await?;
                    note(tx, user, "second_factor.offered", Value::Null);
                    Ok::<_, Error>(())
                })
            })
            .await?;
            // Two tabs at once: what is stored counts.
            let stored = factors::secret(&ctx.pool, user).await?.ok_or_else(|| Error::internal("an offer vanished"))?;
            ctx.sealer.open(&purpose(user), &stored.sealed)?
        }
    };
    let generator = codes::generator(secret, &email)?;
    Ok(Offer { address: generator.get_url(), secret: generator.get_secret_base32() })
}

/// Puts the offered secret in force with one of its codes and the password, and hands out recovery codes. They are never shown
/// again. Other sessions of the person end: they were opened without the second factor.
///
/// # Errors
/// A wrong code; nothing was offered.
pub async fn confirm(ctx: &Context, actor: &Actor, typed: &str, password: String) -> Result<Vec<String>, Error> {
    let user = actor.in_person()?;
    let (email, name) = confirm_password(ctx, user, password).await?;
    let stored = factors::secret(&ctx.pool, user).await?;
    let stored = stored.ok_or_else(|| Error::Conflict("Open the page again to get a new secret.".to_owned()))?;
    if stored.confirmed {
        return Err(Error::Conflict("Two-step login is on already.".to_owned()));
    }
    let generator = codes::generator(ctx.sealer.open(&purpose(user), &stored.sealed)?, &email)?;
    let step =
        codes::digits(typed).and_then(|code| codes::matching_step(&generator, &code, ctx.clock.now())).ok_or_else(
            || Error::invalid("code", "This is not the code your app shows now. Is the phone's clock right?"),
        )?;
    let (recovery, hashes) = new_codes(ctx, user);
    let for_tx = (ctx.clone(), hashes, actor.session, email, name);
    write(ctx, actor, move |tx| {
        let (ctx, hashes, session, email, name) = for_tx.clone();
        Box::pin(async move {
            let now = tx.now();
            // A passkey added at the same moment must not hand out codes as well.
            factors::lock(tx.conn(), user).await?;
            if !factors::confirm(tx.conn(), user, now).await? {
                return Err(Error::Conflict("Two-step login is on already.".to_owned()));
            }
            factors::use_step(tx.conn(), user, step).await?;
            factors::put_recovery(tx.conn(), user, &hashes).await?;
            sessions::end_all(tx.conn(), user, session).await?;
            letters::changed(&ctx, tx, user, (&email, &name), "Two-step login was turned on").await?;
            note(tx, user, "second_factor.added", Value::Null);
            Ok(())
        })
    })
    .await?;
    Ok(recovery)
}

/// New recovery codes, with the password; the old ones are worthless from now on.
///
/// # Errors
/// There is no second factor.
pub async fn new_recovery_codes(ctx: &Context, actor: &Actor, password: String) -> Result<Vec<String>, Error> {
    let user = actor.in_person()?;
    let (email, name) = confirm_password(ctx, user, password).await?;
    if !factors::in_force(&ctx.pool, user).await?.any() {
        return Err(Error::Conflict("Turn two-step login on first.".to_owned()));
    }
    let (recovery, hashes) = new_codes(ctx, user);
    let for_tx = (ctx.clone(), hashes, email, name);
    write(ctx, actor, move |tx| {
        let (ctx, hashes, email, name) = for_tx.clone();
        Box::pin(async move {
            factors::put_recovery(tx.conn(), user, &hashes).await?;
            letters::changed(&ctx, tx, user, (&email, &name), "New recovery codes were made").await?;
            note(tx, user, "second_factor.recovery_renewed", Value::Null);
            Ok::<_, Error>(())
        })
    })
    .await?;
    Ok(recovery)
}

/// Takes the authenticator app away, with the password. With the last second factor go the recovery codes; operators keep one.
///
/// # Errors
/// A wrong password; an operator's last second factor.
pub async fn remove(ctx: &Context, actor: &Actor, password: String) -> Result<(), Error> {
    let user = actor.in_person()?;
    let (email, name) = confirm_password(ctx, user, password).await?;
    let for_tx = (ctx.clone(), email, name, actor.is_operator());
    write(ctx, actor, move |tx| {
        let (ctx, email, name, operator) = for_tx.clone();
        Box::pin(async move {
            // Two factors removed at once must not each take the other for the one that stays.
            factors::lock(tx.conn(), user).await?;
            let was_there = factors::remove(tx.conn(), user).await?;
            if !factors::in_force(&mut *tx.conn(), user).await?.any() {
                if operator {
                    return Err(Error::Conflict("Operators cannot work without two-step login.".to_owned()));
                }
                factors::forget_recovery(tx.conn(), user).await?;
            }
            if was_there {
                letters::changed(&ctx, tx, user, (&email, &name), "Two-step login by app was turned off").await?;
                note(tx, user, "second_factor.removed", Value::Null);
            }
            Ok(())
        })
    })
    .await
}

/// New recovery codes, and what is stored of them.
pub(in crate::accounts) fn new_codes(ctx: &Context, user: UserId) -> (Vec<String>, Vec<Vec<u8>>) {
    let recovery: Vec<String> = (0..RECOVERY_CODES).map(|_| codes::recovery_code(ctx.chance.bytes())).collect();
    let hashes = recovery.iter().map(|code| codes::recovery_hash(user.0, code)).collect();
    (recovery, hashes)
}

/// Whoever changes what protects an account shows the password once more: an open session alone is not enough.
pub(in crate::accounts) async fn confirm_password(
    ctx: &Context,
    user: UserId,
    password: String,
) -> Result<(String, String), Error> {
    let (email, name, hash) = people::secrets(&ctx.pool, user).await?;
    ask_again(ctx, user, password, hash).await?;
    Ok((email, name))
}

/// A second factor in force at once, for a person of the demo data.
pub(in crate::accounts) async fn enrol_for_demo(ctx: &Context, user: UserId) -> Result<(), Error> {
    let sealed = ctx.sealer.seal(&ctx.chance, &purpose(user), &ctx.chance.bytes::<20>())?;
    let system = Actor::system(crate::kernel::RequestId(user.0));
    write(ctx, &system, move |tx| {
        let sealed = sealed.clone();
        Box::pin(async move {
            let now = tx.now();
            factors::offer(tx.conn(), user, &sealed, now).await?;
            factors::confirm(tx.conn(), user, now).await?;
            note(tx, user, "second_factor.added", Value::Null);
            Ok(())
        })
    })
    .await
}

pub(super) fn note(tx: &mut Tx, user: UserId, action: &'static str, detail: Value) {
    tx.audit(AuditEntry {
        action,
        object_kind: "user",
        object_id: user.0,
        capacity: "customer",
        detail,
        personal: json!({}),
    });
}
