//! The fixed choices of the catalogue. Each is stored, sent and parsed by one lower-case name.

use crate::kernel::Money;
use serde::{Deserialize, Serialize};

macro_rules! choices {
    ($($(#[$doc:meta])+ $name:ident { $($(#[$word:meta])+ $variant:ident = $text:literal,)+ })+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "postgres", derive(sqlx::Type), sqlx(type_name = "text"))]
        pub enum $name {
            $($(#[$word])+ #[serde(rename = $text)] #[cfg_attr(feature = "postgres", sqlx(rename = $text))] $variant,)+
        }

        impl $name {
            /// All choices, in the order people read them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in the database, in addresses and in forms.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The choice of a name.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.name() == name)
            }
        }
    )+};
}

choices! {
    /// How a price is made.
    Pricing {
        /// One price for the whole.
        Fixed = "fixed",
        /// A price for an hour, with a shortest visit.
        Hourly = "hourly",
        /// A price for one of something, as many as are needed.
        Unit = "unit",
        /// A price for the least of it; what is booked costs this.
        From = "from",
        /// Tiers to choose from.
        Packages = "packages",
        /// The provider names a price first; nothing is booked directly.
        Quote = "quote",
    }

    /// How a service is fulfilled.
    Kind {
        /// A time, and a place or call.
        Visit = "visit",
        /// Files by a deadline.
        Delivery = "delivery",
    }

    /// Where the work is done.
    Place {
        /// At the customer's.
        Customer = "customer",
        /// At the provider's.
        Provider = "provider",
        /// Nowhere in particular: a call, or files.
        Remote = "remote",
    }

    /// What follows when somebody books.
    BookingMode {
        /// Booked at once.
        Instant = "instant",
        /// The provider accepts or declines first.
        Request = "request",
    }

    /// How far a service is in its life.
    Status {
        /// Being written; only its provider sees it.
        Draft = "draft",
        /// Waits to be looked at for the first time; only its provider sees it.
        Review = "review",
        /// On offer.
        Live = "live",
        /// Not on offer for a while.
        Paused = "paused",
        /// Not on offer any more.
        Archived = "archived",
    }

    /// The size of a package.
    Tier {
        /// The smallest.
        Basic = "basic",
        /// The middle one.
        Standard = "standard",
        /// The largest.
        Premium = "premium",
    }

    /// What cancelling costs the customer.
    CancellationPolicy {
        /// Free until a day before.
        Flexible = "flexible",
        /// Free until two days before.
        Moderate = "moderate",
        /// Free until a week before.
        Strict = "strict",
    }

    /// What an answer to a question looks like.
    AnswerKind {
        /// One's own words.
        Text = "text",
        /// Yes or no.
        YesNo = "yes_no",
        /// One of a few.
        Choice = "choice",
    }

    /// What kind of business a provider is.
    ProviderKind {
        /// One person.
        Sole = "sole",
        /// Several people.
        Company = "company",
    }
}

impl Pricing {
    /// A price as lists show it, without the "from" of the lowest of several. `unit` is what is counted.
    #[must_use]
    pub fn tag(self, price: Money, unit: &str) -> String {
        match self {
            Self::Fixed | Self::From | Self::Packages => price.to_string(),
            Self::Hourly => format!("{price} an hour"),
            Self::Unit => format!("{price} per {unit}"),
            Self::Quote => "Price on request".to_owned(),
        }
    }

    /// What stands behind the price: "an hour", "per window"; nothing where it is the whole.
    #[must_use]
    pub fn per(self, unit: &str) -> Option<String> {
        match self {
            Self::Fixed | Self::From | Self::Packages | Self::Quote => None,
            Self::Hourly => Some("an hour".to_owned()),
            Self::Unit => Some(format!("per {unit}")),
        }
    }
}

impl CancellationPolicy {
    /// The policy in one sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Flexible => "Cancel free of charge until 24 hours before; after that half the price is due.",
            Self::Moderate => {
                "Cancel free of charge until 48 hours before; after that half the price is due, and under 12 hours all of it."
            }
            Self::Strict => {
                "Cancel free of charge until 7 days before; after that half the price is due, and under 48 hours all of it."
            }
        }
    }

    /// The word beside it: "Flexible".
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Flexible => "Flexible",
            Self::Moderate => "Moderate",
            Self::Strict => "Strict",
        }
    }
}

impl Tier {
    /// The word people read: "Basic".
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Basic => "Basic",
            Self::Standard => "Standard",
            Self::Premium => "Premium",
        }
    }
}

impl BookingMode {
    /// Minutes of notice that is really asked for, where the provider asks for `asked`: whoever accepts first has
    /// an hour to do so, and answers two hours before the visit at the latest.
    #[must_use]
    pub fn notice(self, asked: u32) -> u32 {
        match self {
            Self::Instant => asked,
            Self::Request => asked.max(180),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_choices() {
        for policy in CancellationPolicy::ALL {
            assert_eq!(CancellationPolicy::parse(policy.name()), Some(*policy));
        }
        assert_eq!(Kind::parse("Visit"), None);
    }
}
