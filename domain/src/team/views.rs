//! What is shown of a team.

use super::MemberRole;
use crate::kernel::{MemberId, ServiceId, Zone};
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

/// A business's people, as far as the actor may see them.
#[derive(Clone, Debug)]
pub struct Team {
    /// Name of the business.
    pub business: String,
    /// Where its clocks are.
    pub zone: Zone,
    /// Those who work there, active ones first; for managers also those who left and still have visits ahead.
    pub members: Vec<Colleague>,
    /// Titles of live services that nobody active does: they cannot be booked.
    pub unstaffed: Vec<String>,
    /// Invitations without an answer, for managers.
    pub invited: Vec<Invited>,
}

impl Team {
    /// Whether the business has no owner who can log in without this member: then they cannot go.
    #[must_use]
    pub fn keeps(&self, member: MemberId) -> bool {
        let owner = |one: &&Colleague| one.role == MemberRole::Owner && one.active && one.login && !one.left;
        let mut owners = self.members.iter().filter(owner);
        owners.next().is_some_and(|only| only.id == member) && owners.next().is_none()
    }
}

/// Somebody of a team.
#[derive(Clone, Debug, Deserialize)]
pub struct Colleague {
    /// Which one.
    pub id: MemberId,
    /// The name customers see.
    pub name: String,
    /// Key of the portrait.
    pub picture: Option<String>,
    /// Their place.
    pub role: MemberRole,
    /// Can be booked and can log in to the portal.
    pub active: bool,
    /// Gone for good; shown because of visits that are still theirs.
    pub left: bool,
    /// Has a login.
    pub login: bool,
    /// Is the one who asks.
    pub you: bool,
    /// Has hours of work, without which nobody finds a time.
    pub hours: bool,
    /// What they are good at, in their own order.
    pub skills: Vec<String>,
    /// Titles of what they do.
    pub services: Vec<String>,
}

/// An invitation that waits for an answer.
#[derive(Clone, Debug)]
pub struct Invited {
    /// Which one.
    pub id: Uuid,
    /// Where it went.
    pub email: String,
    /// Under which name they will be on the team.
    pub name: String,
    /// As what.
    pub role: MemberRole,
    /// Who invited them.
    pub by: String,
    /// Until when it works; over when in the past.
    pub expires: Timestamp,
}

/// One person of a team, with everything that can be changed about them.
#[derive(Clone, Debug)]
pub struct MemberPage {
    /// The person.
    pub who: Colleague,
    /// Name of the business.
    pub business: String,
    /// Where its clocks are.
    pub zone: Zone,
    /// The services of the business, with who does them.
    pub services: Vec<Staffed>,
    /// Skills others have and categories, to choose from.
    pub suggestions: Vec<String>,
}

/// A service, seen from a member.
#[derive(Clone, Debug, Deserialize)]
pub struct Staffed {
    /// Which one.
    pub id: ServiceId,
    /// Its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// `live`, `paused`, `draft`.
    pub status: String,
    /// The member does it.
    pub does: bool,
    /// How many other active members do it.
    pub others: u32,
}

/// What an invitation offers, for whoever opens its link.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The business.
    pub business: String,
    /// As what.
    pub role: MemberRole,
    /// The address it is for.
    pub email: String,
    /// Who invites.
    pub by: String,
}
