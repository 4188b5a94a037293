//! Showing a passkey: instead of a password, or after it. Both doors are those of everybody else (`log_in.rs`,
//! `second_factor/show.rs`); what is here is the proof.

use super::add::credential;
use super::ceremony::{self, Challenge, Kind, hash};
use super::purpose;
use super::relying_party::relying_party;
use crate::accounts::log_in::{Account, HalfWay, Knock, LogInError, Proof, Visit, delay_key, enter};
use crate::accounts::second_factor::{Step, step};
use crate::accounts::store::find_person;
use crate::accounts::store::passkeys::{self as store, Stored};
use crate::kernel::{Actor, Context, Error, Tx, UserId};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential};

/// Asks whoever is there for a passkey of this site.
///
/// # Errors
/// Browsers have no passkeys for this site.
pub async fn start_log_in(ctx: &Context) -> Result<Challenge, Error> {
    start(ctx, (Kind::LogIn, None), &[]).await
}

/// Asks somebody whose password was right a moment ago for one of their passkeys.
///
/// # Errors
/// They have none; browsers have no passkeys for this site.
pub async fn start_second_step(ctx: &Context, user: UserId) -> Result<Challenge, Error> {
    let own = store::stored(&ctx.pool, user).await?;
    if own.is_empty() {
        return Err(Error::Conflict("This account has no passkey. Type a code instead.".to_owned()));
    }
    start(ctx, (Kind::SecondStep, Some(user)), &own).await
}

async fn start(ctx: &Context, whose: (Kind, Option<UserId>), own: &[Stored]) -> Result<Challenge, Error> {
    let (options, state) = relying_party(ctx)?.start_discoverable_authentication().map_err(Error::internal)?;
    let mut options = serde_json::to_value(options).map_err(Error::internal)?;
    // People press a button for it: nothing to be offered while they type.
    if let Some(options) = options.as_object_mut() {
        options.remove("mediation");
    }
    let allowed = own.iter().map(|stored| {
        let id = URL_SAFE_NO_PAD.encode(credential(ctx, stored)?.cred_id());
        Ok(json!({ "type": "public-key", "id": id }))
    });
    options["publicKey"]["allowCredentials"] = Value::Array(allowed.collect::<Result<_, Error>>()?);
    ceremony::keep(ctx, whose, &state, options).await
}

/// Signs in with a passkey alone: `typed` is what the browser handed back, as JSON. The device has made sure of its owner, so
/// the account that comes back needs no second step.
///
/// # Errors
/// Refused, delayed, suspended.
pub async fn log_in(
    ctx: &Context,
    actor: &Actor,
    ceremony: &str,
    typed: &str,
    visit: &Visit,
) -> Result<Account, LogInError> {
    let shown = Shown::read(ctx, ceremony, typed).await?;
    let found = match &shown.stored {
        Some(stored) => find_person(&ctx.pool, stored.user).await?,
        None => None,
    };
    let email = found.as_ref().map(|user| user.email.clone()).unwrap_or_default();
    let counted = match &found {
        Some(user) => delay_key("account", user.email.as_bytes()),
        None => delay_key("passkey", shown.answer.get_credential_id()),
    };
    enter(ctx, actor, Knock { found, email, counted, proof: Proof::Passkey(Box::new(shown)) }, visit).await
}

/// The second step with a passkey, of somebody whose password was right a moment ago.
///
/// # Errors
/// Refused, delayed, a first step that counts no more, a suspended account.
pub async fn second_step(
    ctx: &Context,
    actor: &Actor,
    half: HalfWay,
    (ceremony, typed): (&str, &str),
    visit: &Visit,
) -> Result<Account, LogInError> {
    let shown = Shown::read(ctx, ceremony, typed).await?;
    step(ctx, actor, half, Step::Passkey(Box::new(shown)), visit).await
}

/// A device's answer, unchecked.
pub(in crate::accounts) struct Shown {
    ceremony: String,
    answer: PublicKeyCredential,
    stored: Option<Stored>,
}

/// A passkey that was right, and what using it changes.
#[derive(Clone)]
pub(in crate::accounts) struct Used {
    read: Stored,
    sealed: Vec<u8>,
}

impl Shown {
    async fn read(ctx: &Context, ceremony: &str, typed: &str) -> Result<Self, LogInError> {
        let answer: PublicKeyCredential = ceremony::read(typed).ok_or(LogInError::Refused)?;
        let stored = store::by_credential(&ctx.pool, &hash(answer.get_credential_id())).await?;
        Ok(Self { ceremony: ceremony.to_owned(), answer, stored })
    }

    /// Checks the answer; `None` when anything about it is wrong. The challenge is used up either way. `half` is whose password
    /// was right, in the second step.
    pub(in crate::accounts) async fn check(
        &self,
        ctx: &Context,
        kind: Kind,
        half: Option<UserId>,
    ) -> Result<Option<Used>, Error> {
        let state: Option<DiscoverableAuthentication> = ceremony::take(ctx, (kind, half), &self.ceremony).await?;
        let (Some(state), Some(stored)) = (state, &self.stored) else { return Ok(None) };
        // Whom the device takes its owner for: it must say so when nobody else does (7.2, step 6).
        let owner = match (self.answer.get_user_unique_id(), half) {
            (Some(handle), _) => handle == stored.user.0.as_bytes(),
            (None, half) => half.is_some(),
        };
        if !owner || half.is_some_and(|user| user != stored.user) {
            return Ok(None);
        }
        let mut credential = credential(ctx, stored)?;
        // Signature, challenge, origin, counter, and that the device has made sure of its owner.
        match relying_party(ctx)?.finish_discoverable_authentication_v2(&self.answer, state, &credential) {
            Ok(result) if result.user_verified() => {
                credential.update_credential(&result);
                let sealed = serde_json::to_vec(&credential).map_err(Error::internal)?;
                let sealed = ctx.sealer.seal(&ctx.chance, &purpose(stored.user), &sealed)?;
                Ok(Some(Used { read: stored.clone(), sealed }))
            }
            Ok(_) => Ok(None),
            Err(error) => {
                tracing::info!(%error, "a passkey was refused");
                Ok(None)
            }
        }
    }
}

impl Used {
    /// Writes the use down; false when the passkey was removed meanwhile, or another answer moved its counter on.
    pub(in crate::accounts) async fn note(&self, tx: &mut Tx) -> Result<bool, Error> {
        let now = tx.now();
        store::note_use(tx.conn(), &self.read, &self.sealed, now).await
    }
}
