//! Looking for new services, once a day for each person, and one letter about all of their searches.
//!
//! What is new is not a question of clocks: listings are numbered as they come on offer, and a search remembers how far
//! it has looked.

use super::letter::{self, News};
use super::stop;
use crate::catalog::search::fresh;
use crate::catalog::store::saved as store;
use crate::kernel::{Actor, Context, Email, Error, UserId, write};
use crate::notifications;
use jiff::SignedDuration;
use std::sync::Arc;
use uuid::Uuid;

/// How long after one look the next one is.
const EVERY: SignedDuration = SignedDuration::from_hours(24);
/// New services of one search that a letter names.
pub(super) const NAMED: usize = 5;

/// Looks for the people whose day has come, at most `limit` of them; returns how many there were. Twice does no harm.
///
/// # Errors
/// The database is away.
pub async fn alert_due(ctx: &Context, limit: i64) -> Result<usize, Error> {
    let now = ctx.clock.now();
    let before = now.checked_sub(EVERY).unwrap_or(now);
    let due = store::due(&ctx.pool, before, limit).await?;
    for user in &due {
        tell(ctx, *user).await?;
    }
    Ok(due.len())
}

async fn tell(ctx: &Context, user: UserId) -> Result<(), Error> {
    let watched = store::watched(&ctx.pool, user, ctx.clock.now()).await?;
    // Somebody brings a listing in just now: the next look, in a moment, knows it.
    let Some(newest) = store::newest(&ctx.pool).await? else { return Ok(()) };
    let mut news = Vec::new();
    for search in watched.iter().filter(|search| !search.passed && search.reader.is_some() && search.seen < newest) {
        let hits = fresh(ctx, user, &search.query, (search.seen, newest)).await?;
        if !hits.is_empty() {
            news.push(News { name: search.name.clone(), query: search.query.clone(), hits });
        }
    }
    // Nobody needs to hear of a day that is over: such a search rests until its owner gives it another one.
    let over: Vec<Uuid> = watched.iter().filter(|search| search.passed).map(|search| search.id).collect();
    let reader = watched.into_iter().find_map(|search| search.reader);
    let ready = match reader {
        Some((address, first_name)) if !news.is_empty() => {
            let address = Email::parse(&address).ok_or_else(|| Error::internal("an account's address is none"))?;
            let stop = ctx.absolute(&stop::path(ctx, user)?);
            Some((address, letter::letter(ctx, &first_name, &news, &stop), stop))
        }
        _ => None,
    };
    let (ready, for_tx) = (Arc::new(ready), (ctx.clone(), over));
    write(ctx, &Actor::system(ctx.id()), move |tx| {
        let (ready, (ctx, over)) = (Arc::clone(&ready), for_tx.clone());
        Box::pin(async move {
            let now = tx.now();
            let before = now.checked_sub(EVERY).unwrap_or(now);
            // Somebody else who looked at the same time has told already.
            if !store::looked(tx.conn(), user, before, (newest, now)).await? {
                return Ok(());
            }
            for search in over {
                store::unwatch(tx.conn(), search).await?;
            }
            if let Some((address, letter, stop)) = &*ready {
                let kind = "catalog.alert";
                notifications::circular(tx, &ctx, address, user, kind, letter, stop).await?;
            }
            Ok(())
        })
    })
    .await
}
