//! Setting the second factor up, and taking it away.

use super::codes::{self, RECOVERY_CODES};
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
/// Not signed in; a second factor is in force.
pub async fn offer(ctx: &Context, actor: &Actor) -> Result<Offer, Error> {
    let user = actor.signed_in()?;
    let (email, _, _) = people::secrets(&ctx.pool, user).await?;
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
                    factors::offer(tx.conn(), user, &sealed, now).await
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

/// Puts the offered secret in force with one of its codes, and hands out recovery codes. They are never shown
/// again. Other sessions of the person end: they were opened without the second factor.
///
/// # Errors
/// A wrong code; nothing was offered.
pub async fn confirm(ctx: &Context, actor: &Actor, typed: &str) -> Result<Vec<String>, Error> {
    let user = actor.signed_in()?;
    let (email, _, _) = people::secrets(&ctx.pool, user).await?;
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
    let recovery: Vec<String> = (0..RECOVERY_CODES).map(|_| codes::recovery_code(ctx.chance.bytes())).collect();
    let hashes: Vec<Vec<u8>> = recovery.iter().map(|code| codes::recovery_hash(user.0, code)).collect();
    let session = actor.session;
    write(ctx, actor, move |tx| {
        let hashes = hashes.clone();
        Box::pin(async move {
            let now = tx.now();
            if !factors::confirm(tx.conn(), user, now).await? {
                return Err(Error::Conflict("Two-step login is on already.".to_owned()));
            }
            factors::use_step(tx.conn(), user, step).await?;
            factors::put_recovery(tx.conn(), user, &hashes).await?;
            sessions::end_all(tx.conn(), user, session).await?;
            note(tx, user, "second_factor.added", Value::Null);
            Ok(())
        })
    })
    .await?;
    Ok(recovery)
}

/// New recovery codes; the old ones are worthless from now on.
///
/// # Errors
/// There is no second factor.
pub async fn new_recovery_codes(ctx: &Context, actor: &Actor) -> Result<Vec<String>, Error> {
    let user = actor.signed_in()?;
    if !factors::secret(&ctx.pool, user).await?.is_some_and(|secret| secret.confirmed) {
        return Err(Error::Conflict("Turn two-step login on first.".to_owned()));
    }
    let recovery: Vec<String> = (0..RECOVERY_CODES).map(|_| codes::recovery_code(ctx.chance.bytes())).collect();
    let hashes: Vec<Vec<u8>> = recovery.iter().map(|code| codes::recovery_hash(user.0, code)).collect();
    write(ctx, actor, move |tx| {
        let hashes = hashes.clone();
        Box::pin(async move {
            factors::put_recovery(tx.conn(), user, &hashes).await?;
            note(tx, user, "second_factor.recovery_renewed", Value::Null);
            Ok::<_, Error>(())
        })
    })
    .await?;
    Ok(recovery)
}

/// Takes the second factor away, with the password. Operators keep theirs.
///
/// # Errors
/// A wrong password; an operator's login.
pub async fn remove(ctx: &Context, actor: &Actor, password: String) -> Result<(), Error> {
    let user = actor.signed_in()?;
    if actor.is_operator() {
        return Err(Error::Conflict("Operators cannot work without two-step login.".to_owned()));
    }
    let (_, _, hash) = people::secrets(&ctx.pool, user).await?;
    if !ctx.hasher.verify(password, Some(hash)).await? {
        return Err(Error::invalid("password", "This is not your password."));
    }
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            if factors::remove(tx.conn(), user).await? {
                note(tx, user, "second_factor.removed", Value::Null);
            }
            Ok(())
        })
    })
    .await
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
