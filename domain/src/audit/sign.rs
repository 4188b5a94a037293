//! Signing where the history stands, once a day.

use super::HEAD_SIGNED;
use super::head::{Head, day_of};
use super::store;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, RequestId, Role, write};
use serde_json::json;
use uuid::Uuid;

/// Signs today's head, unless somebody has. Any number of processes may try; one of them does it.
///
/// # Errors
/// The database is away, or this process has no key.
pub async fn sign_head(ctx: &Context) -> Result<Option<Head>, Error> {
    let signer = ctx.signer()?.clone();
    if store::has_head(&ctx.pool, day_of(ctx.clock.now())).await? {
        return Ok(None);
    }
    let actor = Actor::system(RequestId(ctx.id()));
    let id: Uuid = ctx.id();
    write(ctx, &actor, move |tx| {
        let signer = signer.clone();
        Box::pin(async move {
            let (seq, hash) = store::end(tx.conn()).await?;
            let hash = hash.try_into().map_err(|_| Error::internal("the end of the chain has no hash"))?;
            let head = Head::sign(&signer, tx.now(), seq, hash);
            if !store::keep_head(tx.conn(), id, &head).await? {
                return Ok(None);
            }
            tx.audit(AuditEntry {
                action: HEAD_SIGNED,
                object_kind: "audit_head",
                object_id: id,
                capacity: Role::System.name(),
                detail: json!({ "day": head.day, "seq": seq, "hash": hex::encode(head.hash) }),
                personal: json!(null),
            });
            Ok::<_, Error>(Some(head))
        })
    })
    .await
}
