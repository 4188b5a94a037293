//! When the key of the installation is renewed, secrets follow.

use super::enrol::purpose;
use crate::accounts::passkeys::purpose as purpose_of_passkey;
use crate::accounts::store::{factors, passkeys};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, RequestId, write};
use serde_json::{Value, json};
use uuid::Uuid;

/// Seals some secrets of earlier keys with the present one; says how many. None are left when it says none.
///
/// # Errors
/// A secret opens with none of the keys there are; the database is away.
pub(in crate::accounts) async fn reseal(ctx: &Context) -> Result<usize, Error> {
    // A process without a key has nothing to seal with.
    let Ok(mark) = ctx.sealer.mark().map(<[u8]>::to_vec) else { return Ok(0) };
    let system = Actor::system(RequestId(ctx.id()));
    let for_tx = (ctx.clone(), mark);
    write(ctx, &system, move |tx| {
        let (ctx, mark) = for_tx.clone();
        Box::pin(async move {
            let (mut users, mut sealed) = (Vec::new(), Vec::new());
            for (user, old) in factors::sealed_otherwise(tx.conn(), &mark).await? {
                let secret = ctx.sealer.open(&purpose(user), &old)?;
                sealed.push(ctx.sealer.seal(&ctx.chance, &purpose(user), &secret)?);
                users.push(user.0);
            }
            let (mut ids, mut credentials) = (Vec::new(), Vec::new());
            for one in passkeys::sealed_otherwise(tx.conn(), &mark).await? {
                let purpose = purpose_of_passkey(one.user);
                let credential = ctx.sealer.open(&purpose, &one.sealed)?;
                credentials.push(ctx.sealer.seal(&ctx.chance, &purpose, &credential)?);
                ids.push(one.id.0);
            }
            let count = users.len() + ids.len();
            if count > 0 {
                factors::reseal(tx.conn(), &users, &sealed).await?;
                passkeys::reseal(tx.conn(), &ids, &credentials).await?;
                tx.audit(AuditEntry {
                    action: "second_factor.resealed",
                    object_kind: "installation",
                    object_id: Uuid::nil(),
                    capacity: "system",
                    detail: json!({ "secrets": count }),
                    personal: Value::Null,
                });
            }
            Ok(count)
        })
    })
    .await
}
