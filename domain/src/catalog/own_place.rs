//! Where a business works from: its main place, and further ones with an area around each. Weekly hours may name one, and
//! a booking belongs to the one it is done from.

use crate::kernel::OwnPlaceId;
use serde::{Deserialize, Serialize};

/// Most further places of a business.
pub const MOST_OWN_PLACES: usize = 12;

/// A place of a business beside its main one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnPlace {
    /// Which one.
    pub id: OwnPlaceId,
    /// What the business calls it.
    pub name: String,
    /// Its town.
    pub city: String,
    /// Its postal code; may be empty.
    pub postal_code: String,
    /// Degrees of latitude and longitude.
    pub position: (f64, f64),
    /// How far it reaches, in kilometres.
    pub radius_km: u32,
}

/// Where hours hold, or where a booking belongs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum At {
    /// Hours of everywhere; a booking that is done anywhere, or whose place is not known yet.
    #[default]
    Everywhere,
    /// The main place of the business.
    Main,
    /// A further place.
    Own(OwnPlaceId),
}

impl At {
    /// Whether hours of one hold for a booking of the other. What is everywhere, or not known, meets all.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self == Self::Everywhere || other == Self::Everywhere || self == other
    }

    /// As two columns keep it: at the main place, and which further one.
    #[must_use]
    pub const fn columns(self) -> (bool, Option<OwnPlaceId>) {
        match self {
            Self::Everywhere => (false, None),
            Self::Main => (true, None),
            Self::Own(id) => (false, Some(id)),
        }
    }

    /// From two columns.
    #[must_use]
    pub const fn of_columns(main: bool, own: Option<OwnPlaceId>) -> Self {
        match (main, own) {
            (_, Some(id)) => Self::Own(id),
            (true, None) => Self::Main,
            (false, None) => Self::Everywhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_hold_where_they_say() {
        let [one, other] = [1, 2].map(|id| At::Own(OwnPlaceId(uuid::Uuid::from_u128(id))));
        assert!(At::Main.meets(At::Main) && one.meets(one));
        assert!(!one.meets(other) && !one.meets(At::Main) && !At::Main.meets(one));
        for at in [At::Everywhere, At::Main, one] {
            assert!(at.meets(At::Everywhere) && At::Everywhere.meets(at));
            let (main, own) = at.columns();
            assert_eq!(At::of_columns(main, own), at);
        }
    }
}
