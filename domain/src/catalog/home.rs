//! What the front page shows, in three statements.

use super::Category;
use super::published::PublishedReview;
use super::search::Hit;
use super::store::home as store;
use crate::kernel::{Context, Error, Zone};

/// Free services that are shown, one of each branch.
pub(super) const FREE_SHOWN: usize = 8;
/// Fewer than these near the viewer are shown as those of everywhere.
pub(super) const FEWEST_NEAR: i64 = 4;
/// Voices of customers that are shown.
pub(super) const VOICES_SHOWN: i64 = 3;

/// What the front page shows.
#[derive(Clone, Debug)]
pub struct Home {
    /// All categories, branches with their twigs.
    pub categories: Vec<Category>,
    /// Well-rated visits with the soonest free times, of different branches.
    pub free: Vec<Hit>,
    /// Those are in the viewer's zone.
    pub near: bool,
    /// What customers who gave five stars wrote.
    pub voices: Vec<PublishedReview>,
}

/// Loads the front page. `zone` is where the viewer's clocks are, when the browser has told.
///
/// # Errors
/// The database is away.
pub async fn home(ctx: &Context, zone: Option<&Zone>) -> Result<Home, Error> {
    let now = ctx.clock.now();
    let mut conn = ctx.pool.acquire().await?;
    let categories = store::categories(&mut conn).await?;
    let (free, near) = store::free_soon(&mut conn, zone, now).await?;
    let voices = store::voices(&mut conn, VOICES_SHOWN).await?;
    Ok(Home { categories, free, near, voices })
}
