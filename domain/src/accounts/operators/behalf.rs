//! Acting for a person: with a reason they read, for half an hour at most, and never for an operator. Whose session
//! it is stays as it was: the operator's. It carries the act, and whoever reads it finds the person in its place.

use super::{note, require};
use crate::accounts::letters;
use crate::accounts::store::{behalf, operators, people};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Action, Actor, Context, Error, UserId, constraint, write};
use jiff::SignedDuration;
use serde_json::json;
use uuid::Uuid;

/// The task that notes that an act is over. Its payload is `{"act": id}`.
pub const TASK_END_ACT: &str = "accounts.end_act";
/// How long an act lasts, unless it is stopped.
const LASTS: SignedDuration = SignedDuration::from_mins(30);

/// Begins to act for a person, who is told by mail. Returns the act: the session is to carry it. An earlier act of
/// the same operator ends.
///
/// # Errors
/// A message beside `reason`; a conflict for operators and suspended people; not found for those who may not.
pub async fn act_for(ctx: &Context, actor: &Actor, user: UserId, reason: &str) -> Result<Uuid, Error> {
    let by = require(actor, Action::ActOnBehalf)?;
    match reason.trim().chars().count() {
        0 => return Err(Error::invalid("reason", "Say why, in words the person understands.")),
        1..=500 => {}
        _ => return Err(Error::invalid("reason", "Please keep the reason under 500 characters.")),
    }
    let for_tx = (ctx.clone(), reason.trim().to_owned());
    let done = write(ctx, actor, move |tx| {
        let (ctx, reason) = for_tx.clone();
        Box::pin(async move {
            let (id, now): (Uuid, _) = (ctx.id(), tx.now());
            let until = now.checked_add(LASTS).map_err(Error::internal)?;
            let person = operators::person(&mut *tx.conn(), user, now).await?;
            if person.row.roles.iter().any(|role| role.is_operators()) {
                return Err(Error::Conflict("Nobody acts for an operator.".to_owned()));
            }
            if person.row.suspended {
                return Err(Error::Conflict("Nobody acts for a suspended account. Restore it first.".to_owned()));
            }
            behalf::end_of_operator(tx.conn(), by, now).await?;
            behalf::begin(tx.conn(), id, (by, user), &reason, (now, until)).await?;
            let (email, name, _) = people::secrets(&mut *tx.conn(), user).await?;
            letters::acted_for(&ctx, tx, user, (&email, &name), &reason).await?;
            note(tx, "behalf.started", user, json!({ "act": id, "until": until }), &reason);
            tx.job(TASK_END_ACT, json!({ "act": id }), until);
            Ok(id)
        })
    });
    match done.await {
        Err(Error::Internal(inner))
            if inner.downcast_ref::<sqlx::Error>().is_some_and(|e| constraint::violates(e, "acts_on_behalf_one")) =>
        {
            Err(Error::Conflict("You have just begun to act for somebody in another window.".to_owned()))
        }
        done => done,
    }
}

/// Stops acting. Returns for whom it was.
///
/// # Errors
/// Not found for those who act for nobody.
pub async fn stop_acting(ctx: &Context, actor: &Actor) -> Result<UserId, Error> {
    let user = actor.signed_in()?;
    let act = actor.behalf.as_ref().ok_or(Error::NotFound)?.id;
    write(ctx, &actor.at_the_keyboard(), move |tx| {
        Box::pin(async move {
            let now = tx.now();
            if behalf::end(tx.conn(), act, now).await? {
                note(tx, "behalf.ended", user, json!({ "act": act, "how": "stopped" }), "");
            }
            Ok(user)
        })
    })
    .await
}

/// The person themselves ends whatever an operator does for them right now.
///
/// # Errors
/// Not found when nobody acts for them.
pub async fn refuse_acts(ctx: &Context, actor: &Actor) -> Result<(), Error> {
    let user = actor.in_person()?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            let now = tx.now();
            if behalf::end_for_person(tx.conn(), user, now).await? == 0 {
                return Err(Error::NotFound);
            }
            note(tx, "behalf.ended", user, json!({ "how": "refused" }), "");
            Ok(())
        })
    })
    .await
}

/// Notes that an act is over, once its time is. Running it too early or twice does nothing.
///
/// # Errors
/// The database is away.
pub async fn lapse_act(ctx: &Context, act: Uuid) -> Result<(), Error> {
    write(ctx, &Actor::system(ctx.id()), move |tx| {
        Box::pin(async move {
            let now = tx.now();
            if let Some(user) = behalf::lapse(tx.conn(), act, now).await? {
                tx.audit(AuditEntry {
                    action: "behalf.ended",
                    object_kind: "user",
                    object_id: user.0,
                    capacity: "system",
                    detail: json!({ "act": act, "how": "lapsed" }),
                    personal: json!({}),
                });
            }
            Ok(())
        })
    })
    .await
}
