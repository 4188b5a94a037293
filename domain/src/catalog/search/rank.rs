//! The job that keeps the standing of services: whatever changed at once, everything once a day, because time passes.

use super::ranking::{Facts, Standing, WORTH_WRITING, is_new};
use crate::catalog::store::search::ranks::{self, Ranked};
use crate::kernel::{Context, Error};
use jiff::{SignedDuration, Timestamp};

/// How old a standing becomes.
const LASTS: SignedDuration = SignedDuration::from_hours(24);

/// Works the standing of services out again whose time has come, at most `limit` of them; returns how many there were.
/// Twice does no harm.
///
/// # Errors
/// The database is away.
pub async fn rank_due(ctx: &Context, limit: i64) -> Result<usize, Error> {
    let now = ctx.clock.now();
    let due = ranks::due(&ctx.pool, now, limit).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let ranked: Vec<Ranked> = due
        .iter()
        .map(|due| Ranked {
            service: due.service,
            was_due: due.due,
            standing: Standing::of(&due.facts, now),
            next_due: next_due(&due.facts, now),
        })
        .collect();
    ranks::write(&ctx.pool, &ranked, WORTH_WRITING).await?;
    Ok(due.len())
}

/// In a day; turns of new businesses change at midnight.
fn next_due(facts: &Facts, now: Timestamp) -> Timestamp {
    let midnight = (now.as_second().div_euclid(86_400) + 1) * 86_400;
    match Timestamp::from_second(midnight) {
        Ok(midnight) if is_new(facts, now) => midnight,
        _ => now.checked_add(LASTS).unwrap_or(now),
    }
}
