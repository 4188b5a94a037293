//! Customers and businesses who do not want to meet again. Either side can block the other, says why to nobody but
//! operators, and takes it back when they like. Nothing new can be booked between the two; what was agreed goes on.

use super::store::blocking as store;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Action, Actor, Context, Error, Object, ProviderId, Tx, UserId, can, write};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

/// Who blocks the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A customer, who blocks a business.
    Customer,
    /// A business, which blocks a customer.
    Provider,
}

impl Side {
    /// The name in the database and in audit entries.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Provider => "provider",
        }
    }
}

/// A customer and a business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The customer.
    pub customer: UserId,
    /// The business.
    pub provider: ProviderId,
}

/// Somebody who was blocked, for the list of the one who did it.
#[derive(Clone, Debug)]
pub struct Blocked {
    /// Which block.
    pub id: Uuid,
    /// Name of the other side.
    pub name: String,
    /// Address of the other side's page, when it is a business.
    pub slug: Option<String>,
    /// Why, in one's own words; may be empty.
    pub reason: String,
    /// Since when.
    pub at: Timestamp,
}

/// The most people a list shows.
pub(super) const LONGEST_LIST: i64 = 200;

/// Blocks the other side; with another reason, the reason changes.
///
/// # Errors
/// Not found for those who are not that side; a message beside `reason`; one's own business.
pub async fn block(ctx: &Context, actor: &Actor, side: Side, pair: Pair, reason: &str) -> Result<(), Error> {
    let by = may(actor, side, pair)?;
    let reason = reason.trim().to_owned();
    if reason.chars().count() > 500 {
        return Err(Error::invalid("reason", "Please keep it under 500 characters."));
    }
    let ctx_of_tx = ctx.clone();
    write(ctx, actor, move |tx| {
        let (id, reason): (Uuid, _) = (ctx_of_tx.id(), reason.clone());
        Box::pin(async move {
            let now = tx.now();
            // Bookings of the two that are being made come to their end first, or see this.
            store::lock(tx.conn(), pair).await?;
            if !store::insert(tx.conn(), id, pair, side, (by, &reason), now).await? {
                return Err(Error::Conflict("Nobody can block a business they work for themselves.".to_owned()));
            }
            tx.audit(entry("block.made", side, pair, &reason));
            Ok(())
        })
    })
    .await
}

/// Takes a block back.
///
/// # Errors
/// Not found, also when it is somebody else's.
pub async fn unblock(ctx: &Context, actor: &Actor, id: Uuid) -> Result<(), Error> {
    actor.signed_in()?;
    let (side, pair) = store::find(&ctx.pool, id).await?.ok_or(Error::NotFound)?;
    may(actor, side, pair)?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            if !store::delete(tx.conn(), id).await? {
                return Err(Error::NotFound);
            }
            tx.audit(entry("block.lifted", side, pair, ""));
            Ok(())
        })
    })
    .await
}

/// The businesses a customer has blocked, the latest first: one statement.
///
/// # Errors
/// Not signed in.
pub async fn blocked_by_customer(ctx: &Context, actor: &Actor) -> Result<Vec<Blocked>, Error> {
    store::of_customer(&ctx.pool, actor.signed_in()?, LONGEST_LIST).await
}

/// The customers a business has blocked, the latest first: one statement.
///
/// # Errors
/// Not found for people who do not act for the business.
pub async fn blocked_by_provider(ctx: &Context, actor: &Actor, provider: ProviderId) -> Result<Vec<Blocked>, Error> {
    actor.signed_in()?;
    let object = Object { provider: Some(provider), ..Object::default() };
    if !can(actor, Action::Block, &object) {
        return Err(Error::NotFound);
    }
    store::of_provider(&ctx.pool, provider, LONGEST_LIST).await
}

/// A business by its word in addresses: which, its name, and whether the actor has blocked it. One statement.
///
/// # Errors
/// Not signed in; not found.
pub async fn business_to_block(ctx: &Context, actor: &Actor, slug: &str) -> Result<(ProviderId, String, bool), Error> {
    store::business(&ctx.pool, actor.signed_in()?, slug).await?.ok_or(Error::NotFound)
}

/// Whether the two keep apart, for a page to say so before anybody fills in a form. One statement.
///
/// # Errors
/// The database is away.
pub async fn apart(ctx: &Context, pair: Pair) -> Result<bool, Error> {
    store::apart(&ctx.pool, pair).await
}

/// The same for a change that must not happen then: until its end nobody of the two can block the other.
///
/// # Errors
/// The database is away.
pub async fn keep_apart(tx: &mut Tx, pair: Pair) -> Result<bool, Error> {
    store::keep_apart(tx.conn(), pair).await
}

fn may(actor: &Actor, side: Side, pair: Pair) -> Result<UserId, Error> {
    let user = actor.signed_in()?;
    let object = match side {
        Side::Customer => Object { customer: Some(pair.customer), ..Object::default() },
        Side::Provider => Object { provider: Some(pair.provider), ..Object::default() },
    };
    if can(actor, Action::Block, &object) { Ok(user) } else { Err(Error::NotFound) }
}

/// About the side that is blocked, so that the words go when that person is forgotten.
fn entry(action: &'static str, side: Side, pair: Pair, reason: &str) -> AuditEntry {
    let (object_kind, object_id, detail) = match side {
        Side::Customer => ("provider", pair.provider.0, json!({})),
        Side::Provider => ("user", pair.customer.0, json!({ "provider": pair.provider })),
    };
    AuditEntry { action, object_kind, object_id, capacity: side.name(), detail, personal: json!({ "reason": reason }) }
}
