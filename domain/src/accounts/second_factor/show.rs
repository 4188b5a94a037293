//! Showing the second factor after the password: one door for codes and passkeys.

use super::codes;
use super::enrol::{note, purpose};
use crate::accounts::demo::DOMAIN;
use crate::accounts::log_in::{Account, HalfWay, LogInError, Visit, delay_key, device_hash, opened};
use crate::accounts::operators::Suspended;
use crate::accounts::passkeys::{Kind, Shown, Used};
use crate::accounts::store::factors::InForce;
use crate::accounts::store::{self, Login, devices, factors, people, sessions};
use crate::kernel::{Actor, Context, Error, UserId, write};
use serde_json::json;

/// Wrong codes that cost no waiting.
const FREE_TRIES: i32 = 5;
/// The longest wait between two tries, in seconds.
const LONGEST_WAIT: i32 = 900;

/// What somebody shows after the password.
pub(in crate::accounts) enum Step {
    /// A code of the app, or a recovery code, as typed.
    Code(String),
    Passkey(Box<Shown>),
}

/// What it was, checked as far as that goes without the transaction that uses it up.
#[derive(Clone)]
enum Checked {
    Code { step: Option<i64>, recovery: Vec<u8> },
    Passkey(Option<Used>),
}

/// Which second factors somebody has whose password was right a moment ago.
///
/// # Errors
/// The database is away.
pub async fn in_force(ctx: &Context, user: UserId) -> Result<InForce, Error> {
    factors::in_force(&ctx.pool, user).await
}

/// The second step with a code of their app or a recovery code. No code opens twice, however many try it at the same moment.
///
/// # Errors
/// A wrong or used code; too many wrong ones; a first step that counts no more; a suspended account.
pub async fn show(
    ctx: &Context,
    actor: &Actor,
    half: HalfWay,
    typed: &str,
    visit: &Visit,
) -> Result<Account, LogInError> {
    step(ctx, actor, half, Step::Code(typed.to_owned()), visit).await
}

/// Opens the session of a person whose password was right a moment ago.
pub(in crate::accounts) async fn step(
    ctx: &Context,
    actor: &Actor,
    HalfWay { user, round }: HalfWay,
    shown: Step,
    visit: &Visit,
) -> Result<Account, LogInError> {
    let now = ctx.clock.now();
    // Somebody else who has the password delays themself, not the owner in a browser that is known.
    let device = visit.device.as_deref().map(device_hash).unwrap_or_default();
    let known = devices::known(&ctx.pool, user, &device).await?;
    let key = if known {
        delay_key("code device", &[user.0.as_bytes(), &*device].concat())
    } else {
        delay_key("code", user.0.as_bytes())
    };
    let acting = Actor { user: Some(user), behalf: None, ..actor.clone() };
    if let Some(until) = devices::take_turn(&ctx.pool, &[(key.clone(), FREE_TRIES)], now, LONGEST_WAIT).await? {
        note_wait(ctx, &acting, user, visit).await?;
        return Err(LogInError::Delayed { seconds: until.duration_since(now).as_secs().unsigned_abs().max(1) });
    }
    // Between the two steps the password may have been changed, the person suspended or forgotten.
    let login = store::find_person(&ctx.pool, user).await?.filter(|login| login.round == round);
    let Some(Login { email, first_name, .. }) = login else { return Err(LogInError::Over) };
    if !in_force(ctx, user).await?.any() {
        return Err(Error::Conflict("Two-step login is off. Log in again.".to_owned()).into());
    }
    let (checked, wrong) = match shown {
        Step::Code(typed) => {
            let step = step_of(ctx, user, &typed, &email, now).await?;
            (Checked::Code { step, recovery: codes::recovery_hash(user.0, &typed) }, "code")
        }
        Step::Passkey(shown) => (Checked::Passkey(shown.check(ctx, Kind::SecondStep, Some(user)).await?), "passkey"),
    };
    let for_tx = (ctx.clone(), checked, key, visit.clone(), email, first_name.clone());
    let outcome = write(ctx, &acting, move |tx| {
        let (ctx, checked, key, visit, email, name) = for_tx.clone();
        Box::pin(async move {
            let now = tx.now();
            let suspended = match sessions::hold_round(tx.conn(), user).await? {
                Some((held, suspended)) if held == round => suspended,
                _ => return Ok(Outcome::Over),
            };
            let mut by_recovery = false;
            let right = match checked {
                Checked::Code { step: Some(step), .. } => factors::use_step(tx.conn(), user, step).await?,
                Checked::Code { step: None, recovery } => {
                    by_recovery = factors::use_recovery(tx.conn(), user, &recovery, now).await?;
                    by_recovery
                }
                Checked::Passkey(Some(used)) => used.note(tx).await?,
                Checked::Passkey(None) => false,
            };
            let (id, address) = (ctx.id(), tx.actor().address);
            if right && suspended {
                devices::forgive(tx.conn(), &key).await?;
                sessions::note_attempt(tx.conn(), id, user, now, "suspended", address, &visit.agent).await?;
                note(tx, user, "session.failed", json!({ "why": "suspended" }));
                return Ok(Outcome::Suspended);
            }
            if right {
                devices::forgive(tx.conn(), &key).await?;
                let second = if by_recovery { "recovery" } else { wrong };
                opened(&ctx, tx, user, (&email, &name), &visit, &["password", second]).await?;
                if by_recovery {
                    note(tx, user, "second_factor.recovery_used", json!({}));
                }
                return Ok(Outcome::Right);
            }
            sessions::note_attempt(tx.conn(), id, user, now, wrong, address, &visit.agent).await?;
            note(tx, user, "session.failed", json!({ "why": wrong }));
            Ok::<_, Error>(Outcome::Wrong)
        })
    })
    .await?;
    match outcome {
        Outcome::Right => Ok(Account { id: user, first_name, two_factor: true, round }),
        Outcome::Wrong => Err(LogInError::Refused),
        Outcome::Over => Err(LogInError::Over),
        Outcome::Suspended => {
            let unwritten = Suspended { reason: String::new(), evidence: String::new(), appeal: String::new() };
            let why = Suspended::in_force(ctx, user).await?.unwrap_or(unwritten);
            Err(LogInError::Suspended { user, why })
        }
    }
}

/// What came of the second step.
enum Outcome {
    Right,
    Wrong,
    /// The first one counts no more.
    Over,
    /// It was right; why nothing opens, the person may read now.
    Suspended,
}

/// A try that came too early is a try as well.
async fn note_wait(ctx: &Context, acting: &Actor, user: UserId, visit: &Visit) -> Result<(), Error> {
    let for_tx = (ctx.clone(), visit.agent.clone());
    write(ctx, acting, move |tx| {
        let (ctx, agent) = for_tx.clone();
        Box::pin(async move {
            let (id, now, address) = (ctx.id(), tx.now(), tx.actor().address);
            sessions::note_attempt(tx.conn(), id, user, now, "delayed", address, &agent).await?;
            note(tx, user, "session.failed", json!({ "why": "delayed" }));
            Ok(())
        })
    })
    .await
}

/// The step of the app's code that was typed; `None` when it is none, or there is no app.
async fn step_of(
    ctx: &Context,
    user: UserId,
    typed: &str,
    email: &str,
    now: jiff::Timestamp,
) -> Result<Option<i64>, Error> {
    let Some(stored) = factors::secret(&ctx.pool, user).await?.filter(|secret| secret.confirmed) else {
        return Ok(None);
    };
    let generator = codes::generator(ctx.sealer.open(&purpose(user), &stored.sealed)?, email)?;
    Ok(codes::digits(typed).and_then(|code| codes::matching_step(&generator, &code, now)))
}

/// The code a demo login's authenticator app would show now, for pages of development installations: the first
/// one that was not used yet. `None` for everybody else, and when all three that would do are used up.
///
/// # Errors
/// The database is away.
pub async fn demo_code(ctx: &Context, user: UserId) -> Result<Option<String>, Error> {
    let (email, _, _) = people::secrets(&ctx.pool, user).await?;
    if !email.ends_with(&format!("@{DOMAIN}")) {
        return Ok(None);
    }
    let Some(stored) = factors::secret(&ctx.pool, user).await? else { return Ok(None) };
    let generator = codes::generator(ctx.sealer.open(&purpose(user), &stored.sealed)?, &email)?;
    let present = codes::step(ctx.clock.now());
    let used = factors::used_steps(&ctx.pool, user, present - 1).await?;
    let free = [present, present + 1, present - 1].into_iter().find(|step| !used.contains(step));
    Ok(free.map(|step| codes::code(&generator, step)))
}
