//! The registry of tasks.

use super::relay::relay;
use crate::kernel::{BookingId, Context, Error};
use crate::{availability, bookings};
use serde_json::Value;

/// Services whose openings are worked out again in one sweep.
const STALE_AT_ONCE: i64 = 200;
/// Clocks a sweep lets run out.
const OVERDUE_AT_ONCE: i64 = 200;

/// Every task that can stand in the queue.
pub const TASKS: &[&str] = &[bookings::TASK_LAPSE];

/// Runs a task from the queue.
///
/// # Errors
/// What went wrong: the queue tries again later.
pub async fn run(ctx: &Context, task: &str, payload: &Value) -> Result<(), Error> {
    match task {
        bookings::TASK_LAPSE => {
            let booking = payload.get("booking").cloned().unwrap_or_default();
            let booking: BookingId = serde_json::from_value(booking).map_err(Error::internal)?;
            bookings::lapse(ctx, booking).await?;
            Ok(())
        }
        other => Err(Error::internal(format!("no task is called {other}"))),
    }
}

/// What is looked after all the time: events, clocks a lost job left standing, openings that grew old.
/// Returns whether there was anything to do, so that the caller can go on at once.
///
/// # Errors
/// The database is away.
pub async fn sweep(ctx: &Context) -> Result<bool, Error> {
    let events = relay(ctx).await?;
    let clocks = bookings::lapse_overdue(ctx, OVERDUE_AT_ONCE).await?;
    let openings = availability::refresh_stale(ctx, STALE_AT_ONCE).await?;
    Ok(events + clocks + openings > 0)
}
