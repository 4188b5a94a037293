//! What a business is registered with, after it was approved: it moves by itself, while another name or payout country is
//! asked for by an owner and waits for somebody who checks businesses. Nothing of it is on show before.

mod ask;
mod decide;
mod move_to;
mod wished;

pub use ask::{AskError, ask_for_change, registered, take_back_change};
pub use decide::{ChangeToDecide, WaitingChange, approve_change, changes_waiting, decline_change, waiting_change};
pub use move_to::{MoveError, NewAddress, move_business_to};
pub use wished::Wished;

use crate::catalog::listing::Change;
use crate::kernel::ProviderId;
use crate::onboarding::countries;
use jiff::Timestamp;

/// How a change that was asked for stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeState {
    /// Waits for us.
    Submitted,
    /// It is so now.
    Approved,
    /// It is as it was, with a reason.
    Declined,
    /// The business took it back.
    Withdrawn,
}

impl ChangeState {
    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let all = [Self::Submitted, Self::Approved, Self::Declined, Self::Withdrawn];
        all.into_iter().find(|state| state.name() == name)
    }
}

/// A change that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedChange {
    /// Counts those of a business.
    pub number: i32,
    /// How it stands.
    pub state: ChangeState,
    /// How it was when it was asked for.
    pub before: Wished,
    /// How it is to be.
    pub wished: Wished,
    /// The name of who asked.
    pub asked_by: String,
    /// When.
    pub asked_at: Timestamp,
    /// When it was decided or taken back.
    pub decided_at: Option<Timestamp>,
    /// Why it was declined.
    pub note: String,
}

impl AskedChange {
    /// What is different, part by part.
    #[must_use]
    pub fn differs(&self) -> Vec<Change> {
        differing(&self.before, &self.wished)
    }
}

/// What a business is registered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// Which business.
    pub id: ProviderId,
    /// Its address on the marketplace.
    pub slug: String,
    /// Name and payout country.
    pub present: Wished,
    /// Its town.
    pub city: String,
    /// As typed; may be empty.
    pub postal_code: String,
    /// ISO 3166 code.
    pub country: String,
    /// Grows with every move; a form sends back the one it was made from.
    pub moved: i32,
    /// The latest change that was asked for.
    pub latest: Option<AskedChange>,
}

impl Registered {
    /// What a form of name and payout country was made from: the latest change and how it stood.
    #[must_use]
    pub fn seen(&self) -> String {
        self.latest.as_ref().map_or_else(|| "0".to_owned(), |latest| mark(latest.number, latest.state.name()))
    }

    /// The change that waits, if one does.
    #[must_use]
    pub fn waiting(&self) -> Option<&AskedChange> {
        self.latest.as_ref().filter(|latest| latest.state == ChangeState::Submitted)
    }
}

fn mark(number: i32, state: &str) -> String {
    format!("{number}.{state}")
}

/// What is different between two names and payout countries. A person looks at each before customers see it.
#[must_use]
pub fn differing(before: &Wished, after: &Wished) -> Vec<Change> {
    let country = |code: &str| {
        let named = countries::name(code).map_or_else(|| code.to_owned(), |name| format!("{name} ({code})"));
        if code.is_empty() { Vec::new() } else { vec![named] }
    };
    let parts = [
        ("Name", vec![before.name.clone()], vec![after.name.clone()]),
        ("Country of the bank account", country(&before.payout_country), country(&after.payout_country)),
    ];
    let parts = parts.into_iter().filter(|(_, before, after)| before != after);
    parts.map(|(part, before, after)| Change { part, before, after, risky: true }).collect()
}
