//! Signing in: the check of the secret, and the record of it. The session itself is the edge's.

use super::operators::Suspended;
use super::passkeys::{Kind, Shown, Used};
use super::store::{self, Login, devices, people, sessions};
use super::sweep::SIGN_INS;
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
    /// How often all sessions of the person had been ended. When it is more by the time a session is to be opened, or the
    /// second step to be taken, what was shown counts no more.
    pub round: i64,
}

/// Somebody who has taken the first step of two.
#[derive(Clone, Copy, Debug)]
pub struct HalfWay {
    /// Who it would be.
    pub user: UserId,
    /// [`Account::round`] of the first step.
    pub round: i64,
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
    /// The first step was taken before the password was changed, the account suspended or every session ended.
    #[error("the first step has to be taken again")]
    Over,
    /// All that was to be shown is right, and the account is suspended.
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

/// What somebody shows at the door.
pub(super) enum Proof {
    Password(String),
    Passkey(Box<Shown>),
}

/// Somebody at the door.
pub(super) struct Knock {
    /// Who it would be.
    pub found: Option<Login>,
    /// The address that was typed, or that of the account.
    pub email: String,
    /// Under what failures are counted, in a browser that is not known.
    pub counted: Vec<u8>,
    /// What they show.
    pub proof: Proof,
}

/// Checks the password and records the outcome.
///
/// # Errors
/// Refused, delayed, suspended, or too many people sign in right now.
pub async fn log_in(
    ctx: &Context,
    actor: &Actor,
    credentials: Credentials,
    visit: &Visit,
) -> Result<Account, LogInError> {
    let Credentials { email, password } = credentials;
    let found = store::find(&ctx.pool, &email).await?;
    let counted = delay_key("account", email.as_bytes());
    enter(ctx, actor, Knock { found, email, counted, proof: Proof::Password(password) }, visit).await
}

/// The one door. Checks what is shown and records the outcome. Somebody unknown takes the same way as somebody known: the
/// same look-ups, one verification, one entry. Failures slow the next try down; a browser the person has signed in
/// with before counts for itself, so that strangers who guess do not lock the owner out.
pub(super) async fn enter(ctx: &Context, actor: &Actor, knock: Knock, visit: &Visit) -> Result<Account, LogInError> {
    let Knock { found, email, counted, proof } = knock;
    let device = visit.device.as_deref().map(device_hash).unwrap_or_default();
    let nobody = UserId(Uuid::nil());
    let known = devices::known(&ctx.pool, found.as_ref().map_or(nobody, |user| user.id), &device).await?;
    // In a known browser neither guesses at the account nor others at the same address count.
    let keys = if known {
        vec![(delay_key("device", &device), FREE_TRIES)]
    } else {
        let address = actor.address.to_string();
        vec![(counted, FREE_TRIES), (delay_key("address", address.as_bytes()), FREE_TRIES_OF_ADDRESS)]
    };
    let now = ctx.clock.now();
    if let Some(until) = devices::take_turn(&ctx.pool, &keys, now, LONGEST_WAIT).await? {
        let outcome = Outcome::Delayed(found.map(|user| user.id));
        record(ctx, actor, &outcome, email, visit, (keys, None)).await?;
        return Err(LogInError::Delayed { seconds: until.duration_since(now).as_secs().unsigned_abs().max(1) });
    }
    // Only while the password is here can it be hashed as hashes are made today.
    let mut renewed = None;
    let (right, used, wrong) = match proof {
        Proof::Password(password) => {
            let hash = found.as_ref().map(|user| user.password_hash.clone());
            let outdated = hash.as_deref().is_some_and(Hasher::is_outdated);
            let right = ctx.hasher.verify(password.clone(), hash).await?;
            if right && outdated {
                renewed = Some(ctx.hasher.hash(password).await?);
            }
            (right, None, "password")
        }
        Proof::Passkey(shown) => {
            let used = shown.check(ctx, Kind::LogIn, None).await?;
            (used.is_some(), used, "passkey")
        }
    };
    let outcome = match found {
        Some(user) if right => {
            // A passkey is both steps at once. Why an account is suspended, nobody reads with the password alone either.
            let two_factor = user.two_factor && used.is_none();
            if user.suspended && !two_factor {
                Outcome::Suspended(user.id, user.suspended_reason)
            } else {
                let Login { id, first_name, round, .. } = user;
                Outcome::Right(Account { id, first_name, two_factor, round }, used)
            }
        }
        Some(user) => Outcome::Refused(Some(user.id), wrong),
        None => Outcome::Refused(None, "unknown"),
    };
    let let_in = record(ctx, actor, &outcome, email, visit, (keys, renewed)).await?;
    match outcome {
        Outcome::Right(account, _) if let_in => Ok(account),
        Outcome::Suspended(user, reason) => {
            let unwritten = Suspended { reason, evidence: String::new(), appeal: String::new() };
            let why = Suspended::in_force(ctx, user).await?.unwrap_or(unwritten);
            Err(LogInError::Suspended { user, why })
        }
        Outcome::Right(..) | Outcome::Refused(..) | Outcome::Delayed(_) => Err(LogInError::Refused),
    }
}

#[derive(Clone)]
enum Outcome {
    Right(Account, Option<Used>),
    Suspended(UserId, String),
    Refused(Option<UserId>, &'static str),
    Delayed(Option<UserId>),
}

/// Writes the outcome down; says whether somebody is let in.
async fn record(
    ctx: &Context,
    actor: &Actor,
    outcome: &Outcome,
    email: String,
    visit: &Visit,
    (keys, renewed): (Vec<(Vec<u8>, i32)>, Option<String>),
) -> Result<bool, Error> {
    // Only who proved it is the one who acts.
    let acting = match outcome {
        Outcome::Right(account, _) => Actor { user: Some(account.id), behalf: None, ..actor.clone() },
        _ => Actor { user: None, behalf: None, ..actor.clone() },
    };
    let for_tx = (ctx.clone(), outcome.clone(), email, visit.clone(), keys, renewed);
    write(ctx, &acting, move |tx| {
        let (ctx, outcome, email, visit, keys, renewed) = for_tx.clone();
        Box::pin(async move {
            let now = tx.now();
            match outcome {
                Outcome::Right(person, used) => {
                    // Meanwhile the password was changed, or the account suspended: what was looked at is not so any more.
                    if sessions::hold_round(tx.conn(), person.id).await?.is_none_or(|(round, _)| round != person.round)
                    {
                        let shown = if used.is_some() { "passkey" } else { "password" };
                        failed(&ctx, tx, Some(person.id), shown, &email, &visit).await?;
                        return Ok(false);
                    }
                    let factors: &[&str] = if used.is_some() { &["passkey"] } else { &["password"] };
                    if let Some(used) = used
                        && !used.note(tx).await?
                    {
                        failed(&ctx, tx, Some(person.id), "passkey", &email, &visit).await?;
                        return Ok(false);
                    }
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
                        opened(&ctx, tx, person.id, (&email, &person.first_name), &visit, factors).await?;
                    }
                    return Ok(true);
                }
                Outcome::Delayed(user) => failed(&ctx, tx, user, "delayed", &email, &visit).await?,
                Outcome::Suspended(user, _) => failed(&ctx, tx, Some(user), "suspended", &email, &visit).await?,
                Outcome::Refused(user, why) => failed(&ctx, tx, user, why, &email, &visit).await?,
            }
            Ok(false)
        })
    })
    .await
}

/// A session is about to be opened: the history of signing in, the browser that is known from now on, a letter
/// when it was not known before, except at the very first login. `factors` are what the person showed: `password`, `passkey`, `code`, `recovery`.
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
        if devices::remember(tx.conn(), user, (&hashes.0, &hashes.1), (now, SIGN_INS)).await? {
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
    // An address without an account is not written down: whose it is, nobody could say when they want to be forgotten.
    let email = user.map_or("", |_| email);
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

pub(super) fn device_hash(device: &str) -> Vec<u8> {
    Sha256::digest(device.as_bytes()).to_vec()
}

/// Under what failures are counted. A hash, so that the table holds no addresses of people.
pub(super) fn delay_key(kind: &str, of: &[u8]) -> Vec<u8> {
    Sha256::new().chain_update(kind).chain_update([0]).chain_update(of).finalize().to_vec()
}
