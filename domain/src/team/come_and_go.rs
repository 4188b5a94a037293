//! Taking a member's time off the market and back, and going for good. Visits that are agreed stay with them until
//! somebody moves them.

use super::letters::{self, News};
use super::rights::{hold, last_owner, note, over, require};
use super::store::members;
use crate::availability::lock_members;
use crate::calendars;
use crate::kernel::{Action, Actor, Context, Error, MemberId, Object, ProviderId, can, write};
use serde_json::json;

/// Takes a member off the market: they cannot be booked and do not get into the portal.
///
/// # Errors
/// Oneself, the last owner, owners for everybody but owners, or not active.
pub async fn deactivate(ctx: &Context, actor: &Actor, provider: ProviderId, member: MemberId) -> Result<(), Error> {
    require(actor, Action::ManageTeam, provider)?;
    if actor.is_member(member) {
        return Err(Error::Conflict("You cannot deactivate yourself. You can leave the business.".to_owned()));
    }
    set_active(ctx, actor, (provider, member), false).await
}

/// Puts a member back on the market.
///
/// # Errors
/// Owners for everybody but owners; active already.
pub async fn reactivate(ctx: &Context, actor: &Actor, provider: ProviderId, member: MemberId) -> Result<(), Error> {
    require(actor, Action::ManageTeam, provider)?;
    set_active(ctx, actor, (provider, member), true).await
}

async fn set_active(
    ctx: &Context,
    actor: &Actor,
    (provider, member): (ProviderId, MemberId),
    active: bool,
) -> Result<(), Error> {
    let for_tx = (ctx.clone(), actor.clone());
    write(ctx, actor, move |tx| {
        let (ctx, actor) = for_tx.clone();
        Box::pin(async move {
            let target = hold(tx, provider, member).await?;
            over(&actor, provider, &[target.role])?;
            if target.active == active {
                let words = if active { "They are active already." } else { "They are deactivated already." };
                return Err(Error::Conflict(words.to_owned()));
            }
            if !members::set_active(tx.conn(), member, active).await? {
                return Err(last_owner());
            }
            let (action, news) = match active {
                true => ("team.reactivated", News::Reactivated),
                false => ("team.deactivated", News::Deactivated),
            };
            note(tx, action, member, json!({ "provider": provider }), json!({ "name": target.name }));
            tx.event("reservations.changed", member);
            letters::news(&ctx, tx, &target, news).await
        })
    })
    .await
}

/// Takes a member off the team for good.
///
/// # Errors
/// Oneself, the last owner, owners for everybody but owners.
pub async fn remove(ctx: &Context, actor: &Actor, provider: ProviderId, member: MemberId) -> Result<(), Error> {
    require(actor, Action::ManageTeam, provider)?;
    if actor.is_member(member) {
        return Err(Error::Conflict("To go yourself, leave the business.".to_owned()));
    }
    let for_tx = (ctx.clone(), actor.clone());
    write(ctx, actor, move |tx| {
        let (ctx, actor) = for_tx.clone();
        Box::pin(async move {
            // The lock of their time comes before their row, as everywhere.
            lock_members(tx.conn(), &[member]).await?;
            let target = hold(tx, provider, member).await?;
            over(&actor, provider, &[target.role])?;
            letters::news(&ctx, tx, &target, News::Removed).await?;
            part(tx, provider, &target, "team.removed").await
        })
    })
    .await
}

/// Leaves a business.
///
/// # Errors
/// Not found for people who do not work there; the last owner.
pub async fn leave(ctx: &Context, actor: &Actor, provider: ProviderId) -> Result<(), Error> {
    actor.in_person()?;
    let own = actor.memberships.iter().find(|own| own.provider == provider).ok_or(Error::NotFound)?;
    let member = own.member;
    let object = Object { provider: Some(provider), member: Some(member), ..Object::default() };
    if !can(actor, Action::LeaveTeam, &object) {
        return Err(Error::NotFound);
    }
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            lock_members(tx.conn(), &[member]).await?;
            let target = hold(tx, provider, member).await?;
            part(tx, provider, &target, "team.left").await
        })
    })
    .await
}

async fn part(
    tx: &mut crate::kernel::Tx,
    provider: ProviderId,
    target: &members::Target,
    action: &'static str,
) -> Result<(), Error> {
    // What somebody read from their own calendars is theirs, and nobody here could end it any more.
    calendars::forget_sources_of(tx, target.id).await?;
    let now = tx.now();
    if !members::part(tx.conn(), target.id, now).await? {
        return Err(last_owner());
    }
    note(
        tx,
        action,
        target.id,
        json!({ "provider": provider, "as": target.role.name() }),
        json!({ "name": target.name }),
    );
    tx.event("reservations.changed", target.id);
    Ok(())
}
