//! What a price per unit counts: square metres, windows, pages.

use serde::{Deserialize, Serialize};

/// The most of anything that can be booked at once.
pub const MOST_UNITS: u32 = 10_000;
/// The longest name of a unit, in characters.
pub const LONGEST_UNIT: usize = 30;

/// A unit with how many of it can be booked; the default says nothing yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Unit {
    /// One of it, as it stands after "per": "m²", "window".
    pub name: String,
    /// The fewest that can be booked.
    pub least: u32,
    /// The most that can be booked, not fewer than `least`.
    pub most: u32,
    /// Minutes that each adds to a visit.
    pub minutes: u32,
}

impl Default for Unit {
    fn default() -> Self {
        Self { name: String::new(), least: 1, most: 100, minutes: 0 }
    }
}

impl Unit {
    /// So many of it: "12 × window".
    #[must_use]
    pub fn counted(&self, count: u32) -> String {
        format!("{count} × {}", self.name)
    }

    /// Whether so many can be booked.
    #[must_use]
    pub fn allows(&self, count: u32) -> bool {
        (self.least..=self.most).contains(&count)
    }
}
