//! What to offer while somebody types.

use super::sought::words_of;
use crate::catalog::store::search as store;
use crate::kernel::{Context, Error, UserId};
use serde::Serialize;

/// Fewest letters that are worth an offer.
const FEWEST: usize = 2;

/// What an offer leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Offered {
    /// A branch of the catalogue.
    Category,
    /// A service.
    Service,
    /// A business.
    Provider,
}

/// One offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What it leads to.
    pub offered: Offered,
    /// Its name.
    pub text: String,
    /// Its address.
    pub slug: String,
    /// Beside the name: who offers a service, where a business is.
    pub note: String,
}

/// At most eight offers for what somebody has typed so far; in one statement, or in none when that is too
/// little. Businesses the viewer keeps apart from, or that keep apart from them, are left out with what they offer.
///
/// # Errors
/// The database is away.
pub async fn suggest(ctx: &Context, viewer: Option<UserId>, typed: &str) -> Result<Vec<Suggestion>, Error> {
    let typed: String = typed.chars().take(80).collect();
    let words = words_of(&typed);
    if words.iter().map(|word| word.chars().count()).max().unwrap_or(0) < FEWEST {
        return Ok(Vec::new());
    }
    store::suggest(&ctx.pool, viewer, &words).await
}
