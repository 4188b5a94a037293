//! Adding a passkey.

use super::ceremony::{self, Challenge, Kind, hash};
use super::relying_party::relying_party;
use super::{MOST, purpose};
use crate::accounts::commands::name as parse_name;
use crate::accounts::letters;
use crate::accounts::second_factor::{confirm_password, new_codes};
use crate::accounts::store::passkeys::{self as store, Stored};
use crate::accounts::store::{factors, people, sessions};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, FieldErrors, Tx, UserId, write};
use serde::{Deserialize, Serialize};
use serde_json::json;
use webauthn_rs::prelude::{Passkey as Credential, PasskeyRegistration, RegisterPublicKeyCredential};

/// What is kept until the device answers.
#[derive(Deserialize, Serialize)]
struct Adding {
    name: String,
    state: PasskeyRegistration,
}

/// What came of adding one.
#[derive(Clone, Debug)]
pub struct Added {
    /// Recovery codes, never shown again; none when there was a second factor before.
    pub recovery: Vec<String>,
}

/// Asks a device for a new key, with the password: an open session alone is not enough. The name is what its owner will call it.
///
/// # Errors
/// Messages beside `name` and `password`; there are too many already; browsers have no passkeys for this site.
pub async fn start_adding(ctx: &Context, actor: &Actor, name: &str, password: String) -> Result<Challenge, Error> {
    let user = actor.in_person()?;
    let party = relying_party(ctx)?;
    let name = parsed(name)?;
    // Whoever registers somebody else's address must not lock its owner out.
    if !people::is_proved(&ctx.pool, user).await? {
        return Err(Error::invalid(
            "name",
            "Confirm your email address first, under Your details. Passkeys protect it from then on.",
        ));
    }
    let (email, first_name) = confirm_password(ctx, user, password).await?;
    let known = store::stored(&ctx.pool, user).await?;
    if known.len() >= MOST {
        return Err(too_many());
    }
    // A device that has one already says so instead of making a second.
    let known = known.iter().map(|stored| credential(ctx, stored).map(|credential| credential.cred_id().clone()));
    let known = known.collect::<Result<Vec<_>, Error>>()?;
    let (options, state) =
        party.start_passkey_registration(user.0, &email, &first_name, Some(known)).map_err(Error::internal)?;
    let mut options = serde_json::to_value(options).map_err(Error::internal)?;
    // Kept in the device under the site's name where it can be, so that it can be found without an address.
    options["publicKey"]["authenticatorSelection"]["residentKey"] = json!("preferred");
    ceremony::keep(ctx, (Kind::Add, Some(user)), &Adding { name, state }, options).await
}

/// Keeps the key a device has made: `typed` is what the browser handed back, as JSON. The first second factor of a person comes with
/// recovery codes and ends all other sessions, which were opened without it.
///
/// # Errors
/// The answer is wrong, late, or the second one; the key belongs to an account already.
pub async fn add(ctx: &Context, actor: &Actor, ceremony: &str, typed: &str) -> Result<Added, Error> {
    let user = actor.in_person()?;
    let party = relying_party(ctx)?;
    let kept: Option<Adding> = ceremony::take(ctx, (Kind::Add, Some(user)), ceremony).await?;
    let Adding { name, state } = kept.ok_or_else(|| {
        Error::Conflict("That took more than five minutes, or was answered before. Please start again.".to_owned())
    })?;
    let answer: RegisterPublicKeyCredential = ceremony::read(typed).ok_or_else(unfit)?;
    let credential = party.finish_passkey_registration(&answer, &state).map_err(|error| {
        tracing::info!(%error, "a new passkey was refused");
        unfit()
    })?;
    let sealed = serde_json::to_vec(&credential).map_err(Error::internal)?;
    let sealed = ctx.sealer.seal(&ctx.chance, &purpose(user), &sealed)?;
    let stored = Stored { id: ctx.id(), user, sealed };
    let (email, first_name, _) = people::secrets(&ctx.pool, user).await?;
    let (recovery, hashes) = new_codes(ctx, user);
    let for_tx = (ctx.clone(), stored, hash(credential.cred_id()), name, hashes, actor.session, email, first_name);
    let first = write(ctx, actor, move |tx| {
        let (ctx, stored, hash, name, hashes, session, email, first_name) = for_tx.clone();
        Box::pin(async move {
            let now = tx.now();
            // Of two at once one is the first.
            factors::lock(tx.conn(), user).await?;
            let before = factors::in_force(&mut *tx.conn(), user).await?;
            if usize::try_from(before.passkeys).is_ok_and(|count| count >= MOST) {
                return Err(too_many());
            }
            if !store::insert(tx.conn(), &stored, &hash, &name, now).await? {
                return Err(Error::Conflict("This key belongs to an account already.".to_owned()));
            }
            if !before.any() {
                factors::put_recovery(tx.conn(), user, &hashes).await?;
                sessions::end_all(tx.conn(), user, session).await?;
            }
            letters::passkey_added(&ctx, tx, user, (&email, &first_name), &name).await?;
            note(tx, user, "passkey.added", &name);
            Ok(!before.any())
        })
    })
    .await?;
    Ok(Added { recovery: if first { recovery } else { Vec::new() } })
}

/// A stored credential, to be worked with.
pub(super) fn credential(ctx: &Context, stored: &Stored) -> Result<Credential, Error> {
    let opened = ctx.sealer.open(&purpose(stored.user), &stored.sealed)?;
    serde_json::from_slice(&opened).map_err(Error::internal)
}

/// A name as it was typed.
pub(super) fn parsed(name: &str) -> Result<String, Error> {
    let mut errors = FieldErrors::new();
    let name = parse_name(name, "name", "name for this passkey", &mut errors);
    errors.into_result()?;
    Ok(name)
}

pub(super) fn note(tx: &mut Tx, user: UserId, action: &'static str, name: &str) {
    tx.audit(AuditEntry {
        action,
        object_kind: "user",
        object_id: user.0,
        capacity: "customer",
        detail: json!({}),
        personal: json!({ "name": name }),
    });
}

fn too_many() -> Error {
    Error::Conflict(format!("{MOST} passkeys are the most an account can have. Remove one first."))
}

fn unfit() -> Error {
    Error::Conflict("Your device's answer does not fit our question. Please start again.".to_owned())
}
