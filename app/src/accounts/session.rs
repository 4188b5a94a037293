//! The session, as far as accounts write it. Who is signed in is read in one place only, by the layer
//! that makes the actor.

use crate::request::Failure;
use domain::accounts::{Account, Email, HalfWay};
use domain::kernel::{Error, UserId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

/// Key of the signed-in person's id. The session store keeps it in a column of its own.
const USER: &str = "user";
/// Key of the round in which a login was looked at: the session store opens nothing that is over by then, and keeps none.
const ROUND: &str = "round";
/// Key of the address somebody has just registered with, so that it need not be typed again.
const REGISTERED: &str = "registered";

/// Key of the person whose password was right and whose second factor is still to come.
const HALF: &str = "half";
/// Key of the mark that the second factor was shown. Operator roles sleep without it.
const SECOND: &str = "second";
/// Key of a suspended person whose password was right.
const SUSPENDED: &str = "suspended";
/// Key of the act in the session of an operator who acts for somebody.
const BEHALF: &str = "behalf";
/// Key of the secret of a question to a device; who answers must be the browser that was asked.
const CEREMONY: &str = "ceremony";
/// How long writing an answer may take.
const APPEAL_LASTS: SignedDuration = SignedDuration::from_hours(2);
/// How long the second step may take.
const HALF_LASTS: SignedDuration = SignedDuration::from_mins(10);

/// Key of the service a visitor wished to keep before logging in.
const WISH: &str = "wish";
/// How long a wish waits for its visitor to log in.
const WISH_LASTS: SignedDuration = SignedDuration::from_hours(2);

/// A service to keep, and the page to come back to.
#[derive(Deserialize, Serialize)]
struct Wish {
    slug: String,
    back: String,
    since: Timestamp,
}

/// Somebody between the two steps of signing in.
#[derive(Deserialize, Serialize)]
struct Half {
    user: UserId,
    since: Timestamp,
    #[serde(default)]
    round: i64,
}

/// Opens the session of a person, under a new id that nobody can have planted. `second`: the second factor was shown.
pub(super) async fn sign_in(session: &Session, account: &Account, second: bool) -> Result<(), Failure> {
    session.cycle_id().await.map_err(away)?;
    session.remove_value(REGISTERED).await.map_err(away)?;
    session.remove_value(HALF).await.map_err(away)?;
    session.remove_value(BEHALF).await.map_err(away)?;
    if second {
        session.insert(SECOND, true).await.map_err(away)?;
    } else {
        session.remove_value(SECOND).await.map_err(away)?;
    }
    session.insert(ROUND, account.round).await.map_err(away)?;
    session.insert(USER, account.id).await.map_err(away)
}

/// The password was right; the second factor is next. The session belongs to nobody yet.
pub(super) async fn half_way(session: &Session, account: &Account, now: Timestamp) -> Result<(), Failure> {
    session.cycle_id().await.map_err(away)?;
    let half = Half { user: account.id, since: now, round: account.round };
    session.insert(HALF, half).await.map_err(away)
}

/// The password was right, and the account is suspended: the person may answer, and nothing else.
pub(super) async fn suspended(session: &Session, user: UserId, now: Timestamp) -> Result<(), Failure> {
    session.cycle_id().await.map_err(away)?;
    session.insert(SUSPENDED, Half { user, since: now, round: 0 }).await.map_err(away)
}

/// Which suspended person has just shown the password.
pub(super) async fn who_may_appeal(session: &Session, now: Timestamp) -> Result<Option<UserId>, Failure> {
    let half: Option<Half> = session.get(SUSPENDED).await.map_err(away)?;
    Ok(half.filter(|half| now.duration_since(half.since) < APPEAL_LASTS).map(|half| half.user))
}

/// Who is half-way signed in, if that was not too long ago.
pub(super) async fn half(session: &Session, now: Timestamp) -> Result<Option<HalfWay>, Failure> {
    let half: Option<Half> = session.get(HALF).await.map_err(away)?;
    let half = half.filter(|half| now.duration_since(half.since) < HALF_LASTS);
    Ok(half.map(|Half { user, round, .. }| HalfWay { user, round }))
}

/// The person has set a second factor up in this session, so it counts as shown; rights have risen, so the id changes.
pub(super) async fn second_added(session: &Session) -> Result<(), Failure> {
    session.cycle_id().await.map_err(away)?;
    session.insert(SECOND, true).await.map_err(away)
}

/// A visitor wishes to keep a service; only a form of ours gets here.
pub(crate) async fn wish(session: &Session, slug: String, back: String, now: Timestamp) -> Result<(), Failure> {
    session.insert(WISH, Wish { slug, back, since: now }).await.map_err(away)
}

/// The service to keep and the page to come back to, once, if that was not too long ago.
pub(crate) async fn wished(session: &Session, now: Timestamp) -> Result<Option<(String, String)>, Failure> {
    let wish: Option<Wish> = session.remove(WISH).await.map_err(away)?;
    Ok(wish.filter(|wish| now.duration_since(wish.since) < WISH_LASTS).map(|wish| (wish.slug, wish.back)))
}

/// The operator acts for somebody from now on: another person's rights, so the id changes.
pub(crate) async fn begin_acting(session: &Session, act: uuid::Uuid) -> Result<(), Failure> {
    session.cycle_id().await.map_err(away)?;
    session.insert(BEHALF, act).await.map_err(away)
}

/// The operator is themselves again, with all their rights, so the id changes.
pub(crate) async fn stop_acting(session: &Session) -> Result<(), Failure> {
    session.cycle_id().await.map_err(away)?;
    session.remove_value(BEHALF).await.map_err(away)?;
    Ok(())
}

/// A device is asked for a passkey.
pub(super) async fn asked(session: &Session, ceremony: &str) -> Result<(), Failure> {
    session.insert(CEREMONY, ceremony).await.map_err(away)
}

/// Which question this browser was asked; a second answer finds none.
pub(super) async fn question(session: &Session) -> Result<String, Failure> {
    Ok(session.remove(CEREMONY).await.map_err(away)?.unwrap_or_default())
}

/// What protects the account has changed, or what the person may do: the session goes on under another id.
pub(crate) async fn renew(session: &Session) -> Result<(), Failure> {
    session.cycle_id().await.map_err(away)
}

/// Ends a session, in the browser and in the store.
pub(super) async fn sign_out(session: &Session) -> Result<(), Failure> {
    session.flush().await.map_err(away)
}

/// Keeps the address of a registration for the login page.
pub(super) async fn note_registered(session: &Session, email: &Email) -> Result<(), Failure> {
    session.insert(REGISTERED, email).await.map_err(away)
}

/// The address somebody has just registered with in this browser.
pub(super) async fn registered(session: &Session) -> Result<Option<Email>, Failure> {
    session.get(REGISTERED).await.map_err(away)
}

#[expect(clippy::needless_pass_by_value, reason = "used as a function of map_err")]
fn away(error: tower_sessions::session::Error) -> Failure {
    Failure(Error::Unavailable(error.to_string()))
}
