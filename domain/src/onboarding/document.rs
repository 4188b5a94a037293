//! Documents: what they prove, which are needed, and when they end.

use crate::kernel::DocumentId;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a document proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "postgres", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
pub enum DocumentKind {
    /// Who somebody is: passport, identity card, driving licence.
    Identity,
    /// That somebody may do the work: a trade licence, a master's certificate.
    Licence,
    /// That damage is paid for: public liability.
    Insurance,
}

impl DocumentKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Identity, Self::Insurance, Self::Licence];

    /// The name in the database and in forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Licence => "licence",
            Self::Insurance => "insurance",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Identity => "Proof of identity",
            Self::Licence => "Trade licence",
            Self::Insurance => "Liability insurance",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether nobody is approved without one. A licence is needed where a trade asks for it, which a person decides;
    /// once it was accepted it must stay good like the others.
    #[must_use]
    pub const fn needed(self) -> bool {
        matches!(self, Self::Identity | Self::Insurance)
    }
}

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "postgres", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
pub enum DocumentState {
    /// Nobody has looked at it yet.
    Sent,
    /// Looked at and good.
    Accepted,
    /// Looked at and not good; the note says why.
    Refused,
    /// It was good; a newer one took its place.
    Replaced,
}

/// A document with everything but its picture.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Document {
    /// Which one.
    pub id: DocumentId,
    /// What it proves.
    pub kind: DocumentKind,
    /// Its number, as written on it.
    pub number: String,
    /// The last day it is good; `None` for a licence for life.
    pub expires_on: Option<Date>,
    /// What became of it.
    pub state: DocumentState,
    /// Why it was refused.
    pub note: String,
    /// When it was shown.
    pub sent_at: Timestamp,
}

/// Days before a document's end for which somebody is reminded, the first first.
pub const REMINDED: [i16; 2] = [30, 7];
/// Noted when a document is over.
pub const OVER: i16 = -1;

/// Whole days until a document ends; negative from the day after its last one.
#[must_use]
pub fn days_left(expires_on: Date, today: Date) -> i32 {
    expires_on.since(today).map_or(i32::MAX, |span| span.get_days())
}

/// What is due for a document: the days of a reminder ([`REMINDED`]), [`OVER`], or nothing, given what was done already.
#[must_use]
pub fn due(expires_on: Date, today: Date, reminded: Option<i16>) -> Option<i16> {
    let left = days_left(expires_on, today);
    let stage = if left < 0 { OVER } else { REMINDED.into_iter().rev().find(|days| left <= i32::from(*days))? };
    reminded.is_none_or(|done| stage < done).then_some(stage)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn reminders_come_once_and_in_order() {
        let end = date(2027, 3, 31);
        let told = |today: Date, reminded| due(end, today, reminded);
        assert_eq!(told(date(2027, 2, 28), None), None, "31 days");
        assert_eq!(told(date(2027, 3, 1), None), Some(30));
        assert_eq!(told(date(2027, 3, 2), Some(30)), None, "told already");
        assert_eq!(told(date(2027, 3, 24), Some(30)), Some(7));
        assert_eq!(told(date(2027, 3, 30), None), Some(7), "what was missed is not made up for");
        assert_eq!(told(date(2027, 3, 31), Some(7)), None, "its last day is good");
        assert_eq!(told(date(2027, 4, 1), Some(7)), Some(OVER));
        assert_eq!(told(date(2027, 5, 1), Some(OVER)), None);
        assert_eq!(days_left(date(2028, 3, 1), date(2027, 3, 1)), 366);
    }
}
