//! The way to a customer, from where visits of a service start.

use super::travel::{Base, Way};
use crate::kernel::Context;
use crate::kernel::geocoder::Sought;

/// The way to an address, as far as it was told. Nothing told is taken to be near, and an address nobody can find to be
/// as far as the business goes: it is booked all the same, with time enough. Nothing is looked up where nothing depends on it.
pub async fn way_to(ctx: &Context, base: &Base, postal_code: &str, city: &str) -> Way {
    let (postal_code, city) = (postal_code.trim(), city.trim());
    if !base.asks() || (postal_code.is_empty() && city.is_empty()) {
        return base.near();
    }
    let sought = Sought { city: city.to_owned(), country: base.country.clone(), postal_code: postal_code.to_owned() };
    match ctx.geocoder.locate(&sought).await {
        Ok(Some(there)) => base.way((there.lat, there.lng)),
        Ok(None) => base.edge(),
        Err(error) => {
            // Somebody else's service may be away; that is no reason not to book.
            tracing::warn!(%error, "the way to a customer is not known");
            base.edge()
        }
    }
}
