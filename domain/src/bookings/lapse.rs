//! Clocks: a state that waited long enough ends by itself, with the outcome the table of life names. The row says when
//! (`clock_at`, with an index of its own), and every worker looks for what is over once a second: no job has to be kept
//! for each clock, and none can be lost.

use super::advance::{carry_out, take};
use super::commands::Words;
use super::life::{self, Capacity, Event};
use super::store::{self, Key};
use crate::kernel::{Actor, BookingId, Context, Error, write};

/// Ends the present state of a booking if its clock has run out; does nothing otherwise, so that running
/// it twice or too early is harmless. Returns whether something happened.
///
/// # Errors
/// The database is away.
pub async fn lapse(ctx: &Context, booking: BookingId) -> Result<bool, Error> {
    let (actor, for_tx) = (Actor::system(ctx.id()), ctx.clone());
    write(ctx, &actor, move |tx| {
        let ctx = for_tx.clone();
        Box::pin(async move {
            let booking = take(tx, &Key::Id(booking)).await?;
            if booking.clock_at.is_none_or(|at| at > tx.now()) {
                return Ok(false);
            }
            let Some(row) = life::find(booking.state, Event::Lapse, Capacity::Clock) else {
                return Ok(false);
            };
            carry_out(&ctx, tx, &booking, row, &Words::default()).await?;
            Ok(true)
        })
    })
    .await
}

/// Lapses everything whose clock has run out, at most `limit`, in the order of the clocks.
///
/// # Errors
/// The database is away, or one of them cannot be ended; the others are.
pub async fn lapse_overdue(ctx: &Context, limit: i64) -> Result<usize, Error> {
    let overdue = store::overdue(&ctx.pool, ctx.clock.now(), limit).await?;
    let (mut lapsed, mut failed) = (0, None);
    for booking in overdue {
        match lapse(ctx, BookingId(booking)).await {
            Ok(over) => lapsed += usize::from(over),
            // The others must not wait for one that cannot be ended; it is told once they are done.
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(lapsed), Err)
}
