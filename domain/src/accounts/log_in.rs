//! Signing in: the check of the secret, and the record of it. The session itself is the edge's.

use super::operators::Suspended;
use super::store::{self, devices, people, sessions};
use super::{Credentials, letters};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::passwords::Hasher;
use crate::kernel::{Actor, Context, Error, Role, Tx, UserId, write};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Wrong passwords that cost no waiting.
const FREE_TRIES: i32 = 5;
/// Wrong passwords from one address, for whatever accounts, that cost no waiting.
const FREE_TRIES_OF_ADDRESS: i32 = 30;
/// The longest wait between two tries, in seconds.
const LONGEST_WAIT: i32 = 900;

/// The person who signed in.
#[derive(Clone, Debug)]
pub struct Account {
    /// Which one.
    pub id: UserId,
    /// For greeting.
    pub first_name: String,
    /// Whether the second factor is still to be shown; nothing is open before that.
    pub two_factor: bool,
}

/// With what somebody comes.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    /// What the browser says it is.
    pub agent: String,
    /// The secret this browser was given when somebody signed in with it.
    pub device: Option<String>,
    /// The secret it has from now on, if it is let in; without one it keeps what it has.
    pub fresh: Option<String>,
}

/// Why somebody was not signed in.
#[derive(Debug, thiserror::Error)]
pub enum LogInError {
    /// No account with this address and password. Which of the two, nobody is told.
    #[error("no such account or a wrong password")]
    Refused,
    /// Too many wrong ones before. Nothing was checked.
    #[error("the next try has to wait")]
    Delayed {
        /// For how long.
        seconds: u64,
    },
    /// The password is right, and the account is suspended.
    #[error("the account is suspended")]
    Suspended {
        /// Whose it is: they may answer.
        user: UserId,
        /// Why, for the person.
        why: Suspended,
    },
    /// Something else.
    #[error(transparent)]
    Other(#[from] Error),
}

/// Checks the secret and records the outcome. An unknown address takes the same way as a known one: the same
/// look-ups, one verification, one entry. Failures slow the next try down; a browser the person has signed in
/// with before counts for itself, so that strangers who guess do not lock the owner out.
///
/// # Errors
/// Refused, delayed, suspended, or too many people sign in right now.
pub async fn log_in(
    ctx: &Context,
    actor: &Actor,
    credentials: Credentials,
    visit: &Visit,
) -> Result<Account, LogInError> {
    let found = store::find(&ctx.pool, &credentials.email).await?;
    let device = visit.device.as_deref().map(device_hash).unwrap_or_default();
    let nobody = UserId(Uuid::nil());
    let known = devices::known(&ctx.pool, found.as_ref().map_or(nobody, |user| user.id), &device).await?;
    // In a known browser neither guesses at the account nor others at the same address count.
    let keys = if known {
        vec![(delay_key("device", &device), FREE_TRIES)]
    } else {
        let address = actor.address.to_string();
        vec![
            (delay_key("account", credentials.email.as_bytes()), FREE_TRIES),
            (delay_key("address", address.as_bytes()), FREE_TRIES_OF_ADDRESS),
        ]
    };
    let now = ctx.clock.now();
    if let Some(until) = devices::take_turn(&ctx.pool, &keys, now, LONGEST_WAIT).await? {
        let outcome = Outcome::Delayed(found.map(|user| user.id));
        record(ctx, actor, &outcome, credentials.email, visit, (keys, None)).await?;
        return Err(LogInError::Delayed { seconds: until.duration_since(now).as_secs().unsigned_abs().max(1) });
    }
    let hash = found.as_ref().map(|user| user.password_hash.clone());
    let outdated = hash.as_deref().is_some_and(Hasher::is_outdated);
    let right = ctx.hasher.verify(credentials.password.clone(), hash).await?;
    // Only now is the password here to be hashed as hashes are made today.
    let renewed = if right && outdated { Some(ctx.hasher.hash(credentials.password).await?) } else { None };
    let outcome = match found {
        Some(user) if right && user.suspended => Outcome::Suspended(user.id, user.suspended_reason),
        Some(user) if right => {
            let account = Account { id: user.id, first_name: user.first_name, two_factor: user.two_factor };
            Outcome::Right(account)
        }
        other => Outcome::Refused(other.map(|user| user.id)),
    };
    record(ctx, actor, &outcome, credentials.email, visit, (keys, renewed)).await?;
    match outcome {
        Outcome::Right(account) => Ok(account),
        Outcome::Suspended(user, reason) => {
            let unwritten = Suspended { reason, evidence: String::new(), appeal: String::new() };
            let why = Suspended::in_force(ctx, user).await?.unwrap_or(unwritten);
            Err(LogInError::Suspended { user, why })
        }
        Outcome::Refused(_) | Outcome::Delayed(_) => Err(LogInError::Refused),
    }
}

#[derive(Clone)]
enum Outcome {
    Right(Account),
    Suspended(UserId, String),
    Refused(Option<UserId>),
    Delayed(Option<UserId>),
}

async fn record(
    ctx: &Context,
    actor: &Actor,
    outcome: &Outcome,
    email: String,
    visit: &Visit,
    (keys, renewed): (Vec<(Vec<u8>, i32)>, Option<String>),
) -> Result<(), Error> {
    // Only who proved it is the one who acts.
    let acting = match outcome {
        Outcome::Right(account) => Actor { user: Some(account.id), behalf: None, ..actor.clone() },
        _ => Actor { user: None, behalf: None, ..actor.clone() },
    };
    let for_tx = (ctx.clone(), outcome.clone(), email, visit.clone(), keys, renewed);
    write(ctx, &acting, move |tx| {
        let (ctx, outcome, email, visit, keys, renewed) = for_tx.clone();
        Box::pin(async move {
            let now = tx.now();
            match outcome {
                Outcome::Right(person) => {
                    devices::forgive(tx.conn(), &keys[0].0).await?;
                    if let Some((address, _)) = keys.get(1) {
                        devices::give_back(tx.conn(), address, now).await?;
                    }
                    if let Some(hash) = renewed {
                        people::renew_hash(tx.conn(), person.id, &hash).await?;
                        if person.two_factor {
                            tx.audit(entry("password.rehashed", person.id.0, Value::Null, &email));
                        }
                    }
                    // With a second factor to come, nothing is open yet.
                    if !person.two_factor {
                        let factors = &["password"];
                        opened(&ctx, tx, person.id, (&email, &person.first_name), &visit, factors).await?;
                    }
                }
                Outcome::Delayed(user) => failed(&ctx, tx, user, "delayed", &email, &visit).await?,
                Outcome::Suspended(user, _) => failed(&ctx, tx, Some(user), "suspended", &email, &visit).await?,
                Outcome::Refused(user) => {
                    let why = if user.is_some() { "password" } else { "unknown" };
                    failed(&ctx, tx, user, why, &email, &visit).await?;
                }
            }
            Ok(())
        })
    })
    .await
}

/// A session is about to be opened: the history of signing in, the browser that is known from now on, a letter
/// when it was not known before. `factors` are what the person showed: `password`, `code`, `recovery`.
pub(super) async fn opened(
    ctx: &Context,
    tx: &mut Tx,
    user: UserId,
    (email, first_name): (&str, &str),
    visit: &Visit,
    factors: &[&str],
) -> Result<(), Error> {
    let now = tx.now();
    if let Some(fresh) = visit.fresh.as_ref().or(visit.device.as_ref()) {
        let old = visit.device.as_ref().unwrap_or(fresh);
        let hashes = (device_hash(old), device_hash(fresh));
        let (others, new) = devices::remember(tx.conn(), user, (&hashes.0, &hashes.1), now).await?;
        if others && new {
            letters::new_device(ctx, tx, user, (email, first_name), &visit.agent).await?;
        }
    }
    let id = ctx.id();
    let address = tx.actor().address;
    sessions::note_attempt(tx.conn(), id, user, now, "opened", address, &visit.agent).await?;
    tx.audit(entry("session.opened", user.0, json!({ "factors": factors }), email));
    Ok(())
}

async fn failed(
    ctx: &Context,
    tx: &mut Tx,
    user: Option<UserId>,
    why: &'static str,
    email: &str,
    visit: &Visit,
) -> Result<(), Error> {
    let (id, now, address) = (ctx.id(), tx.now(), tx.actor().address);
    let user = user.unwrap_or(UserId(Uuid::nil()));
    sessions::note_attempt(tx.conn(), id, user, now, why, address, &visit.agent).await?;
    tx.audit(entry("session.failed", user.0, json!({ "why": why }), email));
    Ok(())
}

fn entry(action: &'static str, user: Uuid, detail: Value, email: &str) -> AuditEntry {
    AuditEntry {
        action,
        object_kind: "user",
        object_id: user,
        capacity: Role::Customer.name(),
        detail,
        personal: json!({ "email": email }),
    }
}

fn device_hash(device: &str) -> Vec<u8> {
    Sha256::digest(device.as_bytes()).to_vec()
}

/// Under what failures are counted. A hash, so that the table holds no addresses of people.
pub(super) fn delay_key(kind: &str, of: &[u8]) -> Vec<u8> {
    Sha256::new().chain_update(kind).chain_update([0]).chain_update(of).finalize().to_vec()
}
