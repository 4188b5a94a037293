//! What pages and the API show of bookings.

use super::commands::Address;
use super::life::{self, Capacity, Event, State};
use crate::catalog::{Asked, At, BookingMode, CancellationPolicy, Kind, Line, Place, Question, ServicePicture};
use crate::kernel::{BookingId, MemberId, Money, ProviderId, ReservationId, ServiceId, UserId, Zone};
use jiff::Timestamp;

/// A booking as its two sides see it.
#[derive(Clone, Debug)]
pub struct BookingView {
    /// Its id, for other subjects.
    pub id: BookingId,
    /// `SH-7K3MQ2XD`.
    pub reference: String,
    /// Where it is in its life.
    pub state: State,
    /// A visit or a delivery.
    pub kind: Kind,
    /// Title of the service when it was booked.
    pub title: String,
    /// Which service.
    pub service: ServiceId,
    /// Its address.
    pub service_slug: String,
    /// Its first picture.
    pub picture: Option<ServicePicture>,
    /// The business.
    pub provider: ProviderId,
    /// Name of the business.
    pub provider_name: String,
    /// Address of the business.
    pub provider_slug: String,
    /// Who comes.
    pub member: MemberId,
    /// Their name.
    pub member_name: String,
    /// They can be booked at present: they have not left, and do not rest.
    pub member_active: bool,
    /// The customer asked for anyone free.
    pub any_member: bool,
    /// Who booked.
    pub customer: UserId,
    /// Their name.
    pub customer_name: String,
    /// When a visit begins and ends.
    pub visit: Option<(Timestamp, Timestamp)>,
    /// When the visit was to begin as agreed first, if it was moved since: the cancellation policy counts from here.
    pub agreed_start: Option<Timestamp>,
    /// When a delivery is due.
    pub due_at: Option<Timestamp>,
    /// The zone of the visit.
    pub zone: Zone,
    /// Where it takes place.
    pub place: Place,
    /// The customer's address, for visits there.
    pub address: Address,
    /// False when nobody knew its postal code when it was booked, so that nobody could tell whether it is near enough.
    pub code_known: bool,
    /// Minutes reserved for the way to the customer, before the visit and after it.
    pub travel: u16,
    /// The place of the business it belongs to.
    pub at: At,
    /// What the customer wrote.
    pub note: String,
    /// What the business wants to know before it begins, with the customer's answers.
    pub asked: Vec<Asked>,
    /// What the price is made of.
    pub lines: Vec<Line>,
    /// The price.
    pub total: Money,
    /// Booked at once or on request.
    pub booking_mode: BookingMode,
    /// What cancelling costs.
    pub cancellation_policy: CancellationPolicy,
    /// When the present state ends by itself.
    pub clock_at: Option<Timestamp>,
    /// How satisfied the customer was.
    pub satisfaction: Option<u8>,
    /// Whether it has been reviewed.
    pub reviewed: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// What happened, oldest first.
    pub history: Vec<HistoryEntry>,
    /// In which capacity the viewer stands to it; `None` for an operator who looks on.
    pub capacity: Option<Capacity>,
}

impl BookingView {
    /// What the viewer can do now.
    #[must_use]
    pub fn moves(&self) -> Vec<Event> {
        let Some(by) = self.capacity else {
            return Vec::new();
        };
        let waits = self.awaited().next().is_some();
        let open = life::open_to(self.state, by, self.booking_mode);
        // A delivery has no time that could be moved, or given to somebody.
        let open = open.filter(|event| !matches!(event, Event::Reschedule | Event::Reassign) || self.visit.is_some());
        open.filter(|event| !(waits && life::needs_answers(*event))).collect()
    }

    /// What is asked, needed and not answered yet: the work cannot begin before.
    pub fn awaited(&self) -> impl Iterator<Item = &Question> {
        self.asked.iter().filter(|asked| asked.is_awaited()).map(|asked| &asked.question)
    }

    /// Whether the viewer can answer now.
    #[must_use]
    pub fn can_answer(&self) -> bool {
        !self.asked.is_empty() && self.capacity == Some(Capacity::Customer) && life::takes_answers(self.state)
    }

    /// Whether the viewer can do this now.
    #[must_use]
    pub fn can(&self, event: Event) -> bool {
        self.moves().contains(&event)
    }
}

/// One step of a booking's history.
#[derive(Clone, Debug)]
pub struct HistoryEntry {
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub event: String,
    /// Where it led.
    pub to: State,
    /// In which capacity somebody did it.
    pub by: Capacity,
    /// Their first name; empty for the clock.
    pub who: String,
    /// What they wrote.
    pub note: String,
    /// An operator did it for them.
    pub on_behalf: bool,
    /// Of a move: the start before and after it.
    pub moved: Option<(Timestamp, Timestamp)>,
    /// Of a visit that was given to a colleague: the names of who was to do it and who does it since.
    pub given: Option<(String, String)>,
}

/// Which bookings a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListFilter {
    /// What is still to come, the nearest first.
    #[default]
    Open,
    /// What waits for an answer or a confirmation.
    Waiting,
    /// What is over, the latest first.
    Past,
}

impl ListFilter {
    /// All filters, in the order of the tabs.
    pub const ALL: [Self; 3] = [Self::Open, Self::Waiting, Self::Past];

    /// The name in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Past => "past",
        }
    }

    /// The filter of a name; the first one for anything else.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.name() == name).unwrap_or_default()
    }

    /// The states it shows.
    #[must_use]
    pub const fn states(self) -> &'static [State] {
        match self {
            Self::Open => &[State::Held, State::Requested, State::Confirmed, State::Started, State::Done],
            Self::Waiting => &[State::Held, State::Requested, State::Done],
            Self::Past => &[State::Completed, State::Declined, State::Cancelled, State::Expired],
        }
    }
}

/// A booking in a list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// For the cursor.
    pub id: BookingId,
    /// For the cursor: when it takes place, is due, or was made.
    pub sort_at: Timestamp,
    /// `SH-7K3MQ2XD`.
    pub reference: String,
    /// Where it is in its life.
    pub state: State,
    /// A visit or a delivery.
    pub kind: Kind,
    /// Title of the service.
    pub title: String,
    /// The other side's name: the provider for a customer, the customer for a provider.
    pub other: String,
    /// Who comes.
    pub member_name: String,
    /// They can be booked at present: they have not left, and do not rest.
    pub member_active: bool,
    /// When a visit begins and ends.
    pub visit: Option<(Timestamp, Timestamp)>,
    /// When a delivery is due.
    pub due_at: Option<Timestamp>,
    /// The zone of the visit.
    pub zone: Zone,
    /// The price.
    pub total: Money,
    /// When the present state ends by itself.
    pub clock_at: Option<Timestamp>,
    /// First picture of the service.
    pub picture: Option<String>,
    /// What is asked, needed and not answered yet, once it is agreed.
    pub awaited: Vec<Question>,
}

/// A stretch in a provider's calendar.
#[derive(Clone, Debug)]
pub struct CalendarEntry {
    /// Which one, to free a block again.
    pub id: ReservationId,
    /// Whose calendar.
    pub member: MemberId,
    /// The member's name.
    pub member_name: String,
    /// What it is taken for: `hold`, `pending`, `confirmed`, `blocked`, `imported`.
    pub kind: String,
    /// The visit, or the blocked time.
    pub starts: Timestamp,
    /// Its end.
    pub ends: Timestamp,
    /// The booking's reference.
    pub reference: Option<String>,
    /// The booking's state.
    pub state: Option<State>,
    /// The service that is booked.
    pub service: Option<ServiceId>,
    /// The service's title, or a word about the block.
    pub title: String,
    /// The customer's name.
    pub customer: Option<String>,
    /// Minutes reserved for the way, before the visit and after it.
    pub travel: u16,
    /// The place of the business it belongs to.
    pub at: At,
    /// Where to go.
    pub city: Option<String>,
}
