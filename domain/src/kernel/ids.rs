//! One registry of typed ids. People never see these: they see references and slugs.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])+ $name:ident;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "postgres", derive(sqlx::Type), sqlx(transparent))]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

ids! {
    /// Somebody's wish to become a provider.
    ApplicationId;
    /// A key of a program that acts for a person.
    ApiKeyId;
    /// The agreement between a customer and a provider.
    BookingId;
    /// A branch of the catalogue.
    CategoryId;
    /// A document shown with an application.
    DocumentId;
    /// A dated exception to a member's weekly hours.
    ExceptionId;
    /// A priced add-on of a service.
    ExtraId;
    /// A bookable person of a provider.
    MemberId;
    /// An email or SMS on its way out.
    OutboundId;
    /// A further place of a business.
    OwnPlaceId;
    /// A tier of a service.
    PackageId;
    /// A key of a person's device.
    PasskeyId;
    /// A business that offers services.
    ProviderId;
    /// One HTTP request or one run of a job, for logs and error pages.
    RequestId;
    /// A stretch of a member's time that is taken.
    ReservationId;
    /// What a customer said about a booking.
    ReviewId;
    /// A listing.
    ServiceId;
    /// A person with a login.
    UserId;
}
