//! The way out of every letter: one press, without logging in. The link names the person in a sealed word that only we
//! can make; whoever has it can stop letters and nothing else, so it need not end.

use crate::catalog::store::saved as store;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, Context, Error, UserId, write};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use uuid::Uuid;

/// What the word is sealed for.
const PURPOSE: &str = "stop letters about new services";

/// The address a person's letters are stopped at.
pub(super) fn path(ctx: &Context, user: UserId) -> Result<String, Error> {
    let sealed = ctx.sealer.seal(&ctx.chance, PURPOSE, user.0.as_bytes())?;
    Ok(format!("/letters/stop/{}", URL_SAFE_NO_PAD.encode(sealed)))
}

/// Turns the letters of all searches of a person off, by the word of a letter. Twice is as good as once.
///
/// # Errors
/// Not found: the word is not one of ours.
pub async fn stop_alerts(ctx: &Context, actor: &Actor, word: &str) -> Result<(), Error> {
    let user = person(ctx, word).ok_or(Error::NotFound)?;
    // Whoever is signed in in that browser has nothing to do with it.
    let nobody = Actor::visitor(actor.address, actor.request);
    write(ctx, &nobody, move |tx| {
        Box::pin(async move {
            if store::stop(tx.conn(), user).await? {
                tx.audit(AuditEntry {
                    action: "search.alerts_stopped",
                    object_kind: "user",
                    object_id: user.0,
                    capacity: "customer",
                    detail: json!({}),
                    personal: json!({}),
                });
            }
            Ok(())
        })
    })
    .await
}

/// Whom a word names.
fn person(ctx: &Context, word: &str) -> Option<UserId> {
    let sealed = URL_SAFE_NO_PAD.decode(word).ok()?;
    let opened = ctx.sealer.open(PURPOSE, &sealed).ok()?;
    Uuid::from_slice(&opened).ok().map(UserId)
}
