//! The relay: events that committed with a change are handed to their consumers, in order, at least once.

use crate::availability;
use crate::catalog::listing::SERVICE_CHANGED;
use crate::kernel::{Context, Error, MemberId, outbox};
use uuid::Uuid;

/// Events handed on at once.
const BATCH: i64 = 100;

/// Hands waiting events to their consumers. Several relays share the work; a relay that dies midway leaves
/// its events to the next one. Returns how many events there were.
///
/// # Errors
/// The database is away, or a consumer failed: the events wait for the next try.
pub async fn relay(ctx: &Context) -> Result<usize, Error> {
    let batch = outbox::take(ctx, BATCH).await?;
    let mut members: Vec<MemberId> = Vec::new();
    let mut services: Vec<Uuid> = Vec::new();
    for event in batch.events() {
        if event.kind == "reservations.changed" && !members.contains(&MemberId(event.object_id)) {
            members.push(MemberId(event.object_id));
        }
        if event.kind == SERVICE_CHANGED && !services.contains(&event.object_id) {
            services.push(event.object_id);
        }
    }
    if !members.is_empty() {
        availability::refresh_members(ctx, &members).await?;
    }
    if !services.is_empty() {
        availability::refresh_services(ctx, &services).await?;
    }
    batch.done(ctx).await
}
