//! Stretches of time and named zones. Reading the wall clock is the context's business alone.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A half-open stretch of time: the start belongs to it, the end does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TimeRange {
    /// First instant inside.
    pub start: Timestamp,
    /// First instant after.
    pub end: Timestamp,
}

impl TimeRange {
    /// A range, if it is not empty.
    #[must_use]
    pub fn new(start: Timestamp, end: Timestamp) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// Whether the two share an instant. Back-to-back ranges do not.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// The name of an IANA time zone, such as `Europe/Berlin`. Only names the zone database knows are made.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Zone(String);

impl Zone {
    /// Universal time.
    #[must_use]
    pub fn utc() -> Self {
        Self("UTC".to_owned())
    }

    /// The IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }

    /// The place in the name, for people: `Europe/Berlin` → `Berlin`.
    #[must_use]
    pub fn place(&self) -> String {
        self.0.rsplit('/').next().unwrap_or(&self.0).replace('_', " ")
    }
}

#[cfg(feature = "postgres")]
mod database {
    use super::Zone;
    use jiff::tz::TimeZone;

    impl Zone {
        /// The names people choose from: places and UTC, in order; no aliases such as `US/Eastern`.
        #[must_use]
        pub fn names() -> Vec<String> {
            const REGIONS: [&str; 9] = [
                "Africa/",
                "America/",
                "Antarctica/",
                "Asia/",
                "Atlantic/",
                "Australia/",
                "Europe/",
                "Indian/",
                "Pacific/",
            ];
            let mut names: Vec<String> = jiff::tz::db()
                .available()
                .map(|name| name.to_string())
                .filter(|name| name == "UTC" || REGIONS.iter().any(|region| name.starts_with(region)))
                .collect();
            names.sort_unstable();
            names
        }

        /// A zone by its IANA name, if the zone database knows it.
        #[must_use]
        pub fn parse(name: &str) -> Option<Self> {
            let zone = TimeZone::get(name).ok()?;
            zone.iana_name().map(|known| Self(known.to_owned()))
        }

        /// Its rules. A name that was known when it was stored and is not any more counts as UTC.
        #[must_use]
        pub fn rules(&self) -> TimeZone {
            TimeZone::get(&self.0).unwrap_or(TimeZone::UTC)
        }
    }
}
