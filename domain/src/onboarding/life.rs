//! The life of an application: what may happen to it in which state. One table, read by use cases and pages.

use serde::{Deserialize, Serialize};

/// How far an application is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "postgres", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
pub enum State {
    /// Being written; only the applicant sees it.
    Draft,
    /// Sent: it waits for us.
    Submitted,
    /// More is wanted: it waits for the applicant.
    Asked,
    /// There is a business now.
    Approved,
    /// Not this time.
    Declined,
    /// Taken back by the applicant, or left alone for too long.
    Withdrawn,
}

/// What can happen to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The applicant sends it.
    Send,
    /// The applicant takes it back.
    Withdraw,
    /// The applicant begins again, with what was told before.
    BeginAgain,
    /// It is left alone for too long.
    Lapse,
    /// We make a business of it.
    Approve,
    /// We ask for more.
    Ask,
    /// We decline it.
    Decline,
}

impl State {
    /// All states, in the order of life.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::Submitted, Self::Asked, Self::Approved, Self::Declined, Self::Withdrawn];

    /// The state after an event; `None` where it cannot happen.
    #[must_use]
    pub const fn after(self, event: Event) -> Option<Self> {
        match (self, event) {
            (Self::Draft | Self::Asked, Event::Send) => Some(Self::Submitted),
            (Self::Draft | Self::Submitted | Self::Asked, Event::Withdraw)
            | (Self::Draft | Self::Asked, Event::Lapse) => Some(Self::Withdrawn),
            (Self::Declined | Self::Withdrawn, Event::BeginAgain) => Some(Self::Draft),
            (Self::Submitted, Event::Approve) => Some(Self::Approved),
            (Self::Submitted, Event::Ask) => Some(Self::Asked),
            (Self::Submitted, Event::Decline) => Some(Self::Declined),
            _ => None,
        }
    }

    /// Whether the applicant may change what it says.
    #[must_use]
    pub const fn open(self) -> bool {
        matches!(self, Self::Draft | Self::Asked)
    }

    /// The name in the database, in addresses and in the history.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Asked => "asked",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, State};

    const EVENTS: [Event; 7] =
        [Event::Send, Event::Withdraw, Event::BeginAgain, Event::Lapse, Event::Approve, Event::Ask, Event::Decline];

    #[test]
    fn every_cell_of_the_table() {
        // One column for each event, in the order above; the letter is that of the next state.
        let expected = [
            (State::Draft, "SW-W---"),
            (State::Submitted, "-W--PAD"),
            (State::Asked, "SW-W---"),
            (State::Approved, "-------"),
            (State::Declined, "--F----"),
            (State::Withdrawn, "--F----"),
        ];
        for (state, row) in expected {
            let found: String = EVENTS
                .iter()
                .map(|event| match state.after(*event) {
                    None => '-',
                    Some(State::Draft) => 'F',
                    Some(State::Submitted) => 'S',
                    Some(State::Asked) => 'A',
                    Some(State::Approved) => 'P',
                    Some(State::Declined) => 'D',
                    Some(State::Withdrawn) => 'W',
                })
                .collect();
            assert_eq!(found, row, "{state:?}");
        }
    }

    #[test]
    fn what_the_applicant_may_change_is_what_they_may_send() {
        for state in State::ALL {
            assert_eq!(state.open(), state.after(Event::Send).is_some(), "{state:?}");
        }
    }
}
