//! What people looked for and did not find: counted by words and place, and shown to businesses that might offer it, once
//! several people wanted the same. One person counts once for the same words, however often they look; all that is kept of
//! them is a keyed hash over person and words together.

use super::search::{Results, SearchQuery};
use super::store::unmet as store;
use crate::kernel::{Action, Actor, Context, Error, Object, ProviderId, can};
use jiff::{SignedDuration, Timestamp};
use std::net::IpAddr;

/// How long what was looked for counts, and is kept.
pub const COUNTS_FOR_DAYS: i64 = 30;
/// What fewer people than this wanted is shown to nobody: one could tell who it was.
pub const FEWEST: i64 = 3;
/// Most different wishes that are counted on one day; a flood leaves the rest out.
const MOST_A_DAY: i64 = 5000;
/// Towns so many kilometres away are near, even to a business that goes nowhere.
const NEAR_KM: f64 = 15.0;
/// Wishes that are shown.
const SHOWN: i64 = 5;
/// The longest words that are counted, in characters.
const LONGEST: usize = 60;

/// Words that found nothing near a business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// What was looked for, in plain small letters.
    pub words: String,
    /// In which town; empty when none was named.
    pub place: String,
    /// How many people, in the last thirty days.
    pub people: u32,
}

/// Counts a search of somebody that found nothing. Who has no account counts by their network, which several may share:
/// then they count as one. Words with digits are left out: they may be somebody's number or street.
///
/// # Errors
/// The database is away.
pub async fn count_unmet(ctx: &Context, actor: &Actor, query: &SearchQuery, results: &Results) -> Result<(), Error> {
    let nothing = results.page.items.is_empty() && !results.page.continued;
    let Some(words) = query.words.as_deref().map(tidied).filter(|words| nothing && !words.is_empty()) else {
        return Ok(());
    };
    let place = results.place.as_ref().map_or("", |place| place.name.as_str());
    let category = results.category.as_ref().map(|category| category.id);
    let today = jiff::tz::TimeZone::UTC.to_datetime(ctx.clock.now()).date();
    let who = actor.user.map_or_else(|| network(actor.address), |user| user.0.to_string());
    let seeker = ctx.sealer.hash("who looked in vain", &[who.as_bytes(), words.as_bytes(), place.as_bytes()])?;
    store::count(&ctx.pool, (&words, place, category), &seeker[..12], today, MOST_A_DAY).await
}

/// What people looked for near a business or in its categories and did not find, the most wanted first: one statement.
///
/// # Errors
/// Not found for people who do not act for the business.
pub async fn unmet_near(ctx: &Context, actor: &Actor, provider: ProviderId) -> Result<Vec<Unmet>, Error> {
    actor.signed_in()?;
    if !can(actor, Action::SeePortal, &Object { provider: Some(provider), ..Object::default() }) {
        return Err(Error::NotFound);
    }
    store::near(&ctx.pool, provider, since(ctx.clock.now()), (FEWEST, SHOWN), NEAR_KM).await
}

/// Forgets what counts no more; says how much.
///
/// # Errors
/// The database is away.
pub async fn forget_unmet(ctx: &Context) -> Result<u64, Error> {
    store::forget(&ctx.pool, since(ctx.clock.now())).await
}

fn since(now: Timestamp) -> jiff::civil::Date {
    let at = now.checked_sub(SignedDuration::from_hours(24 * COUNTS_FOR_DAYS)).unwrap_or(now);
    jiff::tz::TimeZone::UTC.to_datetime(at).date()
}

/// Whom an address stands for: in the internet's sixth version a household has a whole network.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => hex::encode(&address.octets()[..8]),
    }
}

/// Words as they are counted; nothing when they could say who somebody is.
fn tidied(words: &str) -> String {
    let plain = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let plain = plain.map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    let personal = words.contains('@') || plain.chars().any(char::is_numeric) || plain.chars().count() > LONGEST;
    if personal { String::new() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::tidied;

    #[test]
    fn what_could_be_somebody_is_not_counted() {
        assert_eq!(tidied("  Piano-tuning!  "), "piano tuning");
        for personal in ["+49 30 901820", "ana@example.org", "Linienstraße 1", &"x".repeat(61), "🚿"] {
            assert_eq!(tidied(personal), "", "{personal}");
        }
    }
}
