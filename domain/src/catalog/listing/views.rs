//! What the pages about listings show.

use super::Listing;
use crate::catalog::{BookableMember, Kind, Pricing, ServicePicture, Status};
use crate::kernel::{Money, ProviderId, ServiceId, Zone};
use jiff::Timestamp;

/// How far a text is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RevisionState {
    /// Being written.
    Draft,
    /// Waits for review.
    Submitted,
    /// What customers see.
    Live,
    /// Sent back with a note.
    Declined,
    /// Another one took its place, or it was thrown away.
    Replaced,
}

impl RevisionState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Submitted, Self::Live, Self::Declined, Self::Replaced];

    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Live => "live",
            Self::Declined => "declined",
            Self::Replaced => "replaced",
        }
    }

    /// The state of a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A person of the business who can do the work.
pub type Teammate = BookableMember;

/// A text on its way, without its words.
#[derive(Clone, Debug)]
pub struct Revision {
    /// Which one, counted from 1.
    pub number: i32,
    /// How far it is.
    pub state: RevisionState,
    /// Who wrote it; `None` for what was there before, and for people who are forgotten.
    pub author: Option<String>,
    /// When it was last written.
    pub at: Timestamp,
    /// Since when it waits for review.
    pub submitted_at: Option<Timestamp>,
    /// When it went on show, if it ever did.
    pub live_at: Option<Timestamp>,
    /// Why it was sent back.
    pub note: String,
}

/// A service in the hands of the business.
#[derive(Clone, Debug)]
pub struct Edited {
    /// Which one.
    pub id: ServiceId,
    /// Its present address.
    pub slug: String,
    /// How far the service is.
    pub status: Status,
    /// Grows with every change; a form sends back the one it was made from.
    pub version: i32,
    /// The business.
    pub provider: ProviderId,
    /// Whether customers have seen it, now or before.
    pub published: bool,
    /// What customers see; for a service they have never seen, what it began with.
    pub live: Listing,
    /// What is being written, waits, or was sent back; `None` when there is nothing but what is on show.
    pub open: Option<(Revision, Listing)>,
    /// Who can do it.
    pub team: Vec<Teammate>,
}

impl Edited {
    /// What the form shows: the text that is worked on, else what is on show.
    #[must_use]
    pub fn listing(&self) -> &Listing {
        self.open.as_ref().map_or(&self.live, |(_, listing)| listing)
    }

    /// The state of the text that is worked on.
    #[must_use]
    pub fn state(&self) -> Option<RevisionState> {
        self.open.as_ref().map(|(revision, _)| revision.state)
    }
}

/// Which of one's own services a list shows.
#[derive(Clone, Debug, Default)]
pub struct OwnFilter {
    /// Words of the title.
    pub words: String,
    /// How far they are; all but the archived ones if nothing was chosen.
    pub status: Option<Status>,
}

/// One's own service in a list.
#[derive(Clone, Debug)]
pub struct ListedRow {
    /// Which one.
    pub id: ServiceId,
    /// Its address.
    pub slug: String,
    /// The title of the text that is worked on, else the one on show.
    pub title: String,
    /// How far the service is.
    pub status: Status,
    /// A text that is being written, waits or was sent back.
    pub open: Option<RevisionState>,
    /// A visit or a delivery.
    pub kind: Kind,
    /// How the price is made.
    pub pricing: Pricing,
    /// The least one pays.
    pub price: Money,
    /// What a price per unit counts.
    pub unit: String,
    /// Average rating; `None` without reviews.
    pub rating: Option<f32>,
    /// Number of reviews.
    pub reviews: u32,
    /// Bookings so far.
    pub bookings: u32,
    /// The first picture.
    pub picture: Option<ServicePicture>,
    /// The next free time.
    pub next_free: Option<Timestamp>,
    /// Zone of visits.
    pub zone: Zone,
    /// When it was begun.
    pub created_at: Timestamp,
}

/// Which services the back office shows.
#[derive(Clone, Debug, Default)]
pub struct AdminFilter {
    /// Words of the title or of the business.
    pub words: String,
    /// How far they are; `None` for the queue of what waits for review.
    pub status: Option<Status>,
    /// Everything, whatever its state.
    pub all: bool,
}

/// A service in the back office.
#[derive(Clone, Debug)]
pub struct AdminRow {
    /// Which one.
    pub id: ServiceId,
    /// Its address.
    pub slug: String,
    /// The title that waits, else the one on show.
    pub title: String,
    /// Name of the business.
    pub provider: String,
    /// How far the service is.
    pub status: Status,
    /// The revision that waits for review, and since when.
    pub waiting: Option<(i32, Timestamp)>,
    /// For the act on many: what the reviewer saw.
    pub version: i32,
    /// Whether customers have seen it before.
    pub published: bool,
    /// When it was begun.
    pub created_at: Timestamp,
}

/// A service as its reviewer sees it.
#[derive(Clone, Debug)]
pub struct Review {
    /// The service, as its business sees it.
    pub service: Edited,
    /// Name and address of the business.
    pub provider: (String, String),
    /// Whether the business is checked.
    pub verified: bool,
}
