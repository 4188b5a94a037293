//! Challenges between question and answer.

use crate::accounts::store::passkeys as store;
use crate::kernel::{Context, Error, UserId};
use jiff::SignedDuration;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// How long a device may take to answer.
pub(super) const LASTS: SignedDuration = SignedDuration::from_mins(5);

/// The longest answer that is read, in bytes; real ones have one or two thousand.
const LONGEST_ANSWER: usize = 16 << 10;

/// What a challenge is for. An answer to one is no answer to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::accounts) enum Kind {
    /// Another passkey for an account.
    Add,
    /// Logging in with nothing else; nobody knows yet who it is.
    LogIn,
    /// After the password.
    SecondStep,
}

impl Kind {
    pub(in crate::accounts) const fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::LogIn => "log_in",
            Self::SecondStep => "second_step",
        }
    }
}

/// A question for a device.
#[derive(Clone, Debug)]
pub struct Challenge {
    /// The secret that belongs into the browser's session: whoever answers must hold it.
    pub ceremony: String,
    /// What the browser is given: `CredentialCreationOptions` or `CredentialRequestOptions`, bytes in Base64 for addresses.
    pub options: Value,
}

/// Keeps what an answer will be checked against.
pub(super) async fn keep<S: Serialize>(
    ctx: &Context,
    whose: (Kind, Option<UserId>),
    state: &S,
    options: Value,
) -> Result<Challenge, Error> {
    let ceremony = ctx.chance.secret();
    let state = serde_json::to_vec(state).map_err(Error::internal)?;
    let sealed = ctx.sealer.seal(&ctx.chance, &purpose(whose), &state)?;
    store::keep_ceremony(&ctx.pool, &hash(&ceremony), whose, &sealed, ctx.clock.now() + LASTS).await?;
    Ok(Challenge { ceremony, options })
}

/// Takes out what an answer is checked against; `None` when it was answered before, is too old, or is somebody else's.
pub(super) async fn take<S: DeserializeOwned>(
    ctx: &Context,
    whose: (Kind, Option<UserId>),
    ceremony: &str,
) -> Result<Option<S>, Error> {
    let sealed = store::take_ceremony(&ctx.pool, &hash(ceremony), whose, ctx.clock.now()).await?;
    let Some(sealed) = sealed else { return Ok(None) };
    let state = ctx.sealer.open(&purpose(whose), &sealed)?;
    serde_json::from_slice(&state).map(Some).map_err(Error::internal)
}

fn purpose((kind, user): (Kind, Option<UserId>)) -> String {
    let whose = user.map_or_else(|| "nobody".to_owned(), |user| user.0.to_string());
    format!("passkey ceremony {} {whose}", kind.name())
}

/// What the browser handed back, as far as it can be read.
pub(super) fn read<A: DeserializeOwned>(typed: &str) -> Option<A> {
    if typed.len() > LONGEST_ANSWER { None } else { serde_json::from_str(typed).ok() }
}

/// How a secret or the id of a credential is looked up.
pub(super) fn hash(of: impl AsRef<[u8]>) -> Vec<u8> {
    Sha256::digest(of.as_ref()).to_vec()
}
