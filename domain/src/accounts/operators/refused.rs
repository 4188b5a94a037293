//! What operators were refused.

use super::capacity;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, write};
use serde_json::{Value, json};
use uuid::Uuid;

/// Writes down that an operator found nothing, or no right, at a place of the back office. `route` is the template of
/// the address, not the address: that may name a person.
///
/// # Errors
/// The database is away.
pub async fn note_refusal(ctx: &Context, actor: &Actor, method: &str, route: &str) -> Result<(), Error> {
    let detail = json!({ "method": method, "route": route, "asleep": actor.asleep });
    write(ctx, actor, move |tx| {
        let detail = detail.clone();
        Box::pin(async move {
            let capacity = capacity(tx.actor());
            tx.audit(AuditEntry {
                action: "operator.refused",
                object_kind: "route",
                object_id: Uuid::nil(),
                capacity,
                detail,
                personal: Value::Null,
            });
            Ok(())
        })
    })
    .await
}
