//! What every change of a listing shares: taking the service in hand, ids for new extras, words for the history.

use super::Listing;
use crate::catalog::store::listing as store;
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Context, Error, ExtraId, ServiceId, Tx};
use serde_json::{Value, json};

/// Takes a service in hand, if nobody changed it since this version.
pub(super) async fn take(tx: &mut Tx, service: ServiceId, version: i32) -> Result<(), super::SaveError> {
    if store::take(tx.conn(), service, version).await? { Ok(()) } else { Err(super::SaveError::Stale) }
}

/// Extras that are new get their ids.
pub(super) fn name_extras(ctx: &Context, listing: &mut Listing) {
    for extra in listing.extras.iter_mut().filter(|extra| extra.id.0.is_nil()) {
        extra.id = ctx.id::<ExtraId>();
    }
}

/// Holds the sent pictures of a listing until the end of the transaction, so that none goes while it is referred to.
pub(super) async fn pictures(tx: &mut Tx, listing: &Listing) -> Result<(), Error> {
    let keys: Vec<String> = listing.pictures.iter().map(|picture| picture.key.clone()).collect();
    store::hold_pictures(tx.conn(), &keys).await
}

/// Eight letters that tell addresses of the same title apart; the first four are enough as long as nobody has them.
pub(super) fn suffix(ctx: &Context) -> String {
    let [a, b, c, d] = ctx.chance.bytes::<4>();
    format!("{a:02x}{b:02x}{c:02x}{d:02x}")
}

/// A line of the history about a service.
pub(super) fn entry(action: &'static str, service: ServiceId, capacity: &'static str, detail: Value) -> AuditEntry {
    AuditEntry { action, object_kind: "service", object_id: service.0, capacity, detail, personal: json!({}) }
}
