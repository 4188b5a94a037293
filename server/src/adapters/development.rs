//! The post of development: nothing leaves the house.

use domain::kernel::OutboundId;
use domain::kernel::post::Handed;

/// Leaves a message where it is, and says where to look at it.
pub fn keep(message: OutboundId) -> Handed {
    tracing::info!(address = format!("/dev/mail/{}", message.0), "a message is shown at /dev/mail");
    Handed::Kept
}
