//! Pictures of services.

use serde::{Deserialize, Serialize};

/// Widths every picture is kept in, in pixels.
pub const PICTURE_WIDTHS: [u32; 3] = [400, 800, 1200];

/// A picture of a service. Files are `/pictures/{key}-{width}.webp` and `.jpg`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServicePicture {
    /// Names its files.
    pub key: String,
    /// What is to be seen.
    pub alt: String,
    /// Ground colour until it has arrived, `#rrggbb`.
    pub colour: String,
}
