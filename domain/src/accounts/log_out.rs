//! Signing out: the record of it. The session itself is the edge's.

use super::operators;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, Role, write};
use serde_json::Value;

/// Records that a person signed out; nothing happens for a visitor. An operator who acts for somebody stops that first.
///
/// # Errors
/// The database is away.
pub async fn log_out(ctx: &Context, actor: &Actor) -> Result<(), Error> {
    if actor.behalf.is_some() {
        operators::stop_acting(ctx, actor).await?;
    }
    let actor = &actor.at_the_keyboard();
    let Some(user) = actor.user else {
        return Ok(());
    };
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            tx.audit(AuditEntry {
                action: "session.closed",
                object_kind: "user",
                object_id: user.0,
                capacity: Role::Customer.name(),
                detail: Value::Null,
                personal: Value::Null,
            });
            Ok(())
        })
    })
    .await
}
