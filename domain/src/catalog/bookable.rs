//! Everything a booking needs to know about a service.

use super::{Base, BookingMode, CancellationPolicy, Kind, Place, Priced, Question, Status};
use crate::kernel::{Error, MemberId, ProviderId, ServiceId, Zone};
use serde::{Deserialize, Serialize};

/// Which service is meant.
#[derive(Clone, Copy, Debug)]
pub enum ServiceKey<'k> {
    /// By its id, as bookings name it.
    Id(ServiceId),
    /// By its slug, as addresses name it.
    Slug(&'k str),
}

impl From<ServiceId> for ServiceKey<'_> {
    fn from(id: ServiceId) -> Self {
        Self::Id(id)
    }
}

impl<'k> From<&'k str> for ServiceKey<'k> {
    fn from(slug: &'k str) -> Self {
        Self::Slug(slug)
    }
}

/// A person who can be booked for a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookableMember {
    /// Which one.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// Key or address of their portrait.
    pub picture: Option<String>,
}

/// A service as a booking sees it.
#[derive(Clone, Debug)]
pub struct Bookable {
    /// Which service.
    pub id: ServiceId,
    /// Its address.
    pub slug: String,
    /// The business.
    pub provider: ProviderId,
    /// Name of the business.
    pub provider_name: String,
    /// Address of the business.
    pub provider_slug: String,
    /// Whether it is on offer.
    pub status: Status,
    /// Title, kind, prices, packages, extras.
    pub priced: Priced,
    /// Address of its category.
    pub category: String,
    /// Where the work is done.
    pub place: Place,
    /// The city of the provider's base.
    pub city: String,
    /// Where visits start, and how long ways are.
    pub base: Base,
    /// The zone of visits.
    pub zone: Zone,
    /// Booked at once or on request.
    pub booking_mode: BookingMode,
    /// What cancelling costs.
    pub cancellation_policy: CancellationPolicy,
    /// Minutes between offered starts.
    pub slot_interval_min: u32,
    /// Minutes kept free before a visit.
    pub buffer_before_min: u32,
    /// Minutes kept free after a visit.
    pub buffer_after_min: u32,
    /// Minutes of notice the provider needs.
    pub min_notice_min: u32,
    /// Days ahead that can be booked.
    pub horizon_days: u32,
    /// Most visits a member does in a day.
    pub daily_limit: Option<u32>,
    /// Active members who do it, in the provider's order.
    pub members: Vec<BookableMember>,
    /// What customers are asked before the work begins.
    pub questions: Vec<Question>,
    /// Key of the first picture, its description and ground colour.
    pub picture: Option<super::ServicePicture>,
}

impl Bookable {
    /// A visit or a delivery.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.priced.kind
    }

    /// Whether a booking says where to come: visits at the customer's.
    #[must_use]
    pub fn takes_address(&self) -> bool {
        self.priced.kind == Kind::Visit && self.place == Place::Customer
    }

    /// Says no, in words, when the service is not on offer.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a paused or archived service, [`Error::NotFound`] for what nobody may see yet.
    pub fn on_offer(&self) -> Result<(), Error> {
        match self.status {
            Status::Live => Ok(()),
            Status::Draft | Status::Review => Err(Error::NotFound),
            Status::Paused => {
                Err(Error::Conflict("This service is taking a break and cannot be booked now.".to_owned()))
            }
            Status::Archived => Err(Error::Conflict("This service is not offered any more.".to_owned())),
        }
    }
}
