//! What operators see of accounts.

use crate::kernel::{Role, UserId};
use jiff::Timestamp;
use uuid::Uuid;

/// Which people a list shows.
#[derive(Clone, Debug, Default)]
pub struct PeopleFilter {
    /// Parts of names or addresses.
    pub words: String,
    /// Only with this role.
    pub role: Option<Role>,
    /// Only suspended ones.
    pub suspended: bool,
}

/// A person in a list.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Which one.
    pub id: UserId,
    /// Given and family name.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// All roles.
    pub roles: Vec<Role>,
    /// When the account was made.
    pub since: Timestamp,
    /// Whether it is suspended.
    pub suspended: bool,
}

/// A person with what operators need to help or to act.
#[derive(Clone, Debug)]
pub struct Person {
    /// The same as in lists.
    pub row: PersonRow,
    /// Their number.
    pub phone: Option<String>,
    /// Whether the address is proved.
    pub email_verified: bool,
    /// Whether a second factor is in force.
    pub two_factor: bool,
    /// Open sessions.
    pub sessions: usize,
    /// When one of them was last used.
    pub last_seen: Option<Timestamp>,
    /// Bookings as a customer.
    pub bookings: usize,
    /// Businesses they work for: slug and name.
    pub businesses: Vec<(String, String)>,
    /// All suspensions, the latest first.
    pub suspensions: Vec<Suspension>,
}

/// Why somebody could not sign in for a while.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Suspension {
    /// Since when.
    pub at: Timestamp,
    /// Who did it; not shown to the person.
    pub by: String,
    /// Why, for the person.
    pub reason: String,
    /// What shows it, for the person.
    pub evidence: String,
    /// What the person said to it, and when.
    pub appeal: String,
    /// When they said it.
    pub appealed_at: Option<Timestamp>,
    /// When it ended.
    pub lifted_at: Option<Timestamp>,
    /// What they were told then.
    pub answer: String,
}

/// An operator to be.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Which one.
    pub id: Uuid,
    /// To whom the link went.
    pub email: String,
    /// What they would be.
    pub role: Role,
    /// Who invited.
    pub by: String,
    /// When the link ends.
    pub expires: Timestamp,
}

/// How many of what waits for operators.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    /// Accounts.
    pub people: i64,
    /// Accounts made within the last seven days.
    pub new_people: i64,
    /// Suspended accounts.
    pub suspended: i64,
    /// Suspended people who answered.
    pub appeals: i64,
}
