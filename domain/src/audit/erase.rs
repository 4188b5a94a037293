//! Forgetting a person: their words and addresses go, the history stays and still proves itself.

use super::store;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, RequestId, Role, UserId, write};
use serde_json::json;

/// Takes every address and every word out of the history that a person left there or that others wrote about
/// them and their bookings. Returns how many entries lost theirs.
///
/// To be called after the account itself has gone and its transaction has committed: the entry of that
/// transaction holds the person's address as well. Whoever asked for it, the marketplace does it, so that the
/// entry about it holds nobody's address. May be called again.
///
/// # Errors
/// The database is away.
pub async fn erase_person(ctx: &Context, person: UserId) -> Result<i64, Error> {
    let actor = Actor::system(RequestId(ctx.id()));
    write(ctx, &actor, move |tx| {
        Box::pin(async move {
            let entries = store::erase_personal(tx.conn(), person).await?;
            tx.audit(AuditEntry {
                action: "user.forgotten",
                object_kind: "user",
                object_id: person.0,
                capacity: Role::System.name(),
                detail: json!({ "entries": entries }),
                personal: json!(null),
            });
            Ok::<_, Error>(entries)
        })
    })
    .await
}
