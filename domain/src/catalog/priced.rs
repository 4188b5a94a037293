//! What a price is made of: the same data in the browser, on the page and in a booking.

use super::{Kind, Pricing, Surcharges, Tier, Unit};
use crate::kernel::{ExtraId, Money, PackageId};
use serde::{Deserialize, Serialize};

/// The longest visit, in minutes: a day.
pub const LONGEST_VISIT_MIN: u32 = 1440;

/// Hourly visits are booked in steps of so many minutes above the shortest one.
pub const HOURLY_STEP_MIN: u32 = 30;

/// A tier of a service, with its own price and time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// Which one.
    pub id: PackageId,
    /// Its size.
    pub tier: Tier,
    /// What the provider calls it.
    pub name: String,
    /// What it is.
    pub description: String,
    /// What is in it, line by line.
    pub includes: Vec<String>,
    /// The whole price.
    pub price: Money,
    /// Minutes of the visit.
    pub duration_min: u32,
    /// Days until files are delivered.
    pub delivery_days: u32,
    /// Rounds of changes.
    pub revisions: u32,
}

/// A priced add-on of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extra {
    /// Which one.
    pub id: ExtraId,
    /// What it is.
    pub name: String,
    /// What it adds to the price.
    pub price: Money,
    /// Minutes it adds to a visit.
    pub extra_min: u32,
    /// Days it adds to a delivery.
    pub extra_days: u32,
}

/// Everything of a service that its price depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Priced {
    /// Name of the service, which names the first line of a fixed price.
    pub title: String,
    /// A visit or a delivery.
    pub kind: Kind,
    /// How the price is made.
    pub pricing: Pricing,
    /// The whole price (fixed, from), the price of an hour (hourly) or of one (unit), the lowest package (packages);
    /// nothing where it is named on request (quote).
    pub price: Money,
    /// Minutes of a visit; the shortest visit when priced by the hour.
    pub duration_min: u32,
    /// The longest visit when priced by the hour.
    pub max_duration_min: u32,
    /// Days until files are delivered.
    pub delivery_days: u32,
    /// What a price per unit counts.
    pub unit: Unit,
    /// What weekends and nights add to a visit.
    pub surcharges: Surcharges,
    /// Tiers, smallest first.
    pub packages: Vec<Package>,
    /// Add-ons, in the provider's order.
    pub extras: Vec<Extra>,
}

impl Priced {
    /// Lengths of a visit that can be chosen, in minutes; empty unless priced by the hour.
    #[must_use]
    pub fn lengths(&self) -> Vec<u32> {
        if self.pricing != Pricing::Hourly {
            return Vec::new();
        }
        let longest = self.max_duration_min.max(self.duration_min);
        (self.duration_min..=longest).step_by(HOURLY_STEP_MIN as usize).collect()
    }

    /// The least one can pay, and whether there is more than one price.
    #[must_use]
    pub fn from_price(&self) -> (Money, bool) {
        let lowest = self.packages.iter().map(|package| package.price).min_by_key(|price| price.minor);
        match (self.pricing, lowest) {
            (Pricing::Packages, Some(price)) => (price, self.packages.len() > 1),
            (Pricing::From, _) => (self.price, true),
            (Pricing::Fixed | Pricing::Hourly | Pricing::Unit | Pricing::Packages | Pricing::Quote, _) => {
                (self.price, false)
            }
        }
    }

    /// Whether it can be booked without asking for a price first.
    #[must_use]
    pub fn has_a_price(&self) -> bool {
        self.pricing != Pricing::Quote
    }
}
