//! What a search finds.

use super::ranking::Standing;
use super::sought::KnownPlace;
use crate::catalog::{Category, FieldKind, Kind, Place, Pricing, ServicePicture};
use crate::kernel::page::Page;
use crate::kernel::{CategoryId, Money, ServiceId, Zone};
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

/// A service in a list.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Which service.
    pub id: ServiceId,
    /// Its address.
    pub slug: String,
    /// Its name.
    pub title: String,
    /// Who offers it.
    pub provider: String,
    /// The provider is checked.
    pub verified: bool,
    /// How the price is made.
    pub pricing: Pricing,
    /// The price, or the lowest of several.
    pub price: Money,
    /// There are higher prices.
    pub price_from: bool,
    /// What a price per unit counts.
    pub unit: String,
    /// A visit or a delivery.
    pub kind: Kind,
    /// Where the work is done.
    pub place: Place,
    /// The provider's town.
    pub city: String,
    /// Kilometres from the place that was asked for.
    pub distance_km: Option<f64>,
    /// Average rating; `None` without reviews.
    pub rating: Option<f32>,
    /// Number of reviews.
    pub reviews: u32,
    /// Its first picture.
    pub picture: Option<ServicePicture>,
    /// Zone of its visits.
    pub zone: Zone,
    /// The next free time.
    pub next_free: Option<Timestamp>,
    /// Days to delivery.
    pub delivery_days: u32,
    /// How a search found it; `None` in lists that are no search.
    pub found: Option<Found>,
    /// Whoever looks keeps it; lists that do not know say no.
    pub kept: bool,
}

/// What a search knows of the place it gave a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// How the service stands whatever is looked for; `None` until it was worked out.
    pub standing: Option<Standing>,
    /// All words stand in its title, and that counted.
    pub titled: bool,
    /// Points for being near the place that was asked for, where they counted.
    pub near: Option<i64>,
}

/// How many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// Exactly so many.
    Exactly(u32),
    /// More than so many; nobody counted further.
    MoreThan(u32),
}

impl Total {
    /// Never less than what is shown.
    #[must_use]
    pub fn at_least(self, shown: usize) -> Self {
        let shown = u32::try_from(shown).unwrap_or(0);
        match self {
            Self::MoreThan(count) => Self::MoreThan(count.max(shown)),
            exact => exact,
        }
    }
}

/// A field of the category that the list can be narrowed by.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SearchField {
    /// Which one.
    pub id: Uuid,
    /// Its word in addresses.
    pub key: String,
    /// What is asked: "Products".
    pub label: String,
    /// A choice, or yes or no.
    pub kind: FieldKind,
    /// Of a choice.
    pub options: Vec<String>,
}

impl SearchField {
    /// The answers that can be asked for, each as it stands in addresses and as people read it.
    #[must_use]
    pub fn choices(&self) -> Vec<(String, String)> {
        match self.kind {
            FieldKind::YesNo => {
                [("yes", "Yes"), ("no", "No")].map(|(value, words)| (value.into(), words.into())).to_vec()
            }
            FieldKind::Choice => self.options.iter().map(|option| (option.clone(), option.clone())).collect(),
            FieldKind::Text | FieldKind::Number => Vec::new(),
        }
    }
}

/// How many results each further choice would leave. Numbers are given only when they are exact.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    /// Categories below the present one (or the top ones), with numbers.
    pub categories: Vec<(CategoryId, Option<u32>)>,
    /// Visits and deliveries.
    pub kinds: Vec<(Kind, Option<u32>)>,
    /// Ratings × 100 and above.
    pub ratings: Vec<(i32, Option<u32>)>,
}

/// One filter that is in the way, and what is found without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loosened {
    /// Which filter.
    pub filter: Filter,
    /// Results without it, at most 100.
    pub results: u32,
}

/// The filters that can be let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Free on a day.
    Date,
    /// A price range.
    Price,
    /// A lowest rating.
    Rating,
    /// A town or circle.
    Place,
    /// Visit or delivery.
    Kind,
    /// What services say in the fields of the category.
    Answers,
    /// A category.
    Category,
    /// Some of the words.
    SomeWords,
    /// All words.
    Words,
}

/// When nothing is found: what to let go, and what is nearest.
#[derive(Clone, Debug, Default)]
pub struct Nearest {
    /// Filters in the way.
    pub loosened: Vec<Loosened>,
    /// What is found without the first of them.
    pub hits: Vec<Hit>,
}

/// A page of results with all that the page around it shows.
#[derive(Clone, Debug)]
pub struct Results {
    /// The services.
    pub page: Page<Hit>,
    /// How many there are in all; `None` on later pages.
    pub total: Option<Total>,
    /// Further choices; empty on later pages.
    pub facets: Facets,
    /// All categories.
    pub categories: Vec<Category>,
    /// What the list can be narrowed by in that category, and in the one it grows on.
    pub fields: Vec<SearchField>,
    /// The category that was asked for.
    pub category: Option<Category>,
    /// The town that was asked for.
    pub place: Option<KnownPlace>,
    /// A town was asked for that nobody knows.
    pub place_unknown: bool,
    /// The words that were looked for, if typing mistakes were mended.
    pub mended: Option<String>,
    /// Distances are known, so that sorting by them is offered.
    pub has_distances: bool,
    /// Help when nothing is found.
    pub nearest: Option<Nearest>,
}
