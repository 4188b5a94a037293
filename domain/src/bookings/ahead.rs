//! What a member still has to do, for whoever decides about the member.

use super::life::State;
use super::store::ahead as store;
use crate::kernel::{Action, Actor, Context, Error, MemberId, Object, ProviderId, can};
use jiff::Timestamp;

/// The most bookings a list shows.
pub(super) const LONGEST_LIST: i64 = 100;

/// A booking that is asked for or agreed and not done yet.
#[derive(Clone, Debug)]
pub struct Ahead {
    /// `SH-7K3MQ2XD`.
    pub reference: String,
    /// Title of the service.
    pub title: String,
    /// Where it is in its life.
    pub state: State,
    /// When the visit begins, or the delivery is due.
    pub at: Option<Timestamp>,
    /// It is a visit that can be given to a colleague: asked for or agreed, and still ahead.
    pub givable: bool,
}

/// What a member of a business still has to do, the next first, at most a hundred: one statement. For those who
/// act for the business, and for the member.
///
/// # Errors
/// Not found for everybody else.
pub async fn ahead_of(
    ctx: &Context,
    actor: &Actor,
    provider: ProviderId,
    member: MemberId,
) -> Result<Vec<Ahead>, Error> {
    actor.signed_in()?;
    let object = Object { provider: Some(provider), member: Some(member), customer: None };
    if !can(actor, Action::ActAsProvider, &object) {
        return Err(Error::NotFound);
    }
    store::ahead(&ctx.pool, provider, member, ctx.clock.now()).await
}
