//! Seeing one's keys, and revoking them.

use super::{ApiKey, note};
use crate::accounts::store::api_keys as store;
use crate::kernel::{Actor, ApiKeyId, Context, Error, write};
use jiff::SignedDuration;
use serde_json::Value;

/// How long keys that work no more are shown.
const SHOWN: SignedDuration = SignedDuration::from_hours(90 * 24);

/// One's own keys, those that were not revoked first, the newest first: one statement.
///
/// # Errors
/// Not signed in.
pub async fn api_keys(ctx: &Context, actor: &Actor) -> Result<Vec<ApiKey>, Error> {
    store::list(&ctx.pool, actor.signed_in()?).await
}

/// One of one's own keys that was not revoked.
///
/// # Errors
/// Not found, also when it is somebody else's.
pub async fn api_key(ctx: &Context, actor: &Actor, id: ApiKeyId) -> Result<ApiKey, Error> {
    store::find(&ctx.pool, actor.signed_in()?, id).await
}

/// Revokes one of one's own keys, at once and for good.
///
/// # Errors
/// Not found, also when it is somebody else's or was revoked before.
pub async fn revoke_key(ctx: &Context, actor: &Actor, id: ApiKeyId) -> Result<(), Error> {
    let user = actor.signed_in()?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            let now = tx.now();
            let name = store::revoke(tx.conn(), user, id, now).await?;
            note(tx, id, "api_key.revoked", Value::Null, &name);
            Ok(())
        })
    })
    .await
}

/// Deletes keys that have worked no more for so long that nobody asks; says how many.
pub(in crate::accounts) async fn forget_dead(ctx: &Context) -> Result<u64, Error> {
    let before = ctx.clock.now().checked_sub(SHOWN).map_err(Error::internal)?;
    store::forget_dead(&ctx.pool, before).await
}
