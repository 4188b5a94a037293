//! A person's picture. Where somebody is shown as the one who does the work, their new picture is shown there too,
//! unless the business has chosen another one for them.

use super::store::picture as store;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, UserId, write};
use crate::pictures::{self, FACE};
use serde_json::{Value, json};
use std::sync::Arc;

/// Takes another picture for oneself. What was sent is made anew from its pixels; the old picture goes.
///
/// # Errors
/// A message beside `picture`; too many pictures are being worked on; not signed in.
pub async fn change_picture(ctx: &Context, actor: &Actor, sent: &[u8]) -> Result<(), Error> {
    let user = actor.signed_in()?;
    let prints = Arc::new(pictures::take(ctx, "picture", sent, FACE).await?);
    write(ctx, actor, move |tx| {
        let prints = Arc::clone(&prints);
        Box::pin(async move {
            pictures::keep(tx, &prints).await?;
            let old = store::set_picture(tx.conn(), user, Some(&prints.key)).await?;
            if old.as_ref() != Some(&prints.key) {
                tx.audit(entry("user.picture_changed", user, json!({ "picture": prints.key })));
            }
            Ok(())
        })
    })
    .await
}

/// Goes without a picture: initials are shown instead. Doing it twice does no harm.
///
/// # Errors
/// Not signed in.
pub async fn remove_picture(ctx: &Context, actor: &Actor) -> Result<(), Error> {
    let user = actor.signed_in()?;
    write(ctx, actor, move |tx| {
        Box::pin(async move {
            if store::set_picture(tx.conn(), user, None).await?.is_some() {
                tx.audit(entry("user.picture_removed", user, json!({})));
            }
            Ok(())
        })
    })
    .await
}

fn entry(action: &'static str, user: UserId, personal: Value) -> AuditEntry {
    AuditEntry { action, object_kind: "user", object_id: user.0, capacity: "customer", detail: json!({}), personal }
}
