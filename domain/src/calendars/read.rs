//! Reading a source, every quarter of an hour: the address is looked up, the calendar is fetched while no transaction is
//! open, and what it says is written down in one.

use super::reading::{Busy, busy};
use super::sources::{STALE, entry, purpose};
use super::stale;
use super::store::sources as store;
use crate::availability::{import, lock_members};
use crate::kernel::{Actor, Context, Error, TimeRange, write};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

/// The job that reads a source. Its payload is `{"source": id}`.
pub const TASK_READ: &str = "calendars.read";

/// How often a source is read.
pub const EVERY: SignedDuration = SignedDuration::from_mins(15);
/// How far ahead its time is taken.
const AHEAD: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Conflicts that are told.
const TOLD: usize = 20;

/// Has every source read whose time has come, at most `limit`; says how many.
///
/// # Errors
/// The database is away.
pub async fn enqueue_due(ctx: &Context, limit: i64) -> Result<usize, Error> {
    if !store::any_due(&ctx.pool, ctx.clock.now()).await? {
        return Ok(0);
    }
    write(ctx, &Actor::system(ctx.id()), move |tx| {
        Box::pin(async move {
            let now = tx.now();
            let next = now.checked_add(EVERY).map_err(Error::internal)?;
            let due = store::take_due(tx.conn(), now, next, limit).await?;
            for source in &due {
                tx.job(TASK_READ, json!({ "source": source }), now);
            }
            Ok::<usize, Error>(due.len())
        })
    })
    .await
}

/// Reads a source. What cannot be read is written down as that, and what it told before stays. Reading twice does no
/// harm; a source that was removed meanwhile is left alone.
///
/// # Errors
/// The database is away, or the address does not open.
pub async fn read_source(ctx: &Context, source: Uuid) -> Result<(), Error> {
    let Some(known) = store::to_read(&ctx.pool, source).await? else {
        return Ok(());
    };
    let address = ctx.sealer.open(&purpose(source), &known.sealed)?;
    let address = String::from_utf8(address).map_err(Error::internal)?;
    let window = window(ctx.clock.now())?;
    let found = match ctx.calendars.fetch(&address).await {
        Ok(text) => {
            let zone = known.zone.rules();
            match ctx.workshop.run(move || busy(&text, window, &zone)).await {
                Ok(found) => found.map_err(|_| "too much".to_owned()),
                Err(undone) => return Err(Error::Unavailable(format!("a calendar waits to be read: {undone}"))),
            }
        }
        Err(why) => Err(why.to_string()),
    };
    match found {
        Ok(found) => keep(ctx, source, found, window).await,
        Err(why) => {
            let now = ctx.clock.now();
            let old = now.checked_sub(STALE).map_err(Error::internal)?;
            if store::failed(&ctx.pool, source, &why, (old, now)).await? {
                stale::tell(ctx, source).await?;
            }
            Ok(())
        }
    }
}

/// Whole days, so that the same calendar says the same all day long; today's from its beginning, in every zone.
fn window(now: Timestamp) -> Result<TimeRange, Error> {
    const DAY: i64 = 24 * 60 * 60;
    let day = |at: Timestamp| Timestamp::from_second(at.as_second().div_euclid(DAY) * DAY).map_err(Error::internal);
    let from = day(now)?.checked_sub(SignedDuration::from_secs(DAY)).map_err(Error::internal)?;
    let to = day(now)?.checked_add(AHEAD).map_err(Error::internal)?;
    TimeRange::new(from, to).ok_or_else(|| Error::internal("an empty window"))
}

async fn keep(ctx: &Context, source: Uuid, found: Busy, window: TimeRange) -> Result<(), Error> {
    let for_tx = ctx.clone();
    write(ctx, &Actor::system(ctx.id()), move |tx| {
        let (ctx, found) = (for_tx.clone(), found.clone());
        Box::pin(async move {
            let Some(known) = store::to_read(&mut *tx.conn(), source).await? else {
                return Ok(());
            };
            lock_members(tx.conn(), &[known.member]).await?;
            // Whoever removes it holds the lock: now it stays or is gone.
            if store::to_read(&mut *tx.conn(), source).await?.is_none() {
                return Ok(());
            }
            let done = import(&ctx, tx, (known.member, source), &found.stretches, window).await?;
            let conflicts: Vec<TimeRange> = done.conflicts.into_iter().take(TOLD).collect();
            let now = tx.now();
            store::read_well(tx.conn(), source, (found.stretches.len(), found.unread), &conflicts, now).await?;
            if done.added + done.removed > 0 {
                let detail = json!({ "source": source, "added": done.added, "removed": done.removed });
                tx.audit(entry("calendar.imported", known.member, detail, Value::Null));
            }
            Ok::<(), Error>(())
        })
    })
    .await
}
