//! Review: an operator puts on show what was handed in, or sends it back with a word. What was changed after they opened
//! it is not decided about.

use super::{Listing, keep, letters, missing, missing_told, publish};
use crate::catalog::Shelves;
use crate::catalog::categories::shelves;
use crate::catalog::store::listing as store;
use crate::kernel::{Action, Actor, Context, Error, Object, ServiceId, Tx, UserId, can, write};
use serde_json::json;

/// What a reviewer saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Which service.
    pub service: ServiceId,
    /// The version of it.
    pub version: i32,
}

pub(super) fn require(actor: &Actor) -> Result<UserId, Error> {
    let user = actor.signed_in()?;
    if can(actor, Action::ReviewListings, &Object::default()) { Ok(user) } else { Err(Error::NotFound) }
}

fn moved_on() -> Error {
    Error::Conflict(
        "The business has changed this meanwhile, or somebody else has decided. Look at it again.".to_owned(),
    )
}

/// What was handed in, taken in hand in the version the reviewer saw, without people who have left since. Nobody decides
/// about their own business.
async fn to_decide(tx: &mut Tx, chosen: Chosen) -> Result<(i32, Listing), Error> {
    if !store::take(tx.conn(), chosen.service, chosen.version).await? {
        return Err(moved_on());
    }
    let (provider, team) = store::behind(tx.conn(), chosen.service).await?;
    if tx.actor().works_for(provider) {
        return Err(Error::Conflict("This is your own business: somebody else looks at it.".to_owned()));
    }
    let (number, mut listing) = store::submitted(tx.conn(), chosen.service).await?.ok_or_else(moved_on)?;
    listing.members.retain(|member| team.contains(member));
    Ok((number, listing))
}

/// Refuses what has become incomplete since it was handed in: its people have left, or its category asks for more.
fn complete(listing: &Listing, shelves: &Shelves) -> Result<(), Error> {
    let mut lacks = missing(listing);
    missing_told(listing, &shelves.asked(listing.category), &mut lacks);
    if lacks.is_empty() {
        return Ok(());
    }
    let words = "Something is missing in it by now. Send it back, so that the business completes it.";
    Err(Error::Conflict(words.to_owned()))
}

/// Puts what was handed in on show. The business is told by mail.
///
/// # Errors
/// A conflict when it was changed or decided meanwhile, when it lacks something by now, or when it is the reviewer's own
/// business; not found for those who may not.
pub async fn approve(ctx: &Context, actor: &Actor, chosen: Chosen) -> Result<(), Error> {
    let reviewer = require(actor)?;
    let for_tx = (ctx.clone(), shelves(ctx).await?);
    write(ctx, actor, move |tx| {
        let (ctx, shelves) = for_tx.clone();
        Box::pin(async move {
            let (number, listing) = to_decide(tx, chosen).await?;
            complete(&listing, &shelves)?;
            publish::publish(tx, &ctx, chosen.service, (number, &listing), Some(reviewer)).await?;
            letters::approved(&ctx, tx, chosen.service, &listing.title).await?;
            tx.audit(keep::entry("listing.approved", chosen.service, "admin", json!({ "number": number })));
            Ok(())
        })
    })
    .await
}

/// The same for many, each on its own. Returns how many went on show; the others had changed meanwhile, or lack something
/// by now.
///
/// # Errors
/// Not found for those who may not.
pub async fn approve_all(ctx: &Context, actor: &Actor, chosen: &[Chosen]) -> Result<usize, Error> {
    require(actor)?;
    let mut done = 0;
    for one in chosen {
        match approve(ctx, actor, *one).await {
            Ok(()) => done += 1,
            Err(Error::Conflict(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(done)
}

/// Sends what was handed in back, with a reason the business reads. Customers go on seeing what they saw.
///
/// # Errors
/// A message beside `reason`; a conflict when it was changed or decided meanwhile; not found for those who may not.
pub async fn decline(ctx: &Context, actor: &Actor, chosen: Chosen, reason: &str) -> Result<(), Error> {
    let reviewer = require(actor)?;
    let reason = reason.trim().to_owned();
    match reason.chars().count() {
        0 => return Err(Error::invalid("reason", "Say what should change, in words the business understands.")),
        1..=2000 => {}
        _ => return Err(Error::invalid("reason", "Please keep it under 2,000 characters.")),
    }
    let for_tx = ctx.clone();
    write(ctx, actor, move |tx| {
        let (ctx, reason) = (for_tx.clone(), reason.clone());
        Box::pin(async move {
            let now = tx.now();
            let (number, listing) = to_decide(tx, chosen).await?;
            store::decline(tx.conn(), chosen.service, number, reviewer, &reason, now).await?;
            letters::declined(&ctx, tx, chosen.service, &listing.title, &reason).await?;
            let mut entry = keep::entry("listing.declined", chosen.service, "admin", json!({ "number": number }));
            entry.personal = json!({ "reason": reason });
            tx.audit(entry);
            Ok(())
        })
    })
    .await
}
