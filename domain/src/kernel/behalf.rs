//! An operator who acts for a person. The person is the actor, so that every rule holds as it does for them; the
//! operator stands beside them in every entry of the history. What may be done this way is a list: what is not on it
//! is refused in the one way to write, so that nothing new is open before somebody thought about it.

use super::actor::Role;
use super::ids::UserId;
use jiff::Timestamp;
use uuid::Uuid;

/// Who acts for the person, why, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behalf {
    /// Which act this is.
    pub id: Uuid,
    /// The operator.
    pub operator: UserId,
    /// The operator's first name, for the moment they are themselves again.
    pub operator_name: String,
    /// The operator's own roles; none of them counts while they act for somebody.
    pub operator_roles: Vec<Role>,
    /// Given and family name of the person.
    pub person_name: String,
    /// Why, in words the person reads.
    pub reason: String,
    /// When it ends by itself.
    pub until: Timestamp,
}

/// What may be done for somebody else, by the beginning of an entry's action.
const OPEN: &[&str] =
    &["booking.", "calendar.", "block.", "listing.", "provider.described", "user.details_changed", "user.link_sent"];
/// What begins the same and may not: confirming the work and saying how it was is the customer's own word.
const CLOSED: &[&str] = &["booking.signed_off", "booking.reviewed"];

impl Behalf {
    /// Whether a change that is recorded under this action may be made for somebody else.
    #[must_use]
    pub fn may(action: &str) -> bool {
        OPEN.iter().any(|open| action.starts_with(open)) && !CLOSED.contains(&action)
    }
}

#[cfg(test)]
mod tests {
    use super::Behalf;

    #[test]
    fn what_protects_an_account_and_what_is_ones_own_word_is_closed() {
        for closed in [
            "booking.signed_off",
            "booking.reviewed",
            "password.changed",
            "second_factor.offered",
            "user.email_asked",
            "user.copy_asked",
            "user.deleted",
            "session.revoked",
            "operator.joined",
            "behalf.started",
            "something.new",
            "",
        ] {
            assert!(!Behalf::may(closed), "{closed}");
        }
        for open in ["booking.held", "booking.cancelled", "calendar.blocked", "user.details_changed"] {
            assert!(Behalf::may(open), "{open}");
        }
    }
}
