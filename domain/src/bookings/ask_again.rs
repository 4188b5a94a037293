//! Asking the customer once more for answers that the work waits for, a day before it: who forgot them reads it in time, and
//! the work does not end for want of them.

use super::advance::take;
use super::answer;
use super::life::{Capacity, State};
use super::store::{Key, answers};
use super::tell::{News, tell};
use crate::kernel::outbox::AuditEntry;
use crate::kernel::{Actor, BookingId, Context, Error, write};
use serde_json::json;

/// Asks once more wherever the time for it has come, at most `limit` times; says how often. Twice does no harm: each
/// booking is asked about once.
///
/// # Errors
/// The database is away, or one of them cannot be asked about; the others are.
pub async fn ask_again_due(ctx: &Context, limit: i64) -> Result<usize, Error> {
    let due = answers::due(&ctx.pool, ctx.clock.now(), limit).await?;
    let (mut asked, mut failed) = (0, None);
    for booking in due {
        match ask_again(ctx, BookingId(booking)).await {
            Ok(done) => asked += usize::from(done),
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(asked), Err)
}

async fn ask_again(ctx: &Context, booking: BookingId) -> Result<bool, Error> {
    let (actor, for_tx) = (Actor::system(ctx.id()), ctx.clone());
    write(ctx, &actor, move |tx| {
        let ctx = for_tx.clone();
        Box::pin(async move {
            let booking = take(tx, &Key::Id(booking)).await?;
            let now = tx.now();
            if !answers::take_due(tx.conn(), booking.id, now).await? {
                return Ok(false);
            }
            let awaited = answer::awaited(tx, &booking).await?;
            let asks = booking.state == State::Confirmed && !awaited.is_empty();
            tx.audit(AuditEntry {
                action: "booking.asked_again",
                object_kind: "booking",
                object_id: booking.id.0,
                capacity: Capacity::Clock.name(),
                detail: json!({ "reference": booking.reference, "awaited": awaited.len() }),
                personal: serde_json::Value::Null,
            });
            if asks {
                tell(&ctx, tx, &booking, News::Unsaid).await?;
            }
            Ok(asks)
        })
    })
    .await
}
