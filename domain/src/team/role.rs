//! What somebody is in a business.

use serde::{Deserialize, Serialize};

/// A place in a business. What each may do says `kernel/policy.rs`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberRole {
    /// Everything, owners and the business's end too.
    Owner,
    /// Everything but owners and the business's end.
    Manager,
    /// Their own calendar and bookings.
    #[default]
    Member,
}

impl MemberRole {
    /// All of them, the one with the most rights first.
    pub const ALL: [Self; 3] = [Self::Owner, Self::Manager, Self::Member];

    /// The name in the database and in forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Member => "member",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Manager => "Manager",
            Self::Member => "Member",
        }
    }

    /// What it opens, in a sentence.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Owner => "Everything, including who owns the business.",
            Self::Manager => "Bookings, calendars, services and the team. Not the owners.",
            Self::Member => "Their own calendar and their own bookings.",
        }
    }

    /// The role of a stored or sent name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}
