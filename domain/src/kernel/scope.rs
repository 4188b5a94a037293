//! What a program may do that acts for a person through a key. A key opens what its scopes name and nothing else: a
//! use case that names no scope is closed to all keys.

use serde::{Deserialize, Serialize};

/// One thing a key may be good for. Which data it is about follows from the person behind the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Read services, their prices and open times.
    #[serde(rename = "services:read")]
    ServicesRead,
    /// Read bookings the person may see, as their customer or for their business.
    #[serde(rename = "bookings:read")]
    BookingsRead,
    /// Book, and make the moves of bookings the person may make.
    #[serde(rename = "bookings:write")]
    BookingsWrite,
    /// Read the calendars the person may see.
    #[serde(rename = "calendar:read")]
    CalendarRead,
    /// Block and free time in the calendars the person keeps.
    #[serde(rename = "calendar:write")]
    CalendarWrite,
}

impl Scope {
    /// Every scope, in the order people see them.
    pub const ALL: [Self; 5] =
        [Self::ServicesRead, Self::BookingsRead, Self::BookingsWrite, Self::CalendarRead, Self::CalendarWrite];

    /// The name in forms, in the database and in the API: `subject:read` or `subject:write`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ServicesRead => "services:read",
            Self::BookingsRead => "bookings:read",
            Self::BookingsWrite => "bookings:write",
            Self::CalendarRead => "calendar:read",
            Self::CalendarWrite => "calendar:write",
        }
    }

    /// What it lets a program do, for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::ServicesRead => "Read services, prices and open times",
            Self::BookingsRead => "Read your bookings",
            Self::BookingsWrite => "Book, and accept, change or cancel your bookings",
            Self::CalendarRead => "Read your calendar",
            Self::CalendarWrite => "Block and free time in your calendar",
        }
    }

    /// The scope of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn names_are_one_and_the_same_everywhere() {
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.name()), Some(scope));
        }
        for wrong in ["", "bookings", "bookings:", "Bookings:read", "bookings:read ", "*"] {
            assert_eq!(Scope::parse(wrong), None, "{wrong}");
        }
    }
}
