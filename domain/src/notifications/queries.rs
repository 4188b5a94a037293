//! Looking at messages that stay in the house, and forgetting old ones.

use super::store;
use super::views::{MessageRow, MessageView};
use crate::kernel::page::{PAGE_SIZE, Page, read_cursor, write_cursor};
use crate::kernel::{Context, Error, OutboundId};
use jiff::{SignedDuration, Timestamp};

/// Messages are kept this long.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The last try of a job is made within a day, and the pause before it is some hours at most.
const LOST: SignedDuration = SignedDuration::from_hours(36);

/// Messages newest first, narrowed by words: one statement.
///
/// # Errors
/// Not found where messages leave the house: then they are nobody's business.
pub async fn list(ctx: &Context, words: &str, after: Option<&str>) -> Result<Page<MessageRow>, Error> {
    if !ctx.post.keeps() {
        return Err(Error::NotFound);
    }
    let place = after.and_then(place);
    let rows = store::list(&ctx.pool, words, place).await?;
    let cursor = |row: &MessageRow| write_cursor(row.created_at.as_microsecond(), row.id.0);
    Ok(Page::cut(rows, PAGE_SIZE, place.is_some(), cursor))
}

/// A message with its words: one statement.
///
/// # Errors
/// Not found, and always so where messages leave the house.
pub async fn find(ctx: &Context, id: OutboundId) -> Result<MessageView, Error> {
    if !ctx.post.keeps() {
        return Err(Error::NotFound);
    }
    store::find(&ctx.pool, id).await
}

/// Forgets messages older than 30 days, whatever became of them, and gives up those nobody sent in time: none waits for
/// ever. Returns how many were forgotten.
///
/// # Errors
/// The database is away.
pub async fn forget(ctx: &Context) -> Result<u64, Error> {
    let now = ctx.clock.now();
    let ago = |time| now.checked_sub(time).map_err(Error::internal);
    let lost = store::give_up_before(&ctx.pool, ago(LOST)?, now).await?;
    if lost > 0 {
        tracing::warn!(lost, "messages are given up: nobody sent them in time");
    }
    store::delete_before(&ctx.pool, ago(KEPT)?).await
}

fn place(cursor: &str) -> Option<(Timestamp, uuid::Uuid)> {
    let (micros, id) = read_cursor(cursor)?;
    Some((Timestamp::from_microsecond(micros.parse().ok()?).ok()?, id))
}
