//! What following the history from end to end comes to.

use super::head::Head;
use jiff::civil::Date;
use std::fmt;

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody changed, took out, swapped or cut anything.
    Whole(Whole),
    /// Somebody did: the first place where it shows.
    Broken(Broken),
}

/// What was followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Entries from the first to the last.
    pub entries: u64,
    /// Entries whose personal details were forgotten.
    pub erased: u64,
    /// Signed heads found in the chain: those kept in the database, and published ones it was held against.
    pub heads: u64,
    /// Number of the last entry.
    pub seq: i64,
    /// Its hash.
    pub hash: [u8; 32],
    /// The latest head that was signed; what came after it is held by the chain alone so far.
    pub signed: Option<Head>,
}

/// The first thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Where.
    pub place: Place,
    /// What, in plain words.
    pub what: String,
    /// Entries that were right before it.
    pub followed: u64,
}

/// Where something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The entry of this number (row of `audit_entries`).
    Entry(i64),
    /// The personal details of this entry (row of `audit_personal`).
    Personal(i64),
    /// The signed head of this day (row of `audit_heads`, or of a published file).
    Head(Date),
    /// Where the chain ends (the row of `audit_head`).
    End,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(seq) => write!(f, "entry {seq}"),
            Self::Personal(seq) => write!(f, "personal details of entry {seq}"),
            Self::Head(day) => write!(f, "signed head of {day}"),
            Self::End => f.write_str("end of the chain"),
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}
