//! Coming to a team by an invitation: only the person whose address it went to can.

use super::rights::note;
use super::store::{invitations, members};
use super::{Offer, letters};
use crate::accounts;
use crate::kernel::{Actor, Context, Error, ProviderId, write};
use serde_json::json;

/// What an invitation offers, for whoever opens its link; `None` when it does not work (any more).
///
/// # Errors
/// The database is away.
pub async fn offer(ctx: &Context, secret: &str) -> Result<Option<Offer>, Error> {
    invitations::offered(&ctx.pool, &accounts::link_hash(secret), ctx.clock.now()).await
}

/// Accepts an invitation. Who opens it has read the mail of the address, which is proved by it.
///
/// # Errors
/// Another person's invitation, one that does not work (any more), or somebody who works there already.
pub async fn accept(ctx: &Context, actor: &Actor, secret: &str) -> Result<ProviderId, Error> {
    let user = actor.in_person()?;
    let hash = accounts::link_hash(secret);
    let for_tx = (ctx.clone(), hash);
    write(ctx, actor, move |tx| {
        let (ctx, hash) = for_tx.clone();
        Box::pin(async move {
            let now = tx.now();
            let (email, _) = accounts::address_of(tx.conn(), user).await?;
            let taken = invitations::accept(tx.conn(), &hash, user, &email, now).await?;
            let taken = taken.ok_or_else(accounts::stale_link)?;
            let (provider, role) = (taken.provider, taken.role);
            let mut place = None;
            if let Some(member) = taken.member
                && members::give_login(tx.conn(), member, user, role).await?
            {
                place = Some(member);
            }
            // Somebody new, somebody who comes back, or the one it was meant for has left meanwhile.
            if place.is_none() {
                place = members::insert(tx.conn(), ctx.id(), provider, Some(user), &taken.name, role).await?;
            }
            let member = place.ok_or_else(|| Error::Conflict("You work for this business already.".to_owned()))?;
            accounts::joined_by_mail(tx, user, &email).await?;
            let detail = json!({ "provider": provider, "role": role.name() });
            note(tx, "team.joined", member, detail, json!({ "name": taken.name }));
            letters::joined(&ctx, tx, taken.by, member).await?;
            Ok::<_, Error>(provider)
        })
    })
    .await
}
