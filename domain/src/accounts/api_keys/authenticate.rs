//! From a key to the actor every use case is told.

use super::secret::{hash, well_formed};
use crate::accounts::store::api_keys as store;
use crate::kernel::{Actor, Context, Error, RequestId, Role};
use jiff::SignedDuration;
use std::net::IpAddr;

/// Uses are written down at most this often, so that reading hardly ever writes.
const USED_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Who acts when a program shows a key: its person, as customer and for their businesses, within the key's scopes. Roles
/// of the back office are never among it: no second factor stands behind a key. One statement.
///
/// # Errors
/// [`Error::SignIn`] for a key that is unknown, mistyped, revoked or over, and for suspended and deleted people: whoever
/// shows it does not learn which.
pub async fn authenticate(ctx: &Context, key: &str, address: IpAddr, request: RequestId) -> Result<Actor, Error> {
    if !well_formed(key) {
        return Err(Error::SignIn);
    }
    let now = ctx.clock.now();
    let before = now.checked_sub(USED_EVERY).map_err(Error::internal)?;
    let found = store::use_key(&ctx.pool, &hash(key), now, before).await?.ok_or(Error::SignIn)?;
    Ok(Actor {
        user: Some(found.user),
        name: found.first_name,
        roles: found.roles.iter().filter_map(|name| Role::parse(name)).filter(|role| !role.is_operators()).collect(),
        memberships: found.memberships,
        scopes: Some(found.scopes),
        ..Actor::visitor(address, request)
    })
}
