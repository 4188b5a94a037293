//! The way to a customer, from where visits of a service start, and whether anybody goes there.

use super::area::{OutOfArea, Reach};
use super::travel::{Base, Way};
use crate::kernel::Context;
use crate::kernel::geocoder::{Located, Sought};

/// The way to an address, as far as it was told. Nothing told is taken to be near, and an address nobody can find to be
/// as far as the business goes: it is booked all the same, with time enough. Nothing is looked up where nothing depends on it.
pub async fn way_to(ctx: &Context, base: &Base, postal_code: &str, city: &str) -> Way {
    let (postal_code, city) = (postal_code.trim(), city.trim());
    if !base.asks() || (postal_code.is_empty() && city.is_empty()) {
        return base.near();
    }
    let sought = Sought { city: city.to_owned(), country: base.country.clone(), postal_code: postal_code.to_owned() };
    way(base, located(ctx, &sought).await.as_ref())
}

/// A whole address the business goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Going {
    /// How long the way is.
    pub way: Way,
    /// False when nobody knows the postal code, so that nobody could tell whether it lies in the area.
    pub code_known: bool,
}

/// The way to a whole address, if the business goes there. Where nobody goes to the customer, nothing is asked.
///
/// # Errors
/// It lies outside of the area.
pub async fn going_to(ctx: &Context, base: &Base, sought: &Sought) -> Result<Going, OutOfArea> {
    if !base.goes {
        return Ok(Going { way: base.near(), code_known: true });
    }
    let found = located(ctx, sought).await;
    let by_code = found.as_ref().filter(|there| there.by_code).map(|there| (there.lat, there.lng));
    let reach = base.reaches(&sought.country, &sought.postal_code, by_code)?;
    Ok(Going { way: way(base, found.as_ref()), code_known: reach == Reach::Within })
}

fn way(base: &Base, found: Option<&Located>) -> Way {
    found.map_or_else(|| base.edge(), |there| base.way((there.lat, there.lng)))
}

async fn located(ctx: &Context, sought: &Sought) -> Option<Located> {
    // Somebody else's service may be away; that is no reason not to book.
    let found = ctx.geocoder.locate(sought).await;
    found.inspect_err(|error| tracing::warn!(%error, "where a customer is, is not known")).ok().flatten()
}
