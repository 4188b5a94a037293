//! Saving a draft, handing it in, and throwing it away. A form that was opened before somebody else's change is told so,
//! and changes nothing.

use super::{Edited, Listing, RevisionState, find, keep, missing, missing_told, needs_review, publish, told};
use crate::catalog::Status;
use crate::catalog::categories::shelves;
use crate::catalog::store::listing as store;
use crate::kernel::{Action, Actor, Context, Error, Object, ProviderId, UserId, WriteError, can, write};
use serde_json::json;

/// Why a listing was not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Somebody, perhaps oneself in another window, has changed it since the form was opened.
    #[error("changed meanwhile")]
    Stale,
    /// Anything else.
    #[error(transparent)]
    Other(#[from] Error),
}

impl WriteError for SaveError {
    fn cause(&self) -> Option<&Error> {
        match self {
            Self::Other(error) => Some(error),
            Self::Stale => None,
        }
    }
}

/// What became of a listing that was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Somebody looks at it first.
    Waits,
    /// Customers see it now.
    Live,
}

/// Who may work on the listings of a business.
pub(super) fn require(actor: &Actor, provider: ProviderId) -> Result<UserId, Error> {
    let user = actor.signed_in()?;
    let object = Object { provider: Some(provider), ..Object::default() };
    if can(actor, Action::KeepListings, &object) { Ok(user) } else { Err(Error::NotFound) }
}

/// Saves a draft. What waited for review is taken back: the reviewer decides about what was handed in, nothing else.
///
/// # Errors
/// [`SaveError::Stale`]; not found for people who do not manage the business; a town nobody knows; a category that is
/// not offered; no title for what customers have seen.
pub async fn save(
    ctx: &Context,
    actor: &Actor,
    service: &Edited,
    version: i32,
    listing: Listing,
) -> Result<(), SaveError> {
    let author = require(actor, service.provider)?;
    if service.published && listing.title.is_empty() {
        return Err(Error::invalid("title", "A service that customers have seen needs a title.").into());
    }
    let mut listing = settle(ctx, service, listing).await?;
    keep::name_extras(ctx, &mut listing);
    let id = service.id;
    write(ctx, actor, move |tx| {
        let listing = listing.clone();
        Box::pin(async move {
            keep::take(tx, id, version).await?;
            let now = tx.now();
            keep::pictures(tx, &listing).await?;
            let number = store::put_draft(tx.conn(), id, &listing, author, now).await?;
            tx.audit(keep::entry("listing.saved", id, "provider", json!({ "number": number })));
            Ok(())
        })
    })
    .await
}

/// Hands a listing in, exactly as it is in `service`. What harms nobody goes on show at once; a service nobody has seen,
/// and changes of risky parts, wait for review while customers go on seeing what they saw.
///
/// # Errors
/// [`SaveError::Stale`]; messages beside what is missing; a conflict when nothing changed, when it waits already, or in
/// the archive.
pub async fn submit(ctx: &Context, actor: &Actor, service: &Edited) -> Result<Saved, SaveError> {
    require(actor, service.provider)?;
    let (id, version) = (service.id, service.version);
    let conflict = |words: &str| SaveError::Other(Error::Conflict(words.to_owned()));
    if service.status == Status::Archived {
        return Err(conflict("This service is in the archive. Take it back first."));
    }
    let Some((revision, mut listing)) = service.open.clone() else {
        return Err(conflict("Nothing is different from what customers see."));
    };
    // Who has left since the text was saved does nothing any more.
    listing.members.retain(|member| service.team.iter().any(|mate| mate.id == *member));
    if revision.state == RevisionState::Submitted {
        return Err(conflict("It waits for review already."));
    }
    let mut wrong = missing(&listing);
    missing_told(&listing, &shelves(ctx).await?.asked(listing.category), &mut wrong);
    wrong.into_result()?;
    if service.published && super::changes(&service.live, &listing, &|id| id.to_string()).is_empty() {
        return Err(conflict("Nothing is different from what customers see."));
    }
    let waits = !service.published || needs_review(&service.live, &listing);
    let (for_tx, number) = (ctx.clone(), revision.number);
    write(ctx, actor, move |tx| {
        let (ctx, listing) = (for_tx.clone(), listing.clone());
        Box::pin(async move {
            keep::take(tx, id, version).await?;
            let now = tx.now();
            let number = if revision.state == RevisionState::Declined {
                // What was sent back stays as it was in the history.
                let author = tx.actor().signed_in()?;
                store::put_draft(tx.conn(), id, &listing, author, now).await?
            } else {
                number
            };
            if waits {
                store::submit(tx.conn(), id, number, now).await?;
                tx.audit(keep::entry("listing.submitted", id, "provider", json!({ "number": number })));
                return Ok(Saved::Waits);
            }
            publish::publish(tx, &ctx, id, (number, &listing), None).await?;
            tx.audit(keep::entry("listing.changed", id, "provider", json!({ "number": number })));
            Ok(Saved::Live)
        })
    })
    .await
}

/// Throws away what was written since the service went on show.
///
/// # Errors
/// [`SaveError::Stale`]; a conflict when there is nothing to go back to.
pub async fn discard(ctx: &Context, actor: &Actor, slug: &str, version: i32) -> Result<(), SaveError> {
    let service = find::own(ctx, actor, slug).await?;
    let Some((revision, _)) = service.open.as_ref().filter(|_| service.published) else {
        return Err(Error::Conflict(
            "There is nothing to go back to: customers see no other text of this service.".to_owned(),
        )
        .into());
    };
    let (id, number) = (service.id, revision.number);
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            keep::take(tx, id, version).await?;
            let now = tx.now();
            store::drop_revision(tx.conn(), id, number, now).await?;
            tx.audit(keep::entry("listing.discarded", id, "provider", json!({ "number": number })));
            Ok(())
        })
    })
    .await
}

/// A category that is offered, or kept; answers to what is asked there; the town's place on the map; members of the
/// business only.
async fn settle(ctx: &Context, service: &Edited, mut listing: Listing) -> Result<Listing, Error> {
    let before = service.listing();
    let shelves = shelves(ctx).await?;
    listing.category = shelves.home_of(listing.category);
    let kept = [before.category, service.live.category];
    if !shelves.offered(&kept).iter().any(|shelf| shelf.id == listing.category) {
        return Err(Error::invalid("category", "Nothing new goes into this category. Choose another one."));
    }
    let asked = shelves.asked(listing.category);
    told::keep_asked(&mut listing, &asked);
    if listing.city != before.city {
        let Some((name, lat, lng)) = store::town(&ctx.pool, service.provider, &listing.city).await? else {
            return Err(Error::invalid("city", "We do not know this town yet. Choose a larger one nearby."));
        };
        (listing.city, listing.lat, listing.lng) = (name, lat, lng);
    }
    listing.members.retain(|member| service.team.iter().any(|mate| mate.id == *member));
    Ok(listing)
}
