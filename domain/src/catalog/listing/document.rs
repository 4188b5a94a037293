//! The document itself: plain data, kept as JSON, the same for drafts, what waits for review and what was.

use super::Told;
use crate::catalog::{
    BookingMode, CancellationPolicy, Kind, Place, Pricing, Question, ServicePicture, Surcharges, Tier, Unit,
};
use crate::kernel::{CategoryId, Currency, ExtraId, MemberId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Everything a business says about a service. A draft may lack a lot of it; see [`super::missing`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    /// What it is called.
    pub title: String,
    /// What it is in a sentence or two.
    pub summary: String,
    /// The whole story, as Markdown.
    pub description: String,
    /// What one gets, line by line.
    pub includes: Vec<String>,
    /// Where it stands in the catalogue.
    pub category: CategoryId,
    /// What it says in the fields of its category, by field.
    #[serde(default)]
    pub told: BTreeMap<Uuid, Told>,
    /// A visit or a delivery.
    pub kind: Kind,
    /// How the price is made.
    pub pricing: Pricing,
    /// Minor units: the whole price, that of an hour or of one; nothing when the packages say it, when it is named on
    /// request, or nobody has said it yet.
    pub price_minor: Option<i64>,
    /// What prices are in.
    pub currency: Currency,
    /// Minutes of a visit; the shortest one when priced by the hour.
    pub duration_min: u32,
    /// The longest visit in minutes when priced by the hour.
    pub max_duration_min: u32,
    /// Days until files are delivered.
    pub delivery_days: u32,
    /// What a price per unit counts.
    #[serde(default)]
    pub unit: Unit,
    /// What weekends and nights add to a visit.
    #[serde(default)]
    pub surcharges: Surcharges,
    /// Tiers, the smallest first; at most one of each.
    pub packages: Vec<ListingPackage>,
    /// Add-ons, in the order they are offered.
    pub extras: Vec<ListingExtra>,
    /// What customers are asked before the work begins, in this order.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Booked at once or on request.
    pub booking_mode: BookingMode,
    /// What cancelling costs.
    pub cancellation_policy: CancellationPolicy,
    /// Where the work is done.
    pub place: Place,
    /// The town it starts from.
    pub city: String,
    /// Latitude of that town, degrees.
    pub lat: f64,
    /// Longitude of that town, degrees.
    pub lng: f64,
    /// How far the provider travels, in kilometres.
    pub radius_km: u32,
    /// Minutes between offered starts.
    pub slot_interval_min: u32,
    /// Minutes kept free before a visit.
    pub buffer_before_min: u32,
    /// Minutes kept free after a visit.
    pub buffer_after_min: u32,
    /// Minutes of notice.
    pub min_notice_min: u32,
    /// Days ahead that can be booked.
    pub horizon_days: u32,
    /// Most visits a member does in a day.
    pub daily_limit: Option<u32>,
    /// Who does it.
    pub members: Vec<MemberId>,
    /// Pictures, the first is the one lists show.
    pub pictures: Vec<ServicePicture>,
}

/// A tier of a listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListingPackage {
    /// Its size.
    pub tier: Tier,
    /// What the business calls it.
    pub name: String,
    /// What it is.
    pub description: String,
    /// What is in it, line by line.
    pub includes: Vec<String>,
    /// The whole price in minor units; nothing in a draft that does not say.
    pub price_minor: Option<i64>,
    /// Minutes of the visit.
    pub duration_min: u32,
    /// Days until files are delivered.
    pub delivery_days: u32,
    /// Rounds of changes.
    pub revisions: u32,
}

/// An add-on of a listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListingExtra {
    /// Which one; a customer who has the page open still means the same after an edit.
    pub id: ExtraId,
    /// What it is.
    pub name: String,
    /// What it adds to the price, in minor units; nothing in a draft that does not say.
    pub price_minor: Option<i64>,
    /// Minutes it adds to a visit.
    pub extra_min: u32,
    /// Days it adds to a delivery.
    pub extra_days: u32,
}

impl Listing {
    /// The least one pays, in minor units: of the packages, or of the whole.
    #[must_use]
    pub fn from_minor(&self) -> Option<i64> {
        match self.pricing {
            Pricing::Packages => self.packages.iter().filter_map(|package| package.price_minor).min(),
            Pricing::Fixed | Pricing::Hourly | Pricing::Unit | Pricing::From => self.price_minor,
            Pricing::Quote => None,
        }
    }

    /// The tier of a size.
    #[must_use]
    pub fn package(&self, tier: Tier) -> Option<&ListingPackage> {
        self.packages.iter().find(|package| package.tier == tier)
    }
}

/// A title as it is shown: a draft may have none yet, and links need words.
#[must_use]
pub const fn named(title: &str) -> &str {
    if title.is_empty() { "Without a title" } else { title }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A listing with nothing left to say.
    pub(in crate::catalog::listing) fn leak() -> Listing {
        Listing {
            title: "Leak found and stopped".to_owned(),
            summary: "I trace it before I open anything.".to_owned(),
            description: "First a moisture meter, then **one** board.\n\n- photographs\n- a note".to_owned(),
            includes: vec!["Trace".to_owned(), "Repair".to_owned()],
            category: CategoryId(Uuid::from_u128(1)),
            told: BTreeMap::new(),
            kind: Kind::Visit,
            pricing: Pricing::Fixed,
            price_minor: Some(8200),
            currency: Currency::Eur,
            duration_min: 60,
            max_duration_min: 60,
            delivery_days: 0,
            unit: Unit::default(),
            surcharges: Surcharges::default(),
            packages: Vec::new(),
            extras: vec![ListingExtra {
                id: ExtraId(Uuid::from_u128(7)),
                name: "Small hole closed".to_owned(),
                price_minor: Some(4500),
                extra_min: 30,
                extra_days: 0,
            }],
            questions: Vec::new(),
            booking_mode: BookingMode::Instant,
            cancellation_policy: CancellationPolicy::Flexible,
            place: Place::Customer,
            city: "Berlin".to_owned(),
            lat: 52.52,
            lng: 13.405,
            radius_km: 25,
            slot_interval_min: 30,
            buffer_before_min: 0,
            buffer_after_min: 15,
            min_notice_min: 120,
            horizon_days: 60,
            daily_limit: None,
            members: vec![MemberId(Uuid::from_u128(3))],
            pictures: Vec::new(),
        }
    }

    pub(in crate::catalog::listing) fn package(tier: Tier, price_minor: i64) -> ListingPackage {
        ListingPackage {
            tier,
            name: tier.title().to_owned(),
            description: String::new(),
            includes: Vec::new(),
            price_minor: Some(price_minor),
            duration_min: 60,
            delivery_days: 0,
            revisions: 0,
        }
    }
}
